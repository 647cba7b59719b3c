"""Which texts are parsed at all."""

from __future__ import annotations

import pytest

from tfe_compat.upgrade.relevance import relevant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import tensorflow.contrib.eager", True),
        ("from tensorflow.contrib import (slim,\n eager)", True),
        ("import tensorflow as tf\ncontrib = tf.contrib", True),
        ("import tfe_compat", True),
        ("import tensorflow as tf\ntf.contrib.slim", True),
        ("import tensorflow as tf\ntf.enable_eager_execution()", True),
        ("import tensorflow as tf\ntf.constant(1)", False),
        ("import os", False),
    ],
)
def test_relevant(text, expected):
    assert relevant(text) is expected
