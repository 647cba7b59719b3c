"""Lines and columns, as editors count them."""

from __future__ import annotations

import bisect
import functools
from dataclasses import dataclass

from tfe_compat.upgrade.edits import NEWLINE


@dataclass(frozen=True)
class Position:
    """A line and a column, both from 1; in a notebook, those of the cell, also from 1."""

    line: int
    column: int
    cell: int | None = None


def position_of(text: str, offset: int, cell: int | None = None) -> Position:
    """Returns the position of the character at offset in text."""
    starts = _line_starts(text)
    line = bisect.bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1, cell)


@functools.lru_cache(maxsize=2)
def _line_starts(text: str) -> list[int]:
    return [0, *(newline.end() for newline in NEWLINE.finditer(text))]
