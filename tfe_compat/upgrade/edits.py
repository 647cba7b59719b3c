"""Edits to a text, and findings in it: plain data, which needs no parser."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.v1_names import V1_ONLY

NEWLINE = re.compile(r"\r\n?|\n")
_GAP = r"(?:\s|\\|\)|#[^\n]*)*"
_REFERENCE = re.compile(
    rf"\bcontrib{_GAP}\.{_GAP}eager\b|\btfe_compat\b|=[^=\n]*\.contrib\b(?!\s*\.)"
)
_CONTRIB = re.compile(r"\.contrib\b(?!\s*\.)|\bcontrib\s+as\b|[\"']contrib[\"']")
_EAGER = re.compile(r"\beager\b")
_WORD = re.compile(r"(?<=[.\s])\w+")
_V1_WORDS = frozenset().union({"contrib"}, *V1_ONLY.values())


@dataclass(frozen=True)
class Edit:
    """The characters from start up to end give way to text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """What a person has to look at.

    Attributes:
        offset: Where.
        kind: "differs", "unknown" or "unfollowed".
        name: Of what.
        message: What is the matter, and what to do.
        also: Where else it holds.
    """

    offset: int
    kind: str
    name: str
    message: str
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Unless:
    """A finding that holds only if no edit touches the characters from start up to end."""

    start: int
    end: int
    finding: Finding

    def holds(self, edits: Iterable[Edit]) -> bool:
        return not any(edit.start < self.end and edit.end > self.start for edit in edits)


@dataclass(frozen=True)
class Note:
    """What the rewritten program needs to run, beside itself: said once, however many need it."""

    text: str


@dataclass(frozen=True)
class Place:
    """A line and a column, both from 1; in a notebook, those of the cell, also from 1."""

    line: int
    column: int
    cell: int | None = None


@dataclass(frozen=True)
class Plan:
    """What to do with one text.

    Attributes:
        edits: In order, none overlapping.
        findings: In order.
        notes: What it needs to run.
        is_tf1: Whether it is rewritten as a program of TF 1.
        imports: The modules that it imports, as `program.imported_modules` gives them.
    """

    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
    is_tf1: bool = False
    imports: tuple[str, ...] = ()


def relevant(text: str, options: Options = DEFAULT) -> bool:
    """Says whether there can be anything to say about text; cheap, so that most is not parsed."""
    if options.all_files and "tensorflow" in text:
        return True
    if "tfe_compat" in text or ("contrib" in text and _REFERENCE.search(text)):
        return True
    if _EAGER.search(text) is not None and _CONTRIB.search(text) is not None:
        return True
    return "tensorflow" in text and not _V1_WORDS.isdisjoint(_WORD.findall(text))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Returns text with the edits made."""
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Returns findings in order, and those that say the same of the same name as one."""
    offsets: dict[tuple[str, str, str], set[int]] = {}
    for finding in findings:
        said = (finding.kind, finding.name, finding.message)
        offsets.setdefault(said, set()).update((finding.offset, *finding.also))
    joined = []
    for said, places in offsets.items():
        first, *others = sorted(places)
        joined.append(Finding(first, *said, tuple(others)))
    return sorted(joined, key=lambda each: (each.offset, each.name, each.message))


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Returns where the character at offset stands once the edits are made."""
    shift = 0
    for edit in edits:
        if edit.end <= offset:
            shift += len(edit.text) - (edit.end - edit.start)
        elif edit.start < offset:
            return edit.start + shift
    return offset + shift


def position(text: str, offset: int) -> tuple[int, int]:
    """Returns line and column of offset in text, both counted from 1, the column in characters."""
    starts = _line_starts(text)
    line = bisect.bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@functools.lru_cache(maxsize=2)
def _line_starts(text: str) -> list[int]:
    return [0, *(newline.end() for newline in NEWLINE.finditer(text))]
