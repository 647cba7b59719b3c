"""Compares what a call gives here with what is recorded of TF 1.15.5."""

import math


def same(actual, expected, rel_tol=1e-6, abs_tol=0.0):
    """Whether both are equal, floats but for their last bits, which depend on the processor."""
    if isinstance(expected, list) and isinstance(actual, list):
        return len(actual) == len(expected) and all(
            same(*pair, rel_tol, abs_tol) for pair in zip(actual, expected)
        )
    if isinstance(expected, dict) and isinstance(actual, dict):
        return actual.keys() == expected.keys() and all(
            same(actual[key], expected[key], rel_tol, abs_tol) for key in expected
        )
    if isinstance(expected, float) and isinstance(actual, float):
        return math.isclose(actual, expected, rel_tol=rel_tol, abs_tol=abs_tol)
    return type(actual) is type(expected) and actual == expected
