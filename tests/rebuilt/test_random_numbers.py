"""The same seed gives the random numbers of TF 1.15.5, once its behavior is back."""

from __future__ import annotations

import pytest
from installed_versions import legacy_keras
from recorded.calls.random_numbers import CALLS
from recorded.comparison import same
from recorded.record import recorded

RECORDED = recorded("random_numbers")

# Why these are other numbers; docs/migration.md tells it.
DIFFERENT = {
    "Dataset.shuffle, repeat": "TF 1.15.5 fused the two into one operation, with its own order",
    "Dataset.shuffle, later pass": "TF 1.15.5 repeated the first, as TensorFlow 2.5 but not 2.10",
    "fit, seed, shuffle": "the order of the examples comes from another operation",
    **dict.fromkeys(
        ["Dataset.map", "defun", "defun, dropout", "in a graph", "fit"],
        "an operation without a seed of its own takes one from its place in the graph",
    ),
    **dict.fromkeys(
        [
            "keras.layers.AlphaDropout",
            "keras.layers.GaussianDropout",
            "keras.layers.GaussianNoise",
            "keras.layers.LSTM, dropout",
            "keras.layers.GRU, dropout",
        ],
        "they took a seed from NumPy, as they still do in TensorFlow 2.5, but not in 2.10",
    ),
}


@legacy_keras
@pytest.mark.multiprocess
@pytest.mark.parametrize("name", [name for name in CALLS if name not in DIFFERENT])
def test_the_numbers_are_those_of_tf_1_15(name, outcomes_in_tf_1):
    actual, expected = outcomes_in_tf_1("random_numbers")[name], RECORDED[name]
    assert same(actual, expected, rel_tol=1e-5, abs_tol=1e-6), (actual, expected)


def test_the_calls_are_recorded():
    assert list(CALLS) == list(RECORDED)


def test_nearly_all_draw_other_numbers_the_second_time():
    # One that draws the same again would say nothing about the second draw's seed.
    assert sum(first != second for first, second in RECORDED.values()) > 100
