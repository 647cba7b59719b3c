"""Keras idioms of TF 1 that are written differently, or need another package, today."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Edit, Finding, Note
from tfe_compat.upgrade.paths import KERAS
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1, model_builds, name_of_tensorflow

_TENSORBOARD = f"{KERAS}.callbacks.TensorBoard"


def rewrite_keras_models(program: Program) -> Iterator[Edit | Finding | Note]:
    """Has `model._set_inputs(x)` build the model, and says what the TensorBoard callback needs."""
    if not is_tf1(program):
        return
    for call in model_builds(program):
        yield from _build(program, call)
    if any(_TENSORBOARD in program.paths(chain.node) for chain in program.bindings.chains):
        yield Note("Keras' TensorBoard callback is used: pip install tensorboard")


def _build(program: Program, call: cst.Call) -> Iterator[Edit | Finding]:
    """Calls the model: its private method built the model, with floats of Keras' own type."""
    function = call.func
    assert isinstance(function, cst.Attribute)
    end = program.end(function.value)
    name = name_of_tensorflow(program, call)
    model = function.value.func if isinstance(function.value, cst.Call) else function.value
    of_its_class = isinstance(model, cst.Name) and model.value in ("self", "super")
    argument = call.args[0] if len(call.args) == 1 else None
    several = (cst.List, cst.Tuple, cst.Dict)
    if (
        argument is None
        or argument.star
        or argument.keyword
        or isinstance(argument.value, several)
        or of_its_class
        or not name
        or program.text[end] != "."
    ):
        message = "gone from Keras; call the model with the inputs, which builds it"
        yield program.finding(call, "gone", "model._set_inputs", message)
        return
    yield Edit(end, program.end(function), "")
    start, end = program.start(argument), program.end(argument)
    yield Edit(start, start, f"{name}.keras.backend.cast_to_floatx(")
    yield Edit(end, end, ")")
