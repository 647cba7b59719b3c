"""Names of tf.contrib and of internal modules: rewritten where they have a public path."""

from __future__ import annotations

import sys

import pytest
from upgrade_checks import (
    EAGER_ALONE,
    HEAD,
    KERAS,
    NEW,
    check,
    check_tf1,
    findings,
    reported,
    rewritten,
    source,
)

from tfe_compat.upgrade.findings import position_of
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tf.contrib.signal.stft(x)", "tf.signal.stft(x)"),
        ("tf.contrib.data.make_csv_dataset(f)", "tf.data.experimental.make_csv_dataset(f)"),
        ("tf.contrib . lookup.MutableDenseHashTable", "tf.lookup.experimental.DenseHashTable"),
        ("tf.contrib.lookup.HashTable(i, 0)", "tf.lookup.StaticHashTable(i, 0)"),
        ("map(tf.contrib.framework.nest.is_sequence, x)", "map(tf.nest.is_nested, x)"),
        ("tf.contrib.checkpoint.List([1])", "list([1])"),
        ("tf.contrib.layers.xavier_initializer()", "tf.initializers.glorot_uniform()"),
        ("tf.contrib.summary.scalar('a', 1)", "tfe.summary.scalar('a', 1)"),
        ("s = tf.contrib.summary\ns.flush()", "import tfe_compat.summary as s\ns.flush()"),
        ("tf.contrib.framework.nest.flatten", "tf.nest.flatten"),
        ("tf.python.framework.dtypes.float32", "tf.float32"),
        ("tf.contrib.training.HParams(a=1)", "tfe.training.HParams(a=1)"),
        ("tf.estimator.SessionRunHook", "tf.train.SessionRunHook"),
        ("mode == tf.estimator.ModeKeys.PREDICT", 'mode == "infer"'),
        ("f(tf.contrib.learn.ModeKeys.TRAIN)", 'f("train")'),
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
            "from tfe_compat import training as t\nt.HParams()",
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
            "class T(tf.test.TestCase):\n"
            "    @tfe.run_test_in_graph_and_eager_modes\n"
            "    def test(self): pass",
        ),
        (
            "from tensorflow.contrib.summary import summary as s, summary_ops",
            "from tfe_compat import summary as s, summary as summary_ops",
        ),
        (
            "from tensorflow.contrib import lookup\nlookup.HashTable(i, 0)",
            "tf.lookup.StaticHashTable(i, 0)",
        ),
        (
            "from tensorflow.python.framework import ops, dtypes as d\nops.device(d.int32.name)",
            "tf.device(tf.int32.name)",
        ),
        (
            "from tensorflow.python.util import nest\nnest.flatten(x)",
            "from tensorflow.compat.v1 import nest\nnest.flatten(x)",
        ),
        (
            "from tensorflow.python.platform import tf_logging as logging\nlogging.info(x)",
            "from tensorflow.compat.v1 import logging\nlogging.info(x)",
        ),
        (
            "from tensorflow.contrib.framework import nest\nnest.map_structure(f, x)",
            "from tensorflow.compat.v1 import nest\nnest.map_structure(f, x)",
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
            "from tensorflow.python.ops import summary_ops_v2",
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
            "3:32: tf.contrib.slim.a: gone; tf-slim (pip",
        ),
        (
            "from tensorflow import contrib\ncontrib.layers.conv2d()",
            "4:1: tf.contrib.layers.conv2d: gone; tf-slim",
        ),
        ("tf.contrib.no_such.x", "3:1: tf.contrib.no_such.x: gone; tf.contrib is no longer"),
        (
            "tf.contrib.layers.xavier_initializer(False)",
            "3:1: tf.contrib.layers.xavier_initializer: not rewritten; it is "
            "tensorflow.initializers.glorot_uniform today; for uniform=False",
        ),
        (
            "tf.contrib.rnn.LSTMBlockCell(3, 1)",
            "3:1: tf.contrib.rnn.LSTMBlockCell: not rewritten; it is "
            "tensorflow.nn.rnn_cell.LSTMCell today; forget",
        ),
        (
            "from tensorflow.python.training.checkpointable import base; base",
            "3:55: tensorflow.python.training.checkpointable.base: internal, and no public name of "
            "TF 1.15.5: check that TensorFlow 2.21 has it",
        ),
        (
            "from tensorflow.python.eager import context; context",
            "3:37: tensorflow.python.eager.context: internal, still there in TensorFlow 2.21",
        ),
        (
            "from tensorflow.python.framework import ops\nops.strip_name_scope(x, y)",
            "3:41: tensorflow.python.framework.ops.strip_name_scope: internal, still there",
        ),
        (
            "from tensorflow.python.framework.ops import RegisterShape\nRegisterShape",
            "3:45: tensorflow.python.framework.ops.RegisterShape: gone; TensorFlow 2.21 has it no",
        ),
        (
            "from tensorflow.examples.tutorials.mnist import input_data\ninput_data.x()",
            "3:49: tf.examples.tutorials.mnist.input_data.x: gone; use tf.keras.datasets",
        ),
        (
            "from tensorflow.contrib.eager.python.examples.spinn import data\ndata",
            "3:60: tf.contrib.eager.python.examples.spinn.data: gone; TensorFlow's examples are in",
        ),
        ("tf.estimator.Estimator(f)", "3:1: tf.estimator.Estimator: gone; tf.estimator left"),
        ("tf.contrib.framework.nest.yield_flat_paths(x)", "3:1: tensorflow.python.util.nest.yie"),
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


def test_names_of_one_module_go_to_two_places_if_they_have_to():
    check_tf1(
        f"{HEAD}from tensorflow.python.framework import ops\nops.device, ops.strip_name_scope\n",
        f"{NEW}from tensorflow.python.framework import ops\ntf.device, ops.strip_name_scope\n",
    )
    check_tf1(
        f"{HEAD}from tensorflow.python.framework.ops import device, strip_name_scope\n",
        f"{NEW}from tensorflow.python.framework.ops import strip_name_scope\n"
        "from tensorflow.compat.v1 import device\n",
    )


def test_a_program_without_a_name_for_tensorflow_gets_one():
    check_tf1(
        """
        import tensorflow.contrib.eager as tfe
        from tensorflow.python.ops import math_ops
        math_ops.add(1, 2)
        """,
        """
        import tfe_compat as tfe
        import tensorflow.compat.v1 as tf
        tf.add(1, 2)
        """,
    )
    imports = "import tensorflow.contrib.eager as tfe\nfrom tensorflow.python.ops import math_ops\n"
    (found,) = findings(f"{imports}tf = tensorflow = 1\nmath_ops.add(1, 2)\n", Options())
    assert found.startswith("2:35: tensorflow.python.ops.math_ops.add: internal, still there")


def test_what_is_left_to_do_is_reported_again():
    text = f"{HEAD}from tensorflow.contrib import slim\nslim.conv2d(x)\n"
    after = rewritten(text, options=Options())
    first, second = (
        [each.partition(": ")[2] for each in findings(text, Options())] for text in (text, after)
    )
    assert first == second
    assert len(first) == 1


def test_an_import_of_a_part_that_is_nowhere_is_reported():
    text = "import tensorflow as tf\ntfe = tf.contrib.eager\ntfe.num_gpus()\n"
    (finding,) = plan(f"{text}import tensorflow.contrib.slim\n").findings
    assert finding.name == "tf.contrib.slim"


def test_a_class_that_is_not_called_here_is_rewritten_and_reported():
    text = "w(tf.contrib.rnn.LSTMBlockCell.__init__)\n"
    check_tf1(HEAD + text, f"{KERAS}{NEW}w(tf.nn.rnn_cell.LSTMCell.__init__)\n")
    (found,) = findings(HEAD + text, Options())
    assert "tf.contrib.rnn.LSTMBlockCell.__init__: it is tensorflow.nn.rnn_cell.LSTMCell" in found


# What tfe_compat stands in for


@pytest.mark.parametrize(
    ("imported", "module"),
    [
        ("import tensorflow as tf", "tf.contrib.eager"),
        ("import tensorflow", "tensorflow.contrib.eager"),
        ("import tensorflow.compat.v1 as tf", "tf.contrib.eager"),
        ("from tensorflow.compat import v1 as tf", "tf.contrib.eager"),
        ("import tensorflow as tf", "tf.compat.v1.contrib.eager"),
        ("import tensorflow as tf", "tf.contrib.eager.python.tfe"),
        ("import tensorflow.contrib as c", "c.eager"),
        ("from tensorflow import contrib", "contrib.eager"),
        ("from tensorflow import contrib as c", "c.eager"),
    ],
)
def test_every_way_to_reach_the_module(imported, module):
    before = f"{imported}\nx = {module}.num_gpus()\n"
    kept = "" if "contrib" in imported else f"{imported}\n"  # tf.contrib itself is gone
    assert rewritten(before) == f"{kept}import tfe_compat as tfe\nx = tfe.num_gpus()\n"


def test_an_alias_of_tensorflow_by_assignment():
    check(
        """
        import tensorflow
        tf = tensorflow
        tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow
        import tfe_compat as tfe
        tf = tensorflow
        tfe.num_gpus()
        """,
    )


@pytest.mark.parametrize(
    "expression",
    [
        "@{}.defun\ndef f(x: {}.Variable = {}.num_gpus()) -> {}.Variable: pass",
        "class A({}.GradientTape, metaclass={}.defun): x = {}.num_gpus()",
        "[{}.num_gpus() for i in range({}.num_gpus()) if {}.num_gpus()]",
        "f = lambda x={}.num_gpus(): {}.num_gpus()",
        "with {}.GradientTape() as tape, {}.GradientTape(): pass",
        "if (n := {}.num_gpus()) > 1: n",
        "x: {}.Variable = {}.Variable(1)",
        'print(f"{{{}.num_gpus()!r:>{{{}.num_gpus()}}}} tf.contrib.eager")',
        "print(f'{{{}.num_gpus()}}' '{{tf.contrib.eager}}')",
        pytest.param(
            "match {}.num_gpus():\n    case {}.SYNC: pass\n    case {}.defun(x={}.SYNC): pass",
            marks=pytest.mark.skipif(sys.version_info < (3, 10), reason="no match statement here"),
        ),
        "f({}.num_gpus, *{}.list_devices(), **{}.num_gpus())(tf=1, contrib=2)",
        "{}.num_gpus = 3; del {}.num_gpus",
        "e = {} if x else None",
        "a = b = {}",
        "self.e = {}",
        "e: object = {}",
        "e, f = {}, 1",
        "(e := {})",
        "getattr({}, name)",
        "async def f():\n    await {}.defun(f)\n    yield {}.num_gpus",
    ],
)
def test_expressions_of_every_kind(expression):
    before = "import tensorflow as tf\n" + expression.replace("{}", "tf.contrib.eager") + "\n"
    after = "import tensorflow as tf\nimport tfe_compat as tfe\n"
    after += expression.replace("{}", "tfe") + "\n"
    assert rewritten(before.replace("{{", "{").replace("}}", "}")) == (
        after.replace("{{", "{").replace("}}", "}")
    )


@pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of Python 3.12")
def test_quotes_nested_in_an_f_string():
    check(
        """
        import tensorflow as tf
        print(f"{f"{tf.contrib.eager.defun("x")}"}")
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        print(f"{f"{tfe.defun("x")}"}")
        """,
    )


def test_an_expression_over_several_lines():
    check(
        """
        import tensorflow as tf
        x = (tf.contrib
               .eager
               .num_gpus())
        y = tf. \\
            contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        x = (tfe
               .num_gpus())
        y = tfe.num_gpus()
        """,
    )


def test_two_words_stay_apart():
    check(
        """
        import tensorflow as tf
        def f(): return(tf).contrib.eager
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        def f(): return tfe
        """,
    )


def test_a_name_bound_to_something_else_as_well_is_reported():
    text = "import tensorflow as tf\nif fake:\n    tf = mine\ntf.contrib.eager.num_gpus()\n"
    assert plan(text, options=EAGER_ALONE).edits == ()
    assert findings(text) == [
        "4:1: tf.contrib.eager.num_gpus: not rewritten; 'tf' is bound to something else as well"
    ]


def test_the_module_itself_may_be_set():
    assert reported("tf.contrib.eager = 1") == ["2:1: tf.contrib.eager"]


@pytest.mark.parametrize(
    "text",
    [
        'f"{tf.contrib.eager.run} {tf.contrib.eager.run}"',
        'f"""{\n    tf.contrib.eager.run}"""',
        '"é" f"{tf.contrib.eager.run!r:>{tf.contrib.eager.run}}"',
    ],
)
def test_what_older_pythons_cannot_place_in_an_f_string_is_reported_there(text):
    before = f"import tensorflow as tf\nx = {text}\n"
    after = rewritten(before)
    places = [
        f"{position.line}:{position.column}"
        for finding in plan(before, options=EAGER_ALONE).findings
        if "tell where it stands in the f-string" in finding.message
        for position in (position_of(before, at) for at in (finding.offset, *finding.also))
    ]
    if sys.version_info >= (3, 12):
        assert not places
    assert after.count("tfe.run") + after.count("tf.contrib.eager.run") == text.count("eager.run")
    assert ("tf.contrib.eager.run" in after) is bool(places)
