"""Findings on what refers to tf.contrib and is not rewritten."""

from __future__ import annotations

import pytest
from upgrade_checks import check, check_tf1, findings, reported

# The rest of tf.contrib: imports that go, and findings

IMPORTS = ["import tensorflow.contrib as c", "from tensorflow import contrib as c"]


@pytest.mark.parametrize("statement", IMPORTS)
def test_an_import_that_only_eager_needed_goes(statement):
    before = f"import os\n{statement}\ntfe = c.eager\ntfe.num_gpus()\n"
    check(before, "import os\nimport tfe_compat as tfe\ntfe.num_gpus()\n")
    check(
        f"import os\n{statement}\nc.eager.num_gpus()\n",
        "import tfe_compat as tfe\nimport os\ntfe.num_gpus()\n",
    )
    assert findings(before) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from tensorflow import contrib, keras", "from tensorflow import keras"),
        ("from tensorflow import keras, contrib", "from tensorflow import keras"),
        ("import os, tensorflow.contrib as contrib", "import os"),
        ("if x: from tensorflow import contrib", "if x: pass"),
        ("import os; from tensorflow import contrib", "import os; pass"),
        (
            "try:\n    from tensorflow import contrib\nfinally: pass",
            "try:\n    pass\nfinally: pass",
        ),
        ("if x:\n    a\n    from tensorflow import contrib  # c\n    b", "if x:\n    a\n    b"),
        ("def f():\n    a\n    from tensorflow import contrib", "def f():\n    a"),
    ],
)
def test_nothing_else_of_the_text_changes(before, after):
    tail = "\nimport tfe_compat as tfe\ntfe\n"
    check(before + tail, after + tail)


# Modules of tf.contrib.eager that were never public


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "from tensorflow.contrib.eager.python import saver as s, metrics",
            "import tfe_compat as s\nfrom tfe_compat import metrics",
        ),
        (
            "from tensorflow.contrib.eager.python.metrics_impl import Mean as M",
            "from tfe_compat.metrics import Mean as M",
        ),
        (
            "from tensorflow.contrib.eager.python.saver import Saver",
            "from tfe_compat import Saver",
        ),
        ("import tensorflow.contrib.eager.python.network as n", "import tfe_compat as n"),
        (
            "from tensorflow.contrib.eager.python import datasets\ndatasets.Iterator",
            "import tfe_compat as datasets\ndatasets.Iterator",
        ),
    ],
)
def test_one_whose_names_are_public_becomes_an_import_of_tfe_compat(before, after):
    check_tf1(before + "\n", after + "\n")


# Expressions that may mean the module


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


# Modules that are reached by a string


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('getattr(tf.contrib, "eager")', "2:9: tf.contrib"),
        ('importlib.import_module("tensorflow.contrib.eager")', "2:25: tensorflow.contrib.eager"),
        ('__import__("tensorflow.contrib.eager")', "2:12: tensorflow.contrib.eager"),
        ('mock.patch("tensorflow.contrib.eager.defun")', "2:12: tensorflow.contrib.eager.defun"),
        ('sys.modules["tensorflow.contrib.eager"]', "2:13: tensorflow.contrib.eager"),
    ],
)
def test_a_module_reached_by_a_string_is_reported(text, name):
    assert reported(text)[:1] == [name]
