"""Gradients of gradients, and other tapes around and inside."""

from __future__ import annotations

import tensorflow as tf

from tfe_compat.conformance.cases.examples import documented, pair_of_tensors, scalar, square, x2y
from tfe_compat.conformance.cases.registration import explicit, single


@explicit
def second_order(tfe, differentiate):
    return differentiate(lambda x: tfe.gradients_function(lambda x: x**3)(x)[0])(scalar(2.0))


@explicit
def third_order(tfe, differentiate):
    first = tfe.gradients_function(lambda x: x**4)
    second = tfe.gradients_function(lambda x: first(x)[0])
    return differentiate(lambda x: second(x)[0])(scalar(2.0))


@explicit
def mixed_second_order(tfe, differentiate):
    first = tfe.gradients_function(documented)
    return differentiate(lambda x, y: first(x, y)[1])(2.0, 3.0)


@explicit
def second_order_by_the_value(tfe, differentiate):
    def f(x):
        value, (gradient,) = tfe.value_and_gradients_function(lambda x: x**3)(x)
        return value * gradient

    return differentiate(f)(scalar(2.0))


@explicit
def inner_function_closes_over_the_outer_argument(tfe, differentiate):
    def f(x):
        return tfe.gradients_function(lambda y: x * x * y * y)(x * 2.0)[0]

    return differentiate(f)(scalar(3.0))


@explicit
def inner_function_of_an_unconnected_argument(tfe, differentiate):
    inner = tfe.gradients_function(square)
    return differentiate(lambda x: inner(scalar(5.0))[0] * x)(scalar(3.0))


@explicit
def one_tensor_as_two_arguments_of_the_inner_function(tfe, differentiate):
    inner = tfe.gradients_function(x2y)
    return differentiate(lambda x: inner(x, x))(scalar(3.0))


@explicit
def under_an_outer_tape(tfe, differentiate):
    x, y = pair_of_tensors()
    with tf.GradientTape() as tape:
        tape.watch(x)
        result = differentiate(x2y)(x, y)
    return result, tape.gradient(result, x)


@explicit
def variable_argument_under_an_outer_tape(tfe, differentiate):
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        result = differentiate(lambda x: x**3)(v)
    return tape.gradient(result, v)


@explicit
def variable_in_a_closure_under_an_outer_tape(tfe, differentiate):
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        result = differentiate(lambda x: x * x * v * v)(scalar(2.0))
    return tape.gradient(result, v)


@explicit
def under_implicit_gradients(tfe, differentiate):
    v = tf.Variable(3.0)
    return tfe.implicit_gradients(lambda x: differentiate(lambda y: y * y * v)(x))(scalar(2.0))


@explicit
def implicit_gradients_inside(tfe, differentiate):
    v = tf.Variable(3.0)
    inner = tfe.implicit_gradients(lambda x: x * x * v * v)
    return differentiate(lambda x: inner(x)[0][0])(scalar(2.0))


@explicit
def second_order_through_dy(tfe, differentiate):
    inner = tfe.gradients_function(square)
    return differentiate(lambda x, dy: inner(x, dy=dy)[0])(*pair_of_tensors())


@explicit
def dy_that_depends_on_the_argument(tfe, differentiate):
    inner = tfe.gradients_function(square)
    return differentiate(lambda x: inner(x, dy=x)[0])(scalar(3.0))


@single
def jacobian_vector_product_by_two_vjps(tfe):
    def pull_back(cotangent, x):
        return tfe.gradients_function(lambda x: tf.sin(x) * x)(x, dy=cotangent)[0]

    x = tf.constant([0.5, 1.5], tf.float64)
    pull_back_twice = tfe.gradients_function(lambda cotangent: pull_back(cotangent, x))
    return pull_back_twice(tf.ones_like(x), dy=tf.constant([1.0, 0.0], tf.float64))
