"""Where a name of TF 1 is today: a row of the tables of names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a module or a name is.

    Attributes:
        path: Its new path; empty if it has none. What is in a module goes with it.
        remark: If it has none: where to find something like it. Else what doesn't go there.
        arguments: If only some calls do the same there: how many positional arguments they have
            at most, and after that by which names they may pass others.
    """

    path: str = ""
    remark: str = ""
    arguments: tuple[int, str] | None = None


def in_tensorflow(
    path: str, positional: int | None = None, keywords: str = "", remark: str = ""
) -> Place:
    """Returns the place of what tensorflow.compat.v1 has at path."""
    arguments = None if positional is None else (positional, keywords)
    return Place(f"tensorflow.{path}" if path else "tensorflow", remark, arguments)


def gone(remark: str) -> Place:
    """Returns the place of what is nowhere."""
    return Place(remark=remark)
