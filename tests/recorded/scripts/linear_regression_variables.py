"""The line again, with variables and an optimizer."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tfe = tf.contrib.eager

tf.enable_eager_execution()


class Line(object):
    def __init__(self):
        self.weight = tfe.Variable(5.0, name="weight")
        self.bias = tfe.Variable(10.0, name="bias")
        self.calls = tfe.Variable(0, trainable=False, name="calls")

    def __call__(self, x):
        self.calls.assign_add(1)
        return x * self.weight + self.bias


random = np.random.RandomState(1)
inputs = random.normal(size=[100, 1]).astype(np.float32)
targets = -1.5 * inputs + 0.5 + random.normal(scale=0.05, size=[100, 1]).astype(np.float32)

for optimizer in (
    tf.train.GradientDescentOptimizer(learning_rate=0.1),
    tf.train.MomentumOptimizer(learning_rate=0.02, momentum=0.9),
    tf.train.AdamOptimizer(learning_rate=0.3),
):
    line = Line()
    loss_of = lambda x, y: tf.reduce_mean(tf.square(line(x) - y))
    value_and_gradients = tfe.implicit_value_and_gradients(loss_of)
    for step in range(60):
        loss, gradients_and_variables = value_and_gradients(inputs, targets)
        optimizer.apply_gradients(gradients_and_variables)
    print([variable.name for _, variable in gradients_and_variables], "calls", line.calls.numpy())
    print("loss %.5f weight %.5f bias %.5f" % (loss, line.weight.numpy(), line.bias.numpy()))
    for variable in tfe.get_optimizer_variables(optimizer):
        print("  %s = %.6f" % (variable.name, variable.numpy()))
