"""Newton's method; the second derivative is the derivative of the first."""
from __future__ import division, print_function

import tensorflow as tf
from tensorflow.contrib.eager.python import tfe


def derivative(f):
    return lambda x: tfe.gradients_function(f)(x)[0]


def newton_root(f, x, steps=8):
    slope = derivative(f)
    for _ in range(steps):
        x = x - f(x) / slope(x)
    return x


def newton_minimum(f, x, steps=8):
    return newton_root(derivative(f), x, steps)


def quartic(x):
    return x ** 4 - 3.0 * x ** 2 + x


def main(argv):
    print("arguments:", argv[1:])
    two = tf.constant(2.0, dtype=tf.float64)
    print("square root of two:", newton_root(lambda x: x * x - two, two).numpy())
    print("minimum of the quartic:", newton_minimum(quartic, two).numpy())
    print("cosine's extremum:",
          newton_minimum(lambda x: tf.cos(x), tf.constant(2.5, tf.float64)).numpy())

    f = lambda x: tf.sin(x)
    for order in range(5):
        print("derivative %d of the sine at 1: %.9f" % (order, f(tf.constant(1.0, tf.float64))))
        f = derivative(f)


if __name__ == "__main__":
    tfe.run(main=main, argv=["newton.py", "--verbose", "quartic"])
