"""What programs of TF 1 did with Keras models, and is done otherwise or needs more today."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Edit, Note
from tfe_compat.upgrade.paths import KERAS
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1, name_of_tensorflow

_TENSORBOARD = f"{KERAS}.callbacks.TensorBoard"


def rewrite_keras_models(program: Program) -> Iterator[Edit | Note]:
    """Has `model._set_inputs(x)` build the model, and says what the TensorBoard callback needs."""
    if not is_tf1(program):
        return
    for call in program.tree.nodes(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "_set_inputs":
            yield from _build(program, call, call.func)
    if any(_TENSORBOARD in program.paths(chain.node) for chain in program.bindings.chains):
        yield Note("Keras' TensorBoard callback is used: pip install tensorboard")


def _build(program: Program, call: cst.Call, function: cst.Attribute) -> Iterator[Edit]:
    """Calls the model: its private method built the model, with floats of Keras' own type."""
    end = program.end(function.value)
    name = name_of_tensorflow(program, call)
    plain = len(call.args) == 1 and not call.args[0].star and not call.args[0].keyword
    of_itself = isinstance(function.value, cst.Name) and function.value.value in ("self", "super")
    if not name or not plain or of_itself or program.text[end] != ".":
        return
    argument = call.args[0]
    yield Edit(end, program.end(function), "")
    start = program.start(argument)
    yield Edit(start, start, f"{name}.keras.backend.cast_to_floatx(")
    end = program.end(argument)
    yield Edit(end, end, ")")
