"""Checks the TensorFlow installed here against recordings of TF 1.15.5."""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import platform
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow is loaded


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
    versions = _versions(comparison.recording("cases")["recorded_with"])
    for name, version in versions.items():
        print(f"{name + ':':<15}{version}")
    started = time.monotonic()
    comparer = comparison.Comparer(tfe, options.device)
    subjects = [s for s in comparison.subjects() if fnmatch.fnmatchcase(s.name, _pattern(options))]
    if not subjects:
        print(
            f"no case or program is called {options.only!r}; * stands for anything, as in "
            "'default_left_out*' or 'program 00*'",
            file=sys.stderr,
        )
        return 2
    compared = []
    for done, subject in enumerate(subjects):
        _show_progress(done, len(subjects))
        compared.append(comparer.compare(subject))
    _show_progress(len(subjects), len(subjects))
    summary = _summary(compared)
    if options.verbose:
        for c in compared:
            names = f" ({', '.join(c.because)})" if c.verdict == comparison.KNOWN else ""
            print(f"{c.verdict:<17} {c.name}{names}")
    for c in compared:
        if c.verdict == comparison.MISMATCH:
            _print_mismatch(c)
    if options.json:
        _write_json(options.json, versions, summary, compared)
    print(
        f"{len(compared)} compared in {time.monotonic() - started:.0f} s: "
        + ", ".join(f"{count} {what}" for what, count in summary.items())
    )
    return 1 if summary["mismatches"] else 0


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
    parser.add_argument("--json", metavar="FILE", type=Path, help="write all outcomes to FILE")
    return parser


def _pattern(options: argparse.Namespace) -> str:
    # Brackets stand for themselves: every case has its function in them.
    return (options.only or "*").replace("[", "[[]")


def _versions(recorded_with: dict[str, str]) -> dict[str, str]:
    import numpy as np
    import tensorflow as tf

    import tfe_compat

    return {
        "tfe_compat": tfe_compat.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
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


def _summary(compared: list[Any]) -> dict[str, int]:
    from tfe_compat.conformance import comparison

    counts = Counter(c.verdict for c in compared)
    return {
        "identical": counts[comparison.IDENTICAL],
        "known differences": counts[comparison.KNOWN],
        "mismatches": counts[comparison.MISMATCH],
    }


def _print_mismatch(c: Any) -> None:
    print(f"\nmismatch: {c.name}")
    print(f"  TF 1.15.5: {json.dumps(c.recorded)}")
    print(f"  here:      {json.dumps(c.actual)}")
    for line in c.because:
        print(f"  {line}")
    print(f"  alone:     python -m tfe_compat.conformance --only '{c.name}'")


def _write_json(
    file: Path, versions: dict[str, str], summary: dict[str, int], compared: list[Any]
) -> None:
    report = {
        "schema": 1,
        "versions": versions,
        "summary": summary,
        "outcomes": [c._asdict() for c in compared],
    }
    file.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
