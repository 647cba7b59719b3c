"""A SavedModel of value and gradients is loaded where tfe_compat is not."""

import json
import os

import forked_tensorflow
import numpy as np
import pytest
import tensorflow as tf
from installed_versions import before

import tfe_compat as tfe

BATCH = tf.TensorSpec((None, 2), tf.float32)
X = [[1.0, 2.0], [3.0, -4.0]]


class Regression(tf.Module):
    """One tf.function for each of the five functions."""

    def __init__(self):
        super().__init__()
        self.w = tf.Variable([[0.5], [-1.5]], name="w")
        self.b = tf.Variable(0.25, name="b")

    def loss(self, x):
        return tf.reduce_mean(tf.square(tf.nn.softplus(x @ self.w) + self.b))

    @tf.function(input_signature=[BATCH])
    def value_and_gradients(self, x):
        value, gradients = tfe.value_and_gradients_function(self.loss)(x)
        return {"value": value, "gradients": gradients}

    @tf.function(input_signature=[BATCH])
    def gradients(self, x):
        return tfe.gradients_function(self.loss)(x)

    @tf.function(input_signature=[BATCH, tf.TensorSpec((), tf.float32)])
    def vjp(self, x, dy):
        value, vjp = tfe.make_vjp(self.loss)(x)
        return value, vjp(), vjp(dy)

    @tf.function(input_signature=[BATCH])
    def value_and_gradients_by_variables(self, x):
        value, pairs = tfe.implicit_value_and_gradients(self.loss)(x)
        return value, {variable.name: gradient for gradient, variable in pairs}

    @tf.function(input_signature=[BATCH])
    def train(self, x):
        for gradient, variable in tfe.implicit_gradients(self.loss)(x):
            variable.assign_sub(0.1 * gradient)
        return self.w, self.b

    def results(self):
        x = tf.constant(X)
        return {
            "value_and_gradients": self.value_and_gradients(x),
            "gradients": self.gradients(x),
            "vjp": self.vjp(x, tf.constant(3.0)),
            "value_and_gradients_by_variables": self.value_and_gradients_by_variables(x),
            "train": [self.train(x), self.train(x)],
        }


LOADED = f"""
import json, sys
import tensorflow as tf

model = tf.saved_model.load(sys.argv[1])
x = tf.constant({X})
results = {{
    "value_and_gradients": model.value_and_gradients(x),
    "gradients": model.gradients(x),
    "vjp": model.vjp(x, tf.constant(3.0)),
    "value_and_gradients_by_variables": model.value_and_gradients_by_variables(x),
    "train": [model.train(x), model.train(x)],
}}
assert not [name for name in sys.modules if name.startswith("tfe_compat")]
print(json.dumps([leaf.numpy().tolist() for leaf in tf.nest.flatten(results)]))
"""


@pytest.mark.multiprocess
def test_loaded_without_tfe_compat(tmp_path):
    model = Regression()
    tf.saved_model.save(model, str(tmp_path / "model"))
    run = forked_tensorflow.run(
        *("-c", LOADED, str(tmp_path / "model")),
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert run.returncode == 0, run.stderr
    loaded = json.loads(run.stdout)
    expected = tf.nest.flatten(model.results())
    assert len(loaded) == len(expected) == 13
    for actual, leaf in zip(loaded, expected):
        np.testing.assert_allclose(np.float32(actual), leaf.numpy(), rtol=1e-6)


def test_gradients_of_a_loaded_model(tmp_path):
    model = Regression()
    x = tf.constant(X)
    expected, [gradient] = tfe.value_and_gradients_function(model.loss)(x)
    model.inference = tf.function(model.loss, input_signature=[BATCH])
    tf.saved_model.save(model, str(tmp_path))
    loaded = tf.saved_model.load(str(tmp_path))
    value, [loaded_gradient] = tfe.value_and_gradients_function(loaded.inference)(x)
    np.testing.assert_allclose(value, expected, rtol=1e-6)
    np.testing.assert_allclose(loaded_gradient, gradient, rtol=1e-6)
    pairs = tfe.implicit_gradients(loaded.inference)(x)
    assert sorted(variable.shape.rank for _, variable in pairs) == [0, 2]
    for gradient, variable in tfe.implicit_gradients(model.loss)(x):
        [same] = [other for other, read in pairs if read.shape == variable.shape]
        np.testing.assert_allclose(same, gradient, rtol=1e-6)


@before("2.6.0", "SaveOptions has no experimental_custom_gradients")
def test_second_derivative_of_a_loaded_gradient(tmp_path):
    model = tf.Module()
    model.gradient = tf.function(
        lambda x: tfe.gradients_function(lambda x: x**4)(x)[0],
        input_signature=[tf.TensorSpec((), tf.float32)],
    )
    tf.saved_model.save(
        model, str(tmp_path), options=tf.saved_model.SaveOptions(experimental_custom_gradients=True)
    )
    loaded = tf.saved_model.load(str(tmp_path))
    [second] = tfe.gradients_function(loaded.gradient)(2.0)
    assert second.numpy() == pytest.approx(48.0)
