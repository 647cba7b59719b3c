"""A generator of points on a ring, taught by a discriminator: Networks of tf.layers."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib.eager.python import tfe

tfe.enable_eager_execution()

NOISE = 6
tf.set_random_seed(99)


class Generator(tfe.Network):
    def __init__(self):
        super(Generator, self).__init__(name="generator")
        self.fc1 = self.track_layer(tf.layers.Dense(24, activation=tf.nn.elu))
        self.norm = self.track_layer(tf.layers.BatchNormalization())
        self.fc2 = self.track_layer(tf.layers.Dense(
            2, kernel_initializer=tf.variance_scaling_initializer(scale=2.0)))

    def call(self, z, is_training=False):
        return self.fc2(self.norm(self.fc1(z), training=is_training))


class Discriminator(tfe.Network):
    def __init__(self):
        super(Discriminator, self).__init__(name="discriminator")
        self.fc1 = self.track_layer(tf.layers.Dense(
            24, kernel_initializer=tf.truncated_normal_initializer(stddev=0.3)))
        self.dropout = self.track_layer(tf.layers.Dropout(0.25))
        self.fc2 = self.track_layer(tf.layers.Dense(1))

    def call(self, x, is_training=False):
        x = self.dropout(tf.nn.leaky_relu(self.fc1(x)), training=is_training)
        return self.fc2(x)


def ring(count):
    angle = tf.random_uniform([count, 1], 0.0, 2.0 * np.pi)
    radius = 1.0 + tf.truncated_normal([count, 1], stddev=0.05)
    return tf.concat([radius * tf.cos(angle), radius * tf.sin(angle)], axis=1)


def cross_entropy(logits, label):
    return tf.losses.sigmoid_cross_entropy(label * tf.ones_like(logits), logits)


points = tf.data.Dataset.from_tensor_slices(ring(480)).shuffle(480).batch(16)
generator, discriminator = Generator(), Discriminator()
generator_optimizer = tf.train.AdamOptimizer(0.002, beta1=0.5)
discriminator_optimizer = tf.train.AdamOptimizer(0.002, beta1=0.5)

for step, real in enumerate(tfe.Iterator(points)):
    noise = tf.random_normal([real.shape[0].value, NOISE])
    with tf.GradientTape(persistent=True) as tape:
        fake = generator(noise, is_training=True)
        judged_real = discriminator(real, is_training=True)
        judged_fake = discriminator(fake, is_training=True)
        d_loss = cross_entropy(judged_real, 0.9) + cross_entropy(judged_fake, 0.0)
        g_loss = cross_entropy(judged_fake, 1.0)
    for network, optimizer, loss in ((generator, generator_optimizer, g_loss),
                                     (discriminator, discriminator_optimizer, d_loss)):
        variables = network.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    print("step %d: discriminator %.5f generator %.5f" % (step, d_loss.numpy(), g_loss.numpy()))

for network in (generator, discriminator):
    for variable in network.variables:
        value = variable.numpy()
        print(variable.name, "%.5f" % np.abs(value).mean(), np.round(value.ravel()[:2].astype(float), 5).tolist())
print(np.round(generator(tf.random_normal([3, NOISE])).numpy().astype(float), 5).tolist())
