"""Findings on names of tf.contrib, and of internal modules, that are left as they are."""

from __future__ import annotations

import pytest
from upgrade_checks import EAGER_ALONE, HEAD, findings, rewritten

from tfe_compat.upgrade.options import Options


@pytest.mark.parametrize(
    "statement", ["import tensorflow.contrib as c", "from tensorflow import contrib as c"]
)
def test_what_else_is_taken_from_contrib(statement):
    text = f"{statement}\nc.eager.num_gpus()\nc.layers.flatten(x)\n"
    assert findings(text) == [
        "3:1: c.layers.flatten: not rewritten; it is tensorflow.layers.flatten today"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "from tensorflow.contrib import eager as tfe, summary",
            "1:46: tf.contrib.summary: not rewritten; it is",
        ),
        ("import tensorflow.contrib.slim as slim\nslim", "1:8: tf.contrib.slim: gone; tf-slim"),
        ("from tensorflow.contrib.slim import *", "1:1: tf.contrib.slim: gone; tf-slim"),
        (
            "import tensorflow as tf\ntf.contrib.summary.scalar('a', x)",
            "2:1: tf.contrib.summary.scalar: not rewritten; it is tfe_compat.summary.scalar today",
        ),
        (
            "import tensorflow.contrib.eager.python.evaluator as e\ne",
            "1:8: tf.contrib.eager.python.evaluator: gone; an internal module",
        ),
        (
            "from tensorflow.contrib.eager.python.evaluator import Evaluator\nEvaluator()",
            "1:55: tf.contrib.eager.python.evaluator.Evaluator: gone; an internal module",
        ),
        (
            "import tensorflow as tf\ntf.contrib.eager.python.evaluator.Evaluator()",
            "2:1: tf.contrib.eager.python.evaluator.Evaluator: gone; an internal module",
        ),
    ],
)
def test_parts_of_contrib(text, found):
    (finding,) = findings(text + "\n", EAGER_ALONE)
    assert finding.startswith(found)


@pytest.mark.parametrize(
    "text",
    ["from tensorflow.python.framework import ops\nops.strip_name_scope(x)\n", "tf.estimator"],
)
def test_what_is_internal_or_lost_is_told_of_programs_of_tf_1_only(text):
    assert findings(f"import tensorflow as tf\n{text}\n", Options()) == []
    assert len(findings(f"import tensorflow.compat.v1 as tf\n{text}\n", Options())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "tf.contrib.summary.import_event(e)\n",
        "from tensorflow.contrib import summary\nsummary.import_event(e)\n",
        "from tfe_compat import summary\nsummary.import_event(e)\n",
    ],
)
def test_what_the_stand_in_for_summary_lacks_is_reported(text):
    for program in (HEAD + text, rewritten(HEAD + text)):
        (found,) = findings(program, Options())
        assert "tf.contrib.summary.import_event: gone; it has no replacement" in found


def test_what_another_file_may_import_from_this_one_is_reported():
    text = "import tensorflow as tf\nfrom tensorflow.contrib import slim\n"
    assert findings(text, Options()) == []
    (found,) = findings(text, Options(is_imported=True))
    assert found.startswith("2:32: tf.contrib.slim: gone; tf-slim")
