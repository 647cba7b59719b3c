"""Saves half-way through a training, and goes on from there."""
from __future__ import print_function

import os
import shutil
import tempfile

import numpy as np
import tensorflow
import tensorflow.contrib.eager
import tensorflow as tf

tf.enable_eager_execution()


class Polynomial(tensorflow.contrib.eager.Checkpointable):
    def __init__(self, degree):
        self.coefficients = [
            tensorflow.contrib.eager.Variable(0.0, name="coefficient_%d" % power)
            for power in range(degree + 1)
        ]

    def __call__(self, x):
        return sum(c * x ** power for power, c in enumerate(self.coefficients))


inputs = np.linspace(-1.0, 1.0, 50).astype(np.float32)
targets = np.random.RandomState(3).normal(1.0 - 2.0 * inputs ** 2, 0.02).astype(np.float32)


class Training(object):
    def __init__(self):
        self.model = Polynomial(degree=2)
        self.optimizer = tf.train.MomentumOptimizer(0.1, momentum=0.8)
        self.step = tf.train.get_or_create_global_step()
        self.checkpoint = tensorflow.contrib.eager.Checkpoint(
            model=self.model, optimizer=self.optimizer, step=self.step
        )

    def advance(self, steps):
        gradients = tensorflow.contrib.eager.implicit_gradients(self.loss)
        for _ in range(steps):
            self.optimizer.apply_gradients(gradients(), global_step=self.step)

    def loss(self):
        return tf.reduce_mean(tf.square(self.model(inputs) - targets))

    def report(self, label):
        print("%s: step %d, loss %.6f," % (label, self.step.numpy(), self.loss().numpy()),
              " ".join("%.5f" % c.numpy() for c in self.model.coefficients))


folder = tempfile.mkdtemp()
try:
    training = Training()
    training.advance(20)
    training.report("half-way")
    path = training.checkpoint.save(os.path.join(folder, "ckpt"))
    print("saved", os.path.basename(path))
    print("latest", os.path.basename(tf.train.latest_checkpoint(folder)))
    training.advance(20)
    training.report("at the end")

    resumed = Training()
    resumed.checkpoint.restore(path)
    resumed.report("restored")
    resumed.advance(20)
    resumed.report("resumed")

    for name, shape in tf.train.list_variables(path):
        print(" ", name, shape)
finally:
    shutil.rmtree(folder)
