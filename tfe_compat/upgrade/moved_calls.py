"""Calls of functions that are gone, and for which another expression does the same today."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from tfe_compat.upgrade.call_rows import CALLS, Row
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.paths import UNKNOWN
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1, name_of_tensorflow

_FIELD = re.compile(r"\{(\w+)\}")
_EQUAL = re.compile(r"(?:\s|\\)*=(?:\s|\\)*")


def rewrite_moved_calls(program: Program) -> Iterator[Edit]:
    """Rewrites each call that the table has an expression for."""
    for edits in rewritten_calls(program).values():
        yield from edits


@functools.lru_cache(maxsize=1)
def rewritten_calls(program: Program) -> Mapping[cst.BaseExpression, Sequence[Edit]]:
    """Returns the edits for each function whose call gives way to an expression."""
    calls: dict[cst.BaseExpression, Sequence[Edit]] = {}
    for call in program.tree.nodes(cst.Call) if is_tf1(program) else ():
        path, *others = program.paths(call.func) or {UNKNOWN}
        if path in CALLS and not others:
            edits = _edits(program, call, CALLS[path])
            if edits is not None:
                calls[call.func] = edits
    return calls


def _arguments(program: Program, call: cst.Call, row: Row) -> dict[str, tuple[int, int]] | None:
    """Returns where the value of each argument stands; None if the row is not for this call."""
    names = [*row.defaults]
    given: dict[str, tuple[int, int]] = {}
    for index, argument in enumerate(call.args):
        start = program.start(argument)
        name = names[index] if index < len(names) else ""
        if argument.keyword is not None:
            equal = _EQUAL.match(program.text, program.end(argument.keyword))
            if equal is None:
                return None
            start, name = equal.end(), argument.keyword.value
        if argument.star or name not in names or name in given:
            return None
        given[name] = (start, program.end(argument))
    for name, default in row.defaults.items():
        if name not in given and not default:
            return None
        has_field = f"{{{name}}}" in row.expression
        if name in given and not has_field and not _is(program.text[slice(*given[name])], default):
            return None
    return given


def _edits(program: Program, call: cst.Call, row: Row) -> Sequence[Edit] | None:
    """Returns what makes the call the expression around its arguments; None if nothing can."""
    given = _arguments(program, call, row)
    whole, start = _replaced(program, call, row)
    if given is None or whole is None or program.text[start] == "(":
        return None
    edits: list[Edit] = []
    text = ""
    for index, piece in enumerate(_FIELD.split(row.expression)):
        if index % 2 == 0:
            text += piece
        elif piece in given:
            if given[piece][0] < start:
                return None  # the arguments stand in another order
            edits.append(Edit(start, given[piece][0], text))
            text, start = "", given[piece][1]
        elif piece in row.defaults:
            text += row.defaults[piece]
        else:
            name = _module(program, call, piece)
            if not name:
                return None
            text += name
    edits.append(Edit(start, program.end(whole), text))
    comments = any("#" in program.text[edit.start : edit.end] for edit in edits)
    return None if comments else edits


def _replaced(program: Program, call: cst.Call, row: Row) -> tuple[cst.Call | None, int]:
    """Returns the call that the expression replaces, and from where on it does."""
    if not row.of_dataset:
        return call, program.start(call)
    apply = program.parent(program.parent(call))
    if (
        isinstance(apply, cst.Call)
        and isinstance(apply.func, cst.Attribute)
        and apply.func.attr.value == "apply"
        and not apply.func.lpar
        and len(apply.args) == 1
        and apply.args[0].value is call
    ):
        return apply, program.start(apply.func.attr)
    return None, 0


def _module(program: Program, call: cst.Call, field: str) -> str:
    """Returns what to write for {tf} or {of}; nothing if there is no name for it."""
    if field == "tf":
        return name_of_tensorflow(program, call)
    value = call.func.value if isinstance(call.func, cst.Attribute) else None
    return value.value if isinstance(value, cst.Name) else ""


def _is(text: str, literal: str) -> bool:
    """Says whether text is another spelling of literal."""
    try:
        return bool(ast.literal_eval(text) == ast.literal_eval(literal))
    except (ValueError, SyntaxError):
        return False
