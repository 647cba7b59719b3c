"""What is told of a program beside its edits: plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What a person has to look at.

    Attributes:
        offset: Where.
        kind: "differs", "gone", "unknown" or "unfollowed".
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
class Note:
    """What the rewritten program needs to run, beside itself: said once, however many need it."""

    text: str


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


def unfollowed(offset: int, name: str, message: str) -> Finding:
    """Returns the finding that what stands at offset is left as it is, and why."""
    return Finding(offset, "unfollowed", name, f"not rewritten; {message}")
