"""Names of tf.contrib and of internal modules: rewritten where they have a public path."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, NEW, check_tf1, findings, source

from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tf.contrib.signal.stft(x)", "tf.signal.stft(x)"),
        ("tf.contrib.data.make_csv_dataset(f)", "tf.data.experimental.make_csv_dataset(f)"),
        ("tf.contrib . lookup.MutableHashTable", "tf.lookup.experimental.MutableHashTable"),
        ("tf.contrib.lookup.HashTable(i, 0)", "tf.lookup.StaticHashTable(i, 0)"),
        ("tf.contrib.checkpoint.List([1])", "list([1])"),
        ("tf.contrib.layers.xavier_initializer()", "tf.initializers.glorot_uniform()"),
        ("tf.contrib.summary.scalar('a', 1)", "tfe.summary.scalar('a', 1)"),
        ("s = tf.contrib.summary\ns.flush()", "import tfe_compat.summary as s\ns.flush()"),
        ("tf.contrib.framework.nest.flatten", "tf.nest.flatten"),
        ("tf.python.framework.dtypes.float32", "tf.float32"),
        ("tf.contrib.training.HParams(a=1)", "tfe.training.HParams(a=1)"),
        ("H = tf.contrib.training.HParams\nH(a=1)", "H = tfe.training.HParams\nH(a=1)"),
        ("tf.contrib.checkpoint.Checkpointable", "tfe.Checkpointable"),
    ],
)
def test_an_expression(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{NEW}{after}\n")
    assert findings(f"{HEAD}{before}\n", Options()) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from tensorflow.contrib import signal", "from tensorflow.compat.v1 import signal"),
        ("from tensorflow.contrib import summary as s", "from tfe_compat import summary as s"),
        ("import tensorflow.contrib.summary as s", "import tfe_compat.summary as s"),
        (
            "import tensorflow.contrib.summary\ntensorflow.contrib.summary.flush()",
            "import tensorflow.compat.v1 as tensorflow\ntfe.summary.flush()",
        ),
        (
            "from tensorflow.contrib.training import HParams",
            "from tfe_compat.training import HParams",
        ),
        (
            "from tensorflow.contrib import training as t\nt.HParams()",
            "tfe.training.HParams()",
        ),
        ("from tensorflow.contrib import slim", ""),  # nothing uses it
        (
            "from tensorflow.python.eager import backprop\nbackprop.implicit_grad(f)",
            "tfe.implicit_gradients(f)",
        ),
        (
            "from tensorflow.python.framework import test_util\n"
            "class T(test_util.TensorFlowTestCase):\n"
            "    @test_util.run_in_graph_and_eager_modes\n"
            "    def test(self): pass",
            "from tensorflow.compat.v1 import test as test_util\n"
            "class T(test_util.TestCase):\n"
            "    @tfe.run_test_in_graph_and_eager_modes\n"
            "    def test(self): pass",
        ),
        (
            "from tensorflow.contrib.summary import summary as s, summary_ops",
            "from tfe_compat import summary as s, summary as summary_ops",
        ),
        (
            "from tensorflow.python.client import device_lib\ndevice_lib.list_local_devices()",
            "from tensorflow.python.client import device_lib\ndevice_lib.list_local_devices()",
        ),
        (
            "from tensorflow.contrib import lookup\nlookup.HashTable(i, 0)",
            "from tensorflow.compat.v1 import lookup\nlookup.StaticHashTable(i, 0)",
        ),
        ("from tensorflow.python.framework import ops", "import tensorflow.compat.v1 as ops"),
        (
            "from tensorflow.python.framework import ops, dtypes as d",
            "import tensorflow.compat.v1 as ops\nimport tensorflow.compat.v1 as d",
        ),
        (
            "from tensorflow.python.eager.test import TestCase, main as m",
            "from tensorflow.compat.v1.test import TestCase, main as m",
        ),
        (
            "from tensorflow.python.framework.test_util import TensorFlowTestCase",
            "from tensorflow.compat.v1.test import TestCase as TensorFlowTestCase",
        ),
        (
            "from tensorflow.python.eager.backprop import implicit_grad, GradientTape",
            "from tfe_compat import implicit_gradients as implicit_grad\n"
            "from tensorflow.compat.v1 import GradientTape",
        ),
        (
            "from tensorflow.python.ops import math_ops, summary_ops_v2",
            "import tensorflow.compat.v1 as math_ops\n"
            "from tfe_compat import summary as summary_ops_v2",
        ),
    ],
)
def test_an_import(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{NEW}{after}\n" if after else NEW)
    assert findings(f"{HEAD}{before}\n", Options()) == []


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("tf.contrib.slim.conv2d()", "3:1: tf.contrib.slim.conv2d: gone; tf-slim (pip"),
        (
            "from tensorflow.contrib import slim\nslim.a",
            "3:32: tf.contrib.slim: gone; tf-slim (pip",
        ),
        (
            "from tensorflow import contrib\ncontrib.layers.conv2d()",
            "4:1: tf.contrib.layers.conv2d: gone; tf-slim",
        ),
        ("tf.contrib.no_such.x", "3:1: tf.contrib.no_such.x: gone; tf.contrib is no longer"),
        (
            "tf.contrib.layers.xavier_initializer(False)",
            "3:1: tf.contrib.layers.xavier_initializer: gone; for uniform=False",
        ),
        ("tf.contrib.lookup.HashTable", "3:1: tf.contrib.lookup.HashTable: gone; shared_name"),
        (
            "from tensorflow.python.eager import context",
            "3:37: tensorflow.python.eager.context: gone; an internal module",
        ),
        (
            "from tensorflow.examples.tutorials.mnist import input_data",
            "3:49: tensorflow.examples.tutorials.mnist.input_data: gone; use tf.keras.datasets",
        ),
        (
            "from tensorflow.contrib.eager.python.examples.spinn import data",
            "3:60: tf.contrib.eager.python.examples.spinn.data: gone; TensorFlow's examples are in",
        ),
        ("from tensorflow.contrib import rnn\nrnn.static_rnn(c)", "4:1: rnn.static_rnn: not rewr"),
        (
            "from tensorflow.contrib import data\ndata.reduce_dataset",
            "4:1: tf.contrib.data.reduce_",
        ),
    ],
)
def test_what_is_nowhere_is_reported_once(text, finding):
    (found,) = findings(f"{HEAD}{text}\n{text.splitlines()[-1]}\n", Options())
    assert found.startswith(finding)


def test_a_comment_in_an_expression_is_kept():
    text = source(
        """
        import tensorflow as tf
        tfe = tf.contrib.eager
        x = (tf  # why
             .contrib.signal.stft)
        """
    )
    (found,) = findings(text, Options())
    assert found.startswith("3:6: tf.contrib.signal.stft: not rewritten; ")


def test_a_module_whose_one_name_is_elsewhere_is_reported_once():
    text = f"{HEAD}from tensorflow.python.ops import lookup_ops\nlookup_ops.HashTable(i, 0)\n"
    (finding,) = plan(text).findings
    assert "it is tensorflow.lookup.StaticHashTable today" in finding.message


def test_an_import_of_a_part_that_is_nowhere_is_reported():
    text = "import tensorflow as tf\ntfe = tf.contrib.eager\ntfe.num_gpus()\n"
    (finding,) = plan(f"{text}import tensorflow.contrib.slim\n").findings
    assert finding.name == "tf.contrib.slim"
