"""Findings on modules that are reached by a string."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import findings, reported


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('getattr(tf.contrib, "eager")', "2:1: getattr(tf.contrib, ...)"),
        ("getattr(tf.contrib, name)", "2:1: getattr(tf.contrib, ...)"),
        ('hasattr(tf, "contrib")', '2:1: hasattr(tf, "contrib")'),
        ('importlib.import_module("tensorflow.contrib.eager")', "2:25: tensorflow.contrib.eager"),
        ('import_module(".eager", "tensorflow.contrib")', "2:15: .eager"),
        ('__import__("tensorflow.contrib.eager")', "2:12: tensorflow.contrib.eager"),
        ('mock.patch("tensorflow.contrib.eager.defun")', "2:12: tensorflow.contrib.eager.defun"),
        ('sys.modules["tensorflow.contrib.eager"]', "2:1: tensorflow.contrib.eager"),
        ('exec("import tensorflow.contrib.eager as tfe")', "2:1: exec(...)"),
    ],
)
def test_a_module_reached_by_a_string_is_reported(text, name):
    assert reported(text)[:1] == [name]


def test_a_known_attribute_of_contrib_is_nothing_to_report():
    assert findings('import tensorflow as tf\ngetattr(tf.contrib, "slim")\n') == []
