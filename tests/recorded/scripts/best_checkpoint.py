"""Keeps the best of several checkpoints with a Saver, and starts another model from it."""
from __future__ import absolute_import, division, print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe

tf.enable_eager_execution()

folder = tempfile.mkdtemp()
x = np.linspace(-1.0, 1.0, 20).astype(np.float32)
y = 3.0 * x + 0.5

slope = tfe.Variable(0.0, name="slope")
offset = tfe.Variable(0.0, name="offset")
step = tf.train.get_or_create_global_step()
optimizer = tf.train.MomentumOptimizer(0.9, momentum=0.9)  # too fast: the loss goes up and down


def loss():
    return tf.reduce_mean((slope * x + offset - y) ** 2)


gradients = tfe.implicit_value_and_gradients(loss)
best, best_path, saver = np.inf, None, None
for _ in range(12):
    value, pairs = gradients()
    if value.numpy() < best and saver is not None:
        best = value.numpy()
        best_path = saver.save(os.path.join(folder, "model"), global_step=step)
    optimizer.apply_gradients(pairs, global_step=step)
    if saver is None:  # the slots of the optimizer are there after its first step
        saver = tfe.Saver([slope, offset, step] + tfe.get_optimizer_variables(optimizer))
    print("step %d: loss %.5f" % (step.numpy(), value.numpy()))

print("best %.5f" % best, os.path.basename(best_path))
for name, shape in tf.train.list_variables(best_path):
    print(name, shape)

slope.assign(100.0)
saver.restore(best_path)
print("restored", step.numpy(), "%.5f" % loss().numpy())

# Only the weights, under other names.
other = tfe.Variable(7.0, name="other")
tfe.Saver({"slope": other}).restore(best_path)
print(abs(other.numpy() - slope.numpy()))

# A model whose variables start from the file.
with tfe.restore_variables_on_create(best_path, map_func=lambda name: name.replace("new_", "")):
    copy = [tfe.Variable(0.0, name="new_slope"), tf.get_variable("offset", shape=[])]
print(["%.3f" % abs(a.numpy() - b.numpy()) for a, b in zip(copy, [slope, offset])])
try:
    with tfe.restore_variables_on_create(best_path):
        tfe.Variable(0.0, name="bias")
except tf.errors.NotFoundError as error:
    print("bias" in str(error))
