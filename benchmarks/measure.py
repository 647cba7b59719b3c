"""Times in interleaved rounds, peak memory, and the cost of an import."""

from __future__ import annotations

import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf
from cases import Case, chain
from implementations import OURS, REFERENCE, by_arguments

SAMPLE_SECONDS = 0.01
_REPOSITORY = pathlib.Path(__file__).parents[1]


def quartiles(samples: list[float]) -> dict[str, float]:
    first, median, third = statistics.quantiles(samples, n=4, method="inclusive")
    return {"first_quartile": first, "median": median, "third_quartile": third}


def measure(case: Case, rounds: int) -> dict[str, Any]:
    """The report on `case`: for each implementation its time and its ratio to the reference.

    A round takes one sample of each implementation, in random order, and a ratio is one of two
    samples of the same round: what else the machine does then falls on both.
    """
    calls = case.calls()
    check_agreement({name: call() for name, call in calls.items()}, case.name)
    repeats = _repeats(calls[REFERENCE])
    microseconds: dict[str, list[float]] = {name: [] for name in calls}
    order = list(calls)
    for _ in range(rounds):
        random.shuffle(order)
        for name in order:
            microseconds[name].append(_seconds(calls[name], repeats) / repeats * 1e6)
    report: dict[str, Any] = {"name": case.name, "rounds": rounds, "calls_per_sample": repeats}
    report.update(
        {key: getattr(case, key) for key in ("target", "operations", "arguments")},
        implementations={
            name: {
                "microseconds": statistics.median(samples),
                "ratio": quartiles(_ratios(samples, microseconds[REFERENCE])),
                "ours_to_this": quartiles(_ratios(microseconds[OURS], samples)),
            }
            for name, samples in microseconds.items()
        },
    )
    for name, graph in case.graphs().items():
        report["implementations"][name]["graph_operations"] = len(graph.get_operations())
    return report


def check_agreement(results: Mapping[str, Any], case_name: str) -> None:
    """Raises AssertionError unless all implementations computed the same numbers."""
    reference = tf.nest.flatten(results[REFERENCE])
    for name, result in results.items():
        leaves = tf.nest.flatten(result)
        if [leaf is None for leaf in leaves] != [leaf is None for leaf in reference]:
            raise AssertionError(f"{case_name}: {name} gives {leaves}, expected {reference}")
        for leaf, expected in zip(leaves, reference):
            if leaf is not None:
                message = f"{case_name}: {name}"
                np.testing.assert_allclose(leaf, expected, rtol=1e-5, err_msg=message)


def _ratios(samples: list[float], reference: list[float]) -> list[float]:
    return [sample / other for sample, other in zip(samples, reference)]


def _seconds(call: Callable[[], Any], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return time.perf_counter() - start


def _repeats(call: Callable[[], Any]) -> int:
    _seconds(call, 3)
    return max(1, round(SAMPLE_SECONDS / (_seconds(call, 3) / 3)))


def peak_memory(implementation: str) -> int:
    """The bytes by which the 100-op chain on a 4 MB tensor raises the peak of a new process."""
    return int(
        _python("-c", f"import measure; print(measure.peak_memory_here({implementation!r}))")
    )


def peak_memory_here(implementation: str) -> int:
    x = tf.random.stateless_uniform([1 << 20], seed=[1, 0])
    g = by_arguments()[implementation](chain(100), 1, None)
    g(x[:1])  # what TensorFlow loads on first use isn't the call's
    before = _peak()
    g(x)
    return _peak() - before


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def import_cost(rounds: int) -> dict[str, Any]:
    """Milliseconds that `import tfe_compat` adds to the start and end of an interpreter."""
    bare, ours = [], []
    for _ in range(rounds):
        for statement, samples in (("pass", bare), ("import tfe_compat", ours)):
            start = time.perf_counter()
            _python("-c", statement)
            samples.append((time.perf_counter() - start) * 1e3)
    return {
        "target": 10.0,
        "interpreter": statistics.median(bare),
        "difference": quartiles([with_it - without for with_it, without in zip(ours, bare)]),
    }


def _python(*arguments: str) -> str:
    command = [sys.executable, *arguments]
    path = [str(_REPOSITORY), str(_REPOSITORY / "benchmarks")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout
