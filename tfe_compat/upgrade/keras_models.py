"""Keras idioms of TF 1 that are written differently, or need another package, today."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Edit, Note
from tfe_compat.upgrade.paths import KERAS
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1, name_of_tensorflow

_BUILD = "_set_inputs"
_TENSORBOARD = f"{KERAS}.callbacks.TensorBoard"


def rewrite_keras_models(program: Program) -> Iterator[Edit | Note]:
    """Has `model._set_inputs(x)` build the model, and says what the TensorBoard callback needs."""
    if not is_tf1(program):
        return
    if not any(each.name.value == _BUILD for each in program.tree.nodes(cst.FunctionDef)):
        for call in program.tree.nodes(cst.Call):
            if isinstance(call.func, cst.Attribute) and call.func.attr.value == _BUILD:
                yield from _build(program, call, call.func)
    if any(_TENSORBOARD in program.paths(chain.node) for chain in program.bindings.chains):
        yield Note("Keras' TensorBoard callback is used: pip install tensorboard")


def _build(program: Program, call: cst.Call, function: cst.Attribute) -> Iterator[Edit]:
    """Calls the model: its private method built the model, with floats of Keras' own type."""
    end = program.end(function.value)
    name = name_of_tensorflow(program, call)
    model = function.value.func if isinstance(function.value, cst.Call) else function.value
    of_its_class = isinstance(model, cst.Name) and model.value in ("self", "super")
    argument = call.args[0] if len(call.args) == 1 else None
    if argument is None or argument.star or argument.keyword or not name or of_its_class:
        return
    several = (cst.List, cst.Tuple, cst.Dict)
    if isinstance(argument.value, several) or program.text[end] != ".":
        return
    yield Edit(end, program.end(function), "")
    start, end = program.start(argument), program.end(argument)
    yield Edit(start, start, f"{name}.keras.backend.cast_to_floatx(")
    yield Edit(end, end, ")")
