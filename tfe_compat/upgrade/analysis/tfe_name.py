"""The name that tfe_compat has for all rewritten expressions of a program."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from tfe_compat.upgrade.analysis.meaning import imported, target
from tfe_compat.upgrade.analysis.references import Reach, as_import, references, replaced
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.tables.paths import COMPAT, EAGER


class ModuleName(NamedTuple):
    """Under which name the expressions find tfe_compat, and whether an import has to be added."""

    name: str
    is_missing: bool


@view
def tfe_name(program: Program) -> ModuleName:
    """Chooses the one name: what the program calls it already, else `tfe` or one that is free."""
    first = first_use(program)
    for name, statement in _bound(program):
        if program.start(statement) < first and _means_it_everywhere(program, name, statement):
            return ModuleName(name, False)
    names = itertools.chain(["tfe", COMPAT], (f"{COMPAT}_{n}" for n in itertools.count(2)))
    free = next(name for name in names if name not in program.bindings.names)
    return ModuleName(free, bool(replaced(program)))


def first_use(program: Program) -> int:
    """Returns where the first expression stands that needs the name."""
    starts = (program.start(reference.module) for reference in replaced(program))
    return min(starts, default=len(program.text))


def _bound(program: Program) -> Iterator[tuple[str, ast.stmt]]:
    """Yields each name that is bound to the module once all is rewritten, and by what."""
    for statement in program.imports:
        for alias in statement.names:
            if imported(alias) in (EAGER, COMPAT):
                yield alias.bound, statement.node
    for reference in references(program):
        whole = as_import(program, reference) if reference.reach is Reach.SPELLED else None
        if whole is not None:
            assign, name = whole
            yield name, assign


def _means_it_everywhere(program: Program, name: str, statement: ast.stmt) -> bool:
    """Says whether statement binds name for the whole module, and each expression sees that."""
    if name in program.bindings.deleted or not program.at_top(statement):
        return False
    for reference in replaced(program):
        for binding in program.found(reference.chain.root, name):
            found = target(program, binding)
            if binding.scope.parent is not None or not found or found - {EAGER, COMPAT}:
                return False
    return True
