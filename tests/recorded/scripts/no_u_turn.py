"""A no-U-turn sampler: it doubles its path, in random directions, until the ends approach."""
from __future__ import division, print_function

import collections

import numpy as np
import tensorflow as tf
from tensorflow.contrib.eager.python.tfe import value_and_gradients_function as val_and_grad, \
    in_eager_mode

tf.enable_eager_execution()

State = collections.namedtuple("State", "position momentum")
Path = collections.namedtuple("Path", "left right sample weight valid")


def log_density(x):
    """A banana: a normal distribution, bent."""
    return -0.5 * (tf.square(x[0]) / 2.0 + tf.square(x[1] + 0.5 * tf.square(x[0]) - 1.0))


value_and_gradients = val_and_grad(log_density, params=[0])


def step(state, size):
    _, [slope] = value_and_gradients(state.position)
    momentum = state.momentum + 0.5 * size * slope
    position = state.position + size * momentum
    _, [slope] = value_and_gradients(position)
    return State(position, momentum + 0.5 * size * slope)


def joint(state):
    return (log_density(state.position) - 0.5 * tf.reduce_sum(tf.square(state.momentum))).numpy()


def turns(left, right):
    span = right.position - left.position
    return (tf.reduce_sum(span * left.momentum).numpy() < 0
            or tf.reduce_sum(span * right.momentum).numpy() < 0)


def build(state, log_slice, direction, depth, size, random):
    if depth == 0:
        new = step(state, direction * size)
        level = joint(new)
        return Path(new, new, new.position, int(log_slice <= level), log_slice < level + 1000.0)
    first = build(state, log_slice, direction, depth - 1, size, random)
    if not first.valid:
        return first
    start = first.left if direction < 0 else first.right
    second = build(start, log_slice, direction, depth - 1, size, random)
    left = second.left if direction < 0 else first.left
    right = first.right if direction < 0 else second.right
    weight = first.weight + second.weight
    takes_second = random.uniform() * max(weight, 1) < second.weight
    return Path(left, right, second.sample if takes_second else first.sample, weight,
                second.valid and not turns(left, right))


def no_u_turn(position, size, random):
    start = State(position, tf.constant(random.normal(size=2)))
    log_slice = joint(start) + np.log(random.uniform())
    left = right = start
    weight, depth = 1, 0
    while depth < 6:
        direction = random.choice([-1.0, 1.0])
        path = build(left if direction < 0 else right, log_slice, direction, depth, size, random)
        left = path.left if direction < 0 else left
        right = right if direction < 0 else path.right
        if path.valid and random.uniform() * weight < path.weight:
            position = path.sample
        weight += path.weight
        depth += 1
        if not path.valid or turns(left, right):
            break
    return position, depth


random = np.random.RandomState(7)
position = tf.constant([0.5, -1.0], dtype=tf.float64)
for number in range(12):
    position, depth = no_u_turn(position, 0.35, random)
    print("%2d: depth %d, sample" % (number, depth), position.numpy())
print("eager:", in_eager_mode())
