"""Whether a program needs TF 1's Keras."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from tfe_compat.upgrade.analysis.meaning import named, used_paths
from tfe_compat.upgrade.analysis.places import place_of
from tfe_compat.upgrade.analysis.tf1 import is_of_tf1
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.tables.calls import CALLS
from tfe_compat.upgrade.tables.paths import COMPAT, EAGER, KERAS, TENSORFLOW, within

_BUILD = "_set_inputs"
_KERAS = (
    KERAS,
    f"{TENSORFLOW}.layers",
    f"{TENSORFLOW}.nn.rnn_cell",
    f"{TENSORFLOW}.nn.dynamic_rnn",
    *(f"{TENSORFLOW}.python.{name}" for name in ("keras", "layers")),
    *(f"{TENSORFLOW}.contrib.{name}" for name in ("keras", "rnn")),
    *(f"{module}.{name}" for module in (EAGER, COMPAT) for name in ("Network", "Sequential")),
)
_SAME_IN_KERAS_3 = tuple(
    f"{keras}.{name}"
    for keras in (KERAS, f"{TENSORFLOW}.python.keras")
    for name in ("datasets", "utils.get_file", "utils.to_categorical")
)


@view
def needs_legacy_keras(program: Program) -> bool:
    """Says whether any file of the program needs TF 1's Keras."""
    options = program.options
    if options.keras3 or not (is_of_tf1(program) or options.is_package):
        return False
    return options.legacy_keras or uses_legacy_keras(program)


@view
def uses_legacy_keras(program: Program) -> bool:
    """Says whether this file uses what only TF 1's Keras has, or does the TF 1 way."""
    return bool(model_builds(program)) or any(
        any(within(path, use) for use in _KERAS)
        and not any(within(path, same) for same in _SAME_IN_KERAS_3)
        for path in _used(program)
    )


def model_builds(program: Program) -> Sequence[ast.Call]:
    """Returns the calls of Keras' private method that builds a model."""
    if any(each.name == _BUILD for each in program.nodes(ast.FunctionDef)):
        return ()
    return [
        call
        for call in program.nodes(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr == _BUILD
    ]


def _used(program: Program) -> Iterator[str]:
    """Yields the new paths of what the program imports and uses."""
    imports = {named(alias) for statement in program.imports for alias in statement.names}
    for path in (imports - {KERAS}) | used_paths(program):  # of Keras, what is taken from it counts
        place = place_of(path)
        yield place.new if place is not None and place.new else path
        if path in CALLS:
            new = re.findall(r"\{tf\}([.\w]+)", CALLS[path].expression)
            yield from (TENSORFLOW + names for names in new)
