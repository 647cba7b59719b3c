"""Findings: names that never existed, and uses that differ in tfe_compat."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.namespace import NAMES, Difference
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.legacy_keras import uses_legacy_keras
from tfe_compat.upgrade.analysis.meaning import meanings, module_of, named
from tfe_compat.upgrade.analysis.tf1 import is_tf1, was_upgraded
from tfe_compat.upgrade.findings import Finding
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import COMPAT, EAGER, PYTHON, TENSORFLOW, join, within

_SEEDS = (f"{TENSORFLOW}.set_random_seed", f"{TENSORFLOW}.random.set_random_seed")


def report_differences(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports each use of a name that a person should look at."""
    yield from _seeds(program)
    for statement in program.imports:
        for alias in statement.names if module_of(statement) in (EAGER, COMPAT) else ():
            yield from _use(program, named(alias), alias.start)
    for chain, roots in meanings(program).items():
        start = program.start(chain.node)
        for root in roots:
            is_name = root.startswith((f"{EAGER}.", f"{COMPAT}."))  # reported where it is imported
            yield from _use(program, join(root, *chain.names), start, chain.node, is_name)


def _seeds(program: Program) -> Iterator[Finding]:
    """Reports each seed set by a program that will use Keras 3."""
    of_tf1 = is_tf1(program) or was_upgraded(program)
    if program.options.keras3 and of_tf1 and uses_legacy_keras(program):
        for chain, roots in meanings(program).items():
            if any(join(root, *chain.names) in _SEEDS for root in roots):
                message = "does not seed Keras 3; call tf.keras.utils.set_random_seed as well"
                yield Finding(program.start(chain.node), "differs", chain.spelling, message)


def _use(
    program: Program, path: str, offset: int, node: ast.AST | None = None, is_known: bool = False
) -> Iterator[Finding]:
    """Reports what there is to say about path, the meaning of the expression node."""
    module = next((each for each in (EAGER, COMPAT) if path.startswith(f"{each}.")), "")
    names = path[len(module) + 1 :].split(".")
    name = ".".join(names[: 2 if names[0] == "metrics" else 1])  # as in the table of names
    if not module or within(path, PYTHON) or name.startswith("__"):
        return
    if name in NAMES:
        for difference in NAMES[name].differences:
            if _matters(program, node, difference):
                yield Finding(offset, "differs", f"tfe.{name}", f"differs; {difference.text}")
    elif module == EAGER and not is_known:
        message = "no public name of tf.contrib.eager in TensorFlow 1.15.5"
        yield Finding(offset, "unknown", f"tfe.{name}", message)


def _matters(program: Program, node: ast.AST | None, difference: Difference) -> bool:
    """Says whether difference visibly affects this use of the name."""
    if difference.argument is None:
        return difference.always
    call = program.parent(node) if node is not None else None
    if not isinstance(call, ast.Call) or call.func is not node:
        return False
    keyword, position = difference.argument
    by_position = position is not None and position < len(call.args)
    return by_position or any(each.arg == keyword for each in call.keywords)
