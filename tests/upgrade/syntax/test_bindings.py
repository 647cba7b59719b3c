"""What a name means: Python's scopes, as they shadow and let through."""

from __future__ import annotations

import sys

import pytest
from upgrade_checks import check, check_same


def match(text):
    return pytest.param(
        text, marks=pytest.mark.skipif(sys.version_info < (3, 10), reason="no match statement here")
    )


@pytest.mark.parametrize(
    "text",
    [
        "x = 'tf.contrib.eager'  # tf.contrib.eager",
        "'''import tensorflow.contrib.eager as tfe'''",
        "from .contrib import eager",
        "from mine.contrib import eager",
        "import contrib.eager as tfe",
        "def f(tf): tf.contrib.eager.num_gpus()",
        "f = lambda tf: tf.contrib.eager.num_gpus()",
        "[tf.contrib.eager.num_gpus() for tf in modules]",
        "def f():\n    tf = mine\n    tf.contrib.eager.num_gpus()",
        match("def f():\n    match mine:\n        case tf: tf.contrib.eager.num_gpus()"),
        match("def f():\n    match mine:\n        case [*tf]: tf.contrib.eager.num_gpus()"),
        match("def f():\n    match mine:\n        case {**tf}: tf.contrib.eager.num_gpus()"),
        "def f():\n    any(tf := m for m in mine)\n    tf.contrib.eager.num_gpus()",
        "def f():\n    for tf in mine: tf.contrib.eager.num_gpus()",
        "def f():\n    with mine as tf: tf.contrib.eager.num_gpus()",
        "def f():\n    import mine as tf; tf.contrib.eager.num_gpus()",
        "class A:\n    tf = mine\n    x = tf.contrib.eager.num_gpus()",
        "f(tfe=1, eager=2)",
        "tf.contrib.eager = mine",
        "del tf.contrib.eager",
        "tf.contrib.layers.eager()",
        "self.contrib.eager()",
    ],
)
def test_strings_comments_and_shadowed_names_are_not_touched(text):
    check_same("import tensorflow as tf\n" + text + "\n")


def test_a_class_does_not_shadow_for_its_methods():
    check(
        """
        import tensorflow as tf
        class A:
            tf = None
            def f(self):
                return tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        class A:
            tf = None
            def f(self):
                return tfe.num_gpus()
        """,
    )
