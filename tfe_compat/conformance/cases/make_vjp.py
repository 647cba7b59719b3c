"""What only `make_vjp` has: a vjp that may be called more than once."""

from __future__ import annotations

import tensorflow as tf

from tfe_compat.conformance.cases.examples import pair_of_tensors, scalar, square, x2y
from tfe_compat.conformance.cases.registration import single


@single
def vjp_called_repeatedly(tfe):
    value, vjp = tfe.make_vjp(x2y)(*pair_of_tensors())
    return value, vjp(), vjp(scalar(2.0)), vjp(dy=scalar(5.0)), vjp(dy=None)


@single
def vjp_that_is_not_persistent(tfe):
    value, vjp = tfe.make_vjp(x2y, persistent=False)(*pair_of_tensors())
    return value, vjp(scalar(2.0))


@single
def vjp_that_is_not_persistent_called_twice(tfe):
    _, vjp = tfe.make_vjp(x2y, persistent=False)(*pair_of_tensors())
    vjp()
    return vjp()


@single
def vjp_with_another_true_value_for_persistent(tfe):
    _, vjp = tfe.make_vjp(x2y, persistent=1)(*pair_of_tensors())
    return vjp(), vjp()


@single
def vjp_with_persistent_true(tfe):
    _, vjp = tfe.make_vjp(x2y, persistent=True)(*pair_of_tensors())
    return vjp(), vjp()


@single
def vjp_with_params(tfe):
    value, vjp = tfe.make_vjp(x2y, ["y"])(*pair_of_tensors())
    return value, vjp()


@single
def vjp_of_two_calls(tfe):
    g = tfe.make_vjp(square)
    _, first = g(scalar(3.0))
    _, second = g(scalar(5.0))
    return second(), first()


@single
def vjp_after_the_argument_changed(tfe):
    v = tf.Variable(3.0)
    value, vjp = tfe.make_vjp(square)(v)
    v.assign(5.0)
    return value, vjp()


@single
def vjp_under_an_outer_tape(tfe):
    x = scalar(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        _, vjp = tfe.make_vjp(lambda x: x**3)(x)
        (gradient,) = vjp()
    return tape.gradient(gradient, x)
