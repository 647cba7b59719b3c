"""Calls of names that are gone, and for which another expression does the same."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("libcst")

from upgrade_checks import check_tf1, findings

from tfe_compat.upgrade.contrib_names import CONTRIB_NAMES
from tfe_compat.upgrade.internal_names import INTERNAL_NAMES
from tfe_compat.upgrade.options import Options

HEAD = "import tensorflow as tf\nimport tensorflow.contrib.eager as tfe\n"
NEW = "import tensorflow.compat.v1 as tf\nimport tfe_compat as tfe\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "d.apply(tf.contrib.data.batch_and_drop_remainder(FLAGS.n))",
            "d.apply(lambda dataset: dataset.batch(FLAGS.n, drop_remainder=True))",
        ),
        (
            "tf.contrib.data.batch_and_drop_remainder(batch_size=(1 + 2))(d)",
            "(lambda dataset: dataset.batch((1 + 2), drop_remainder=True))(d)",
        ),
        (
            "d = d.apply(tf.contrib.data.padded_batch_and_drop_remainder(2, ([], [None])))",
            "d = d.apply(lambda dataset: "
            "dataset.padded_batch(2, ([], [None]), None, drop_remainder=True))",
        ),
        (
            "f(tf.contrib.layers.variance_scaling_initializer(\n"
            "    factor=x * 2., mode='FAN_IN', uniform=False), 3)",
            "f(tf.variance_scaling_initializer((x * 2.) * 1.3 * 0.87962566 ** 2, seed=None), 3)",
        ),
        (
            "tf.contrib.layers.l2_regularizer(scale=tf.contrib.framework.nest.flatten(a))",
            "tf.keras.regularizers.l2(0.5 * (tf.nest.flatten(a)))",
        ),
        (
            "from tensorflow.contrib.data import batch_and_drop_remainder\n"
            "d.apply(batch_and_drop_remainder(3))",
            "d.apply(lambda dataset: dataset.batch(3, drop_remainder=True))",
        ),
        (
            "from tensorflow.python.eager import tape\nwith tape.stop_recording(): pass",
            "with tf.init_scope(): pass",
        ),
        (
            "from tensorflow.python.framework import test_util\n"
            "with test_util.use_gpu(): test_util.TensorFlowTestCase",
            "from tensorflow.compat.v1 import test as test_util\n"
            "with tf.device(None): test_util.TestCase",
        ),
    ],
)
def test_a_call(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{NEW}{after}\n", keras3=True)
    assert findings(f"{HEAD}{before}\n", Options()) == []


@pytest.mark.parametrize(
    "expression",
    [
        "tf.contrib.data.padded_batch_and_drop_remainder(padded_shapes=s, batch_size=2)",
        "tf.contrib.layers.variance_scaling_initializer(uniform=True)",
        "tf.contrib.layers.variance_scaling_initializer(mode=mode)",
        "tf.contrib.layers.l2_regularizer(0.1, 'scope')",
        "tf.contrib.layers.l2_regularizer()",
        "tf.contrib.rnn.LSTMBlockCell(*a)",
        "tf.contrib.rnn.LSTMBlockCell(  # why\n    3)",
        "tf.contrib.data.batch_and_drop_remainder",
    ],
)
def test_what_does_not_fit_is_reported(expression):
    check_tf1(f"{HEAD}{expression}\n", f"{NEW}{expression}\n", keras3=True)
    (found,) = findings(f"{HEAD}{expression}\n", Options())
    assert found.startswith(f"3:1: {re.match('[a-zA-Z0-9_.]+', expression)[0]}: gone; ")


def test_an_import_that_another_use_needs_is_kept():
    text = "from tensorflow.contrib.layers import l2_regularizer as l2\nf(l2(0.1), l2)\n"
    after = text.replace("l2(0.1)", "tf.keras.regularizers.l2(0.5 * (0.1))")
    check_tf1(HEAD + text, NEW + after, keras3=True)
    (found,) = findings(HEAD + text, Options())
    assert found.startswith("3:39: tf.contrib.layers.l2_regularizer: gone; ")


def test_without_a_name_for_tensorflow():
    text = "from tensorflow.contrib import eager, rnn\nrnn.LSTMBlockCell(3)\n"
    assert len(findings(text, Options())) == 1


def test_every_field_is_a_parameter_and_in_order():
    for place in [*CONTRIB_NAMES.values(), *INTERNAL_NAMES.values()]:
        names = [each.partition("=")[0] for each in place.parameters.split()]
        fields = [each for each in re.findall(r"{(\w+)}", place.call) if each != "tf"]
        assert fields == [name for name in names if name in fields]
