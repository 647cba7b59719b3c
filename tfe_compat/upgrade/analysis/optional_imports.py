"""Imports of modules that are gone but only needed in some cases: in others the program runs."""

from __future__ import annotations

import ast
import re

from tfe_compat.upgrade.analysis.destinations import is_gone
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import imported, readings
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import on_own_line
from tfe_compat.upgrade.tables.paths import join

# What `instead` has written, if a person has not changed it since.
WRITTEN = re.compile(r"\w+ = None  # (tensorflow\.[\w.]+) is gone\b")
_ALWAYS_OR_NEVER = re.compile(r".*__name__.*|True|False|\d+", re.DOTALL)


def is_optional(program: Program, draft: Draft, alias: Alias) -> bool:
    """Says whether alias imports something gone that only functions or conditions use."""
    statement = alias.statement
    return (
        is_gone(program, imported(alias))
        and alias not in draft.unused
        and alias not in draft.moved_modules
        and program.at_top(statement.node)
        and on_own_line(program, statement.node)
        and "#" not in program.text[statement.start : statement.end]
        and _has_conditions(program, draft, alias)
    )


def instead(alias: Alias) -> str:
    """Returns what an optional import becomes; report_left names a replacement."""
    return f"{alias.bound} = None  # {imported(alias)} is gone"


def _has_conditions(program: Program, draft: Draft, alias: Alias) -> bool:
    """Says whether everything taken from alias is gone, and taken conditionally."""
    return all(
        is_gone(program, join(imported(alias), *chain.names))
        and _is_conditional(program, chain.node)
        for chain in readings(program).get(alias, ())
        if not draft.rewrites_root(chain)
    )


def _is_conditional(program: Program, node: ast.AST) -> bool:
    """Says whether node is in a function, or under a condition that may be false."""
    return any(
        (isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)) and part in outer.body)
        or (
            isinstance(outer, (ast.If, ast.IfExp))
            and part is not outer.test
            and not _ALWAYS_OR_NEVER.fullmatch(program.source(outer.test))
        )
        for outer, part in program.ancestors(node)
    )
