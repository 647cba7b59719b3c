"""The command line: `python -m tfe_compat.upgrade PATH...`, or `tfe-upgrade PATH...`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence

from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.report import Report, as_json, show_diff, show_findings
from tfe_compat.upgrade.run import run

_DESCRIPTION = """\
Rewrite source that uses tf.contrib.eager so that it runs on TensorFlow 2 with tfe_compat.
By default, print a diff and change nothing. Reported besides, with path, line and column (from
1): names that behave differently here or are gone, and what can't be followed.
"""
_EPILOG = """\
exit status: 0 nothing to change and nothing found; 1 changes or findings; 2 a file could not be
processed (the others were)
"""
_MODES = {
    "write": "change the files",
    "check": "only report: no diff, no change",
    "diff": "only the diff on standard output, for `git apply`; the rest on standard error",
}
_OPTIONS = {
    "all": "rewrite every file that imports tensorflow",
    "keep-tensorflow": "leave all but tf.contrib.eager as it is",
    "keras3": "do not ask for TF 1's Keras (tf-keras)",
    "json": "report as JSON, without the diff",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line, and returns the exit status."""
    parser = argparse.ArgumentParser(
        "tfe-upgrade",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a .py or .ipynb file, or folder")
    mode = parser.add_mutually_exclusive_group()
    for name, effect in _MODES.items():
        mode.add_argument(f"--{name}", action="store_true", help=effect)
    for name, effect in _OPTIONS.items():
        parser.add_argument(f"--{name}", action="store_true", help=effect)
    options = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):  # a path or a line need not be printable here
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(2_000_000)  # with 700, half of the time goes into walks over the trees
    try:
        return _show(options)
    except KeyboardInterrupt:
        print("interrupted; no file is half-written", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `tfe-upgrade ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _show(options: argparse.Namespace) -> int:
    spoken = sys.stderr if options.diff else sys.stdout
    reports: list[Report] = []
    looked_at = 0
    wanted = Options(options.all, options.keep_tensorflow, options.keras3)
    for report in run(options.paths, wanted, options.write):
        looked_at += 1
        if report.changed or report.findings or report.error:
            reports.append(report)
            if not options.json:
                if report.changed and not report.error and (options.check or options.write):
                    print(f"{report.path}: {'rewritten' if options.write else 'to rewrite'}")
                else:
                    show_diff(report)
                show_findings(report, spoken)
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


if __name__ == "__main__":
    sys.exit(main())
