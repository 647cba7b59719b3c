"""The name that tfe_compat has for all rewritten expressions of a program."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from tfe_compat.upgrade.homes import MODULES
from tfe_compat.upgrade.paths import COMPAT, EAGER, TENSORFLOW, canonical
from tfe_compat.upgrade.program import Program, imported
from tfe_compat.upgrade.references import Reach, as_import, references, replaced
from tfe_compat.upgrade.scopes import aliases, bound_name


@dataclass(frozen=True)
class ModuleName:
    """Under which name the expressions find the module, and what binds it.

    Attributes:
        name: The name.
        serving: The `import tensorflow.contrib.eager` that are to bind it.
        missing: Whether an import has to be added to bind it.
    """

    name: str
    serving: Sequence[cst.ImportAlias]
    missing: bool


@functools.lru_cache(maxsize=1)
def module_name(program: Program) -> ModuleName:
    """Chooses the one name: what the program calls it already, else `tfe` or one that is free."""
    if not replaced(program):
        return ModuleName(COMPAT, _serving(program), False)
    first = first_use(program)
    for name, statement in _bound(program):
        if program.start(statement) < first and _means_it_everywhere(program, name, statement):
            return ModuleName(name, (), False)
    serving = _serving(program)
    return ModuleName(_unused_name(program), serving, not serving)


def first_use(program: Program) -> int:
    """Returns where the first expression stands that needs the name."""
    starts = (program.start(reference.module) for reference in replaced(program))
    return min(starts, default=len(program.text))


def unaliased(program: Program) -> Iterator[tuple[cst.Import, cst.ImportAlias]]:
    """Yields each `import tensorflow.contrib.eager`, which binds `tensorflow`."""
    for statement in program.bindings.imports:
        if isinstance(statement, cst.Import):
            for alias in statement.names:
                if not alias.asname and canonical(alias.evaluated_name) in MODULES:
                    yield statement, alias


def _bound(program: Program) -> Iterator[tuple[str, cst.CSTNode]]:
    """Yields each name that is bound to the module once all is rewritten, and by what."""
    for statement in program.bindings.imports:
        for alias in aliases(statement):
            if imported(statement, alias) in (EAGER, COMPAT):
                yield bound_name(statement, alias), statement
    for reference in references(program):
        whole = as_import(program, reference) if reference.reach is Reach.SPELLED else None
        if whole is not None:
            assign, name = whole
            yield name, assign


def _means_it_everywhere(program: Program, name: str, statement: cst.CSTNode) -> bool:
    """Says whether statement binds name for the whole module, and each expression sees that."""
    if name in program.bindings.deleted or not program.at_top(statement):
        return False
    for reference in replaced(program):
        for binding in program.found(reference.chain.root, name):
            targets = program.target(binding)
            if binding.scope.parent is not None or not targets or targets - {EAGER, COMPAT}:
                return False
    return True


def _serving(program: Program) -> Sequence[cst.ImportAlias]:
    """Returns which `import tensorflow.contrib.eager` serve all expressions once rewritten."""
    if _covered(program):
        return [alias for _, alias in unaliased(program)]
    first = first_use(program)
    return [
        alias
        for statement, alias in unaliased(program)
        if program.start(statement) < first and program.at_top(statement)
    ][:1]


def _covered(program: Program) -> bool:
    """Says whether only `import tensorflow.contrib.eager` binds what the expressions read."""
    statements = {statement for statement, _ in unaliased(program)}
    return TENSORFLOW not in program.bindings.declared and all(
        binding.alias is not None and binding.node in statements
        for reference in replaced(program)
        for binding in program.found(reference.chain.root)
    )


def _unused_name(program: Program) -> str:
    names = itertools.chain(["tfe", COMPAT], (f"{COMPAT}_{n}" for n in itertools.count(2)))
    return next(name for name in names if name not in program.bindings.names)
