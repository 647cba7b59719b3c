"""Calls of functions that are gone become the expressions that do the same today."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from tfe_compat.upgrade.analysis.calls import Argument, arguments
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import paths
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.analysis.tf_name import name_of_tensorflow
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.calls import CALLS, Expression
from tfe_compat.upgrade.tables.paths import UNKNOWN

_FIELD = re.compile(r"\{(\w+)\}")


def rewrite_calls(program: Program, draft: Draft) -> Iterator[Edit]:
    """Rewrites each call that the table has an expression for."""
    for call in program.nodes(ast.Call) if is_tf1(program) else ():
        path, *others = paths(program, call.func) or {UNKNOWN}
        if path in CALLS and not others:
            yield from _edits(program, call, CALLS[path])


def _edits(program: Program, call: ast.Call, row: Expression) -> Sequence[Edit]:
    """Returns what makes the call the expression around its arguments; nothing if nothing can."""
    given = _given(program, call, row)
    whole, start = _replaced(program, call, row)
    if given is None or whole is None or program.text[start] == "(":
        return ()
    edits: list[Edit] = []
    text = ""
    for index, piece in enumerate(_FIELD.split(row.expression)):
        if index % 2 == 0:
            text += piece
        elif piece in given:
            if given[piece].start < start:
                return ()  # the arguments stand in another order
            edits.append(Edit(start, given[piece].start, text))
            text, start = "", given[piece].end
        elif piece in row.defaults:
            text += row.defaults[piece]
        else:
            name = _module(program, call, piece)
            if not name:
                return ()
            text += name
    edits.append(Edit(start, program.end(whole), text))
    comments = any("#" in program.text[edit.start : edit.end] for edit in edits)
    return () if comments else edits


def _given(program: Program, call: ast.Call, row: Expression) -> Mapping[str, Argument] | None:
    """Returns the argument for each parameter; None if the row is not for this call."""
    names = [*row.defaults]
    given: dict[str, Argument] = {}
    for index, argument in enumerate(arguments(program, call) or ()):
        name = argument.keyword or (names[index] if index < len(names) else "")
        if name not in names or name in given:
            return None
        given[name] = argument
    if len(given) < len(call.args) + len(call.keywords):
        return None
    for name, default in row.defaults.items():
        if name not in given and not default:
            return None
        has_field = f"{{{name}}}" in row.expression
        if name in given and not has_field and not _is(given[name].value, default):
            return None
    return given


def _replaced(program: Program, call: ast.Call, row: Expression) -> tuple[ast.Call | None, int]:
    """Returns the call that the expression replaces, and from where on it does."""
    if not row.of_dataset:
        return call, program.start(call)
    apply = program.parent(call)
    if (
        isinstance(apply, ast.Call)
        and isinstance(apply.func, ast.Attribute)
        and apply.func.attr == "apply"
        and program.source(apply).startswith(program.source(apply.func))
        and apply.args == [call]
        and not apply.keywords
    ):
        return apply, program.end(apply.func) - len("apply")
    return None, 0


def _module(program: Program, call: ast.Call, field: str) -> str:
    """Returns what to write for {tf} or {of}; nothing if there is no name for it."""
    if field == "tf":
        return name_of_tensorflow(program, call)
    value = call.func.value if isinstance(call.func, ast.Attribute) else None
    return value.id if isinstance(value, ast.Name) else ""


def _is(node: ast.expr, literal: str) -> bool:
    """Says whether node is another spelling of literal."""
    try:
        return bool(ast.literal_eval(node) == ast.literal_eval(literal))
    except ValueError:
        return False
