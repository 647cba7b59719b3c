"""Imports of what is gone and is only used in some cases: the program runs in the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.dead_imports import is_dead, is_gone
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.layout import on_own_line
from tfe_compat.upgrade.paths import join
from tfe_compat.upgrade.program import Program, imported
from tfe_compat.upgrade.scopes import aliases, bound_name


def rewrite_optional_imports(program: Program) -> Iterator[Edit]:
    """Sets a name to None if its every use stands under a condition; its import is reported."""
    for statement in program.bindings.imports:
        for alias in aliases(statement) if len(aliases(statement)) == 1 else ():
            start, end = program.start(statement), program.end(statement)
            path = imported(statement, alias)
            if (
                is_gone(program, path)
                and not is_dead(program, statement, alias)
                and program.at_top(statement)
                and on_own_line(program, statement)
                and "#" not in program.text[start:end]
                and _is_optional(program, alias, path)
            ):
                name = bound_name(statement, alias)
                yield Edit(start, end, f"{name} = None  # {path} is gone")


def _is_optional(program: Program, alias: cst.ImportAlias, path: str) -> bool:
    branches = set()
    for chain in program.bindings.chains:
        if any(binding.alias is alias for binding in program.found(chain.root)):
            branch = _branch(program, chain.node)
            if branch is None or not is_gone(program, join(path, *chain.names)):
                return False
            branches.add(branch)
    # What both branches of an outermost condition need is needed in any case.
    return not any((condition, not side) in branches for condition, side in branches)


def _branch(program: Program, node: cst.CSTNode) -> tuple[str, bool] | None:
    """Returns the outermost condition that node stands under, and whether it has to be true."""
    found = None
    while node is not program.module:
        parent = program.parent(node)
        if isinstance(parent, (cst.If, cst.IfExp)) and node is not parent.test:
            test, side = parent.test, node is parent.body
            if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
                test, side = test.expression, not side
            text = program.text[program.start(test) : program.end(test)]
            if not re.fullmatch(r".*__name__.*|True|False|\d+", text, re.DOTALL):
                found = (text, side)
        node = parent
    return found
