"""Keras idioms of TF 1 that are written differently today, or need another package."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.calls import arguments
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.legacy_keras import model_builds, needs_legacy_keras
from tfe_compat.upgrade.analysis.meaning import used_paths
from tfe_compat.upgrade.analysis.module_names import name_of
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.findings import Finding, Note
from tfe_compat.upgrade.syntax.nodes import string_value
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.calls import METRICS
from tfe_compat.upgrade.tables.paths import KERAS, TENSORFLOW

_TENSORBOARD = f"{KERAS}.callbacks.TensorBoard"


def rewrite_keras_models(program: Program, draft: Draft) -> Iterator[Edit | Finding | Note]:
    """Rewrites what is written differently, and says what the TensorBoard callback needs."""
    if not is_tf1(program):
        return
    for call in model_builds(program):
        yield from _build(program, draft, call)
    if needs_legacy_keras(program):
        yield from _metrics(program)
    if _TENSORBOARD in used_paths(program):
        yield Note("Keras' TensorBoard callback is used: pip install tensorboard")


def _metrics(program: Program) -> Iterator[Edit]:
    """Keeps the metric names of TF 1.15.5 in the history: "acc", not "accuracy"."""
    for call in program.nodes(ast.Call):
        is_compile = isinstance(call.func, ast.Attribute) and call.func.attr == "compile"
        if is_compile:
            named = ("metrics", "weighted_metrics")
            metrics = [each.value for each in call.keywords if each.arg in named]
            for value in (*call.args[2:3], *metrics):
                for node in ast.walk(value):
                    yield from _metric(program, node, value)


def _metric(program: Program, node: ast.AST, metrics: ast.expr) -> Iterator[Edit]:
    """Renames a metric in a list of them, or in a dictionary of such for each output."""
    name = METRICS.get(string_value(node) or "")
    if name is None or node is metrics:
        return
    parent = program.parent(node)
    is_key = isinstance(parent, ast.Dict) and node in parent.keys
    is_plain = program.source(node)[1:-1] == string_value(node)
    if is_plain and not is_key:
        yield Edit(program.start(node) + 1, program.end(node) - 1, name)


def _build(program: Program, draft: Draft, call: ast.Call) -> Iterator[Edit | Finding]:
    """Calls the model instead: the private method built it, with floats of Keras' own type."""
    function = call.func
    assert isinstance(function, ast.Attribute)
    end = program.end_of_value(function)
    name = name_of(TENSORFLOW, program, draft, call)
    model = function.value.func if isinstance(function.value, ast.Call) else function.value
    of_its_class = isinstance(model, ast.Name) and model.id in ("self", "super")
    given = arguments(call) or ()
    if (
        len(given) != 1
        or given[0][0]
        or isinstance(given[0][1], (ast.List, ast.Tuple, ast.Dict))
        or of_its_class
        or not name
        or program.text[end] != "."
    ):
        message = "gone from Keras; call the model with the inputs, which builds it"
        yield Finding(program.start(call), "gone", "model._set_inputs", message)
        return
    ((_, argument),) = given
    yield Edit(end, program.end(function), "")
    yield Edit(
        program.start(argument), program.start(argument), f"{name}.keras.backend.cast_to_floatx("
    )
    yield Edit(program.end(argument), program.end(argument), ")")
