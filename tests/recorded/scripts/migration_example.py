"""Fits a line with a Keras layer."""

from __future__ import absolute_import, division, print_function

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe

tf.enable_eager_execution()

inputs = np.linspace(-1.0, 1.0, 64, dtype=np.float32).reshape([64, 1])
dataset = tf.data.Dataset.from_tensor_slices((inputs, 3.0 * inputs + 2.0)).batch(16)
model = tf.keras.layers.Dense(1, kernel_initializer="zeros")
optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.1)


def loss(x, y):
    return tf.reduce_mean(tf.square(model(x) - y))


value_and_gradients = tfe.implicit_value_and_gradients(loss)
for epoch in range(5):
    mean_loss = tfe.metrics.Mean("loss")
    for x, y in tfe.Iterator(dataset):
        value, gradients = value_and_gradients(x, y)
        optimizer.apply_gradients(gradients)
        mean_loss(value)
    print("epoch {}: loss {:.4f}".format(epoch, mean_loss.result().numpy()))
