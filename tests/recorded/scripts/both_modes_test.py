"""Tests that run in a graph and eagerly."""
from __future__ import print_function

import unittest

import tensorflow as tf
from tensorflow.contrib.eager import run_test_in_graph_and_eager_modes as in_both, \
    run_all_tests_in_graph_and_eager_modes, \
    executing_eagerly

tf.enable_eager_execution()

runs = []


class SomeTests(tf.test.TestCase):
    def setUp(self):
        super(SomeTests, self).setUp()
        runs.append("set up")

    @in_both
    def test_sum(self):
        runs.append("sum, eager: %s" % executing_eagerly())
        self.assertAllEqual(self.evaluate(tf.add([1, 2], [3, 4])), [4, 6])

    @in_both(use_gpu=False, reset_test=False)
    def test_variable(self):
        v = tf.contrib.eager.Variable(2.0)
        self.evaluate(tf.global_variables_initializer())
        self.assertAllClose(self.evaluate(v * 2.0), 4.0)
        runs.append("variable, eager: %s" % executing_eagerly())

    @in_both
    def test_wrong(self):
        runs.append("wrong, eager: %s" % executing_eagerly())
        self.assertEqual(executing_eagerly(), False)


@run_all_tests_in_graph_and_eager_modes
class AllTests(tf.test.TestCase):
    def test_product(self):
        runs.append("product, eager: %s" % executing_eagerly())
        self.assertAllEqual(self.evaluate(tf.multiply(2, 3)), 6)

    def testSkipEagerOnce(self):
        runs.append("once")

    def test_graph_only(self):
        runs.append("graph only, eager: %s" % executing_eagerly())
        if executing_eagerly():
            self.skipTest("needs a graph")


for case in (SomeTests, AllTests):
    names = sorted(name for name in unittest.TestLoader().getTestCaseNames(case)
                   if name != "test_session")
    for name in names:
        del runs[:]
        result = unittest.TestResult()
        case(name).run(result)
        print(name, runs, "failures", len(result.failures), "errors", len(result.errors),
              "skipped", len(result.skipped))
