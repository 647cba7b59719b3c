"""The results for all files: printed, with their diffs, or as JSON."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TextIO

from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.files.disk import Unprocessable
from tfe_compat.upgrade.files.scripts import Source
from tfe_compat.upgrade.findings import Finding, Note, Position

_COLORS = ((b"---", "1"), (b"+++", "1"), (b"@@", "36"), (b"-", "31"), (b"+", "32"))


@dataclass(frozen=True)
class Report:
    """The result for one file."""

    path: str
    source: Source | None = None
    changed: str = ""  # its new text, if it has one
    findings: Sequence[tuple[Finding, Sequence[Position]]] = ()
    error: Unprocessable | None = None
    notes: Sequence[Note] = ()


def located(
    source: Source, findings: Sequence[Finding], edits: Sequence[Edit]
) -> Iterator[tuple[Finding, Sequence[Position]]]:
    """Yields each finding with its positions once edits are made."""
    for finding in sorted(findings, key=lambda finding: finding.offset):
        yield finding, source.positions([finding.offset, *finding.also], edits)


def show_diff(report: Report) -> None:
    """Prints the diff of a file that changes."""
    if report.source is not None and report.changed and not report.error:
        new = report.changed.encode(report.source.encoding)
        show(sys.stdout, report.path, report.source.data, new)


def unified(path: str, old: bytes, new: bytes) -> Iterator[bytes]:
    """Yields the lines of the diff, as bytes: a patch must apply whatever the encoding is."""
    name = os.path.relpath(path).replace(os.sep, "/")
    before, after = (f"{side}/{name}" + "\t" * (" " in name) for side in "ab")  # as git does
    lines = difflib.diff_bytes(
        difflib.unified_diff, _lines(old), _lines(new), os.fsencode(before), os.fsencode(after)
    )
    for line in lines:
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def show(stream: TextIO, path: str, old: bytes, new: bytes) -> None:
    """Writes the diff: in colors to a terminal that supports them, else byte for byte."""
    colored = takes_colors(stream)
    stream.flush()
    for line in unified(path, old, new):
        if colored:
            color = next((color for start, color in _COLORS if line.startswith(start)), "")
            text = line.decode(errors="backslashreplace").rstrip("\r\n")
            stream.write(f"\x1b[{color}m{text}\x1b[m\n")
        elif hasattr(stream, "buffer"):
            stream.buffer.write(line)
        else:
            stream.write(line.decode(errors="backslashreplace"))


def takes_colors(stream: TextIO) -> bool:
    """Says whether stream is a terminal whose user wants colors (https://no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream.isatty()


def _lines(data: bytes) -> list[bytes]:
    return [line for line in re.split(rb"(?<=\n)", data) if line]


def show_findings(report: Report, stream: TextIO) -> None:
    """Prints the findings to stream, and why a file was not processed to standard error."""
    for finding, (place, *others) in report.findings:
        where = _where(report.path, place.cell, place.line, place.column)
        also = f" (also {', '.join(_also(place, other) for other in others)})" if others else ""
        print(f"{where}: {finding.name}: {finding.message}{also}", file=stream)
    if report.error:
        stream.flush()
        where = _where(report.path, report.error.cell, report.error.line)
        print(f"{where}: not processed: {report.error.message}", file=sys.stderr)


def as_json(reports: Sequence[Report], looked_at: int, written: bool) -> dict[str, object]:
    """Returns everything as plain data."""
    return {
        "files": looked_at,
        "written": written,
        "notes": list(dict.fromkeys(note.text for report in reports for note in report.notes)),
        "changed": [report.path for report in reports if report.changed and not report.error],
        "findings": [
            {
                "path": report.path,
                **asdict(place),
                "kind": finding.kind,
                "name": finding.name,
                "message": finding.message,
                "also": [asdict(other) for other in others],
            }
            for report in reports
            for finding, (place, *others) in report.findings
        ],
        "not_processed": [
            {
                "path": report.path,
                "cell": report.error.cell,
                "line": report.error.line,
                "message": report.error.message,
            }
            for report in reports
            if report.error
        ],
    }


def _where(path: str, cell: int | None, *numbers: int | None) -> str:
    parts = [path, f"cell {cell}" if cell else "", *(str(number or "") for number in numbers)]
    return ":".join(part for part in parts if part)


def _also(first: Position, other: Position) -> str:
    return f"cell {other.cell}:{other.line}" if other.cell != first.cell else f"line {other.line}"
