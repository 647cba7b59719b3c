"""JSON text whose strings know where they stand, so that one can be edited and the rest kept."""

from __future__ import annotations

import itertools
import json
import json.scanner
from collections.abc import Iterator, Sequence
from typing import Any

from tfe_compat.upgrade.edits import Edit, apply
from tfe_compat.upgrade.files import Unprocessable


class Literal(str):
    """A string, and where it stands in the JSON text, with its quotes."""

    start: int
    end: int


def parse(text: str) -> Any:
    """Reads JSON text; each string in it that is no key is a Literal.

    Raises:
        Unprocessable: it is no JSON, or nested too deeply.
    """
    decoder: Any = json.JSONDecoder(parse_int=float)  # int refuses more than 4300 digits
    scan_string = decoder.parse_string

    def parse_string(text: str, start: int, strict: bool = True) -> tuple[Literal, int]:
        value, end = scan_string(text, start, strict)
        literal = Literal(value)
        literal.start, literal.end = start - 1, end
        return literal, end

    decoder.parse_string = parse_string
    # The scanner in C reads strings in its own way.
    decoder.scan_once = json.scanner.py_make_scanner(decoder)  # type: ignore[attr-defined]
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as error:
        raise Unprocessable(f"not a notebook: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise Unprocessable("not a notebook: nested too deeply") from error


def edit_literals(
    text: str, literals: Sequence[Literal], in_list: bool, edits: Sequence[Edit]
) -> Iterator[Edit]:
    """Yields the edits of the JSON text that make edits in a text that is all literals together.

    Args:
        text: The JSON text.
        literals: The lines in a list, or a single string.
        in_list: Whether they stand in a list, which then gets lines in its own layout.
        edits: Edits of the literals' text.
    """
    starts = [0, *itertools.accumulate(len(literal) for literal in literals)]
    last = len(literals) - 1
    groups: list[tuple[int, int, list[Edit]]] = []  # literals from, to, and the edits in them
    for edit in edits:
        begin = max(index for index in range(last + 1) if starts[index] <= edit.start)
        end = max(
            index for index in range(begin, last + 1) if starts[index] < edit.end or index == begin
        )
        if groups and groups[-1][1] >= begin:
            begin, _, inside = groups.pop()
        else:
            inside = []
        groups.append((begin, end, [*inside, edit]))
    for begin, end, inside in groups:
        touched = literals[begin : end + 1]
        shift = starts[begin]
        value = apply(
            "".join(touched),
            [Edit(edit.start - shift, edit.end - shift, edit.text) for edit in inside],
        )
        values = [value]
        separator = ""
        if in_list:
            values = [value] if "\r" in value or not value else value.splitlines(keepends=True)
            if last > 0:
                neighbour = begin if begin < last else begin - 1
                pair = literals[neighbour : neighbour + 2]
                separator = text[pair[0].end : pair[1].start]
            else:
                bracket = text.rindex("[", 0, touched[0].start)
                separator = "," + text[bracket + 1 : touched[0].start]
        was_ascii = all(text[each.start : each.end].isascii() for each in touched)
        encoded = separator.join(json.dumps(each, ensure_ascii=was_ascii) for each in values)
        yield Edit(touched[0].start, touched[-1].end, encoded)
