"""Edits to a text: plain data, which needs no parser."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NEWLINE = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Edit:
    """The characters from start up to end are replaced by text."""

    start: int
    end: int
    text: str


class Edits:
    """The edits that the stages have made so far: in order, none overlapping."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []
        self._places: list[tuple[int, int]] = []  # of each of them

    def add(self, edit: Edit) -> None:
        """Adds an edit; of those that insert at one place, the first added comes first."""
        index = bisect.bisect_right(self._places, (edit.start, edit.end))
        if (index > 0 and self._places[index - 1][1] > edit.start) or (
            index < len(self._places) and self._places[index][0] < edit.end
        ):
            raise ValueError(f"two changes at once: {edit}")
        self._edits.insert(index, edit)
        self._places.insert(index, (edit.start, edit.end))

    def touch(self, start: int, end: int) -> bool:
        """Says whether an edit replaces any of the characters from start up to end."""
        index = bisect.bisect_left(self._places, (end, end))
        return index > 0 and self._places[index - 1][1] > start

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._edits)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Returns text with the edits made."""
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])


def offset_after(offset: int, edits: Iterable[Edit]) -> int:
    """Returns where the character at offset stands once the edits are made."""
    shift = 0
    for edit in edits:
        if edit.end <= offset:
            shift += len(edit.text) - (edit.end - edit.start)
        elif edit.start < offset:
            return edit.start + shift
    return offset + shift
