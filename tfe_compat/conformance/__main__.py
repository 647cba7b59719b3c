"""Compares the installed TensorFlow with recordings of TF 1.15.5."""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow is loaded


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.json and (options.json.is_dir() or not options.json.parent.is_dir()):
        parser.error(
            f"--json: {options.json} can't be written: it is a folder, or its folder does not exist"
        )
    from tfe_compat.conformance import api

    tfe = api.prepare()
    import tensorflow as tf

    from tfe_compat.conformance import comparison, report

    tf.get_logger().setLevel("ERROR")
    try:
        comparer = comparison.Comparer(tfe, options.device)
    except ValueError as error:
        parser.error(f"--device: {error}")
    if options.group and options.group not in comparison.GROUPS:
        parser.error(f"--group: {options.group!r} is none of {', '.join(comparison.GROUPS)}")
    started = time.monotonic()
    subjects = [s for s in comparison.subjects() if options.group in (None, s.group)]
    subjects = _selected(subjects, options.only)
    if not subjects:
        among = f" in the group {options.group!r}" if options.group else ""
        print(
            f"no case or program{among} is called {options.only!r}; * stands for anything, as in "
            "'default_left_out*' or 'program 00*'",
            file=sys.stderr,
        )
        return 2
    program_count = sum(s.program is not None for s in subjects)
    case_count = len(subjects) - program_count
    print(
        f"comparing {case_count} cases and {program_count} programs with their recordings "
        f"of TF 1.15.5, on TensorFlow {tf.__version__}",
        flush=True,
    )
    compared = []
    for done, subject in enumerate(subjects):
        _show_progress(done, len(subjects))
        compared.append(comparer.compare(subject))
    _show_progress(len(subjects), len(subjects))
    if options.verbose:
        for c in compared:
            names = f" ({', '.join(c.because)})" if c.verdict == comparison.KNOWN else ""
            print(f"{c.verdict:<17} {c.name}{names}")
    for c in compared:
        if c.verdict == comparison.MISMATCH:
            print("\n" + report.mismatch(c, options.device))
    command = report.command(*(sys.argv[1:] if arguments is None else arguments))
    result = report.as_json(command, compared)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print("\n" + report.summary(result, time.monotonic() - started))
    return 1 if result["summary"]["mismatches"] else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tfe_compat.conformance",
        description=__doc__,
        epilog="exit code: 0 without a mismatch, 1 with one, 2 if there was nothing to compare",
    )
    parser.add_argument("--verbose", action="store_true", help="a line for every case and program")
    parser.add_argument(
        "--device",
        metavar="NAME",
        help="run all on this device, e.g. CPU:1; placements are not compared",
    )
    parser.add_argument("--only", metavar="NAME", help="one case or program; * stands for anything")
    parser.add_argument(
        "--group",
        metavar="NAME",
        help="the cases of one module of tfe_compat.conformance.cases, e.g. dy, or the programs",
    )
    parser.add_argument(
        "--json",
        metavar="FILE",
        type=Path,
        help="write a report of all outcomes to FILE; docs/conformance.md describes it",
    )
    return parser


def _selected(subjects: list[Any], only: str | None) -> list[Any]:
    # An exact name comes first: a name may contain characters that are special in patterns.
    named = [s for s in subjects if s.name == only]
    # Brackets are literal: the name of every case ends in its function in brackets.
    pattern = (only or "*").replace("[", "[[]")
    return named or [s for s in subjects if fnmatch.fnmatchcase(s.name, pattern)]


def _show_progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        end = "\r" if done < count else "\r\x1b[K"
        print(f"{done}/{count}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
