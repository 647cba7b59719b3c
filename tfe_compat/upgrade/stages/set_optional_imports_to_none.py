"""Imports of what is gone and only some cases need are set to None: the others run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.destinations import is_gone
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import imported
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import on_own_line
from tfe_compat.upgrade.tables.paths import join

_ALWAYS_OR_NEVER = re.compile(r".*__name__.*|True|False|\d+", re.DOTALL)


def set_optional_imports_to_none(program: Program, draft: Draft) -> Iterator[Edit]:
    """Sets a name to None if its every use stands under a condition; its import is reported."""
    for statement in program.imports:
        for alias in statement.names if len(statement.names) == 1 else ():
            path = imported(alias)
            if (
                is_gone(program, path)
                and alias not in draft.unused
                and program.at_top(statement.node)
                and on_own_line(program, statement.node)
                and "#" not in program.text[statement.start : statement.end]
                and _is_optional(program, alias, path)
            ):
                yield Edit(
                    statement.start, statement.end, f"{alias.bound} = None  # {path} is gone"
                )


def _is_optional(program: Program, alias: Alias, path: str) -> bool:
    branches = set()
    for chain in program.bindings.chains:
        if any(binding.alias is alias for binding in program.found(chain.root)):
            branch = _branch(program, chain.node)
            if branch is None or not is_gone(program, join(path, *chain.names)):
                return False
            branches.add(branch)
    # What both branches of an outermost condition need is needed in any case.
    return not any((condition, not side) in branches for condition, side in branches)


def _branch(program: Program, node: ast.AST) -> tuple[str, bool] | None:
    """Returns the outermost condition that node stands under, and whether it has to be true."""
    found = None
    for outer, part in program.ancestors(node):
        if isinstance(outer, (ast.If, ast.IfExp)) and part is not outer.test:
            test, side = (
                outer.test,
                part in outer.body if isinstance(outer, ast.If) else part is outer.body,
            )
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                test, side = test.operand, not side
            condition = program.source(test)
            if not _ALWAYS_OR_NEVER.fullmatch(condition):
                found = (condition, side)
    return found
