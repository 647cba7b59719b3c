"""Variables, and where they are kept."""

from __future__ import annotations

import tensorflow as tf


def get_optimizer_variables(optimizer: tf.compat.v1.train.Optimizer) -> list[tf.Variable]:
    """The variables that an optimizer has created.

    >>> optimizer = tf.compat.v1.train.MomentumOptimizer(0.1, momentum=0.9)
    >>> optimizer.apply_gradients([(tf.constant(2.0), tf.Variable(1.0, name="w"))])
    >>> [variable.name for variable in get_optimizer_variables(optimizer)]
    ['w/Momentum:0']

    Args:
        optimizer: A `tf.compat.v1.train.Optimizer`, or a Keras optimizer.
    """
    variables = optimizer.variables
    return list(variables() if callable(variables) else variables)  # Keras 3 has a property
