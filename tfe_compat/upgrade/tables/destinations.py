"""The rows of the tables of names: where a module or a name of TF 1 is today."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Destination:
    """Where a module or a name is today."""

    path: str = ""  # its new path; empty if it has none. What is in a module goes with it
    remark: str = ""  # if it has none: where to find something like it. Else what doesn't go there
    # If only some calls do the same there: how many positional arguments they have at most, and
    # after that by which names they may pass others.
    arguments: tuple[int, str] | None = None


def in_tensorflow(
    path: str, positional: int | None = None, keywords: str = "", remark: str = ""
) -> Destination:
    """Returns the destination of what tensorflow.compat.v1 has at path."""
    arguments = None if positional is None else (positional, keywords)
    return Destination(f"tensorflow.{path}" if path else "tensorflow", remark, arguments)


def gone(remark: str) -> Destination:
    """Returns the row of a name that is nowhere any more."""
    return Destination(remark=remark)
