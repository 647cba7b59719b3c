"""The cotangent, `dy`."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.cases.examples import pair_of_tensors, scalar, square, two_outputs
from tfe_compat.conformance.cases.registration import explicit


@explicit
def dy_of_a_scalar(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=scalar(10.0))


@explicit
def dy_as_python_float(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=10.0)


@explicit
def dy_as_python_int(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=10)


@explicit
def dy_as_python_bool(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=True)


@explicit
def dy_is_none(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=None)


@explicit
def dy_of_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=scalar(0.1, tf.float64))


@explicit
def dy_as_python_float_for_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=0.1)


@explicit
def dy_of_float32(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=scalar(0.1))


@explicit
def dy_as_float64_array_for_float32(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=np.array(0.1))


@explicit
def dy_as_float32_array_for_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=np.array(10.0, np.float32))


@explicit
def dy_of_ten_in_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=scalar(10.0, tf.float64))


@explicit
def dy_as_integer_array(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=np.array([10, 20]))


@explicit
def dy_as_object_array(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=np.array([1.0, None]))


@explicit
def dy_as_float_array(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=np.array([10.0, 20.0], np.float32))


@explicit
def dy_as_python_complex(tfe, differentiate):
    return differentiate(square)(tf.constant(1.0 + 2.0j, tf.complex64), dy=0.5j)


@explicit
def dy_of_complex(tfe, differentiate):
    x = tf.constant(1.0 + 2.0j, tf.complex64)
    return differentiate(square)(x, dy=tf.constant(0.5j, tf.complex64))


@explicit
def dy_as_complex_for_a_real_output(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=1.0 + 2.0j)


@explicit
def dy_of_another_dtype(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=scalar(2.0, tf.float64))


@explicit
def dy_as_variable(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=tf.Variable(10.0))


@explicit
def dy_as_indexed_slices(tfe, differentiate):
    slices = tf.IndexedSlices(tf.constant([5.0]), tf.constant([1]), tf.constant([2]))
    return differentiate(square)(tf.constant([3.0, 4.0]), dy=slices)


@explicit
def dy_as_string(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy="ten")


@explicit
def dy_for_two_outputs(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=(scalar(2.0), scalar(7.0)))


@explicit
def dy_as_list_for_a_tuple(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=[scalar(2.0), scalar(7.0)])


@explicit
def dy_as_list_for_one_output(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=[scalar(2.0)])


@explicit
def dy_nested_like_the_value(tfe, differentiate):
    f = lambda x, y: {"b": x * y, "a": [x, y * y]}  # noqa: E731
    dy = {"b": scalar(2.0), "a": [scalar(5.0), scalar(7.0)]}
    return differentiate(f)(*pair_of_tensors(), dy=dy)


@explicit
def dy_flat_for_a_nested_value(tfe, differentiate):
    f = lambda x, y: {"b": x * y, "a": [x, y * y]}  # noqa: E731
    return differentiate(f)(*pair_of_tensors(), dy=[scalar(5.0), scalar(7.0), scalar(2.0)])


@explicit
def dy_with_too_few_tensors(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=scalar(2.0))


@explicit
def dy_with_far_too_few_tensors(tfe, differentiate):
    return differentiate(lambda x: [x * x] * 1000)(scalar(3.0), dy=scalar(2.0))


@explicit
def dy_empty(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=[])


@explicit
def dy_empty_for_an_empty_value(tfe, differentiate):
    return differentiate(lambda x: [])(scalar(3.0), dy=[])


@explicit
def dy_with_too_many_tensors(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=[scalar(2.0), scalar(5.0)])


@explicit
def dy_as_python_list_for_a_vector(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=[10.0, 20.0])


@explicit
def dy_with_none_inside(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=[None, scalar(2.0)])


@explicit
def dy_for_an_integer_output(tfe, differentiate):
    f = lambda x: (x * x, tf.cast(x, tf.int32))  # noqa: E731
    return differentiate(f)(scalar(3.0), dy=[scalar(2.0), tf.constant(1)])


@explicit
def dy_as_python_number_for_an_integer_output(tfe, differentiate):
    f = lambda x: (x * x, tf.cast(x, tf.int32))  # noqa: E731
    return differentiate(f)(scalar(3.0), dy=[2.0, 0.5])


@explicit
def dy_for_a_string_output(tfe, differentiate):
    return differentiate(lambda x: (x * x, "text"))(scalar(3.0), dy=[scalar(2.0), "anything"])


@explicit
def dy_of_a_larger_shape(tfe, differentiate):
    return differentiate(lambda x: tf.sin(x))(scalar(0.0), dy=tf.constant([2.0, 5.0]))


@explicit
def dy_of_a_smaller_shape(tfe, differentiate):
    return differentiate(lambda x: tf.sin(x))(tf.zeros([2]), dy=scalar(2.0))


@explicit
def dy_with_an_unconnected_argument(tfe, differentiate):
    return differentiate(lambda x, y: x * x)(*pair_of_tensors(), dy=scalar(2.0))


@explicit
def dy_that_is_the_argument(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(square)(x, dy=x)


@explicit
def dy_empty_for_two_outputs(tfe, differentiate):
    return differentiate(two_outputs)(scalar(3.0), scalar(2.0), dy=())


@explicit
def dy_as_complex_array_for_a_real_output(tfe, differentiate):
    return differentiate(lambda x: x + 1.0)(tf.constant([3.0]), dy=np.array([1j]))


@explicit
def dy_as_python_complex_for_a_real_output(tfe, differentiate):
    return differentiate(lambda x: x + 1.0)(scalar(3.0), dy=1j)


@explicit
def dy_as_int_of_41_digits(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=10**40)


@explicit
def dy_as_int_of_401_digits(tfe, differentiate):
    return differentiate(square)(tf.constant(3.0, tf.float64), dy=10**400)


@explicit
def dy_as_int_of_31_digits(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=10**30)


@explicit
def dy_as_python_float_out_of_range(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=1e300)


@explicit
def dy_as_float64_array_out_of_range_of_float32(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=np.array(1e300))


@explicit
def dy_as_python_float_out_of_range_of_float16(tfe, differentiate):
    return differentiate(square)(tf.constant(3.0, tf.float16), dy=1e6)


@explicit
def dy_infinite(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=float("inf"))


@explicit
def dy_not_a_number(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=float("nan"))


@explicit
def dy_of_1e30(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=scalar(1e30))
