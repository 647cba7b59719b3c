"""A tree of files as they were written for TensorFlow 1, for the upgrade tools."""

from __future__ import annotations

import pathlib

_MODEL = '''\
"""Layer sizes and the loss of experiment {number}."""

import tensorflow as tf

tfe = tf.contrib.eager
HIDDEN = {hidden}


class Model(tfe.Network):
    def __init__(self):
        super(Model, self).__init__()
        self.hidden = self.track_layer(tf.layers.Dense(HIDDEN, activation=tf.nn.relu))
        self.output = self.track_layer(tf.layers.Dense(10))

    def call(self, images, training=False):
        images = tf.reshape(images, [-1, 784])
        hidden = self.hidden(images)
        if training:
            hidden = tf.nn.dropout(hidden, keep_prob=0.5)
        return self.output(hidden)


def loss(model, images, labels):
    logits = model(images, training=True)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_mean(losses, reduction_indices=0)


def norm(tensors):
    return tf.sqrt(tf.add_n([tf.reduce_sum(tf.square(t), keep_dims=True) for t in tensors]))
'''

_TRAINING = '''\
"""Trains the model of experiment {number}."""

import argparse

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe

from model_{number} import Model, loss


def train(model, optimizer, dataset, summary_every):
    mean_loss = tfe.metrics.Mean("loss")
    gradients_of = tfe.implicit_value_and_gradients(loss)
    for step, (images, labels) in enumerate(tfe.Iterator(dataset)):
        value, gradients = gradients_of(model, images, labels)
        optimizer.apply_gradients(gradients, global_step=tf.train.get_or_create_global_step())
        mean_loss(value)
        if step % summary_every == 0:
            tf.logging.info("step %d: loss %.3f", step, mean_loss.result().numpy())
            tf.contrib.summary.scalar("loss", mean_loss.result())
    return mean_loss.result()


def curvature(f, x):
    return tfe.gradients_function(tfe.gradients_function(f, params=[0]))(x)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=0.0{rate})
    options = parser.parse_args()
    tf.enable_eager_execution()
    tf.set_random_seed({number})
    images = np.random.rand(1000, 784).astype(np.float32)
    labels = np.random.randint(10, size=1000)
    dataset = tf.data.Dataset.from_tensor_slices((images, labels)).batch(32)
    model = Model()
    optimizer = tf.train.MomentumOptimizer(options.rate, momentum=0.9)
    train(model, optimizer, dataset, summary_every=10)
    saver = tfe.Saver(model.variables)
    saver.save("/tmp/model", global_step=tf.train.get_global_step())


if __name__ == "__main__":
    main()
'''


def write_tree(folder: pathlib.Path, experiments: int = 20) -> None:
    """Writes two files for each experiment into a new folder."""
    folder.mkdir()
    for number in range(experiments):
        for name, text in (("model", _MODEL), ("train", _TRAINING)):
            code = text.format(number=number, hidden=32 + number, rate=number + 1)
            (folder / f"{name}_{number}.py").write_text(code, encoding="utf-8")
