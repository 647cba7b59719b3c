"""What a call passes."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.cases.examples import scalar, square, x2y
from tfe_compat.conformance.cases.registration import explicit, single

# Keyword arguments


@explicit
def keyword_argument(tfe, differentiate):
    return differentiate(x2y)(scalar(3.0), y=scalar(5.0))


@explicit
def keyword_argument_beside_dy(tfe, differentiate):
    return differentiate(x2y)(scalar(3.0), y=scalar(5.0), dy=scalar(1.0))


@single
def keyword_argument_with_wrong_params(tfe):
    return tfe.make_vjp(x2y, params=["z"])(scalar(3.0), y=scalar(5.0))


@single
def dy_given_too_early_to_make_vjp(tfe):
    return tfe.make_vjp(square)(scalar(3.0), dy=scalar(1.0))


# Arguments


@explicit
def python_float(tfe, differentiate):
    return differentiate(square)(3.0)


@explicit
def python_int(tfe, differentiate):
    return differentiate(square)(3)


@explicit
def large_python_int(tfe, differentiate):
    return differentiate(square, params=[0])(2**31)


@explicit
def python_int_beyond_64_bits(tfe, differentiate):
    return differentiate(square)(2**70)


@explicit
def python_bool(tfe, differentiate):
    return differentiate(lambda x: x)(True)


@explicit
def python_complex(tfe, differentiate):
    return differentiate(square)(1.0 + 2.0j)


@explicit
def python_list(tfe, differentiate):
    return differentiate(square)([1.0, 2.0])


@explicit
def nested_python_list(tfe, differentiate):
    return differentiate(square)([[1.0, 2.0], [3.0, 4.0]])


@explicit
def python_list_of_unequal_lengths(tfe, differentiate):
    return differentiate(square)([[1.0, 2.0], [3.0]])


@explicit
def list_of_tensors(tfe, differentiate):
    return differentiate(square)([scalar(1.0), scalar(2.0)])


@explicit
def empty_python_list(tfe, differentiate):
    return differentiate(square)([])


@explicit
def numpy_array(tfe, differentiate):
    return differentiate(square)(np.array([1.0, 2.0], np.float32))


@explicit
def numpy_array_of_float64(tfe, differentiate):
    return differentiate(square)(np.array([1.0, 2.0]))


@explicit
def numpy_array_of_integers(tfe, differentiate):
    return differentiate(square)(np.array([1, 2]))


@explicit
def numpy_scalar(tfe, differentiate):
    return differentiate(square)(np.float64(3.0))


@explicit
def variable(tfe, differentiate):
    return differentiate(square)(tf.Variable([1.0, 2.0]))


@explicit
def variable_that_is_not_trainable(tfe, differentiate):
    return differentiate(square)(tf.Variable([1.0, 2.0], trainable=False))


@explicit
def indexed_slices_as_argument(tfe, differentiate):
    slices = tf.IndexedSlices(tf.constant([5.0]), tf.constant([1]), tf.constant([2]))
    return differentiate(square)(slices)


@explicit
def string_selected(tfe, differentiate):
    return differentiate(lambda x, mode: [x * x, mode])(scalar(3.0), "mode")


@explicit
def string_not_selected(tfe, differentiate):
    f = lambda x, mode: x * x if mode == "square" else x  # noqa: E731
    return differentiate(f, params=[0])(scalar(3.0), "square")


@explicit
def none_selected(tfe, differentiate):
    return differentiate(lambda x, nothing: x * x)(scalar(3.0), None)


@explicit
def none_not_selected(tfe, differentiate):
    f = lambda x, nothing: x * x if nothing is None else x  # noqa: E731
    return differentiate(f, params=["x"])(scalar(3.0), None)


@explicit
def dict_selected(tfe, differentiate):
    return differentiate(lambda x, options: x * x)(scalar(3.0), {"power": 2})


@explicit
def dict_not_selected(tfe, differentiate):
    f = lambda options, x: x ** options["power"]  # noqa: E731
    return differentiate(f, params=["x"])({"power": 3}, scalar(3.0))


@explicit
def object_not_selected_is_the_same_object(tfe, differentiate):
    token = object()
    return differentiate(lambda x, thing: [x, thing is token], params=[0])(scalar(3.0), token)


@explicit
def selected_arguments_become_tensors(tfe, differentiate):
    seen: list[bool] = []

    def f(x, y, z):
        seen.extend(isinstance(argument, tf.Tensor) for argument in (x, y, z))
        return x * x

    differentiate(f, params=[0, 2])(3.0, 4.0, np.float32(5.0))
    return seen


@explicit
def variables_selected_become_tensors(tfe, differentiate):
    seen: list[bool] = []

    def f(x, y):
        seen.extend(isinstance(argument, tf.Variable) for argument in (x, y))
        return x * y

    differentiate(f, params=[0])(tf.Variable(3.0), tf.Variable(5.0))
    return seen


@explicit
def one_tensor_as_two_arguments(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y)(x, x)


@explicit
def one_tensor_as_three_arguments(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b, c: a * b * b * c * c * c)(x, x, x)


@explicit
def one_tensor_as_two_arguments_one_selected(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[0])(x, x)


@explicit
def one_tensor_as_two_arguments_the_other_selected(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[1])(x, x)


@explicit
def one_tensor_as_two_arguments_by_a_negative_index(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[-1])(x, x)


@explicit
def one_tensor_as_two_arguments_by_negative_indices(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[0, -1])(x, x)


@explicit
def one_tensor_as_two_arguments_by_indices(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[0, 1])(x, x)


@explicit
def one_tensor_as_two_arguments_out_of_order(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[1, 0])(x, x)


@explicit
def one_tensor_as_two_arguments_and_in_a_closure(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b: a * b * b * x)(x, x)


@explicit
def one_tensor_as_two_arguments_out_of_order_and_in_a_closure(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b: a * b * b * x, params=[1, 0])(x, x)


@explicit
def one_tensor_as_selected_and_other_argument(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b, c: a * b * c, params=[2, 1])(x, x, x)


@explicit
def one_tensor_as_two_duplicated_arguments(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[1, 1, 0])(x, x)


@explicit
def one_tensor_in_a_closure(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a: a * x)(x)


@explicit
def one_variable_as_two_arguments(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(x2y)(v, v)


@explicit
def one_variable_as_two_arguments_one_selected(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(x2y, params=[0])(v, v)


@explicit
def one_variable_as_argument_and_in_a_closure(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda a: a * a * v)(v)


@explicit
def one_numpy_array_as_two_arguments(tfe, differentiate):
    array = np.array([1.0, 2.0], np.float32)
    return differentiate(x2y)(array, array)


@explicit
def one_integer_tensor_as_two_arguments(tfe, differentiate):
    x = tf.constant(3)
    return differentiate(lambda a, b: a * b)(x, x)


@explicit
def equal_python_numbers(tfe, differentiate):
    return differentiate(x2y)(3.0, 3.0)


@explicit
def argument_equal_to_a_constant_in_f(tfe, differentiate):
    return differentiate(lambda x: x * 2.0)(2.0)


@explicit
def integer_tensor(tfe, differentiate):
    return differentiate(square)(tf.constant([1, 2]))


@explicit
def integer_returned_as_it_came(tfe, differentiate):
    return differentiate(lambda x: x)(tf.constant(3))


@explicit
def boolean_tensor_chooses(tfe, differentiate):
    f = lambda choice, x: x * x if choice else x  # noqa: E731
    return differentiate(f)(tf.constant(True), scalar(3.0))


@explicit
def integer_and_float(tfe, differentiate):
    f = lambda n, x: x * tf.cast(n, tf.float32)  # noqa: E731
    return differentiate(f)(tf.constant(4), scalar(3.0))


@explicit
def string_tensor(tfe, differentiate):
    return differentiate(lambda s: s)(tf.constant(["a", "b"]))


@explicit
def ragged_tensor_as_argument(tfe, differentiate):
    return differentiate(lambda x: x)(tf.ragged.constant([[1.0], [2.0, 3.0]]))
