"""On which device each tensor lands."""

from __future__ import annotations

import tensorflow as tf

from tfe_compat.conformance.cases.examples import scalar, square, two_outputs
from tfe_compat.conformance.cases.registration import explicit, implicit, single


def placed(device, f):
    """`f`, with its operations on `device`."""

    def on_device(*args):
        with tf.device(device):
            return f(*args)

    return on_device


def placed_scalar(device):
    with tf.device(device):
        return scalar(3.0) * 1.0


@explicit
def argument_on_the_second_device(tfe, differentiate):
    return differentiate(square)(placed_scalar("/cpu:1"))


@explicit
def f_on_the_second_device(tfe, differentiate):
    return differentiate(placed("/cpu:1", square))(scalar(3.0))


@explicit
def f_of_a_python_number_on_the_second_device(tfe, differentiate):
    return differentiate(placed("/cpu:1", square))(3.0)


@explicit
def call_on_the_second_device(tfe, differentiate):
    return placed("/cpu:1", differentiate(square))(scalar(3.0))


@explicit
def call_with_a_python_number_on_the_second_device(tfe, differentiate):
    return placed("/cpu:1", differentiate(square))(3.0)


@explicit
def call_on_the_second_device_and_f_on_the_first(tfe, differentiate):
    return placed("/cpu:1", differentiate(placed("/cpu:0", square)))(scalar(3.0))


@explicit
def argument_returned_on_the_second_device(tfe, differentiate):
    return placed("/cpu:1", differentiate(lambda x: x))(scalar(3.0))


@explicit
def argument_returned_on_the_second_device_with_its_gradient_on_the_first(tfe, differentiate):
    @tf.custom_gradient
    def f(x):
        return tf.identity(x), placed("/cpu:0", tf.identity)

    return placed("/cpu:1", differentiate(f))(scalar(3.0))


@explicit
def argument_from_the_second_device_returned(tfe, differentiate):
    return differentiate(lambda x: x)(placed_scalar("/cpu:1"))


@explicit
def arguments_on_both_devices(tfe, differentiate):
    return differentiate(two_outputs)(scalar(5.0), placed_scalar("/cpu:1"))


@explicit
def one_tensor_as_two_arguments_on_the_second_device(tfe, differentiate):
    x = scalar(3.0)
    return placed("/cpu:1", differentiate(lambda a, b: [a, b, a * b]))(x, x)


@explicit
def dy_on_the_second_device(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=placed_scalar("/cpu:1"))


@explicit
def dy_on_the_second_device_reaches_the_argument(tfe, differentiate):
    return differentiate(lambda x: x)(scalar(3.0), dy=placed_scalar("/cpu:1"))


@explicit
def variable_on_the_second_device(tfe, differentiate):
    with tf.device("/cpu:1"):
        v = tf.Variable(3.0)
    return differentiate(square)(v)


@explicit
def constant_on_the_second_device_returned(tfe, differentiate):
    c = placed_scalar("/cpu:1")
    return differentiate(lambda x: [x, c])(scalar(3.0))


@explicit
def gather_on_the_second_device(tfe, differentiate):
    f = placed("/cpu:1", lambda x: tf.gather(x, [1, 0]))
    return differentiate(f)(tf.constant([1.0, 2.0]))


@explicit
def second_order_on_the_second_device(tfe, differentiate):
    inner = tfe.gradients_function(lambda x: x * x * x)
    return placed("/cpu:1", differentiate(lambda x: inner(x)[0]))(scalar(2.0))


@single
def vjp_called_on_another_device(tfe):
    value, vjp = placed("/cpu:1", tfe.make_vjp(square))(scalar(3.0))
    return value, vjp(), placed("/cpu:1", vjp)()


@implicit
def function_of_variables_on_the_second_device(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(placed("/cpu:1", lambda: v * v))()


@implicit
def call_by_variables_on_the_second_device(tfe, differentiate):
    v = tf.Variable(3.0)
    return placed("/cpu:1", differentiate(placed("/cpu:0", lambda: v * v)))()


@implicit
def variables_on_both_devices(tfe, differentiate):
    v = tf.Variable(3.0)
    with tf.device("/cpu:1"):
        w = tf.Variable(5.0)
    return differentiate(lambda: v * w)()
