"""What the tool says about a program beside its edits: plain data."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable
from dataclasses import dataclass

from tfe_compat.upgrade.edits import NEWLINE


@dataclass(frozen=True)
class Finding:
    """Something that a person has to look at."""

    offset: int
    kind: str  # "differs", "gone", "internal", "unknown" or "unfollowed"
    name: str
    message: str  # what is the matter, and what to do
    also: tuple[int, ...] = ()  # where else it holds


@dataclass(frozen=True)
class Note:
    """What rewritten programs need to run, said once however many need it."""

    text: str


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Returns findings in order, joining those that say the same about the same name."""
    offsets: dict[tuple[str, str, str], set[int]] = {}
    for finding in findings:
        said = (finding.kind, finding.name, finding.message)
        offsets.setdefault(said, set()).update((finding.offset, *finding.also))
    joined = []
    for said, places in offsets.items():
        first, *others = sorted(places)
        joined.append(Finding(first, *said, tuple(others)))
    return sorted(joined, key=lambda each: (each.offset, each.name, each.message))


def unfollowed(offset: int, name: str, message: str) -> Finding:
    """Returns the finding that something is left as it is, and why."""
    return Finding(offset, "unfollowed", name, f"not rewritten; {message}")


@dataclass(frozen=True)
class Position:
    """A line and a column, from 1; in a notebook, within a cell, also from 1."""

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
