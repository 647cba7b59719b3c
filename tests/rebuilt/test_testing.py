"""The decorators run tests in both modes, whichever mode the program is in."""

from __future__ import annotations

import json
import os
import unittest
from pathlib import Path

import forked_tensorflow
import pytest
import tensorflow as tf
from recorded.record import recorded

import tfe_compat as tfe

TESTS = Path(__file__).parents[1]

pytestmark = pytest.mark.multiprocess


def run(*arguments):
    path = os.pathsep.join([str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", "")])
    process = forked_tensorflow.run(*arguments, env={**os.environ, "PYTHONPATH": path})
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout.splitlines()


@pytest.mark.parametrize("mode", ["eager", "graph"])
def test_does_what_tf_1_15_did(mode):
    *_, printed = run("-m", "recorded.calls.both_modes", mode)
    assert json.loads(printed) == recorded("both_modes")[mode]


@pytest.mark.parametrize(
    ("start", "is_eager"),
    [
        ("pass", True),
        ("tfe.enable_eager_execution()", True),
        ("tf.compat.v1.disable_v2_behavior()", False),
        ("tf.compat.v1.disable_eager_execution()", False),
        ("tfe.enable_eager_execution(); tf.compat.v1.disable_eager_execution()", False),
    ],
)
def test_decorated_methods_that_call_one_another(start, is_eager):
    program = f"""
import unittest
import tensorflow as tf
import tfe_compat as tfe
{start}

class Case(tf.test.TestCase):
    @tfe.run_test_in_graph_and_eager_modes
    def test_outer(self):
        seen.append(("outer", tf.executing_eagerly()))
        x = tf.constant(2.0)
        self.test_inner()
        assert self.evaluate(x * 3.0) == 6.0  # in the graph it was made in

    @tfe.run_test_in_graph_and_eager_modes(reset_test=False)
    def test_inner(self):
        seen.append(("inner", tf.executing_eagerly()))
        assert self.evaluate(tf.constant(1.0) + 1.0) == 2.0

for _ in range(3):
    for name in ("test_outer", "test_inner"):
        seen = []
        result = unittest.TestResult()
        Case(name).run(result)
        assert result.wasSuccessful(), (result.errors, result.failures)
        inner = [("inner", False), ("inner", True)]
        assert seen == (
            inner if name == "test_inner" else [("outer", False), *inner, ("outer", True), *inner]
        ), seen
        assert tf.executing_eagerly() is {is_eager}
"""
    run("-c", program)


def test_one_process_of_files_of_both_kinds(tmp_path):
    """As pytest runs a folder: eager tests, tests of graphs, and tests of both modes."""
    (tmp_path / "test_eager.py").write_text(
        """
import tensorflow.compat.v1 as tf
import tfe_compat as tfe
tfe.enable_eager_execution()

@tfe.run_all_tests_in_graph_and_eager_modes
class BothTest(tf.test.TestCase):
    def test_shape(self):
        assert tf.ones((2, 3)).shape[-1].value == 3

    def test_variable(self):
        v = tf.get_variable("v", initializer=2.0)
        self.evaluate(tf.global_variables_initializer())
        self.assertEqual(self.evaluate(v), 2.0)
"""
    )
    (tmp_path / "test_graph.py").write_text(
        """
import tensorflow.compat.v1 as tf
import tfe_compat as tfe
tf.disable_v2_behavior()

class GraphTest(tf.test.TestCase):
    def test_placeholder(self):
        x = tf.placeholder(tf.float32)
        with self.session() as session:
            self.assertEqual(session.run(x + 1.0, {x: 2.0}), 3.0)

    @tfe.run_test_in_graph_and_eager_modes
    def test_both(self):
        seen.append(tf.executing_eagerly())

    def test_seen(self):
        self.assertEqual(seen, [False, True])
        self.assertFalse(tf.executing_eagerly())

seen = []
"""
    )
    printed = run("-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path))
    assert any("passed" in line and "failed" not in line for line in printed), printed


def test_what_others_left_behind_is_no_garbage_of_the_test():
    class LeavesMore:
        def __init__(self):
            self.itself = self

        def __del__(self):
            cycle = []
            cycle.append(cycle)

    class Case(tf.test.TestCase):
        def setUp(self):
            super().setUp()
            LeavesMore()

        @tfe.run_test_in_graph_and_eager_modes(assert_no_eager_garbage=True)
        def test_clean(self):
            self.evaluate(tf.constant(1.0))

    result = unittest.TestResult()
    Case("test_clean").run(result)
    assert result.wasSuccessful(), (result.errors, result.failures)
