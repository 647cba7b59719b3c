"""Saver, restore_variables_on_create and EagerVariableStore do what TF 1.15.5 did."""

from __future__ import annotations

import json

import numpy as np
import pytest
import tensorflow as tf
from installed_versions import keras_3, legacy_keras
from recorded.calls.stores import CALLS, LEGACY, fresh, written_variables
from recorded.comparison import same
from recorded.outcomes import plain
from recorded.record import checkpoint, recorded

import tfe_compat as tfe

RECORDED = recorded("stores")
WRITTEN = checkpoint("stores", "saver")


@pytest.mark.parametrize("name", sorted(CALLS))
def test_does_what_tf_1_15_did(name):
    fresh()
    actual, expected = json.loads(json.dumps(plain(CALLS[name](tfe)))), RECORDED[name]
    assert same(actual, expected), (actual, expected)


@legacy_keras
@pytest.mark.multiprocess
@pytest.mark.parametrize("name", sorted([*CALLS, *LEGACY]))
def test_does_what_tf_1_15_did_with_legacy_keras(name, outcomes_with_legacy_keras):
    actual, expected = outcomes_with_legacy_keras("stores")[name], RECORDED[name]
    assert same(actual, expected), (actual, expected)


@legacy_keras
@pytest.mark.multiprocess
@pytest.mark.parametrize("name", sorted([*CALLS, *LEGACY]))
def test_does_what_tf_1_15_did_with_its_behavior(name, outcomes_in_tf_1):
    actual, expected = outcomes_in_tf_1("stores")[name], RECORDED[name]
    assert same(actual, expected), (actual, expected)


def test_restores_a_file_of_tf_1_15():
    fresh()
    trained = written_variables(tfe)
    expected = [variable.numpy() for variable in trained]
    for variable in trained:
        variable.assign(tf.zeros_like(variable))
    tfe.Saver(trained).restore(WRITTEN)
    for variable, value in zip(trained, expected):
        np.testing.assert_array_max_ulp(variable.numpy(), value, maxulp=2)
    assert trained[2].numpy() == 2


def test_writes_the_names_and_types_of_tf_1_15(tmp_path):
    fresh()
    path = tfe.Saver(written_variables(tfe)).save(str(tmp_path / "ckpt"))
    here, there = tf.train.load_checkpoint(path), tf.train.load_checkpoint(WRITTEN)
    assert here.get_variable_to_shape_map() == there.get_variable_to_shape_map()
    assert here.get_variable_to_dtype_map() == there.get_variable_to_dtype_map()


def test_new_variables_take_the_values_of_tf_1_15():
    with tfe.restore_variables_on_create(WRITTEN):
        w = tfe.Variable([[0.0, 0.0]], name="layer/w")
        step = tf.compat.v1.train.get_or_create_global_step()
    np.testing.assert_allclose(w, [[0.8, 2.2]], rtol=1e-6)
    assert step.numpy() == 2


def dense_model():
    class Model(tf.keras.Model):
        def __init__(self):
            super().__init__(name="model")
            self.first = tf.keras.layers.Dense(1, name="first")
            self.drop = tf.keras.layers.Dropout(0.5)
            self.second = tf.keras.layers.Dense(1, name="second")

        def call(self, x):
            return self.second(self.drop(self.first(x)))

    return Model()


def test_keras_models_are_saved_and_restored_when_created(tmp_path):
    x = tf.ones([1, 2])
    model = dense_model()
    result = model(x)
    weights = model.trainable_variables
    path = tfe.Saver(weights).save(str(tmp_path / "ckpt"))
    names = {name for name, _ in tf.train.list_variables(path)}
    layers = ("first/kernel", "first/bias", "second/kernel", "second/bias")
    assert names == {f"model/{name}" for name in layers}
    with tfe.restore_variables_on_create(path):
        again = dense_model()
        np.testing.assert_array_equal(again(x), result)
    weights[0].assign([[0.0], [0.0]])
    tfe.Saver(weights).restore(path)
    np.testing.assert_array_equal(model(x), result)
    tfe.Saver({"renamed": weights[0]}).save(path)
    assert tf.train.list_variables(path) == [("renamed", [2, 1])]


def test_keras_layers_and_optimizers_are_restored_when_created(tmp_path):
    values = {"dense/kernel": tf.Variable([[2.0], [3.0]]), "dense/bias": tf.Variable([4.0])}
    path = tfe.Saver(values).save(str(tmp_path / "ckpt"))
    x = tf.ones([1, 2])
    with tfe.restore_variables_on_create(path):
        assert tf.keras.layers.Dense(1, name="dense")(x).numpy() == [[9.0]]
        with pytest.raises(tf.errors.NotFoundError, match=r"other/kernel not found in checkpoint"):
            tf.keras.layers.Dense(1, name="other")(x)


@keras_3
def test_keras_3_variables_of_one_path_are_an_error_when_saved(tmp_path):
    saver = tfe.Saver([tf.keras.Variable(1.0, name="v"), tf.keras.Variable(2.0, name="v")])
    with pytest.raises(ValueError, match=r"Two variables have the name 'v'"):
        saver.save(str(tmp_path / "ckpt"))
    v = tf.keras.Variable(1.0, name="v")
    tfe.Saver([v, v]).save(str(tmp_path / "ckpt"))


def test_keras_optimizers_are_saved(tmp_path):
    optimizer = tf.keras.optimizers.SGD(0.5, momentum=0.5)
    v = tf.Variable(1.0, name="v")
    optimizer.apply_gradients([(tf.constant(2.0), v)])
    variables = [v, *tfe.get_optimizer_variables(optimizer)]
    saver = tfe.Saver(variables)
    path = saver.save(str(tmp_path / "ckpt"))
    before = [variable.numpy() for variable in variables]
    optimizer.apply_gradients([(tf.constant(2.0), v)])
    saver.restore(path)
    assert [variable.numpy() for variable in variables] == before


def test_everything_is_as_before_after_restoring():
    class_of_variables = type(tf.Variable(0))
    methods = [class_of_variables.__init__]
    keras_variable = getattr(tf.keras, "Variable", tf.Variable)
    methods += [keras_variable.__init__]
    with pytest.raises(KeyError), tfe.restore_variables_on_create(WRITTEN):
        raise KeyError
    assert [class_of_variables.__init__, keras_variable.__init__] == methods


def test_a_missing_file_is_not_found():
    restoring = tfe.restore_variables_on_create("/nowhere/ckpt")
    with pytest.raises(tf.errors.NotFoundError), restoring:
        pass


def written(path, *names):
    variables = {name: tf.Variable([1.0, 2.0]) for name in names}
    return tfe.Saver(variables).save(str(path / "ckpt"))


def dense_biases(*names):
    return [tf.Variable([0.0, 0.0], name=f"{name}/bias") for name in names]


def test_an_old_name_is_taken_only_if_it_is_the_only_one(tmp_path):
    path = written(tmp_path, "first/dense/bias", "second/dense/bias", "out/bias")
    (dense,) = dense_biases("dense")
    message = (
        r"not found in checkpoint.*dictionary.*tfe.Saver\(\{'first/dense/bias': variable.*"
        r"Not found: dense/bias \[2\]\. In the checkpoint, but not restored: "
        r"first/dense/bias \[2\], out/bias \[2\], second/dense/bias \[2\]"
    )
    with pytest.raises(tf.errors.NotFoundError, match=message):
        tfe.Saver([dense]).restore(path)
    with pytest.raises(tf.errors.NotFoundError, match=r"Not found: dense/bias \[2\]\. .*nothing"):
        tfe.Saver([dense, *dense_biases("first/dense", "second/dense", "out")]).restore(path)
    with pytest.raises(tf.errors.NotFoundError):
        tfe.Saver(dense_biases("a/second/dense", "b/second/dense")).restore(path)
    with pytest.raises(tf.errors.NotFoundError):
        tfe.Saver([tf.Variable([0.0], name="x/out/bias")]).restore(path)
    assert dense.numpy().tolist() == [0.0, 0.0]
    tfe.Saver([dense, *dense_biases("first/dense")]).restore(path)
    assert dense.numpy().tolist() == [1.0, 2.0]


def test_a_dictionary_gives_the_names_as_they_are(tmp_path):
    path = written(tmp_path, "model/dense/bias")
    (dense,) = dense_biases("dense")
    with pytest.raises(tf.errors.NotFoundError, match=r"not restored: model/dense/bias \[2\]"):
        tfe.Saver({"dense/bias": dense}).restore(path)
    tfe.Saver({"model/dense/bias": dense}).restore(path)
    assert dense.numpy().tolist() == [1.0, 2.0]


def test_a_message_shows_a_dozen_names(tmp_path):
    path = written(tmp_path, "found/bias")
    saver = tfe.Saver(dense_biases(*(f"lost{i:02}" for i in range(20))))
    with pytest.raises(tf.errors.NotFoundError, match=r"lost11/bias \[2\], and 8 more\."):
        saver.restore(path)


def test_an_old_name_is_for_one_variable_when_created(tmp_path):
    path = written(tmp_path, "first/dense/bias", "second/dense/bias")
    with tfe.restore_variables_on_create(path):
        first, second = dense_biases("first/dense", "dense")
        (again,) = dense_biases("dense")
    values = [variable.numpy().tolist() for variable in (first, second, again)]
    assert values == [[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]]
    message = r"^dense/bias not found in checkpoint.*map_func.*: first/dense/bias \[2\], second"
    with (
        pytest.raises(tf.errors.NotFoundError, match=message),
        tfe.restore_variables_on_create(path),
    ):
        dense_biases("dense")
    message = r"Two variables take the value of 'second/dense/bias', which 'dense/bias' got"
    with pytest.raises(ValueError, match=message), tfe.restore_variables_on_create(path):
        dense_biases("first/dense", "dense", "second/dense")


def test_clear_errors():
    with pytest.raises(RuntimeError, match=r"a list or a dictionary of variables; got None"):
        tfe.Saver(None)
    with tf.Graph().as_default(), pytest.raises(RuntimeError, match=r"needs eager execution"):
        tfe.Saver([])
    store = tfe.EagerVariableStore()
    with store.as_default():
        tf.compat.v1.get_variable("w", [2])
        with pytest.raises(ValueError, match=r"'w' of shape \(2,\) .* not of shape \(3,\)"):
            tf.compat.v1.get_variable("w", [3])
