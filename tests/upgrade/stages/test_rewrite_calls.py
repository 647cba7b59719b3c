"""Calls of functions that are gone, and for which another expression does the same."""

from __future__ import annotations

import re

import pytest
from upgrade_checks import HEAD, KERAS, NEW, check_tf1, findings

from tfe_compat.upgrade.analysis.places import place_of
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.tables.calls import CALLS


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "d.apply(tf.contrib.data.batch_and_drop_remainder(FLAGS.n))",
            "d.batch(FLAGS.n, drop_remainder=True)",
        ),
        (
            "f(d).map(g).apply(tf.contrib.data.batch_and_drop_remainder(batch_size=(1 + 2)))",
            "f(d).map(g).batch(1 + 2, drop_remainder=True)",
        ),
        (
            "d = d.apply(tf.contrib.data.padded_batch_and_drop_remainder(2, ([], [None])))",
            "d = d.padded_batch(2, ([], [None]), None, drop_remainder=True)",
        ),
        (
            "from tensorflow.contrib.data import batch_and_drop_remainder\n"
            "d.apply(batch_and_drop_remainder(3))",
            "d.batch(3, drop_remainder=True)",
        ),
        (
            "f(tf.contrib.layers.variance_scaling_initializer(\n"
            "    factor=x * 2., mode='FAN_IN', uniform=False), 3)",
            "f(tf.variance_scaling_initializer((x * 2.) * 1.3 * 0.87962566 ** 2, seed=None), 3)",
        ),
        (
            "from tensorflow.python.eager import tape\nwith tape.stop_recording(): pass",
            "with tf.init_scope(): pass",
        ),
        (
            "import numpy as np\nx = -np.asscalar(np.asscalar(y) + 1) * 2",
            "import numpy as np\nx = -np.asarray(np.asarray(y).item() + 1).item() * 2",
        ),
    ],
)
def test_a_call(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{NEW}{after}\n")
    assert findings(f"{HEAD}{before}\n", Options()) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "tf.contrib.layers.l2_regularizer(scale=tf.contrib.framework.nest.flatten(a))",
            "tf.keras.regularizers.l2(0.5 * (tf.nest.flatten(a)))",
        ),
        (
            "tf.contrib.layers.l2_regularizer(scale \\\n = 3)",
            "tf.keras.regularizers.l2(0.5 * (3))",
        ),
        (
            "from tensorflow.contrib.layers import l2_regularizer\nl2_regularizer(0.1)",
            "tf.keras.regularizers.l2(0.5 * (0.1))",
        ),
        (
            "tf.contrib.cudnn_rnn.CudnnCompatibleLSTMCell(256)",
            "tf.nn.rnn_cell.LSTMCell(256, forget_bias=0.0, reuse=None, "
            'name="cudnn_compatible_lstm_cell")',
        ),
    ],
)
def test_a_call_that_becomes_one_of_keras(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{KERAS}{NEW}{after}\n")
    assert findings(f"{HEAD}{before}\n", Options()) == []


@pytest.mark.parametrize(
    "expression",
    [
        "tf.contrib.data.padded_batch_and_drop_remainder(padded_shapes=s, batch_size=2)",
        "tf.contrib.data.batch_and_drop_remainder",
        "tf.contrib.data.batch_and_drop_remainder(2)(d)",
        "tf.contrib.layers.variance_scaling_initializer(uniform=True)",
        "tf.contrib.layers.variance_scaling_initializer(mode=mode)",
        "tf.contrib.layers.l2_regularizer(0.1, 'scope')",
        "tf.contrib.layers.l2_regularizer()",
        "tf.contrib.layers.l2_regularizer(0.1, scale=0.1)",
        "tf.contrib.rnn.LSTMBlockCell(*a)",
        "tf.contrib.layers.l2_regularizer(  # why\n    3)",
    ],
)
def test_what_does_not_fit_is_reported(expression):
    check_tf1(f"{HEAD}{expression}\n", f"{NEW}{expression}\n", keras3=True)
    (found,) = findings(f"{HEAD}{expression}\n", Options())
    assert found.startswith(f"3:1: {re.match('[a-zA-Z0-9_.]+', expression)[0]}: ")
    assert ": gone; " in found or " today; " in found


def test_a_function_in_parentheses_is_reported():
    text = "def f():\n    return(tf.contrib.layers).l2_regularizer(3)\n"
    check_tf1(HEAD + text, NEW + text, keras3=True)
    assert len(findings(HEAD + text, Options())) == 1


def test_an_apply_in_parentheses_is_reported():
    text = "(d.apply)(tf.contrib.data.batch_and_drop_remainder(3))\n"
    check_tf1(HEAD + text, NEW + text)
    assert len(findings(HEAD + text, Options())) == 1


def test_an_import_that_another_use_needs_is_kept():
    text = "from tensorflow.contrib.layers import l2_regularizer as l2\nf(l2(0.1), l2)\n"
    after = text.replace("l2(0.1)", "tf.keras.regularizers.l2(0.5 * (0.1))")
    check_tf1(HEAD + text, NEW + after, keras3=True)
    (found,) = findings(HEAD + text, Options())
    assert found.startswith("3:39: tf.contrib.layers.l2_regularizer: gone; ")


@pytest.mark.parametrize(
    "imports",
    [
        "from tensorflow.contrib import eager, rnn",
        "import tensorflow as tf\nif tf: tf = None\nfrom tensorflow.contrib import eager, rnn",
    ],
)
def test_without_a_name_for_tensorflow(imports):
    assert len(findings(f"{imports}\nrnn.LSTMBlockCell(3)\ntf = tensorflow = 1\n", Options())) == 1


@pytest.mark.parametrize("path", CALLS)
def test_every_field_is_a_parameter_and_in_order(path):
    row = CALLS[path]
    fields = re.findall(r"{(\w+)}", row.expression)
    names = [name for name in row.defaults if name in fields]
    assert [field for field in fields if field not in ("tf", "of")] == names


@pytest.mark.parametrize("path", [path for path in CALLS if path.startswith("tensorflow")])
def test_a_call_that_does_not_fit_has_something_to_say(path):
    assert place_of(path).remark
