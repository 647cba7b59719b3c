"""Checks the TensorFlow installed here against recordings of TF 1.15.5."""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import platform
import shlex
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow is loaded

# More would bury the versions above them, in a summary that is made to be pasted.
MOST_NAMES = 20


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.json and (options.json.is_dir() or not options.json.parent.is_dir()):
        parser.error(
            f"--json: {options.json} can't be written: it is a folder, or its folder is not there"
        )
    from tfe_compat.conformance import api

    tfe = api.prepare()
    import tensorflow as tf

    from tfe_compat.conformance import comparison

    tf.get_logger().setLevel("ERROR")
    # TensorFlow itself would quietly take another device.
    if options.device and options.device.lstrip("/").upper() not in _devices():
        parser.error(f"--device: {options.device!r} is none of {', '.join(_devices())}")
    if options.group and options.group not in comparison.GROUPS:
        parser.error(f"--group: {options.group!r} is none of {', '.join(comparison.GROUPS)}")
    started = time.monotonic()
    comparer = comparison.Comparer(tfe, options.device)
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
            _print_mismatch(c, options.device)
    command = _command(*(sys.argv[1:] if arguments is None else arguments))
    report = _report(command, compared)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    _print_summary(report, time.monotonic() - started)
    return 1 if report["summary"]["mismatches"] else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_command(),
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
        help="write all outcomes to FILE; report.schema.json in the package "
        "tfe_compat.conformance is its JSON Schema",
    )
    return parser


def _command(*arguments: str) -> str:
    return shlex.join(["python", "-m", "tfe_compat.conformance", *arguments])


def _selected(subjects: list[Any], only: str | None) -> list[Any]:
    # A name stands for itself first: it may have in it what is special in a pattern.
    named = [s for s in subjects if s.name == only]
    # Brackets stand for themselves: every case has its function in them.
    pattern = (only or "*").replace("[", "[[]")
    return named or [s for s in subjects if fnmatch.fnmatchcase(s.name, pattern)]


def _versions() -> dict[str, str]:
    import numpy as np
    import tensorflow as tf

    import tfe_compat
    from tfe_compat.conformance import comparison

    recorded_with = comparison.recording("cases")["recorded_with"]
    return {
        "tfe_compat": tfe_compat.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "devices": ", ".join(_devices()),
        "compared with": f"TensorFlow {recorded_with['tensorflow']}, recorded",
    }


def _devices() -> list[str]:
    import tensorflow as tf

    return [device.name.partition("device:")[2] for device in tf.config.list_logical_devices()]


def _show_progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        end = "\r" if done < count else "\r\x1b[K"
        print(f"{done}/{count}", end=end, file=sys.stderr, flush=True)


def _print_mismatch(c: Any, device: str | None) -> None:
    alone = _command("--only", c.name, *(["--device", device] if device else []))
    print(f"\nmismatch: {c.name}")
    print(f"  TF 1.15.5: {json.dumps(c.recorded)}")
    print(f"  here:      {json.dumps(c.actual)}")
    for line in c.because:
        print(f"  {line}")
    print(f"  alone:     {alone}")


def _report(command: str, compared: list[Any]) -> dict[str, Any]:
    """What --json writes, as report.schema.json describes it."""
    from tfe_compat.conformance import comparison

    counts = Counter(c.verdict for c in compared)
    return {
        "schema": 1,
        "versions": _versions(),
        "command": command,
        "summary": {
            "identical": counts[comparison.IDENTICAL],
            "known differences": counts[comparison.KNOWN],
            "mismatches": counts[comparison.MISMATCH],
        },
        "outcomes": [c._asdict() for c in compared],
    }


def _print_summary(report: dict[str, Any], seconds: float) -> None:
    from tfe_compat.conformance import comparison

    names = [o["name"] for o in report["outcomes"] if o["verdict"] == comparison.MISMATCH]
    facts = {**report["versions"], "command": report["command"]}
    if names:
        more = [f"and {len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
        facts["mismatches"] = ("\n" + " " * 15).join(names[:MOST_NAMES] + more)
    print()
    for fact, value in facts.items():
        print(f"{fact + ':':<15}{value}")
    counts = ", ".join(f"{count} {what}" for what, count in report["summary"].items())
    print(f"{len(report['outcomes'])} compared in {seconds:.0f} s: {counts}")


if __name__ == "__main__":
    sys.exit(main())
