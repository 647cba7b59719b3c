"""Trains a Network, saves it, and restores it before and after the copy was built."""
from __future__ import absolute_import, division, print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe

tf.enable_eager_execution()

ramp = lambda shape, dtype=None, partition_info=None: tf.constant(
    (np.arange(np.prod(shape)).reshape(shape) / 10.0 - 0.2).astype(np.float32))


def dense(units, **options):
    return tf.layers.Dense(units, kernel_initializer=ramp, **options)


class Encoder(tfe.Network):
    def __init__(self, units, name=None):
        super(Encoder, self).__init__(name=name)
        self.first = self.track_layer(dense(units, activation=tf.nn.relu))

    def call(self, inputs):
        return self.first(inputs)


class Regressor(tfe.Network):
    def __init__(self):
        super(Regressor, self).__init__()
        self.encoder = self.track_layer(Encoder(3, name="encoder"))
        self.out = self.track_layer(dense(1))

    def call(self, inputs, training=False):
        hidden = self.encoder(inputs)
        if training:
            hidden = hidden * 1.0
        return self.out(hidden)


x = np.linspace(-1.0, 1.0, 24).reshape([12, 2]).astype(np.float32)
y = (x[:, :1] * 2.0 - x[:, 1:]).astype(np.float32)


def train(model, optimizer, steps):
    def loss():
        return tf.reduce_mean(tf.square(model(x, training=True) - y))

    gradients = tfe.implicit_value_and_gradients(loss)
    for step in range(steps):
        value, pairs = gradients()
        optimizer.apply_gradients(pairs)
    return value.numpy()


model = Regressor()
print("untrained", model(x).numpy().sum())
print(len(model.layers), model.name, model.encoder.name, len(model.trainable_weights))
print(model.get_layer(index=0) is model.encoder, model.get_layer(name="encoder") is model.encoder)
print([variable.shape.as_list() for variable in model.variables])
print("loss %.5f" % train(model, tf.train.GradientDescentOptimizer(0.1), 20))

path = tfe.save_network_checkpoint(model, os.path.join(tempfile.mkdtemp(), "model"), global_step=20)
print(os.path.basename(path))

built = Regressor()
built(x)
tfe.restore_network_checkpoint(built, path)
print("restored after", np.abs(built(x).numpy() - model(x).numpy()).max())

late = Regressor()
tfe.restore_network_checkpoint(late, path)
print("restored before", np.abs(late(x).numpy() - model(x).numpy()).max())

body = tfe.Sequential([dense(2), tf.nn.relu], name="body")
body.add(dense(1, use_bias=False))
print("sequential", body(x[:3]).numpy().ravel(), len(body.layers), len(body.variables))
part = tfe.save_network_checkpoint(
    body, os.path.join(tempfile.mkdtemp(), "body"), map_func=lambda name: "v1/" + name)
print(sorted(shape for _, shape in tf.train.list_variables(part)))
