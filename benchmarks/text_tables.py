"""Figures as text, and tables of them."""

from __future__ import annotations


def time_of(microseconds: float) -> str:
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:.{1 if microseconds < 10 * size else 0}f} {unit}"
    return f"{microseconds:.0f} µs"


def spread(figure: dict[str, float], form: str = ".2f") -> str:
    first, third = format(figure["first_quartile"], form), format(figure["third_quartile"], form)
    return f"{figure['median']:{form}} [{first}, {third}]"


def aligned(rows: list[list[str]]) -> list[str]:
    """A Markdown table, whose columns stand below each other in a terminal too."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [
        " | ".join(
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths))
        )
        for row in rows
    ]
    rule = " | ".join(
        "-" * (width - 1) + (":" if index else "-") for index, width in enumerate(widths)
    )
    return [f"| {line} |" for line in (lines[0], rule, *lines[1:])]
