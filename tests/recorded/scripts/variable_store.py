"""A functional model in eager mode, whose variables a store finds again at every call."""
from __future__ import absolute_import, division, print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib.eager.python import tfe

tf.enable_eager_execution()


def dense(x, units, name, trainable=True):
    with tf.variable_scope(name, reuse=tf.AUTO_REUSE):
        w = tf.get_variable("w", [x.shape[-1], units], initializer=tf.constant_initializer(0.3),
                            trainable=trainable)
        b = tf.get_variable("b", [units], initializer=tf.zeros_initializer())
    return tf.matmul(x, w) + b


def model(x):
    return dense(tf.tanh(dense(x, 3, "hidden", trainable=False)), 1, "out")


x = np.linspace(-1.0, 1.0, 16).reshape([8, 2]).astype(np.float32)
y = np.sin(3.0 * x[:, :1])

container = tfe.EagerVariableStore()
optimizer = tf.train.AdamOptimizer(0.05)


def loss():
    with container.as_default():
        return tf.reduce_mean(tf.square(model(tf.constant(x)) - y))


gradients = tfe.implicit_value_and_gradients(loss)
for epoch in range(10):
    value, pairs = gradients()
    optimizer.apply_gradients(pairs)
    if epoch % 3 == 0:
        print("epoch %d: %.5f" % (epoch, value.numpy()))

for kind in ("variables", "trainable_variables", "non_trainable_variables"):
    print(kind, sorted(variable.name for variable in getattr(container, kind)()))

frozen = container.copy()
before = loss().numpy()
for _ in range(5):
    optimizer.apply_gradients(gradients()[1])
with frozen.as_default():
    same = tf.reduce_mean(tf.square(model(tf.constant(x)) - y)).numpy()
print("copy %.6f" % abs(same - before), "original moved", abs(loss().numpy() - before) > 1e-4)

other = tfe.EagerVariableStore()
with other.as_default():
    print("another store starts anew", abs(model(tf.constant(x)).numpy()).max() > 0, len(other.variables()))
