"""Findings on expressions that may mean the module, but can't be followed."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import findings, reported


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("contrib = tf.contrib", "2:11: tf.contrib"),
        ("f(tf.contrib)", "2:3: tf.contrib"),
        ("def f(tf): tf.contrib.eager", "2:12: tf.contrib.eager"),
        ("self.tf.contrib.eager.defun", "2:1: self.tf.contrib.eager.defun"),
        ("get().contrib.eager", "2:1: (...).contrib.eager"),
    ],
)
def test_what_may_mean_the_module_is_reported(text, name):
    assert reported(text)[:1] == [name]


@pytest.mark.parametrize(
    "imported", ["import tensorflow.contrib as contrib", "from tensorflow import contrib"]
)
def test_an_import_of_contrib_that_stays_is_reported(imported):
    assert findings(f"{imported}\ncontrib.eager.num_gpus()\n") == [
        "1:1: tensorflow.contrib: not rewritten; tf.contrib is gone; delete the import once "
        "nothing else needs it"
    ]
    assert findings(f"{imported}\ncontrib.layers.flatten(x)\n") == []
