"""Checkpoints of tfe.Checkpointable and tfe.Iterator, those of TF 1.15.5 among them."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from installed_versions import keras_3, legacy_keras
from recorded.calls.checkpointable import awkward_names, content, restored, values
from recorded.record import checkpoint, recorded

import tfe_compat as tfe

AWKWARD_NAMES = checkpoint("checkpointable", "awkward_names-1")
MODEL = checkpoint("checkpointable", "model-1")
RECORDED = recorded("checkpointable")


def entries(path):
    """The names, shapes and types of what a checkpoint holds."""
    reader = tf.train.load_checkpoint(str(path))
    return reader.get_variable_to_shape_map(), reader.get_variable_to_dtype_map()


def test_restores_what_tf_1_15_saved():
    awkward = awkward_names(tfe, 101)
    tfe.Checkpoint(awkward=awkward).restore(AWKWARD_NAMES).assert_consumed()
    # Tuples are not saved.
    assert values(awkward) == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 108.0, 109.0, 1.0]


def test_saves_under_the_names_of_tf_1_15(tmp_path):
    path = tfe.Checkpoint(awkward=awkward_names(tfe, 1)).save(str(tmp_path / "awkward_names"))
    assert entries(path) == entries(AWKWARD_NAMES)


def test_restores_into_what_is_created_later():
    root = tfe.Checkpointable()
    tfe.Checkpoint(awkward=root).restore(AWKWARD_NAMES)
    root.variables = [tf.Variable(0.0)]
    root.variables.append(tf.Variable(0.0))
    assert [variable.numpy() for variable in root.variables] == [2.0, 3.0]


def assert_close(actual, expected):
    assert sorted(actual) == sorted(expected)
    for name, value in expected.items():
        np.testing.assert_allclose(actual[name], value, rtol=1e-4, atol=1e-6, err_msg=name)


def test_restores_a_model_and_its_optimizer():
    assert restored(tfe, used=True) == RECORDED["used"] == content(MODEL)


def test_restores_a_model_and_its_optimizer_before_they_are_used():
    assert_close(restored(tfe, used=False), RECORDED["new"])


@legacy_keras
@pytest.mark.multiprocess
def test_restores_a_model_and_its_optimizer_with_legacy_keras(outcomes_with_legacy_keras):
    outcomes = outcomes_with_legacy_keras("checkpointable")
    assert outcomes["used"] == RECORDED["used"]
    assert_close(outcomes["new"], RECORDED["new"])


class Nested(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.rows = [[tf.keras.layers.Dense(2)], {"last": tf.keras.layers.Dense(1)}]

    def call(self, x):
        return self.rows[1]["last"](self.rows[0][0](x))


class NestedNetwork(tfe.Network):
    def __init__(self):
        super().__init__()
        self.rows = [[self.track_layer(tf.keras.layers.Dense(2))]]
        self.track_layer(tf.keras.layers.Dense(1))  # in no attribute

    def call(self, x):
        return self.get_layer(index=1)(self.rows[0][0](x))


def in_list():
    root = tfe.Checkpointable()
    root.models = []
    root.models.append(Nested())
    root.call = lambda x: root.models[0](x)
    return root


@pytest.mark.parametrize("make", [Nested, NestedNetwork, in_list], ids=lambda make: make.__name__)
@pytest.mark.parametrize("used", [True, False], ids=["used", "new"])
def test_models_in_lists_and_dicts_are_restored(tmp_path, make, used):
    def call(root):
        return root.call(tf.ones([1, 2])) if make is in_list else root(tf.ones([1, 2]))

    saved, again = make(), make()
    result = call(saved)
    if used:
        call(again)
    path = tfe.Checkpoint(root=saved).save(str(tmp_path / "model"))
    assert len(tf.train.list_variables(path)) == 2 + 4
    status = tfe.Checkpoint(root=again).restore(path)
    np.testing.assert_array_equal(call(again), result)
    status.assert_consumed()


def test_a_manager_saves_what_a_model_got_after_the_checkpoint_was_made(tmp_path):
    model = Nested()
    manager = tf.train.CheckpointManager(tfe.Checkpoint(model=model), str(tmp_path), 3)
    model(tf.ones([1, 2]))
    assert len(tf.train.list_variables(manager.save())) == 2 + 4
    root = tf.Module()
    root.model = model
    assert len(tf.train.list_variables(tfe.Checkpoint(root=root).save(str(tmp_path / "b")))) == 6
    path = tfe.CheckpointableSaver(model).save(str(tmp_path / "c"))
    assert len(tf.train.list_variables(path)) == 1 + 4


@keras_3
def test_keras_3_optimizers_and_metrics_are_restored(tmp_path):
    def checkpoint():
        model, optimizer = Nested(), tf.keras.optimizers.Adam(0.1)
        return tfe.Checkpoint(model=model, optimizer=optimizer, metric=tf.keras.metrics.Mean())

    def train(checkpoint):
        checkpoint.model(tf.ones([1, 2]))
        variables = checkpoint.model.trainable_variables
        checkpoint.optimizer.apply([tf.ones(each.shape) for each in variables], variables)
        checkpoint.metric.update_state(3.0)
        return [each.numpy() for each in [*variables, *checkpoint.optimizer.variables]]

    saved, again = checkpoint(), checkpoint()
    train(saved)
    path = saved.save(str(tmp_path / "trained"))
    status = again.restore(path)
    for value, expected in zip(train(again), train(saved)):
        np.testing.assert_array_equal(value, expected)
    assert again.metric.total.numpy() == 6.0
    status.assert_consumed()


@keras_3
def test_files_of_keras_3_itself_are_restored_and_the_other_way(tmp_path):
    class Model(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = tf.keras.layers.Dense(1)

        def call(self, x):
            return self.dense(x)

    first, second, third = Model(), Model(), Model()
    results = [model(tf.ones([1, 2])) for model in (first, second, third)]
    path = tf.train.Checkpoint(model=first).save(str(tmp_path / "first"))
    tfe.Checkpoint(model=second).restore(path).assert_consumed()
    path = tfe.Checkpoint(model=second).save(str(tmp_path / "second"))
    tf.train.Checkpoint(model=third).restore(path).assert_consumed()
    assert third(tf.ones([1, 2])) == results[0]
    sequence = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
    path = tf.train.Checkpoint(model=sequence).save(str(tmp_path / "sequence"))
    with pytest.raises(ValueError, match=r"restore this checkpoint with tf.train.Checkpoint"):
        tfe.Checkpoint(model=sequence).restore(path)


@keras_3
def test_the_weights_of_another_precision_are_restored_before_they_are_made(tmp_path):
    def model():
        return tf.keras.Sequential([tf.keras.layers.Dense(8, dtype="mixed_float16")])

    saved, again = model(), model()
    result = saved(tf.ones([1, 2]))
    path = tfe.Checkpoint(model=saved).save(str(tmp_path / "model"))
    tfe.Checkpoint(model=again).restore(path)
    np.testing.assert_allclose(tf.function(again)(tf.ones([1, 2])), result, atol=1e-2)


@keras_3
def test_layers_that_keras_3_would_lose_are_an_error(tmp_path):
    class Unordered(tf.keras.Model):
        def __init__(self):
            super().__init__(name="unordered")
            self.layer = tf.keras.layers.Dense(1, name="found")
            self.unordered = {tf.keras.layers.Dense(1, name="lost")}

        def call(self, x):
            (layer,) = self.unordered
            return layer(self.layer(x))

    model = Unordered()
    path = tfe.Checkpoint(v=tf.Variable(1.0)).write(str(tmp_path / "model"))
    checkpoint = tfe.Checkpoint(model=model)
    message = r"^A checkpoint would lose .*assign .*tfe\.Saver.*of 'unordered': lost"
    for call in (checkpoint.save, checkpoint.write, checkpoint.restore):
        with pytest.raises(ValueError, match=message + "$"):
            call(path)
    model(tf.ones([1, 2]))
    with pytest.raises(ValueError, match=message + ", unordered/lost/kernel, unordered/lost/bias$"):
        tfe.CheckpointableSaver(model).save(path)


def test_an_attribute_of_a_keras_model_is_checkpointed_and_not_trained(tmp_path):
    class Scale(tfe.Checkpointable):
        def __init__(self):
            self.factor = tf.Variable(2.0)

    class Model(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.scale = Scale()
            self.dense = tf.keras.layers.Dense(1)

        def call(self, x):
            return self.dense(x) * self.scale.factor

    model = Model()
    model(tf.ones([1, 2]))
    assert len(model.trainable_variables) == 2
    path = tfe.Checkpoint(model=model).write(str(tmp_path / "model"))
    assert "model/scale/factor/.ATTRIBUTES/VARIABLE_VALUE" in entries(path)[0]


def test_the_position_of_an_iterator_of_tf_1_is_refused():
    path = checkpoint("checkpointable", "iterator-1")
    slope = tf.Variable(0.0)
    iterator = tfe.Iterator(tf.data.Dataset.range(9))
    with pytest.raises(ValueError, match=r"iterator that TF 1 has saved; .*without 'iterator'"):
        tfe.Checkpoint(iterator=iterator, slope=slope).restore(path)
    nested = tf.Module()
    nested.iterator = iterator
    # What is saved under "iterator" is not of this object.
    tfe.Checkpoint(iterator=nested, slope=slope).restore(path)
    slope.assign(0.0)
    tfe.Checkpoint(slope=slope).restore(path)
    assert slope.numpy() == 2.0
    assert tfe.Checkpoint(slope=slope).restore(None) is not None


def test_the_position_of_an_iterator_is_restored(tmp_path):
    dataset = tf.data.Dataset.range(9).batch(2)
    root = tfe.Checkpointable()
    root.iterator = tfe.Iterator(dataset)
    root.iterator.next()
    path = tfe.Checkpoint(root=root).save(str(tmp_path / "iterator"))
    assert "root/iterator/.ATTRIBUTES/ITERATOR_STATE" in entries(path)[0]
    root.iterator = tfe.Iterator(dataset)
    tfe.Checkpoint(root=root).restore(path).assert_consumed()
    assert root.iterator.get_next().numpy().tolist() == [2, 3]


# TF 1.13 printed the same, but that `save` returned bytes.
def test_checkpointable_saver(tmp_path):
    root = tfe.Checkpointable()
    root.v, root.rest = tfe.Variable(1.0), [tfe.Variable(2.0)]
    saver = tfe.CheckpointableSaver(root)
    prefix = str(tmp_path / "new" / "saved")
    assert saver.save(prefix) == saver.save(prefix, 0) == prefix
    assert saver.save(file_prefix=prefix, checkpoint_number=tf.Variable(3)) == prefix + "-3"
    names = ["rest/0/.ATTRIBUTES/VARIABLE_VALUE", "v/.ATTRIBUTES/VARIABLE_VALUE"]
    assert sorted(entries(prefix)[0])[1:] == names
    root.v.assign(0.0)
    saver.restore(save_path=prefix).assert_consumed()
    assert root.v.numpy() == 1.0
    assert saver.restore(None) is not None


def test_checkpointable_saver_in_a_graph(tmp_path):
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        root = tfe.Checkpointable()
        root.v = tfe.Variable(4.0)
        session.run(root.v.initializer)
        saver = tfe.CheckpointableSaver(root)
        path = saver.save(str(tmp_path / "saved"), session=session)
        session.run(root.v.assign(0.0))
        saver.restore(path).run_restore_ops(session)
        assert session.run(root.v) == 4.0
