"""The cells of a notebook that are not Python: reported, and left, so that the others are done."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from tfe_compat.upgrade.edits import NEWLINE, Finding
from tfe_compat.upgrade.magics import blank
from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.syntax import explain


def parse_cells(
    text: str, cells: Sequence[int], options: Options = DEFAULT
) -> tuple[Program, list[Finding]]:
    """Parses text.

    Args:
        text: A program.
        cells: Where each cell starts, if it is that of a notebook.
        options: What to rewrite.

    Returns:
        The program, with a blank for each character of a cell that is not Python, and a finding
        for each such cell.

    Raises:
        libcst.ParserSyntaxError: text is not Python 3, and no one cell is to blame.
    """
    try:
        return Program(text, cells, options), []
    except cst.ParserSyntaxError:
        if not cells:
            raise
    pieces = [text[start:end] for start, end in zip(cells, [*cells[1:], len(text)])]
    findings: list[Finding] = []
    for index, piece in enumerate(pieces):
        try:
            Program(piece)
        except cst.ParserSyntaxError as error:
            message, line = explain(piece, error.message)
            findings.append(_finding(cells[index], piece, message, line))
            pieces[index] = blank(piece)
    return Program("".join(pieces), cells, options), findings


def _finding(start: int, cell: str, message: str, line: int) -> Finding:
    """Returns the finding that cell, which starts at start, is left, because of what is in line."""
    starts = [0, *(newline.end() for newline in NEWLINE.finditer(cell))]
    offset = start + starts[min(max(line, 1), len(starts)) - 1]
    return Finding(offset, "unfollowed", "(cell)", f"not rewritten; {message}")
