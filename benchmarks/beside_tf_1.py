"""tfe_compat on TensorFlow 2 beside tf.contrib.eager on TF 1.15.5, as a migrated program sees it.

    python benchmarks/beside_tf_1.py --tf1-python .venv-tf1/bin/python [--case NAME] [--rounds N]

Both do the same work (`migrated.py`), each in a process of its own. They are measured in turn, and
every ratio is one of two samples of the same round: 1.00 takes as long as with TF 1.15.5.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # in the processes

import numpy as np
from text_tables import aligned, spread, time_of
from timing import at_least_two, quartiles, ratios

_BENCHMARKS = pathlib.Path(__file__).parent
_EAGER, _OWN = "eager", "own"  # ways of migrated.py
_OLD, _NEW = "old", "new"  # processes, besides that of _OWN
_REFERENCE = (_OLD, _EAGER)
Samples = dict[tuple[str, str], list[float]]  # by the process and the way


class Process:
    """`migrated.py`, run by a Python; a call sends a request and waits for its answer."""

    def __init__(self, python: str, *arguments: str) -> None:
        path = os.pathsep.join([str(_BENCHMARKS.parent), os.environ.get("PYTHONPATH", "")])
        environment = {**os.environ, "PYTHONPATH": path}
        environment.pop("TF2_BEHAVIOR", None)  # which TensorFlow 2 sets, and TF 1.15.5 obeys
        self._process = subprocess.Popen(
            [python, str(_BENCHMARKS / "migrated.py"), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
        )
        self.description = self("description")

    def __call__(self, *request: str) -> Any:
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())
        except (OSError, ValueError):
            raise RuntimeError(f"{self._process.args} ended at {request}") from None

    def end(self) -> None:
        self._process.communicate()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--tf1-python", required=True, metavar="PYTHON", help="the Python that has TF 1.15.5"
    )
    parser.add_argument(
        "--case", action="append", metavar="NAME", help="measure this case only; may be repeated"
    )
    parser.add_argument(
        "--rounds", type=at_least_two, default=31, metavar="N", help="rounds a case (31)"
    )
    options = parser.parse_args(arguments)
    processes = {
        _OLD: Process(options.tf1_python),
        _NEW: Process(sys.executable),
        _OWN: Process(sys.executable, _OWN),
    }
    samples = {}
    try:
        cases = processes[_NEW].description["cases"]
        chosen = options.case or cases
        if not set(chosen) <= set(cases):
            parser.error(f"the cases are {'; '.join(cases)}")
        for number, case in enumerate(chosen, 1):
            print(f"[{number}/{len(chosen)}] {case}", file=sys.stderr, flush=True)
            samples[case] = measure(processes, case, options.rounds)
    finally:
        for process in processes.values():
            process.end()
    old, new = (
        "TF {tensorflow} (Python {python})".format(**processes[name].description)
        for name in (_OLD, _NEW)
    )
    print(f"{new} beside {old}\n\n{tables(samples)}")
    return 0


def measure(processes: dict[str, Process], case: str, rounds: int) -> Samples:
    """The microseconds that each way takes in each process, one sample a round."""
    numbers = {
        (name, way): results
        for name, process in processes.items()
        for way, results in process("start", case).items()
    }
    check_agreement(numbers, case)
    samples: Samples = {key: [] for key in numbers}
    order = list(numbers)
    for _ in range(rounds):
        random.shuffle(order)
        for name, way in order:
            samples[name, way].append(processes[name]("sample", way))
    for process in processes.values():
        process("end")
    return samples


def check_agreement(numbers: dict[tuple[str, str], list[float]], case: str) -> None:
    """Raises AssertionError unless everything computed the same numbers.

    They are the first of each result; summaries have none.
    """
    for key, results in numbers.items():
        message = f"{case}: {' '.join(key)}"
        np.testing.assert_allclose(results, numbers[_REFERENCE], rtol=1e-4, err_msg=message)


def tables(samples: dict[str, Samples]) -> str:
    """In Markdown, a table of all cases, and one for each case that can be compiled."""
    all_cases = [["case", "TF 1.15.5", "TensorFlow 2's own", "tfe_compat", "tfe_compat / own"]]
    lines = []
    for case, each in samples.items():
        reference, own, ours = each[_REFERENCE], each.get((_OWN, _OWN)), each[_NEW, _EAGER]
        time = time_of(statistics.median(reference))
        to_own = [_ratio(own, reference), _ratio(ours, own)] if own else ["-", "-"]
        all_cases.append([case, time, to_own[0], _ratio(ours, reference), to_own[1]])
        ways = [way for name, way in each if name == _NEW]
        if len(ways) > 1:
            rows = [
                [way, *(_ratio(each[name, way], reference) for name in (_OLD, _NEW))]
                for way in ways
            ]
            lines += ["", *aligned([[case, "TF 1.15.5", "tfe_compat"], *rows])]
    return "\n".join([*aligned(all_cases), *lines])


def _ratio(samples: list[float], reference: list[float]) -> str:
    return spread(quartiles(ratios(samples, reference)))


if __name__ == "__main__":
    sys.exit(main())
