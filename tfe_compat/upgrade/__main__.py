"""The command line: `python -m tfe_compat.upgrade PATH...`, or `tfe-upgrade PATH...`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence

from tfe_compat.upgrade.edits import Plan, relevant
from tfe_compat.upgrade.files import Unprocessable, find, write
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.paths import TENSORFLOW
from tfe_compat.upgrade.programs import Planner, plan_programs
from tfe_compat.upgrade.report import (
    Progress,
    Report,
    as_json,
    located,
    show_diff,
    show_findings,
)
from tfe_compat.upgrade.sources import Source, load
from tfe_compat.upgrade.workers import Rejected, Workers

_DESCRIPTION = """\
Rewrite source that uses tf.contrib.eager so that it runs on TensorFlow 2 with tfe_compat.
By default, print a diff and change nothing. Reported besides, with path, line and column (from
1): names that behave differently here or are gone, and what can't be followed.
"""
_EPILOG = """\
exit status: 0 nothing to change and nothing found; 1 changes or findings; 2 a file could not be
processed (the others were)
"""


def main(argv: Sequence[str] | None = None, planner: Planner | None = None) -> int:
    """Runs the command line, and returns the exit status."""
    parser = argparse.ArgumentParser(
        "tfe-upgrade",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a .py or .ipynb file, or a folder"
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--write", action="store_true", help="change the files")
    mode.add_argument("--check", action="store_true", help="only report: no diff, no change")
    mode.add_argument(
        "--diff",
        action="store_true",
        help="only the diff on standard output, for `git apply`; the rest on standard error",
    )
    parser.add_argument(
        "--all", action="store_true", help="rewrite every file that imports tensorflow"
    )
    parser.add_argument(
        "--keep-tensorflow", action="store_true", help="leave all but tf.contrib.eager as it is"
    )
    parser.add_argument(
        "--keras3", action="store_true", help="do not ask for TF 1's Keras (tf-keras)"
    )
    parser.add_argument("--json", action="store_true", help="report as JSON, without the diff")
    options = parser.parse_args(argv)
    if not _has_libcst():
        print(
            "tfe-upgrade needs LibCST, which is not installed: pip install libcst",
            file=sys.stderr,
        )
        return 2
    for stream in (sys.stdout, sys.stderr):  # a path or a line need not be printable here
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        with Workers() as workers:
            return _run(options, planner or workers.plan)
    except KeyboardInterrupt:
        print("interrupted; no file is half-written", file=sys.stderr)
        return 130


def _has_libcst() -> bool:
    try:
        return importlib.util.find_spec("libcst") is not None
    except (ImportError, ValueError):
        return False


def _wanted(options: argparse.Namespace) -> Options:
    return Options(options.all, options.keep_tensorflow, options.keras3)


def _run(options: argparse.Namespace, planner: Planner) -> int:
    progress = Progress(sys.stderr)
    spoken = sys.stderr if options.diff else sys.stdout
    reports: list[Report] = []
    looked_at = 0
    for report in _reports(options, planner, progress):
        looked_at += 1
        if report.changed or report.findings or report.error:
            reports.append(report)
            if not options.json:
                progress.show("")
                if report.changed and not report.error and (options.check or options.write):
                    print(f"{report.path}: {'rewritten' if options.write else 'to rewrite'}")
                else:
                    show_diff(report)
                show_findings(report, spoken)
    progress.show("")
    changed = [report.path for report in reports if report.changed and not report.error]
    failed = [report for report in reports if report.error]
    findings = sum(len(report.findings) for report in reports)
    if options.json:
        print(json.dumps(as_json(reports, looked_at, options.write), indent=2))
    else:
        for note in dict.fromkeys(note.text for report in reports for note in report.notes):
            print(f"note: {note}", file=spoken)
        done = "rewritten" if options.write else "to rewrite"
        print(
            f"{looked_at} file{'s' * (looked_at != 1)}: {len(changed)} {done}, "
            f"{findings} finding{'s' * (findings != 1)}, {len(failed)} not processed",
            file=spoken,
        )
    if failed:
        return 2
    return 1 if changed or findings else 0


def _reports(options: argparse.Namespace, planner: Planner, progress: Progress) -> Iterator[Report]:
    """Yields a report for each file: first the files that no plan is needed for."""
    files: dict[str, Source] = {}
    others: dict[str, Source] = {}
    failed = set()
    wanted = _wanted(options)
    for count, found in enumerate(find(options.paths), start=1):
        if count % 20 == 0:
            progress.show(f"{count} files read")
        try:
            if found.error:
                raise found.error
            source = load(found.path)
        except Unprocessable as error:
            failed.add(os.path.realpath(found.path))
            yield Report(found.path, error=error)
            continue
        except Exception as error:  # an odd file must not keep the others from being done
            yield Report(found.path, error=Unprocessable(f"unexpected {error!r}"))
            continue
        # A file that was named is parsed in any case: its user wants to hear if it can't be.
        if found.named or source.findings or relevant(source.program, wanted):
            files[found.path] = source
        elif TENSORFLOW in source.program:
            others[found.path] = source
        else:
            yield Report(found.path)
    folders = [path for path in options.paths if os.path.isdir(path)] or [os.curdir]
    plans = plan_programs(files, others, folders, wanted, planner)
    for count, (path, its_source, plan) in enumerate(plans, start=1):
        progress.show(f"{count} files planned", min(count / len(files), 1.0))
        others.pop(path, None)
        if its_source is None and os.path.realpath(path) in failed:
            continue
        try:
            yield _report(path, its_source, plan, options.write)
        except UnicodeError as error:
            yield Report(path, its_source, error=Unprocessable(f"encoding problem: {error}"))
    yield from map(Report, others)


def _report(path: str, source: Source | None, plan: Plan | Rejected, writing: bool) -> Report:
    if isinstance(plan, Rejected):
        return Report(path, source, error=_rejected(source, plan))
    assert source is not None
    changed = source.rewritten(plan.edits) if plan.edits else ""
    error = None
    if writing and changed:
        try:
            write(path, source.data, changed.encode(source.encoding))
        except Unprocessable as failure:
            error = failure
    edits = plan.edits if writing and not error else ()
    findings = located(source, [*plan.findings, *source.findings], edits)
    return Report(path, source, changed, list(findings), error, plan.notes)


def _rejected(source: Source | None, plan: Rejected) -> Unprocessable:
    if source is None or not plan.line:
        return Unprocessable(plan.message)
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", source.program)
    (place,) = source.places([len("".join(lines[: plan.line - 1]))])
    return Unprocessable(plan.message, place.line, place.cell)


if __name__ == "__main__":
    sys.exit(main())
