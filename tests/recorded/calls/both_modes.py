"""Tests that run in a graph and eagerly, in a process that is in graph mode or in eager mode."""

import json
import random
import subprocess
import sys
import unittest

import tensorflow as tf
from recorded.outcomes import TF1, tfe

v1 = tf.compat.v1
decorated = tfe.run_test_in_graph_and_eager_modes
events = []


def note(event):
    events.append([event, "eagerly" if tf.executing_eagerly() else "in a graph"])


class Methods(v1.test.TestCase):
    def setUp(self):
        super().setUp()
        note("set up")
        self.folder = None

    def tearDown(self):
        note("tear down")
        super().tearDown()

    @decorated
    def test_sum(self):
        note("test")
        self.assertAllEqual(self.evaluate(tf.add([1, 2], [3, 4])), [4, 6])

    @decorated
    def test_variables(self):
        v = v1.get_variable("v", initializer=2.0, use_resource=True)
        self.evaluate(v1.global_variables_initializer())
        self.evaluate(v1.assign_add(v, 1.0))
        events.append([v.name, float(self.evaluate(v))])

    @decorated(reset_test=False)
    def test_without_reset(self):
        note("test")
        v = v1.get_variable("v", initializer=2.0, use_resource=True)
        self.evaluate(v1.global_variables_initializer())
        events.append([v.name, float(self.evaluate(v))])

    @decorated(config=v1.ConfigProto(intra_op_parallelism_threads=3), use_gpu=False)
    def test_with_configuration(self):
        session = v1.get_default_session()
        threads = session and session._config.intra_op_parallelism_threads
        events.append([threads, self.evaluate(tf.add(1, 2)).item()])

    @decorated
    def test_seeds(self):
        drawn = self.evaluate(v1.random_uniform([]))
        if tf.executing_eagerly():  # in a graph, it depends on how many operations are there
            events.append(round(float(drawn), 6))
        events.append(random.random())

    @decorated
    def test_fails_in_a_graph(self):
        note("test")
        assert tf.executing_eagerly()

    @decorated
    def test_fails_eagerly(self):
        note("test")
        assert not tf.executing_eagerly()

    @decorated
    def test_raises_eagerly(self):
        if tf.executing_eagerly():
            raise KeyError("eagerly")

    @decorated
    def test_skipped_in_a_graph(self):
        note("test")
        if not tf.executing_eagerly():
            self.skipTest("needs eager execution")

    @decorated
    def test_skipped_eagerly(self):
        note("test")
        if tf.executing_eagerly():
            self.skipTest("needs a graph")

    @decorated(assert_no_eager_garbage=True)
    def test_garbage(self):
        note("test")
        if tf.executing_eagerly():
            cycle = []
            cycle.append(cycle)

    @decorated
    def test_sessions(self):
        with self.test_session() as session:
            events.append("no session" if session is None else "a session")
        with self.cached_session() as session:
            events.append(float(session.run(tf.constant(2.0))))

    @decorated
    def test_folders(self):
        folder = self.get_temp_dir()
        events.append(folder == self.folder)
        self.folder = folder

    @decorated
    def test_placeholder(self):
        if not tf.executing_eagerly():
            x = v1.placeholder(tf.float32, [])
            events.append(float(v1.get_default_session().run(x * 2.0, {x: 3.0})))

    def test_undecorated(self):
        note("undecorated test")

    def test_after_the_others(self):
        v = v1.get_variable("v", initializer=2.0, use_resource=True)
        self.evaluate(v1.global_variables_initializer())
        events.append([v.name, float(self.evaluate(v))])
        note("test")


@tfe.run_all_tests_in_graph_and_eager_modes
class AllMethods(v1.test.TestCase):
    def test_product(self):
        note("test")
        self.assertAllEqual(self.evaluate(tf.multiply(2, 3)), 6)

    def testSkipEager(self):
        note("once")

    def check_nothing(self):
        note("never")


def outcomes_here():
    """What happened in each of the tests, and how it ended."""
    results = {}
    for case in (Methods, AllMethods):
        for name in unittest.TestLoader().getTestCaseNames(case):
            if name == "test_session":
                continue
            del events[:]
            result = unittest.TestResult()
            case(name).run(result)
            ended = [len(result.failures), len(result.errors), len(result.skipped)]
            results[case.__name__ + "." + name] = [list(events), ended]
            note("afterwards")
            assert events[-1][1] == ("eagerly" if starts_eagerly else "in a graph"), name
    return results


def outcomes():
    modes = {}
    for mode in ("eager", "graph"):
        printed = subprocess.check_output([sys.executable, "-m", "recorded.calls.both_modes", mode])
        modes[mode] = json.loads(printed.decode().splitlines()[-1])
    return modes


if __name__ == "__main__":
    if sys.argv[1] == "eager":
        tfe.enable_eager_execution()
    elif not TF1:
        v1.disable_v2_behavior()
    starts_eagerly = tf.executing_eagerly()
    print(json.dumps(outcomes_here()))
