"""Checkpoints of tfe.Checkpointable and tfe.Iterator, those of TF 1.15.5 among them."""

from __future__ import annotations

import pytest
import tensorflow as tf
from recorded.calls.checkpointable import awkward_names, values
from recorded.record import checkpoint

import tfe_compat as tfe

AWKWARD_NAMES = checkpoint("checkpointable", "awkward_names-1")


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
