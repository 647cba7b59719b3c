"""Classifies points by softmax regression, with metrics in the training loop and the evaluation."""
from __future__ import absolute_import, division, print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
import tensorflow.contrib.eager as tfe
from tensorflow.contrib.eager import metrics as eager_metrics

tf.enable_eager_execution()

random = np.random.RandomState(3)
points = random.normal(size=[240, 2]).astype(np.float32)
classes = (points[:, 0] > 0).astype(np.int64) + (points[:, 1] > 0.5).astype(np.int64)
train_data = tf.data.Dataset.from_tensor_slices((points[:200], classes[:200])).batch(50)
test_data = tf.data.Dataset.from_tensor_slices((points[200:], classes[200:])).batch(20)


class LargestLoss(tfe.metrics.Metric):
    def build(self, loss):
        self.largest = self.add_variable(
            name="largest", shape=(), dtype=loss.dtype, initializer=tf.zeros_initializer())

    def call(self, loss):
        self.largest.assign(tf.maximum(self.largest, loss))

    def result(self):
        return self.largest.read_value()


class RootMean(eager_metrics.Mean):
    """As people derived from the metrics: another result of the same state."""

    def result(self, write_summary=True):
        return tf.sqrt(super(RootMean, self).result(write_summary=write_summary))


weights = tfe.Variable(tf.zeros([2, 3]), name="weights")
bias = tfe.Variable(tf.zeros([3]), name="bias")
optimizer = tf.train.GradientDescentOptimizer(0.5)


def loss_of(x, y):
    logits = tf.matmul(x, weights) + bias
    return tf.losses.sparse_softmax_cross_entropy(labels=y, logits=logits)


gradients = tfe.implicit_value_and_gradients(loss_of)

mean_loss = tfe.metrics.Mean("training loss")
for epoch in range(5):
    mean_loss.init_variables()
    accuracy = tfe.metrics.Accuracy("training accuracy")
    largest = LargestLoss()
    for x, y in train_data:
        loss, gradients_and_variables = gradients(x, y)
        optimizer.apply_gradients(gradients_and_variables)
        mean_loss(loss)
        largest(loss)
        accuracy(tf.argmax(tf.matmul(x, weights) + bias, axis=1), y)
    print("epoch %d: loss %.4f (at most %.4f), accuracy %.3f" % (
        epoch, mean_loss.result(), largest.result(), accuracy.result().numpy()))


def evaluate():
    evaluation = {
        "sparse": tfe.metrics.SparseAccuracy(),
        "categorical": tfe.metrics.CategoricalAccuracy(dtype=tf.float32),
        "binary": tfe.metrics.BinaryAccuracy(threshold=0.5, name="is class 1"),
        "error": RootMean("root mean squared error"),
    }
    for x, y in test_data:
        probabilities = tf.nn.softmax(tf.matmul(x, weights) + bias)
        one_hot = tf.one_hot(y, 3)
        evaluation["sparse"](y, probabilities)
        evaluation["categorical"](one_hot, probabilities, weights=1.0 + tf.cast(y, tf.float32))
        evaluation["binary"](one_hot[:, 1], probabilities[:, 1])
        evaluation["error"]((one_hot - probabilities) ** 2)
    return evaluation


evaluation = evaluate()
for key in sorted(evaluation):
    metric = evaluation[key]
    print(key, "%.4f" % metric.result().numpy(), metric.name, [v.name for v in metric.variables])

# The state of a metric is checkpointed with the rest.
prefix = os.path.join(tempfile.mkdtemp(), "ckpt")
path = tfe.Checkpoint(error=evaluation["error"], weights=weights).save(prefix)
restored = RootMean()
tfe.Checkpoint(error=restored).restore(path)
restored(np.zeros([40, 3], np.float32))
print("restored: %.4f" % restored.result().numpy())

total = tfe.metrics.Mean("total")
parts = [tfe.metrics.Mean("total") for _ in range(2)]
for metric, values in zip([total] + parts, [[1.0], [2.0, 3.0], [6]]):
    metric(values)
total.aggregate(parts)
print("aggregated:", total.value()().numpy())

# The same metrics in a graph.
with tf.Graph().as_default(), tf.Session() as session:
    values = tf.placeholder(tf.float32, [None])
    mean = tfe.metrics.Mean()
    update, initialize, result = mean(values), mean.init_variables(), mean.result()
    session.run(initialize)
    for batch in ([1.0, 2.0, 3.0], [10.0]):
        session.run(update, feed_dict={values: batch})
    print("graph:", session.run(result), [v.name for v in tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)])
