"""`tf.contrib.summary` writes the events of TF 1.15.5."""

from __future__ import annotations

import json
import os
from pathlib import Path

import forked_tensorflow
import pytest
import tensorflow as tf
from recorded.record import recorded

from tfe_compat import summary

TESTS = Path(__file__).parents[1]
RECORDED = recorded("summary")


@pytest.mark.multiprocess
@pytest.mark.parametrize("mode", ["eager", "graph"])
def test_the_events_are_those_of_tf_1(mode):
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    environment = {**os.environ, "PYTHONPATH": path}
    run = forked_tensorflow.run("-m", "recorded.calls.summary", mode, env=environment)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == RECORDED[mode]


def test_a_writer_of_nowhere_does_nothing():
    writer = summary.create_file_writer(None)
    writer.set_as_default()
    assert writer.init() is writer.flush() is writer.close() is None


def test_the_files_of_a_graph_are_not_for_eager_mode():
    with pytest.raises(RuntimeError, match=r"^Eager execution is on"):
        summary.summary_writer_initializer_op()


def test_the_folder_of_an_evaluation():
    assert summary.eval_dir("m") == str(Path("m/eval"))
    assert summary.eval_dir("m", "x") == str(Path("m/eval_x"))


def test_a_graph_is_written(tmp_path):
    graph = tf.Graph()
    with graph.as_default():
        tf.constant(1, name="one")
    with summary.create_file_writer(tmp_path).as_default():  # whether summaries are recorded or not
        summary.graph(graph)
    (path,) = tmp_path.iterdir()
    written = [event.graph_def for event in tf.compat.v1.train.summary_iterator(str(path))]
    assert any(b"one" in each for each in written)


def test_errors_say_which_summary_it_is(tmp_path):
    with summary.create_file_writer(tmp_path).as_default(), summary.always_record_summaries():
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"Nan .*; the summary: 'n/loss'$"):
            summary.histogram("n/loss", [float("nan")])
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"needs a number.*\(0,\).*'none'"):
            summary.scalar("none", tf.zeros([0]))
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"tf.cast.*got int32.*'digits'"):
            summary.image("digits", tf.ones([1, 2, 2, 1], tf.int32))
