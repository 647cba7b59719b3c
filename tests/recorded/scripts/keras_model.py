"""A small classifier made of Keras layers, trained in a loop of its own."""
from __future__ import absolute_import, division, print_function

import numpy as np, tensorflow as tf, tensorflow.contrib.eager as tfe

tf.enable_eager_execution(device_policy=tfe.DEVICE_PLACEMENT_SILENT)

random = np.random.RandomState(11)
points = random.normal(size=[90, 2]).astype(np.float32)
classes = (np.hypot(points[:, 0], points[:, 1]) > 1.1).astype(np.int64)


class Classifier(tf.keras.Model):
    def __init__(self):
        super(Classifier, self).__init__()
        self.hidden = tf.keras.layers.Dense(8, activation=tf.nn.tanh)
        self.out = tf.keras.layers.Dense(2)

    def call(self, inputs):
        return self.out(self.hidden(inputs))


model = Classifier()
model(points[:1])
for variable in model.trainable_variables:  # Keras draws them at random
    variable.assign(random.normal(scale=0.5, size=variable.shape.as_list()
                                  if hasattr(variable.shape, "as_list") else variable.shape))


def loss(x, y):
    return tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x))
    )


def accuracy():
    return np.mean(np.argmax(model(points).numpy(), axis=1) == classes)


optimizer = tf.train.AdamOptimizer(0.05)
gradients = tfe.implicit_gradients(loss)
dataset = tf.data.Dataset.from_tensor_slices((points, classes)).batch(30)

print("before: loss %.5f accuracy %.4f" % (loss(points, classes), accuracy()))
for epoch in range(12):
    for x, y in tfe.Iterator(dataset):
        optimizer.apply_gradients(gradients(x, y))
print("after: loss %.4f accuracy %.4f" % (loss(points, classes), accuracy()))

with tfe.GradientTape() as tape:
    value = loss(points, classes)
kernel = model.hidden.trainable_weights[0]
print("by the tape: %.4f" % tf.norm(tape.gradient(value, [kernel])[0]).numpy())
