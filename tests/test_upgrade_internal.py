"""Modules of tf.contrib.eager that were never public."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import check_tf1, reported


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "import tensorflow.contrib.eager.python.evaluator as e",
            "2:8: tensorflow.contrib.eager.python.evaluator",
        ),
        (
            "from tensorflow.contrib.eager.python.evaluator import Evaluator",
            "2:1: tensorflow.contrib.eager.python.evaluator",
        ),
        (
            "from tensorflow.contrib.eager.python import evaluator",
            "2:45: tensorflow.contrib.eager.python.evaluator",
        ),
        (
            "tf.contrib.eager.python.evaluator.Evaluator()",
            "2:1: tensorflow.contrib.eager.python.evaluator.Evaluator",
        ),
    ],
)
def test_an_internal_module_is_reported(text, name):
    assert reported(text)[:1] == [name]


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
