"""How a call is timed, and what is told of the samples.

Python 3.7 has to read this, for TF 1.15.5; it imports no TensorFlow.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any, Callable

SAMPLE_SECONDS = 0.01


def seconds(call: Callable[[], Any], repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return time.perf_counter() - start


def repeats_of(call: Callable[[], Any]) -> int:
    """How many calls a sample takes."""
    seconds(call, 3)
    return max(1, round(SAMPLE_SECONDS / (seconds(call, 3) / 3)))


def at_least_two(text: str) -> int:
    rounds = int(text)
    if rounds < 2:
        raise argparse.ArgumentTypeError(f"quartiles need at least 2 rounds; got {rounds}")
    return rounds


def quartiles(samples: list[float]) -> dict[str, float]:
    first, median, third = statistics.quantiles(samples, n=4, method="inclusive")
    return {"first_quartile": first, "median": median, "third_quartile": third}


def ratios(samples: list[float], reference: list[float]) -> list[float]:
    return [sample / other for sample, other in zip(samples, reference)]
