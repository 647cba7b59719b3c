"""Findings on expressions that may mean the module, but can't be followed."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import reported


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
