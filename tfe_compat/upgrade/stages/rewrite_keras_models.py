"""Keras idioms of TF 1 that are written differently, or need another package, today."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.calls import arguments
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import used_paths
from tfe_compat.upgrade.analysis.tf1 import is_tf1, model_builds
from tfe_compat.upgrade.analysis.tf_name import name_of_tensorflow
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.findings import Finding, Note
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import KERAS

_TENSORBOARD = f"{KERAS}.callbacks.TensorBoard"


def rewrite_keras_models(program: Program, draft: Draft) -> Iterator[Edit | Finding | Note]:
    """Has `model._set_inputs(x)` build the model, and says what the TensorBoard callback needs."""
    if not is_tf1(program):
        return
    for call in model_builds(program):
        yield from _build(program, call)
    if _TENSORBOARD in used_paths(program):
        yield Note("Keras' TensorBoard callback is used: pip install tensorboard")


def _build(program: Program, call: ast.Call) -> Iterator[Edit | Finding]:
    """Calls the model: its private method built the model, with floats of Keras' own type."""
    function = call.func
    assert isinstance(function, ast.Attribute)
    end = program.end_of_value(function)
    name = name_of_tensorflow(program, call)
    model = function.value.func if isinstance(function.value, ast.Call) else function.value
    of_its_class = isinstance(model, ast.Name) and model.id in ("self", "super")
    given = arguments(program, call) or ()
    if (
        len(given) != 1
        or given[0].keyword
        or isinstance(given[0].value, (ast.List, ast.Tuple, ast.Dict))
        or of_its_class
        or not name
        or program.text[end] != "."
    ):
        message = "gone from Keras; call the model with the inputs, which builds it"
        yield Finding(program.start(call), "gone", "model._set_inputs", message)
        return
    (argument,) = given
    yield Edit(end, program.end(function), "")
    yield Edit(argument.start, argument.start, f"{name}.keras.backend.cast_to_floatx(")
    yield Edit(argument.end, argument.end, ")")
