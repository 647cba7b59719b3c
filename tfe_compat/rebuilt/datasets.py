"""Iteration over datasets."""

from __future__ import annotations

import tensorflow as tf


def Iterator(dataset: tf.data.Dataset) -> tf.data.Iterator:
    """Returns an iterator over the elements of a dataset, also by `.next()` and `.get_next()`.

    >>> iterator = Iterator(tf.data.Dataset.range(4))
    >>> print(iterator.next().numpy(), iterator.get_next().numpy())
    0 1
    >>> print([element.numpy().item() for element in iterator])
    [2, 3]

    Args:
        dataset: A `tf.data.Dataset`.

    Raises:
        TypeError: `dataset` is something else.
        RuntimeError: Eager execution is off.
    """
    if not isinstance(dataset, tf.data.Dataset):
        raise TypeError(
            f"dataset must be a tf.data.Dataset; got {type(dataset).__name__}. "
            "tf.data.Dataset.from_tensor_slices makes one of arrays and lists."
        )
    return iter(dataset)
