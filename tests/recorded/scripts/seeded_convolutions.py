"""Tells squares from crosses and bars, with a convolutional network in Keras."""
from __future__ import absolute_import, division, print_function

import numpy as np
import tensorflow as tf

tfe = tf.contrib.eager
tf.enable_eager_execution()
tf.set_random_seed(42)
np.random.seed(42)

BATCH_SIZE = 16


def draw(kind):
    image = np.random.normal(scale=0.3, size=[12, 12, 1])
    x, y = np.random.randint(1, 6, size=2)
    if kind == 0:
        image[y:y + 5, [x, x + 4]] += 1.0
        image[[y, y + 4], x:x + 5] += 1.0
    elif kind == 1:
        image[y + 2, x:x + 5] += 1.0
        image[y:y + 5, x + 2] += 1.0
    else:
        image[y:y + 5, x] += 1.0
    return image.astype(np.float32)


labels = np.random.randint(3, size=400)
images = np.stack([draw(kind) for kind in labels])


class Net(tf.keras.Model):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = tf.keras.layers.Conv2D(8, 3, padding="same", activation=tf.nn.relu)
        self.norm = tf.keras.layers.BatchNormalization()
        self.pool = tf.keras.layers.MaxPooling2D()
        self.conv2 = tf.keras.layers.SeparableConv2D(
            16, 3, kernel_initializer="he_normal", activation=tf.nn.relu)
        self.flatten = tf.keras.layers.Flatten()
        self.dropout = tf.keras.layers.Dropout(0.4)
        self.dense = tf.keras.layers.Dense(3)

    def call(self, inputs, training=False):
        x = self.pool(self.norm(self.conv1(inputs), training=training))
        x = self.flatten(self.conv2(x))
        return self.dense(self.dropout(x, training=training))


def augment(image, label):
    return tf.image.random_brightness(image, 0.2, seed=5), label


dataset = tf.data.Dataset.from_tensor_slices((images, labels))
dataset = dataset.map(augment).shuffle(400, reshuffle_each_iteration=False).batch(BATCH_SIZE)
model = Net()
optimizer = tf.train.AdamOptimizer(0.003)
step = tf.train.get_or_create_global_step()

for epoch in range(2):
    accuracy = tfe.metrics.Accuracy()
    for x, y in dataset:
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = tf.losses.sparse_softmax_cross_entropy(labels=y, logits=logits)
        gradients = tape.gradient(loss, model.variables)
        optimizer.apply_gradients(
            [(g, v) for g, v in zip(gradients, model.variables) if g is not None],
            global_step=step)
        accuracy(tf.argmax(logits, axis=1), y)
        print("step %d loss %.5f" % (step.numpy(), loss.numpy()))
    print("epoch %d accuracy %.4f" % (epoch, accuracy.result().numpy()))

for variable in model.variables:
    value = variable.numpy()
    print(value.shape, "%.5f" % np.abs(value).mean(), np.round(value.ravel()[:3].astype(float), 5).tolist())
