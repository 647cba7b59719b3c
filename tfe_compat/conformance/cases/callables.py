"""What can be differentiated."""

from __future__ import annotations

import functools
import operator

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.cases.examples import (
    CallableWithRest,
    Pair,
    Scaled,
    dense_layer,
    pair_of_tensors,
    scalar,
    x2y,
)
from tfe_compat.conformance.cases.registration import explicit


@explicit
def bound_method(tfe, differentiate):
    return differentiate(Scaled().method)(*pair_of_tensors())


@explicit
def bound_method_by_index(tfe, differentiate):
    return differentiate(Scaled().method, params=[0, 1])(*pair_of_tensors())


@explicit
def bound_method_by_name(tfe, differentiate):
    return differentiate(Scaled().method, params=["x"])(*pair_of_tensors())


@explicit
def bound_method_by_its_first_index(tfe, differentiate):
    return differentiate(Scaled().method, params=[0])(*pair_of_tensors())


@explicit
def bound_method_by_self(tfe, differentiate):
    return differentiate(Scaled().method, params=["self"])(*pair_of_tensors())


@explicit
def bound_method_with_default_left_out(tfe, differentiate):
    return differentiate(Scaled().method_with_default)(scalar(3.0))


@explicit
def bound_method_with_default_left_out_by_index(tfe, differentiate):
    return differentiate(Scaled().method_with_default, params=[0])(scalar(3.0))


@explicit
def bound_method_with_rest(tfe, differentiate):
    return differentiate(Scaled().method_with_rest)(*pair_of_tensors())


@explicit
def bound_method_with_rest_by_index(tfe, differentiate):
    return differentiate(Scaled().method_with_rest, params=[0])(*pair_of_tensors())


@explicit
def class_method(tfe, differentiate):
    return differentiate(Scaled.class_method)(*pair_of_tensors())


@explicit
def class_method_by_index(tfe, differentiate):
    return differentiate(Scaled.class_method, params=[0, 1])(*pair_of_tensors())


@explicit
def static_method(tfe, differentiate):
    return differentiate(Scaled().static_method)(*pair_of_tensors())


@explicit
def static_method_by_name(tfe, differentiate):
    return differentiate(Scaled.static_method, params=["y"])(*pair_of_tensors())


@explicit
def callable_object(tfe, differentiate):
    return differentiate(Scaled())(*pair_of_tensors())


@explicit
def callable_object_by_index(tfe, differentiate):
    return differentiate(Scaled(), params=[0, 1])(*pair_of_tensors())


@explicit
def callable_object_with_rest(tfe, differentiate):
    return differentiate(CallableWithRest())(*pair_of_tensors())


@explicit
def callable_object_with_rest_by_index(tfe, differentiate):
    return differentiate(CallableWithRest(), params=[0, 1])(*pair_of_tensors())


@explicit
def unbound_method_of_a_tensor_named_self(tfe, differentiate):
    def f(self, other):
        return self * self * other

    return differentiate(f)(*pair_of_tensors())


@explicit
def self_by_name_in_a_plain_function(tfe, differentiate):
    def f(self, other):
        return self * self * other

    return differentiate(f, params=["self"])(*pair_of_tensors())


@explicit
def partial_with_a_positional_argument(tfe, differentiate):
    return differentiate(functools.partial(x2y, 3.0))(scalar(5.0))


@explicit
def partial_with_a_positional_argument_by_name(tfe, differentiate):
    return differentiate(functools.partial(x2y, 3.0), params=["y"])(scalar(5.0))


@explicit
def partial_by_the_name_it_has_filled(tfe, differentiate):
    return differentiate(functools.partial(x2y, 3.0), params=["x"])(scalar(5.0))


@explicit
def partial_with_a_keyword(tfe, differentiate):
    return differentiate(functools.partial(x2y, y=5.0))(scalar(3.0))


@explicit
def partial_with_a_keyword_by_name(tfe, differentiate):
    return differentiate(functools.partial(x2y, y=5.0), params=["x"])(scalar(3.0))


@explicit
def partial_of_a_partial(tfe, differentiate):
    f = functools.partial(functools.partial(lambda a, b, c: a * b * c, 2.0), 3.0)
    return differentiate(f)(scalar(5.0))


@explicit
def partial_of_a_bound_method(tfe, differentiate):
    return differentiate(functools.partial(Scaled().method, 3.0))(scalar(5.0))


@explicit
def partial_of_a_bound_method_by_index(tfe, differentiate):
    return differentiate(functools.partial(Scaled().method, 3.0), params=[0])(scalar(5.0))


@explicit
def partial_of_an_unbound_method(tfe, differentiate):
    return differentiate(functools.partial(Scaled.method, Scaled()))(*pair_of_tensors())


@explicit
def partial_of_a_tf_function_by_index(tfe, differentiate):
    return differentiate(functools.partial(tf.function(x2y), scalar(3.0)), params=[0])(scalar(5.0))


@explicit
def partial_of_a_tf_function_by_name(tfe, differentiate):
    f = functools.partial(tf.function(x2y), scalar(3.0))
    return differentiate(f, params=["y"])(scalar(5.0))


@explicit
def class_as_function(tfe, differentiate):
    return differentiate(Pair)(*pair_of_tensors())


@explicit
def class_as_function_by_index(tfe, differentiate):
    return differentiate(Pair, params=[0, 1])(*pair_of_tensors())


@explicit
def tf_function(tfe, differentiate):
    return differentiate(tf.function(x2y))(*pair_of_tensors())


@explicit
def tf_function_by_name(tfe, differentiate):
    return differentiate(tf.function(x2y), params=["y"])(*pair_of_tensors())


@explicit
def tf_function_of_a_method(tfe, differentiate):
    return differentiate(tf.function(Scaled().method), params=[0, 1])(*pair_of_tensors())


@explicit
def concrete_function(tfe, differentiate):
    f = tf.function(x2y).get_concrete_function(*pair_of_tensors())
    return differentiate(f)(*pair_of_tensors())


@explicit
def concrete_function_by_index(tfe, differentiate):
    f = tf.function(x2y).get_concrete_function(*pair_of_tensors())
    return differentiate(f, params=[0, 1])(*pair_of_tensors())


@tf.custom_gradient
def doubled_gradient(x, y):
    return x * y, lambda dy: (2.0 * dy * y, 2.0 * dy * x)


@explicit
def custom_gradient(tfe, differentiate):
    return differentiate(doubled_gradient)(*pair_of_tensors())


@explicit
def custom_gradient_by_name(tfe, differentiate):
    return differentiate(doubled_gradient, params=["y"])(*pair_of_tensors())


@explicit
def operation_with_its_name_left_out(tfe, differentiate):
    return differentiate(tf.multiply)(*pair_of_tensors())


@explicit
def operation_by_index(tfe, differentiate):
    return differentiate(tf.multiply, params=[0, 1])(*pair_of_tensors())


@explicit
def operation_by_name(tfe, differentiate):
    return differentiate(tf.multiply, params=["y"])(*pair_of_tensors())


@explicit
def unary_operation_with_its_name_left_out(tfe, differentiate):
    return differentiate(tf.square)(scalar(3.0))


@explicit
def unary_operation_by_index(tfe, differentiate):
    return differentiate(tf.square, params=[0])(scalar(3.0))


@explicit
def builtin_with_a_signature(tfe, differentiate):
    return differentiate(operator.mul)(*pair_of_tensors())


@explicit
def builtin_by_name(tfe, differentiate):
    return differentiate(operator.mul, params=["b"])(*pair_of_tensors())


@explicit
def numpy_function_cuts_the_tape(tfe, differentiate):
    return differentiate(np.multiply)(*pair_of_tensors())


@explicit
def keras_layer(tfe, differentiate):
    return differentiate(dense_layer())(tf.constant([[1.0, 2.0]]))


@explicit
def keras_layer_by_index(tfe, differentiate):
    return differentiate(dense_layer(), params=[0])(tf.constant([[1.0, 2.0]]))


@explicit
def keras_layer_by_name(tfe, differentiate):
    return differentiate(dense_layer(), params=["inputs"])(tf.constant([[1.0, 2.0]]))


@explicit
def keras_model(tfe, differentiate):
    return differentiate(tf.keras.Sequential([dense_layer()]))(tf.constant([[1.0, 2.0]]))


@explicit
def keras_model_by_index(tfe, differentiate):
    model = tf.keras.Sequential([dense_layer()])
    return differentiate(model, params=[0])(tf.constant([[1.0, 2.0]]))


def wrapper_of(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args) * 2.0

    return wrapper


@explicit
def wraps_wrapper(tfe, differentiate):
    return differentiate(wrapper_of(lambda x, *rest: x * x * rest[0]))(*pair_of_tensors())


@explicit
def wraps_wrapper_by_the_name_of_what_it_wraps(tfe, differentiate):
    return differentiate(wrapper_of(x2y), params=["x"])(*pair_of_tensors())


@explicit
def wraps_wrapper_with_parameters_of_its_own(tfe, differentiate):
    @functools.wraps(x2y)
    def wrapper(a, *rest):
        return x2y(a, *rest)

    return differentiate(wrapper)(*pair_of_tensors())


@explicit
def differentiated_function(tfe, differentiate):
    return differentiate(tfe.gradients_function(x2y))(*pair_of_tensors())


@explicit
def differentiated_function_by_index(tfe, differentiate):
    return differentiate(tfe.gradients_function(x2y), params=[1])(*pair_of_tensors())


@explicit
def differentiated_function_by_name(tfe, differentiate):
    return differentiate(tfe.gradients_function(x2y), params=["x"])(*pair_of_tensors())


@explicit
def something_that_cannot_be_called(tfe, differentiate):
    return differentiate(3)(scalar(3.0))
