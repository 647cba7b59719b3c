"""tfe_compat beside what a user would write or pick instead, in time and memory.

    python benchmarks/run.py [--case NAME] [--rounds N] [--json FILE] [--figure FILE]

Every figure is a ratio to the tape that a user would write by hand: 1.00 is as fast, 1.10 takes a
tenth longer.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import pathlib
import platform
import sys
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow loads

import figure
import implementations
import tensorflow as tf
from cases import cases
from implementations import FLOOR, INTERNAL, OURS, REFERENCE, TFP, UNGUARDED
from measure import growth, import_cost, measure, metric_cost, peak_memory, upgrade_cost
from text_tables import aligned, spread, time_of
from timing import at_least_two

_COLUMNS = (OURS, TFP, INTERNAL, FLOOR, UNGUARDED)
_MEMORY = "peak memory"
_IMPORT = "import"
_METRIC = "mean metric"
_UPGRADE = "upgrade tool"
_SLOW_ROUNDS = 9  # at most, of what takes seconds a round


def main(arguments: Sequence[str] | None = None) -> int:
    every_case = list(cases())
    names = [case.name for case in every_case] + [_MEMORY, _IMPORT, _METRIC, _UPGRADE]
    parser = _parser(names)
    options = parser.parse_args(arguments)
    for file in filter(None, [options.json, options.figure]):
        if file.is_dir() or not file.parent.is_dir():
            parser.error(f"{file} can't be written: it is a folder, or its folder is not there")
    if options.figure and not figure.matplotlib:
        parser.error('--figure needs matplotlib; pip install ".[benchmark]" installs it.')
    chosen = options.case or names
    few_rounds = min(options.rounds, _SLOW_ROUNDS)
    if implementations.tfp is None:
        print(
            "TensorFlow Probability can't be imported, so tfp.math.value_and_gradient is left out; "
            'pip install ".[benchmark]" installs it.',
            file=sys.stderr,
        )
    report: dict[str, Any] = {"machine": machine(), "cases": []}
    for number, name in enumerate(chosen, 1):
        print(f"[{number}/{len(chosen)}] {name}", file=sys.stderr, flush=True)
        if name == _MEMORY:
            report["peak_memory"] = {
                implementation: peak_memory(implementation)
                for implementation in implementations.by_arguments()
            }
        elif name == _IMPORT:
            report[_IMPORT] = import_cost(options.rounds)
        elif name == _METRIC:
            report[_METRIC] = metric_cost(options.rounds)
        elif name == _UPGRADE:
            report[_UPGRADE] = upgrade_cost(few_rounds)
        else:
            case = next(case for case in every_case if case.name == name)
            report["cases"].append(measure(case, options.rounds))
    if options.figure:
        print("[figure] growth", file=sys.stderr, flush=True)
        report["growth"] = growth(few_rounds)
        figure.draw(report["growth"], options.figure)
    print(table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0


def _parser(names: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--case",
        action="append",
        choices=names,
        metavar="NAME",
        help="measure this case only; may be repeated: " + "; ".join(names),
    )
    parser.add_argument(
        "--rounds", type=at_least_two, default=31, metavar="N", help="rounds a case (31)"
    )
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write the report here")
    parser.add_argument(
        "--figure",
        type=pathlib.Path,
        metavar="FILE",
        help="measure how the time of a call grows, and draw it here; needs matplotlib",
    )
    return parser


def machine() -> dict[str, Any]:
    return {
        "date": datetime.date.today().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "tensorflow_probability": implementations.tfp and implementations.tfp.__version__,
    }


def _processor() -> str:
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor()


def table(report: dict[str, Any]) -> str:
    """The report in Markdown: ratios to the hand-written tape, medians and quartiles."""
    heading = ["case", REFERENCE, "target", *_COLUMNS]
    rows = [_row(case) for case in report["cases"]]
    lines = []
    if rows:
        lines += [*aligned([heading, *rows]), ""]
    for case in report["cases"]:
        counts = {
            name: figures["graph_operations"]
            for name, figures in case["implementations"].items()
            if "graph_operations" in figures
        }
        if counts:
            listed = ", ".join(f"{name} {count}" for name, count in counts.items())
            lines.append(f"ops in the graph of {case['name']}: {listed}")
    if "peak_memory" in report:
        peaks = report["peak_memory"]
        listed = ", ".join(
            f"{name} {peak / 2**20:.0f} MB ({peak / peaks[REFERENCE]:.3f})"
            for name, peak in peaks.items()
        )
        lines.append(f"peak memory of a chain of 100 ops on 4 MB: {listed}")
    if _IMPORT in report:
        cost = report[_IMPORT]
        lines.append(
            f"import tfe_compat adds {spread(cost['difference'], '.1f')} ms to an interpreter's "
            f"{cost['interpreter']:.0f} ms (target {cost['target']:.0f} ms)"
        )
    for name in (_METRIC, _UPGRADE):
        if name in report:
            times, ratio = report[name]["microseconds"], spread(report[name]["ratio"])
            listed = ", ".join(f"{what} {time_of(each)}" for what, each in times.items())
            lines.append(f"{name}: {listed} ({ratio})")
    return "\n".join(lines)


def _row(case: dict[str, Any]) -> list[str]:
    figures = case["implementations"]
    return [
        case["name"],
        time_of(figures[REFERENCE]["microseconds"]),
        "-" if case["target"] is None else f"{case['target']:.2f}",
        *(spread(figures[name]["ratio"]) if name in figures else "-" for name in _COLUMNS),
    ]


if __name__ == "__main__":
    sys.exit(main())
