"""Looks for the step of a computation that gives an infinite or undefined number."""
from __future__ import print_function

import tensorflow as tf
import tensorflow.contrib.eager as tfe

tfe.enable_eager_execution()


def newton_step(x):
    return x - tf.log(x) / (1.0 / x)


def first_bad_step(x):
    for step in range(10):
        try:
            x = newton_step(x)
        except Exception:
            return step
    return None


x = tf.constant(0.0)
print("ignored:", tf.is_finite(newton_step(x)).numpy())

old = tfe.seterr(inf_or_nan=tfe.ExecutionCallback.RAISE)
print("before:", old["inf_or_nan"].name)
print("from 0:", first_bad_step(x))
print("from 0.5:", first_bad_step(tf.constant(0.5)))
print("from 3:", first_bad_step(tf.constant(3.0)))
tfe.seterr(**old)

with tfe.errstate(inf_or_nan="raise"):
    print("within:", first_bad_step(x))
print("after:", first_bad_step(x))

tfe.add_execution_callback(tfe.inf_nan_callback)
try:
    print(tf.sqrt(tf.constant(-1.0)))
except Exception:
    print("no root of -1")
tfe.clear_execution_callbacks()
print("cleared:", tfe.seterr()["inf_or_nan"] == tfe.ExecutionCallback.IGNORE)
