"""Functions whose gradients are written by hand."""
from __future__ import print_function

import tensorflow as tf
from tensorflow.contrib.eager import (
    custom_gradient,
    enable_eager_execution as start,
    gradients_function as grad,
    GradientTape,  # the tape sees the same gradient
    value_and_gradients_function,
)

start()


def naive(x):
    return tf.log(1 + tf.exp(x))


@custom_gradient
def softplus(x):
    e = tf.exp(x)

    def gradient(upstream):
        return upstream * (1 - 1 / (1 + e))

    return tf.log(1 + e), gradient


@custom_gradient
def clipped(x):
    return tf.identity(x), lambda upstream: tf.clip_by_value(upstream, -1.0, 1.0)


@custom_gradient
def weighted_sum(x, y):
    return 2.0 * x + 3.0 * y, lambda upstream: (20.0 * upstream, 30.0 * upstream)


for x in (0.0, 2.0, 100.0):
    print("at %g: naive %g, by hand %g" % (x, grad(naive)(x)[0], grad(softplus)(x)[0]))

print("clipped:", [g.numpy().tolist() for g in grad(lambda x: clipped(x) ** 3)(2.0)])
value, gradients = value_and_gradients_function(weighted_sum)(1.0, 1.0)
print(value, gradients[0], gradients[1])
print("dy:", grad(softplus)(2.0, dy=10.0)[0].numpy())

x = tf.constant([-1.0, 0.0, 1.0])
with GradientTape() as tape:
    tape.watch(x)
    y = softplus(x)
print("tape:", tape.gradient(y, x).numpy())
