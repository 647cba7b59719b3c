"""Hamiltonian Monte Carlo on a correlated normal distribution."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import eager as tfe

tf.enable_eager_execution()

PRECISION = np.linalg.inv(np.array([[1.0, 0.6], [0.6, 2.0]]))


def potential(position):
    return 0.5 * tf.reduce_sum(position * tf.tensordot(PRECISION, position, axes=1))


force = tfe.gradients_function(potential)


def leapfrog(position, momentum, step_size, steps):
    momentum = momentum - 0.5 * step_size * force(position)[0]
    for step in range(steps):
        position = position + step_size * momentum
        if step < steps - 1:
            momentum = momentum - step_size * force(position)[0]
    momentum = momentum - 0.5 * step_size * force(position)[0]
    return position, momentum


def energy(position, momentum):
    return potential(position) + 0.5 * tf.reduce_sum(tf.square(momentum))


random = np.random.RandomState(42)
position = tf.constant([3.0, -3.0], dtype=tf.float64)

there, momentum = leapfrog(position, tf.constant([0.3, -0.7], tf.float64), 0.1, 25)
back, _ = leapfrog(there, -momentum, 0.1, 25)
print("there", there.numpy(), "and back", back.numpy())

samples, accepted = [], 0
for _ in range(40):
    momentum = tf.constant(random.normal(size=2))
    proposal, end_momentum = leapfrog(position, momentum, step_size=0.3, steps=6)
    log_ratio = energy(position, momentum) - energy(proposal, end_momentum)
    if np.log(random.uniform()) < log_ratio.numpy():
        position = proposal
        accepted += 1
    samples.append(position.numpy())

print("accepted", accepted)
print("last sample", samples[-1])
print("mean", np.mean(samples, axis=0))
print("covariance", np.cov(np.transpose(samples)))
