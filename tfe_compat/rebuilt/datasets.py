"""Iteration over datasets."""

from __future__ import annotations

from typing import Any

import tensorflow as tf


class Iterator(tf.data.IteratorSpec(tf.TensorSpec(None)).value_type):  # type: ignore[misc]
    """An iterator over a dataset that also has the methods `next` and `get_next`.

    >>> iterator = Iterator(tf.data.Dataset.range(4))
    >>> print(iterator.next().numpy(), iterator.get_next().numpy())
    0 1
    >>> print([element.numpy().item() for element in iterator])
    [2, 3]

    A checkpoint saves its position in the dataset.

    Args:
        dataset: A `tf.data.Dataset`.

    Raises:
        TypeError: `dataset` is not a `tf.data.Dataset`.
    """

    # The base is the class of iter(dataset). Calling iter here would initialize TensorFlow.

    def __init__(self, dataset: tf.data.Dataset) -> None:
        if not isinstance(dataset, tf.data.Dataset):
            raise TypeError(
                "dataset must be a tf.data.Dataset: tf.data.Dataset.from_tensor_slices makes one "
                f"from arrays and lists; got {type(dataset).__name__}"
            )
        super().__init__(dataset)

    def __next__(self) -> Any:
        return self.next()  # which a subclass may override alone

    def next(self) -> Any:
        """Returns the next element: a tensor, or a structure of tensors, as in the dataset.

        Raises:
            StopIteration: There are no more elements.
        """
        return super().__next__()

    def get_next(self, name: str | None = None) -> Any:
        """Returns the next element, as `next` does.

        Args:
            name: Has no effect, as in TF 1.15.5.

        Raises:
            tf.errors.OutOfRangeError: There are no more elements.
        """
        return super().get_next()
