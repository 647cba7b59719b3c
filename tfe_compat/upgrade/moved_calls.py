"""Calls of names that are gone, and for which another expression does the same today."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.moves import place
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1, name_of_tensorflow

_FIELD = re.compile(r"\{(\w+)\}")
_EQUAL = re.compile(r"\s*=\s*")


def rewrite_moved_calls(program: Program) -> Iterator[Edit]:
    """Rewrites each call that the tables of names have an expression for."""
    for edits in rewritten_calls(program).values():
        yield from edits


@functools.lru_cache(maxsize=1)
def rewritten_calls(program: Program) -> Mapping[cst.BaseExpression, Sequence[Edit]]:
    """Returns the edits for each function that is called and gives way to an expression."""
    calls: dict[cst.BaseExpression, Sequence[Edit]] = {}
    for call in program.tree.nodes(cst.Call) if is_tf1(program) else ():
        paths = program.paths(call.func)
        found = place(*paths) if len(paths) == 1 else None
        if found is not None and {found[0]} == paths and found[1].call:
            edits = _edits(program, call, found[1].call, found[1].parameters)
            if edits is not None:
                calls[call.func] = edits
    return calls


def _edits(
    program: Program, call: cst.Call, expression: str, parameters: str
) -> Sequence[Edit] | None:
    """Returns what makes the call the expression around its arguments; None if nothing does."""
    defaults = dict(each.partition("=")[::2] for each in parameters.split())
    given = _arguments(program, call, [*defaults])
    if given is None or any(
        not default
        if name not in given
        else name not in _FIELD.findall(expression)
        and _literal(program.text[slice(*given[name])]) != _literal(default)
        for name, default in defaults.items()
    ):
        return None
    edits: list[Edit] = []
    text, done = "", program.start(call)
    for index, piece in enumerate(_FIELD.split(expression)):
        if index % 2 == 0:
            text += piece
        elif piece == "tf":
            name = name_of_tensorflow(program, call)
            if not name:
                return None
            text += name
        elif piece in given:
            start, end = given[piece]
            if start < done:
                return None  # the arguments stand in another order
            edits.append(Edit(done, start, text))
            text, done = "", end
        else:
            text += defaults[piece]
    edits.append(Edit(done, program.end(call), text))
    if any("#" in program.text[edit.start : edit.end] for edit in edits):
        return None
    return _enclosed(program, call, edits) if expression.startswith("lambda") else edits


def _arguments(
    program: Program, call: cst.Call, names: Sequence[str]
) -> dict[str, tuple[int, int]] | None:
    """Returns where the value of each argument stands; None if what is passed is not clear."""
    given: dict[str, tuple[int, int]] = {}
    for argument, position in zip(call.args, [*names, *[""] * len(call.args)]):
        start, name = program.start(argument), position
        if argument.keyword is not None:
            equal = _EQUAL.match(program.text, program.end(argument.keyword))
            start, name = equal.end() if equal else start, argument.keyword.value
        if argument.star or name not in names or name in given:
            return None
        given[name] = (start, program.end(argument))
    return given


def _literal(text: str) -> object:
    """Returns the value of a literal, or text itself, which is equal to no such value."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return ("", text)


def _enclosed(program: Program, call: cst.Call, edits: list[Edit]) -> list[Edit]:
    """Puts parentheses around a lambda where it is not the whole of an argument or a value."""
    if isinstance(program.parent(call), (cst.Arg, cst.Assign, cst.Return)):
        return edits
    first, last = edits[0], edits[-1]
    edits[0] = Edit(first.start, first.end, f"({first.text}")
    last = edits[-1]
    edits[-1] = Edit(last.start, last.end, f"{last.text})")
    return edits
