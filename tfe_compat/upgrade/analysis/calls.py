"""The calls of functions that have moved, and their arguments."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tfe_compat.upgrade.analysis.places import Place
from tfe_compat.upgrade.syntax.nodes import Chain
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import join


def arguments(call: ast.Call) -> Sequence[tuple[str, ast.expr]] | None:
    """Returns the arguments in order, each with its keyword, empty if it has none.

    None if they can't be passed on as their text alone.
    """
    given = [("", value) for value in call.args]
    given += [(keyword.arg or "**", keyword.value) for keyword in call.keywords]
    special = (ast.Starred, ast.GeneratorExp, ast.NamedExpr, ast.Yield, ast.YieldFrom)
    if any(keyword == "**" or isinstance(value, special) for keyword, value in given):
        return None
    return given


def is_called(program: Program, chain: Chain) -> bool:
    """Says whether chain is the function of a call."""
    call = program.parent(chain.node)
    return isinstance(call, ast.Call) and call.func is chain.node


def fits(program: Program, chain: Chain, root: str, place: Place) -> bool:
    """Says whether chain does the same at its new place, which may depend on its arguments."""
    call = program.parent(chain.node)
    if place.arguments is None or not is_called(program, chain):
        return True
    assert isinstance(call, ast.Call)
    positional, keywords = place.arguments
    plain = not any(isinstance(argument, ast.Starred) for argument in call.args)
    named = {keyword.arg for keyword in call.keywords}
    is_whole = join(root, *chain.names) == place.row
    return is_whole and plain and len(call.args) <= positional and named <= set(keywords.split())
