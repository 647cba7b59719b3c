"""Times in interleaved rounds, peak memory, and what an import and an upgrade take."""

from __future__ import annotations

import functools
import gc
import os
import pathlib
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from cases import Case, chain, growing_cases
from implementations import OURS, REFERENCE, by_arguments
from old_code import write_tree
from timing import quartiles, ratios, repeats_of, seconds

import tfe_compat

_REPOSITORY = pathlib.Path(__file__).parents[1]


def measure(case: Case, rounds: int) -> dict[str, Any]:
    """The report on `case`: for each implementation its time and its ratio to the reference.

    A ratio is one of two samples of the same round: what else the machine does falls on both.
    """
    calls = case.calls()
    check_agreement({name: call() for name, call in calls.items()}, case.name)
    repeats = repeats_of(calls[REFERENCE])
    microseconds = _microseconds(calls, repeats, rounds)
    report: dict[str, Any] = {
        "name": case.name,
        "rounds": rounds,
        "calls_per_sample": repeats,
        "target": case.target,
        "implementations": {
            name: {
                "microseconds": statistics.median(samples),
                "ratio": quartiles(ratios(samples, microseconds[REFERENCE])),
                "ours_to_this": quartiles(ratios(microseconds[OURS], samples)),
            }
            for name, samples in microseconds.items()
        },
    }
    for name, graph in case.graphs().items():
        report["implementations"][name]["graph_operations"] = len(graph.get_operations())
    return report


def _microseconds(
    calls: Mapping[str, Callable[[], Any]], repeats: int, rounds: int
) -> dict[str, list[float]]:
    """Samples of what a call takes; a round takes one of each, in random order.

    The garbage collector runs, but does not walk what was there before: it would take its time from
    a sample picked at random.
    """
    samples: dict[str, list[float]] = {name: [] for name in calls}
    order = list(calls)
    gc.collect()
    gc.freeze()
    try:
        for _ in range(rounds):
            random.shuffle(order)
            for name in order:
                samples[name].append(seconds(calls[name], repeats) / repeats * 1e6)
    finally:
        gc.unfreeze()
    return samples


def growth(rounds: int) -> dict[str, dict[int, dict[str, float]]]:
    """For what grows and each of its sizes the microseconds that each implementation takes."""
    return {
        what: {
            size: {
                name: figures["microseconds"]
                for name, figures in measure(case, rounds)["implementations"].items()
            }
            for size, case in cases.items()
        }
        for what, cases in growing_cases().items()
    }


def metric_cost(rounds: int) -> dict[str, Any]:
    """An update of a mean by 32 values and its result, beside Keras's, in eager mode."""
    values = tf.random.stateless_normal([32], seed=[5, 0])
    ours, keras = tfe_compat.metrics.Mean(), tf.keras.metrics.Mean()

    def with_ours() -> tf.Tensor:
        ours(values)
        return ours.result()

    def with_keras() -> tf.Tensor:
        keras.update_state(values)
        return keras.result()

    calls = {"tfe.metrics.Mean": with_ours, "tf.keras.metrics.Mean": with_keras}
    np.testing.assert_allclose(*[float(call()) for call in calls.values()], rtol=1e-5)
    return _comparison(_microseconds(calls, repeats_of(with_keras), rounds))


def upgrade_cost(rounds: int) -> dict[str, Any]:
    """A run of each upgrade tool on the same tree of files, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        old, ours, theirs = (pathlib.Path(folder, name) for name in ("old", "ours", "theirs"))
        write_tree(old)
        report = str(pathlib.Path(folder, "report.txt"))
        modules = {
            "tfe-upgrade": ["tfe_compat.upgrade", "--write", str(ours)],
            "tf_upgrade_v2": [
                *("tensorflow.tools.compatibility.tf_upgrade_v2_main", "--reportfile", report),
                *("--intree", str(old), "--outtree", str(theirs)),
            ],
        }
        calls = {
            # Exit status 1 says that there was something to change.
            name: functools.partial(_python, "-m", *arguments, statuses=(0, 1))
            for name, arguments in modules.items()
        }
        samples: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(rounds):
            for copy in (ours, theirs):
                shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(old, ours)
            for name, (sample,) in _microseconds(calls, 1, 1).items():
                samples[name].append(sample)
            for new in (ours, theirs):
                check_upgraded(old, new)
    return _comparison(samples)


def check_upgraded(old: pathlib.Path, new: pathlib.Path) -> None:
    """Raises AssertionError unless each file of `old` has a changed one in `new`."""
    for file in sorted(old.iterdir()):
        if (new / file.name).read_bytes() == file.read_bytes():
            raise AssertionError(f"{file.name} was left as it was in {new.name}")


def _comparison(microseconds: dict[str, list[float]]) -> dict[str, Any]:
    """Of two ways to do something: the times, and the ratio of the first to the second."""
    return {
        "microseconds": {name: statistics.median(each) for name, each in microseconds.items()},
        "ratio": quartiles(ratios(*microseconds.values())),
    }


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


def _python(*arguments: str, statuses: Sequence[int] = (0,)) -> str:
    command = [sys.executable, *arguments]
    path = [str(_REPOSITORY), str(_REPOSITORY / "benchmarks")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode not in statuses:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout
