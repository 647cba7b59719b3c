"""Large inputs, inputs of unusual classes, and inputs that have no end or are nested too deeply."""

from __future__ import annotations

import collections.abc
import itertools
from typing import Any

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.cases.examples import scalar, square
from tfe_compat.conformance.cases.registration import explicit, single


def summed(x: Any) -> Any:
    return tf.reduce_sum(x * x)


def with_new_axis(dtype: Any = np.float32) -> Any:
    """An image as a batch of one; its first axis has stride 0."""
    return np.ones([1, 2000, 2000, 3], dtype)[0][None]


@single
def image_with_a_new_axis(tfe):
    value, [gradient] = tfe.value_and_gradients_function(summed)(with_new_axis())
    return value, tf.shape(gradient), tf.reduce_max(gradient)


@single
def image_with_a_new_axis_as_dy(tfe):
    x = tf.ones([1, 2000, 2000, 3])
    [gradient] = tfe.gradients_function(square)(x, dy=with_new_axis())
    return tf.shape(gradient), tf.reduce_max(gradient)


@single
def image_with_a_new_axis_returned(tfe):
    value, [gradient] = tfe.value_and_gradients_function(lambda x: with_new_axis())(3.0)
    return tf.shape(value), tf.reduce_max(value), gradient


@single
def broadcast_array(tfe):
    row = np.arange(4000, dtype=np.float32) % 2
    value, [gradient] = tfe.value_and_gradients_function(summed)(np.broadcast_to(row, (4000, 4000)))
    return value, tf.shape(gradient), tf.reduce_max(gradient)


@single
def transposed_slice_of_an_array(tfe):
    array = np.arange(24, dtype=np.float32).reshape([2, 3, 4])[:, ::-1, ::2].T
    return tfe.value_and_gradients_function(square)(array)


@single
def one_array_twice_in_a_list(tfe):
    half = np.ones(6_000_000, np.float32)
    _, [gradient] = tfe.value_and_gradients_function(square)([half, half])
    return tf.shape(gradient), tf.reduce_max(gradient)


@single
def one_list_many_times_in_a_list(tfe):
    row = [1.0, 2.0]
    _, [gradient] = tfe.value_and_gradients_function(square)([row] * 1000)
    return tf.shape(gradient), tf.reduce_sum(gradient)


@single
def twenty_thousand_leaves_returned(tfe):
    value, gradients = tfe.value_and_gradients_function(lambda x: [x * 1.0] * 20_000)(3.0)
    return len(value), value[-1], gradients


@single
def range_as_an_argument(tfe):
    return tfe.value_and_gradients_function(square)(range(5))


@explicit
def deque_as_an_argument(tfe, differentiate):
    return differentiate(square)(collections.deque([1.0, 2.0]))


@single
def list_of_a_tensor_and_a_matrix(tfe):
    return tfe.gradients_function(square)([tf.ones([1, 1]), np.matrix([[2.0]], np.float32)])


def nested(depth: int, leaf: Any = 1.0) -> Any:
    for _ in range(depth):
        leaf = [leaf]
    return leaf


class GoesOn(collections.abc.Sequence):
    """A sequence that goes on after its length."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Any) -> Any:
        return 1.0


class GoesOnLikeADataset:
    """Like a data set that takes its index modulo its length."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Any) -> Any:
        return 1.0


def raised_by(call: Any) -> Any:
    """Only the name of the exception, because the message is Python's."""
    try:
        return call()
    except RecursionError as error:
        return type(error).__name__


def containing_itself() -> Any:
    made: Any = [scalar(1.0)]
    made.append(made)
    return made


@single
def list_that_contains_itself(tfe):
    return raised_by(lambda: tfe.gradients_function(square)(containing_itself()))


@single
def list_that_contains_itself_returned(tfe):
    return raised_by(lambda: tfe.gradients_function(lambda x: containing_itself())(3.0))


@single
def list_that_contains_itself_as_dy(tfe):
    return raised_by(lambda: tfe.gradients_function(square)(3.0, dy=containing_itself()))


@single
def list_nested_as_deep_as_a_tensor(tfe):
    return tfe.gradients_function(lambda x: scalar(3.0))(nested(254))


@single
def list_nested_deeper_than_a_tensor(tfe):
    return tfe.gradients_function(lambda x: x)(nested(255))


@single
def list_nested_deeper_than_the_stack(tfe):
    return tfe.gradients_function(lambda x: x)(nested(10000))


@single
def argument_without_end(tfe):
    return tfe.gradients_function(lambda x: x)(GoesOn())


@single
def data_set_without_end(tfe):
    return tfe.gradients_function(lambda x: x)(GoesOnLikeADataset())


@single
def row_without_end(tfe):
    return tfe.gradients_function(lambda x: x)([[1.0], GoesOn()])


@single
def value_without_end(tfe):
    return tfe.gradients_function(lambda x: GoesOn())(3.0)


@single
def dy_without_end(tfe):
    return tfe.gradients_function(square)(3.0, dy=GoesOn())


@single
def params_without_end(tfe):
    return tfe.gradients_function(square, params=itertools.count())(3.0)


@single
def iterator_as_an_argument(tfe):
    return tfe.gradients_function(square)(itertools.count())


@single
def list_of_time_differences(tfe):
    return tfe.gradients_function(lambda x: x)([np.timedelta64(1, "s")])


@single
def list_of_an_integer_and_a_time_difference(tfe):
    return tfe.gradients_function(lambda x: x)([1, np.timedelta64(1, "s")])


@single
def list_of_an_array_of_time_differences(tfe):
    return tfe.gradients_function(lambda x: x)([np.ones(2, "m8[s]")])


@single
def list_of_a_matrix(tfe):
    return tfe.gradients_function(square)([np.matrix([[1.0, 2.0]])])


# What TensorFlow does not convert to a single tensor


def ragged() -> Any:
    return tf.RaggedTensor.from_row_splits(tf.constant([1.0, 2.0, 3.0]), [0, 1, 3])


def sparse() -> Any:
    return tf.SparseTensor([[0, 1]], [1.0], [2, 2])


@explicit
def sparse_tensor_as_an_argument(tfe, differentiate):
    return differentiate(lambda x: x)(sparse())


@explicit
def sparse_tensor_returned_beside_a_tensor(tfe, differentiate):
    return differentiate(lambda x: [x * x, sparse()])(3.0)


@explicit
def linear_operator_returned(tfe, differentiate):
    return differentiate(lambda x: tf.linalg.LinearOperatorFullMatrix([[x]]))(3.0)


@single
def ragged_tensor_whose_parts_are_passed(tfe):
    def f(values):
        rows = tf.RaggedTensor.from_row_splits(values, [0, 1, 3])
        return tf.reduce_sum(rows.to_tensor() ** 2)

    value, [gradient] = tfe.value_and_gradients_function(f)(ragged().values)
    return value, tf.convert_to_tensor(gradient)
