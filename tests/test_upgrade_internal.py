"""Findings on modules of tf.contrib.eager that were never public."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import reported


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "import tensorflow.contrib.eager.python.saver as s",
            "2:8: tensorflow.contrib.eager.python.saver",
        ),
        (
            "from tensorflow.contrib.eager.python.saver import Saver",
            "2:1: tensorflow.contrib.eager.python.saver",
        ),
        (
            "from tensorflow.contrib.eager.python import saver",
            "2:45: tensorflow.contrib.eager.python.saver",
        ),
        (
            "tf.contrib.eager.python.saver.Saver()",
            "2:1: tensorflow.contrib.eager.python.saver.Saver",
        ),
    ],
)
def test_an_internal_module_is_reported(text, name):
    assert reported(text)[:1] == [name]
