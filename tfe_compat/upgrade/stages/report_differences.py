"""Findings: names of the module that never were, or that differ where they are used here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tfe_compat.namespace import NAMES, Difference
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import meanings, module_of
from tfe_compat.upgrade.analysis.references import Reach, references
from tfe_compat.upgrade.findings import Finding
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import COMPAT, EAGER, join


class _Use(NamedTuple):
    """A name that is taken from tf.contrib.eager or tfe_compat, where, and by which expression."""

    module: str
    names: Sequence[str]
    offset: int
    node: ast.AST | None = None
    from_module: bool = True  # and not from a name that is imported from there

    @property
    def name(self) -> str:
        """Its row in the table of names."""
        return ".".join(self.names[: 2 if self.names[0] == "metrics" else 1])


def report_differences(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports each use of a name that there is something to do about."""
    for use in _uses(program):
        if re.fullmatch(r"__\w+__", use.names[0]):
            continue
        if use.name not in NAMES:
            if use.module == EAGER and use.from_module:
                message = "no public name of tf.contrib.eager in TensorFlow 1.15.5"
                yield Finding(use.offset, "unknown", f"tfe.{use.name}", message)
            continue
        for difference in NAMES[use.name].differences:
            if _matters(program, use, difference):
                message = f"differs; {difference.text}"
                yield Finding(use.offset, "differs", f"tfe.{use.name}", message)


def _uses(program: Program) -> Iterator[_Use]:
    for statement in program.imports:
        if module_of(statement) in (EAGER, COMPAT):
            for alias in statement.names:
                yield _Use(module_of(statement), [alias.name], alias.start)
    found = {reference.chain: reference for reference in references(program)}
    for chain, roots in meanings(program).items():
        reference = found.get(chain)
        if reference is not None:
            if reference.reach in (Reach.BOUND, Reach.SPELLED) and reference.names:
                yield _Use(EAGER, reference.names, program.start(chain.node), chain.node)
            continue
        for root in roots:
            path = join(root, *chain.names)
            for module in (EAGER, COMPAT):
                if path.startswith(module + ".") and (root != module or module == COMPAT):
                    names = path[len(module) + 1 :].split(".")
                    start = program.start(chain.node)
                    yield _Use(module, names, start, chain.node, from_module=root == module)


def _matters(program: Program, use: _Use, difference: Difference) -> bool:
    """Says whether difference can be seen to matter to this use."""
    if difference.argument is None:
        return difference.always
    call = program.parent(use.node) if use.node is not None else None
    if not isinstance(call, ast.Call) or call.func is not use.node:
        return False
    keyword, position = difference.argument
    by_position = position is not None and position < len(call.args)
    return by_position or any(each.arg == keyword for each in call.keywords)
