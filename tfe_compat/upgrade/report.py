"""What came of the files: printed, or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TextIO

from tfe_compat.upgrade import diff
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.files.disk import Unprocessable
from tfe_compat.upgrade.files.positions import Position
from tfe_compat.upgrade.files.scripts import Source
from tfe_compat.upgrade.findings import Finding, Note

_BAR = 30  # characters


@dataclass(frozen=True)
class Report:
    """What came of one file."""

    path: str
    source: Source | None = None
    changed: str = ""  # its new text, if it has one
    findings: Sequence[tuple[Finding, Sequence[Position]]] = ()
    error: Unprocessable | None = None
    notes: Sequence[Note] = ()


class Progress:
    """A bar on a terminal that says how far it is; nothing anywhere else."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream if stream.isatty() else None

    def show(self, text: str, done: float = 0.0) -> None:
        if self.stream is not None:
            bar = "#" * round(done * _BAR)
            shown = f"[{bar:<{_BAR}}] {text}" if bar else text
            self.stream.write(f"\r\x1b[K{shown}")
            self.stream.flush()


def located(
    source: Source, findings: Sequence[Finding], edits: Sequence[Edit]
) -> Iterator[tuple[Finding, Sequence[Position]]]:
    """Yields each finding with the places it is about, as they are once edits are made."""
    for finding in sorted(findings, key=lambda finding: finding.offset):
        yield finding, source.positions([finding.offset, *finding.also], edits)


def show_diff(report: Report) -> None:
    """Prints the diff of a file that changes."""
    if report.source is not None and report.changed and not report.error:
        new = report.changed.encode(report.source.encoding)
        diff.show(sys.stdout, report.path, report.source.data, new)


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
    """Returns all that is known as plain data."""
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
