"""tfe_compat beside what a user would write or pick instead, in time and memory.

    python benchmarks/run.py [--case NAME] [--rounds N] [--json FILE] [--plot FILE]

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

import implementations
import tensorflow as tf
from cases import cases
from implementations import FLOOR, INTERNAL, OURS, REFERENCE, TFP, UNGUARDED
from measure import import_cost, measure, peak_memory

_COLUMNS = (OURS, TFP, INTERNAL, FLOOR)
_MEMORY = "peak memory"
_IMPORT = "import"


def main(arguments: Sequence[str] | None = None) -> int:
    every_case = list(cases())
    names = [case.name for case in every_case] + [_MEMORY, _IMPORT]
    parser = _parser(names)
    options = parser.parse_args(arguments)
    for file in filter(None, [options.json, options.plot]):
        if file.is_dir() or not file.parent.is_dir():
            parser.error(f"{file} can't be written: it is a folder, or its folder is not there")
    chosen = options.case or names
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
            report["import"] = import_cost(options.rounds)
        else:
            case = next(case for case in every_case if case.name == name)
            report["cases"].append(measure(case, options.rounds))
    print(table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if options.plot:
        plot(report, options.plot)
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
        "--rounds", type=_at_least_two, default=31, metavar="N", help="rounds a case (31)"
    )
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write the report here")
    parser.add_argument(
        "--plot",
        type=pathlib.Path,
        metavar="FILE",
        help="draw the ratios against the number of ops and of arguments here; needs matplotlib",
    )
    return parser


def _at_least_two(text: str) -> int:
    rounds = int(text)
    if rounds < 2:
        raise argparse.ArgumentTypeError(f"quartiles need at least 2 rounds; got {rounds}")
    return rounds


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
    """The report for the terminal: ratios to the hand-written tape, medians and quartiles."""
    heading = ["case", f"{REFERENCE}, us", "target", *_COLUMNS]
    heading += [f"{OURS} / {other}" for other in (TFP, UNGUARDED)]
    rows = [_row(case) for case in report["cases"]]
    lines = []
    if rows:
        lines += [*_aligned([heading, *rows]), ""]
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
        cost = report["import"]
        lines.append(
            f"import tfe_compat adds {_spread(cost['difference'], '.1f')} ms to an interpreter's "
            f"{cost['interpreter']:.0f} ms (target {cost['target']:.0f} ms)"
        )
    return "\n".join(lines)


def _row(case: dict[str, Any]) -> list[str]:
    figures = case["implementations"]
    ratios = [_spread(figures[name]["ratio"]) if name in figures else "-" for name in _COLUMNS]
    return [
        case["name"],
        f"{figures[REFERENCE]['microseconds']:,.0f}",
        "-" if case["target"] is None else f"{case['target']:.2f}",
        *ratios,
        *(
            _spread(figures[other]["ours_to_this"]) if other in figures else "-"
            for other in (TFP, UNGUARDED)
        ),
    ]


def _spread(figure: dict[str, float], form: str = ".2f") -> str:
    first, third = format(figure["first_quartile"], form), format(figure["third_quartile"], form)
    return f"{figure['median']:{form}} [{first}, {third}]"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows)]
    return [
        "  ".join(
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths))
        )
        for row in rows
    ]


def plot(report: dict[str, Any], file: pathlib.Path) -> None:
    """Draws the ratios against the number of ops and of arguments."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SystemExit(
            f'--plot needs matplotlib ({error}); pip install ".[benchmark]" installs it.'
        ) from error
    figure = Figure(figsize=(10, 4), layout="constrained")
    for axes, (key, label) in zip(
        figure.subplots(1, 2, sharey=True),
        (("operations", "ops in f"), ("arguments", "arguments of f")),
    ):
        measured = [case for case in report["cases"] if case[key] is not None]
        for name in (REFERENCE, *_COLUMNS):
            points = [
                (case[key], case["implementations"][name]["ratio"])
                for case in measured
                if name in case["implementations"]
            ]
            medians = [ratio["median"] for _, ratio in points]
            spread = [
                [ratio["median"] - ratio["first_quartile"] for _, ratio in points],
                [ratio["third_quartile"] - ratio["median"] for _, ratio in points],
            ]
            counts = [count for count, _ in points]
            axes.errorbar(counts, medians, yerr=spread, marker="o", capsize=3, label=name)
        axes.set(xscale="log", xlabel=label)
        axes.grid(alpha=0.3)
    figure.axes[0].set_ylabel(f"time, ratio to the {REFERENCE}")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside right center")
    figure.savefig(file, dpi=150)


if __name__ == "__main__":
    sys.exit(main())
