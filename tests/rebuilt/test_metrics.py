"""tfe.metrics does what that of TF 1.15.5 did, in eager mode, in functions and in graphs."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import tensorflow as tf
from installed_versions import before
from recorded.calls.metrics import CALLS, plain
from recorded.comparison import same
from recorded.record import checkpoint, recorded

import tfe_compat as tfe
from tfe_compat import metrics

v1 = tf.compat.v1

RECORDED = recorded("metrics")

# What these give here, where TF 1.15.5 failed by accident or was silently wrong.
DIFFERENCES = {
    # It used the iterator up while it checked the classes.
    "aggregate_an_iterator": [
        None, [["Mean/numer:0", "float64", 3.0], ["Mean/denom:0", "float64", 2.0]],
    ],
    # An IndexError one way round; the other way the values were lost.
    "aggregate_what_is_not_built": ["ValueError", "ValueError"],
    # Graphs make the names of their scopes unique, which gave every result another tag.
    "summary_in_a_graph": [2.0, [[3, "loss", 2.0]]],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CALLS))
def test_does_what_tf_1_15_did(name):
    actual = plain(CALLS[name](metrics, tfe.defun))
    expected = DIFFERENCES.get(name, RECORDED[name])
    assert same(actual, expected), (actual, expected)


def test_the_differences_are_differences():
    assert [name for name in DIFFERENCES if same(DIFFERENCES[name], RECORDED[name])] == []


@pytest.mark.multiprocess
@pytest.mark.parametrize("name", sorted(CALLS))
def test_does_what_tf_1_15_did_with_its_behavior(name, outcomes_in_tf_1):
    actual, expected = outcomes_in_tf_1("metrics")[name], DIFFERENCES.get(name, RECORDED[name])
    assert same(actual, expected), (actual, expected)


def test_is_a_module_of_its_own():
    assert tfe.metrics is metrics
    assert sorted(metrics.__all__) == metrics.__all__
    assert all(f"metrics.{name}" in tfe.namespace.NAMES for name in metrics.__all__)


# Checkpoints


def test_a_file_of_tf_1_15_restores():
    restored = metrics.Mean("another name"), metrics.Accuracy(dtype=tf.float32)
    restored[0].build()  # one whose variables are there, one whose variables come later
    both = tfe.Checkpoint(mean=restored[0], accuracy=restored[1])
    status = both.restore(checkpoint("metrics", "eager-1"))
    restored[1]([1, 1], [1, 1])
    status.assert_consumed()
    assert [variable.numpy() for variable in restored[0].variables] == [300.0, 2.0]
    assert [variable.numpy() for variable in restored[1].variables] == [5.0, 6.0]


@pytest.mark.parametrize("file", ["graph-1", "named"])
def test_a_file_of_tf_1_15_restores_in_a_graph(file):
    with tf.Graph().as_default(), v1.Session() as session:
        mean = metrics.Mean()
        mean(1.0)
        path = checkpoint("metrics", file)
        if file == "graph-1":
            tfe.Checkpoint(mean=mean).restore(path).assert_consumed().run_restore_ops(session)
        else:
            v1.train.Saver(mean.variables).restore(session, path)
        assert session.run([*mean.variables, mean.result()]) == [300.0, 2.0, 150.0]


def test_a_file_of_one_mode_restores_in_the_other(tmp_path):
    mean = metrics.Mean()
    mean([1.0, 2.0])
    path = tfe.Checkpoint(mean=mean).save(str(tmp_path / "eager"))
    with tf.Graph().as_default(), v1.Session() as session:
        mean = metrics.Mean()
        mean(1.0)
        checkpoint = tfe.Checkpoint(mean=mean)
        checkpoint.restore(path).assert_consumed().run_restore_ops(session)
        assert session.run(mean.result()) == 1.5
        path = checkpoint.save(str(tmp_path / "graph"), session=session)
    mean = metrics.Mean()
    tfe.Checkpoint(mean=mean).restore(path)
    mean.build()
    assert mean.result().numpy() == 1.5


def test_the_name_of_a_variable_may_be_that_of_an_attribute(tmp_path):
    class Total(metrics.Metric):
        def __init__(self):
            super().__init__()
            self.count = 5

        def build(self):
            zeros = v1.zeros_initializer
            self.variable = self.add_variable("total", [], tf.float32, zeros)
            self.add_variable("value", [], tf.float32, zeros)
            self.add_variable("count", [], tf.float32, zeros)

        def call(self):
            self.variable.assign_add(2.0)

        @property
        def total(self):
            return self.variable * 10.0

        def result(self):
            return self.total

    metric = Total()
    metric()
    assert (metric.total.numpy(), metric.value()().numpy(), metric.count) == (20.0, 20.0, 5)
    path = tfe.Checkpoint(m=metric).save(str(tmp_path / "saved"))
    names = [name for name, _ in tf.train.list_variables(path)]
    variables = [f"m/{name}/.ATTRIBUTES/VARIABLE_VALUE" for name in ("count", "total", "value")]
    assert [name for name in names if name.startswith("m/")] == variables
    metric()
    tfe.Checkpoint(m=metric).restore(path).assert_consumed()
    assert metric.total.numpy() == 20.0


# Functions


def test_init_variables_in_a_function():
    mean = metrics.Mean()

    @tf.function
    def mean_of(values):
        mean.init_variables()
        mean(values)
        return mean.result()

    mean(100.0)
    assert [mean_of(tf.constant(x)).numpy() for x in (1.0, 3.0)] == [1.0, 3.0]


def test_its_variables_are_not_trainable():
    class Model(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(1.0)
            self.loss = metrics.Mean("loss")

    model = Model()
    model.loss(1.0)
    assert len(model.trainable_variables) == 1
    assert model.loss.trainable_variables == ()
    assert not any(variable.trainable for variable in model.loss.variables)


# Summaries


@before("2.6.0", "should_record_summaries is False unless record_if is in effect")
def test_a_summary_needs_no_tensorboard(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "tensorboard", None)  # importing it fails
    mean = metrics.Mean("loss")
    mean(1.0)
    assert mean.result().numpy() == 1.0
    with tf.summary.create_file_writer(str(tmp_path)).as_default() as writer:
        mean.result()
    writer.close()
    (file,) = tmp_path.iterdir()
    assert b"loss" in file.read_bytes()


def test_no_global_step_is_made_where_nothing_records():
    with tf.Graph().as_default():
        mean = metrics.Mean()
        mean(1.0)
        mean.result()
        assert v1.train.get_global_step() is None


@before("2.6.0", "should_record_summaries is False unless record_if is in effect")
def test_whether_to_write_can_depend_on_a_tensor(tmp_path):
    mean = metrics.Mean("loss")
    mean(1.0)

    @tf.function
    def result(write):
        return mean.result(write_summary=write)

    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default():
        for write in (True, False, True, False):
            assert result(tf.constant(write)).numpy() == 1.0
    writer.close()
    (file,) = tmp_path.iterdir()
    assert file.read_bytes().count(b"loss") == 2


# Errors


@pytest.mark.parametrize(
    ("name", "labels", "predictions", "message"),
    [
        ("Accuracy", [[0], [0]], [0, 1], r"the same shape; .*squeeze.*; got \[2 1\] and \[2\]$"),
        ("Accuracy", [[[1]]], [[1]], r"the same shape; .*; got \[1 1 1\] and \[1 1\]$"),
        ("BinaryAccuracy", [0, 1], [0.5], r"the same shape; .*; got \[2\] and \[1\]$"),
        ("CategoricalAccuracy", [1], [[0.1, 0.9]], r"the same shape; .*; got \[1\] and \[1 2\]$"),
        ("SparseAccuracy", [1, 0], [[0.1, 0.9]], r"the shape \(batch,\) .*; got \[2\] and 1$"),
    ],
)
def test_shapes_that_differ(name, labels, predictions, message):
    metric = getattr(metrics, name)(*[0.5] * (name == "BinaryAccuracy"))
    with pytest.raises(tf.errors.InvalidArgumentError, match=message):
        metric(labels, predictions)
    assert np.array_equal(metric.numer, 0.0)


def test_shapes_that_differ_in_a_graph():
    with tf.Graph().as_default(), v1.Session() as session:
        with pytest.raises(
            tf.errors.InvalidArgumentError, match=r"the same shape; .*; got \[2 1\]"
        ):
            metrics.Accuracy("static")([[0], [0]], [0, 1])
        with pytest.raises(ValueError, match=r"the same shape; .*; got \[1 1 1\] and \[1 1\]"):
            metrics.Accuracy("ranks")([[[1]]], [[1]])
        labels = v1.placeholder(tf.int32)
        accuracy = metrics.Accuracy()
        update = accuracy(labels, [0, 1])
        session.run(accuracy.init_variables())
        with pytest.raises(tf.errors.InvalidArgumentError):  # of the check, or of the comparison
            session.run(update, {labels: [0, 1, 2]})


def test_clear_errors():
    mean = metrics.Mean("loss")
    with pytest.raises(AttributeError, match="loss has no variables yet: call it before"):
        mean.result()
    built = metrics.Mean()
    built(1.0)
    with pytest.raises(ValueError, match=r"call or build each before; got .*Mean/numer:0.*, not"):
        mean.aggregate([built])
    with pytest.raises(TypeError, match="of one class to be added: Mean; got Accuracy"):
        mean.aggregate([metrics.Accuracy()])
    mean(1.0)
    with pytest.raises(
        RuntimeError, match=r"loss is built: call add_variable\('late'\) in its build"
    ):
        mean.add_variable("late")
    for method in ("build", "call", "result"):
        with pytest.raises(NotImplementedError, match=rf"Metric must define {method}\(self"):
            getattr(metrics.Metric(), method)()
