"""The arguments of a call, and where each stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import NamedTuple

from tfe_compat.upgrade.syntax.program import Program

_BLANK = re.compile(r"[\s\\]*")
_KEYWORD = re.compile(r"\w+[\s\\]*=[\s\\]*")


class Argument(NamedTuple):
    """An argument of a call.

    Attributes:
        keyword: Its keyword; empty if it has none.
        value: Its value.
        start: Where the value starts, its parentheses included.
        end: Where the value ends.
    """

    keyword: str
    value: ast.expr
    start: int
    end: int


def arguments(program: Program, call: ast.Call) -> Sequence[Argument] | None:
    """Returns the arguments in order; None if there are `*`, `**` or comments among them."""
    wholes: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    wholes.sort(key=program.start)
    end = program.end(call) - 1
    place = program.text.index("(", program.end(call.func)) + 1
    found = []
    for index, whole in enumerate(wholes):
        value = whole.value if isinstance(whole, ast.keyword) else whole
        keyword = (whole.arg or "**") if isinstance(whole, ast.keyword) else ""
        starred = keyword == "**" or isinstance(value, ast.Starred)
        if starred or program.start(whole) < place:  # `f(x for x in y)`
            return None
        following = program.start(wholes[index + 1]) if index + 1 < len(wholes) else end
        gap = program.text[program.end(value) : following]
        if "#" in gap or "#" in program.text[place : program.start(value)]:
            return None
        behind = program.end(value) + gap.index(",") if "," in gap else end
        start = _end(_BLANK, program.text, place)
        if keyword:
            start = _end(_KEYWORD, program.text, start)
        found.append(
            Argument(
                keyword, value, start, start + len(program.text[start:behind].rstrip("\\ \t\f\r\n"))
            )
        )
        place = behind + 1
    return found


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
