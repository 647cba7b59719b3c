"""Calls of functions that are gone become expressions that do the same today."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from tfe_compat.upgrade.analysis.calls import arguments
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import paths
from tfe_compat.upgrade.analysis.module_names import name_of
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.calls import CALLS, METHODS, Expression
from tfe_compat.upgrade.tables.paths import TENSORFLOW, UNKNOWN

_FIELD = re.compile(r"\{(\w+)\}")


def rewrite_calls(program: Program, draft: Draft) -> Iterator[Edit]:
    """Rewrites each call that the tables have an expression for."""
    for call in program.nodes(ast.Call) if is_tf1(program) else ():
        path, *others = paths(program, call.func) or {UNKNOWN}
        if path in CALLS and not others:
            yield from _edits(program, draft, call, CALLS[path])
        elif isinstance(call.func, ast.Attribute) and call.func.attr in METHODS:
            yield from _method(program, draft, call, call.func)


def _method(
    program: Program, draft: Draft, call: ast.Call, function: ast.Attribute
) -> Iterator[Edit]:
    """Rewrites a call of a method, if its object is a name or an attribute."""
    text = program.source(function.value)
    is_own = any(each.name == function.attr for each in program.nodes(ast.FunctionDef))
    if call.args or call.keywords or is_own or not re.fullmatch(r"\w+(\.\w+)*", text):
        return
    name = name_of(TENSORFLOW, program, draft, call)
    if name:
        new = METHODS[function.attr].format(tf=name, of=text)
        yield Edit(program.start(call), program.end(call), new)


def _edits(program: Program, draft: Draft, call: ast.Call, row: Expression) -> Sequence[Edit]:
    """Returns the edits that turn the call into the expression, around its arguments."""
    given = _given(call, row)
    whole, start = _replaced(program, call, row)
    if given is None or whole is None or program.text[start] == "(":
        return ()
    edits: list[Edit] = []
    text = ""
    for index, piece in enumerate(_FIELD.split(row.expression)):
        if index % 2 == 0:
            text += piece
        elif piece in given:
            value = given[piece]
            if program.start(value) < start:
                return ()  # the arguments stand in another order
            edits.append(Edit(start, program.start(value), text))
            text, start = "", program.end(value)
        elif piece in row.defaults:
            text += row.defaults[piece]
        else:
            name = _module(program, draft, call, piece)
            if not name:
                return ()
            text += name
    edits.append(Edit(start, program.end(whole), text))
    comments = any("#" in program.text[edit.start : edit.end] for edit in edits)
    return () if comments else edits


def _given(call: ast.Call, row: Expression) -> Mapping[str, ast.expr] | None:
    """Returns the argument for each parameter; None if the row does not fit this call."""
    names = [*row.defaults]
    given: dict[str, ast.expr] = {}
    for index, (keyword, value) in enumerate(arguments(call) or ()):
        name = keyword or (names[index] if index < len(names) else "")
        if name not in names or name in given:
            return None
        given[name] = value
    if len(given) < len(call.args) + len(call.keywords):
        return None
    for name, default in row.defaults.items():
        if name not in given and not default:
            return None
        has_field = f"{{{name}}}" in row.expression
        if name in given and not has_field and not _is(given[name], default):
            return None
    return given


def _replaced(program: Program, call: ast.Call, row: Expression) -> tuple[ast.Call | None, int]:
    """Returns the call that the expression replaces, and the offset where that starts."""
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


def _module(program: Program, draft: Draft, call: ast.Call, field: str) -> str:
    """Returns what to write for {tf} or {of}; nothing if there is no name for it."""
    if field == "tf":
        return name_of(TENSORFLOW, program, draft, call)
    value = call.func.value if isinstance(call.func, ast.Attribute) else None
    return value.id if isinstance(value, ast.Name) else ""


def _is(node: ast.expr, literal: str) -> bool:
    """Says whether node is another spelling of literal."""
    try:
        return bool(ast.literal_eval(node) == ast.literal_eval(literal))
    except ValueError:
        return False
