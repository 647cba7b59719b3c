"""Fits a line to noisy points by gradient descent on plain tensors."""
from __future__ import absolute_import, division, print_function

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe

tfe.enable_eager_execution()

random = np.random.RandomState(0)
inputs = random.normal(size=[200]).astype(np.float32)
noise = random.normal(scale=0.1, size=[200]).astype(np.float32)
targets = 3.0 * inputs + 2.0 + noise


def predict(x, weight, bias):
    return x * weight + bias


def mean_squared_error(weight, bias):
    error = predict(inputs, weight, bias) - targets
    return tf.reduce_mean(tf.square(error))


# value_and_gradients_function differentiates by the arguments; their order is the order of params.
value_and_gradients = tfe.value_and_gradients_function(mean_squared_error, params=["weight", "bias"])

weight, bias = 5.0, 10.0
for step in range(101):
    loss, (weight_gradient, bias_gradient) = value_and_gradients(weight, bias)
    if step % 20 == 0:
        print("step %3d: loss %.5f" % (step, loss.numpy()))
    weight -= 0.05 * weight_gradient
    bias -= 0.05 * bias_gradient

print("weight", weight.numpy(), "bias", bias.numpy())
print("eager:", tfe.executing_eagerly())
