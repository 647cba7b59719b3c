"""What an exception leaves behind."""

from __future__ import annotations

import tensorflow as tf

from tfe_compat.conformance.cases.examples import scalar
from tfe_compat.conformance.cases.registration import explicit


class ErrorOfF(Exception):
    pass


@explicit
def exception_of_f(tfe, differentiate):
    def f(x):
        raise ErrorOfF("from f", 1)

    return differentiate(f)(scalar(3.0))


@explicit
def exception_of_f_is_the_same_object(tfe, differentiate):
    error = ErrorOfF()

    def f(x):
        raise error

    try:
        differentiate(f)(scalar(3.0))
    except ErrorOfF as caught:
        return caught is error


@explicit
def tape_is_gone_after_an_exception(tfe, differentiate):
    def f(x):
        if x > 4.0:
            raise ErrorOfF("from f")
        return x * x

    g = differentiate(f)
    try:
        g(scalar(5.0))
    except ErrorOfF:
        return g(scalar(3.0))


@explicit
def exception_inside_a_nested_function(tfe, differentiate):
    def f(x):
        raise ErrorOfF("from f")

    def g(x):
        try:
            tfe.gradients_function(f)(x)
        except ErrorOfF:
            return x * x

    return differentiate(g)(scalar(3.0))


@explicit
def exception_of_a_custom_gradient(tfe, differentiate):
    @tf.custom_gradient
    def f(x):
        def gradient(dy):
            raise ErrorOfF("from the gradient")

        return x * x, gradient

    return differentiate(f, params=[0])(scalar(3.0))
