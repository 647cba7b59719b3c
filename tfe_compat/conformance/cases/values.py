"""What `f` returns, and what the caller receives."""

from __future__ import annotations

import collections
import functools

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.cases.examples import Pair, pair_of_tensors, scalar
from tfe_compat.conformance.cases.registration import explicit, single


@explicit
def tuple_returned(tfe, differentiate):
    return differentiate(lambda x, y: (x * y, x + y))(*pair_of_tensors())


@explicit
def list_returned(tfe, differentiate):
    return differentiate(lambda x, y: [x * y, x + y])(*pair_of_tensors())


@explicit
def dict_returned(tfe, differentiate):
    return differentiate(lambda x, y: {"b": x * y, "a": x + y})(*pair_of_tensors())


@explicit
def ordered_dict_returned(tfe, differentiate):
    f = lambda x, y: collections.OrderedDict([("b", x * y), ("a", x + y)])  # noqa: E731
    return differentiate(f)(*pair_of_tensors())


@explicit
def namedtuple_returned(tfe, differentiate):
    return differentiate(lambda x, y: Pair(x * y, [x + y]))(*pair_of_tensors())


@explicit
def nested_structure_returned(tfe, differentiate):
    f = lambda x, y: {"b": [x * y, (x, y)], "a": ({"c": x + y},)}  # noqa: E731
    return differentiate(f)(*pair_of_tensors())


@explicit
def dict_with_keys_that_do_not_sort(tfe, differentiate):
    return differentiate(lambda x: {"b": x, 1: x})(scalar(3.0))


@explicit
def empty_list_returned(tfe, differentiate):
    return differentiate(lambda x: [])(scalar(3.0))


@explicit
def empty_dict_returned(tfe, differentiate):
    return differentiate(lambda x: {})(scalar(3.0))


@explicit
def python_number_returned(tfe, differentiate):
    return differentiate(lambda x: 2.0)(scalar(3.0))


@explicit
def python_leaves_returned(tfe, differentiate):
    return differentiate(lambda x: [x * x, 2.0, 3, True, "text", b"bytes"])(scalar(3.0))


@explicit
def numpy_leaves_returned(tfe, differentiate):
    f = lambda x: [x * x, np.float64(2.0), np.array([1, 2]), np.ones([2], np.float32)]  # noqa: E731
    return differentiate(f)(scalar(3.0))


@explicit
def variable_returned(tfe, differentiate):
    v = tf.Variable([1.0, 2.0])
    return differentiate(lambda x: [x * x, v])(scalar(3.0))


@explicit
def indexed_slices_returned(tfe, differentiate):
    f = lambda x: tf.IndexedSlices(x * tf.constant([5.0]), tf.constant([1]), tf.constant([2]))  # noqa: E731
    return differentiate(f)(scalar(2.0))


@explicit
def indexed_slices_without_a_shape_returned(tfe, differentiate):
    f = lambda x: tf.IndexedSlices(x * tf.constant([5.0]), tf.constant([1]))  # noqa: E731
    return differentiate(f)(scalar(2.0))


@explicit
def ragged_tensor_returned(tfe, differentiate):
    return differentiate(lambda x: tf.ragged.constant([[1.0], [2.0, 3.0]]))(scalar(2.0))


@explicit
def none_leaf_returned(tfe, differentiate):
    return differentiate(lambda x: [x, None])(scalar(3.0))


@explicit
def set_returned(tfe, differentiate):
    return differentiate(lambda x: {1})(scalar(3.0))


@explicit
def none_returned(tfe, differentiate):
    def forgetful(x):
        x * x

    return differentiate(forgetful)(scalar(3.0))


@explicit
def none_returned_by_a_lambda(tfe, differentiate):
    return differentiate(lambda x: None)(scalar(3.0))


@explicit
def none_returned_by_a_partial(tfe, differentiate):
    def forgetful(x, y):
        x * y

    return differentiate(functools.partial(forgetful, 2.0))(scalar(3.0))


@explicit
def none_returned_by_a_callable_object(tfe, differentiate):
    class Forgetful:
        def __call__(self, *args):
            pass

    return differentiate(Forgetful(), params=[0])(scalar(3.0))


@explicit
def argument_returned(tfe, differentiate):
    return differentiate(lambda x: x)(scalar(3.0))


@explicit
def argument_returned_twice(tfe, differentiate):
    return differentiate(lambda x: [x, x])(scalar(3.0))


@explicit
def arguments_returned_with_dy(tfe, differentiate):
    g = differentiate(lambda x, y: [y, x, y])
    return g(*pair_of_tensors(), dy=[scalar(2.0), scalar(3.0), scalar(7.0)])


@explicit
def one_result_returned_twice(tfe, differentiate):
    def f(x):
        y = x * x
        return y, y

    return differentiate(f)(scalar(3.0))


@explicit
def one_result_returned_twice_with_dy(tfe, differentiate):
    def f(x):
        y = x * x
        return y, y

    return differentiate(f)(scalar(3.0), dy=(scalar(2.0), scalar(5.0)))


@explicit
def result_and_what_depends_on_it_returned(tfe, differentiate):
    def f(x):
        y = x * x
        return y, y * y

    return differentiate(f)(scalar(3.0))


@single
def value_is_not_the_argument(tfe):
    x = scalar(3.0)
    value, _ = tfe.value_and_gradients_function(lambda x: x)(x)
    return value is x


@explicit
def value_of_a_constant(tfe, differentiate):
    c = scalar(7.0)
    return differentiate(lambda x: c)(scalar(3.0))


@explicit
def large_output_is_summed(tfe, differentiate):
    return differentiate(lambda x: x * tf.ones([2, 3]))(scalar(3.0))
