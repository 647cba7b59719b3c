"""Imports of what is gone and is only used in some cases: the program runs in the others."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.dead_imports import is_dead, is_gone
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.layout import on_own_line
from tfe_compat.upgrade.program import Program, imported
from tfe_compat.upgrade.scopes import aliases, bound_name


def rewrite_optional_imports(program: Program) -> Iterator[Edit]:
    """Sets a name to None whose every use stands under a condition; its import is reported."""
    for statement in program.bindings.imports:
        for alias in aliases(statement) if len(aliases(statement)) == 1 else ():
            path = imported(statement, alias)
            if (
                is_gone(program, path)
                and not is_dead(program, statement, alias)
                and program.at_top(statement)
                and on_own_line(program, statement)
                and _is_optional(program, alias)
            ):
                text = f"{bound_name(statement, alias)} = None  # {path} is gone"
                yield Edit(program.start(statement), program.end(statement), text)


def _is_optional(program: Program, alias: cst.ImportAlias) -> bool:
    return all(
        _is_conditional(program, chain.node)
        for chain in program.bindings.chains
        if any(binding.alias is alias for binding in program.found(chain.root))
    )


def _is_conditional(program: Program, node: cst.CSTNode) -> bool:
    while node is not program.module:
        parent = program.parent(node)
        if isinstance(parent, (cst.If, cst.IfExp)) and node is not parent.test:
            return True
        node = parent
    return False
