"""The functions that are compared, on TF 1.15.5 and here."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import tensorflow as tf

DEVICE_COUNT = 2

EXPLICIT = ("value_and_gradients_function", "gradients_function", "make_vjp")
IMPLICIT = ("implicit_value_and_gradients", "implicit_gradients")


def prepare() -> Any:
    """Sets TensorFlow up with two logical CPU devices and returns the five functions.

    Call it before anything else uses TensorFlow.
    """
    if tf.__version__.startswith("1."):
        tf.compat.v1.enable_eager_execution(
            config=tf.compat.v1.ConfigProto(device_count={"CPU": DEVICE_COUNT})
        )
        # make_vjp was never in tf.contrib.eager; it is defined beside the others.
        beside = sys.modules[tf.contrib.eager.gradients_function.__module__]
        names = {*EXPLICIT, *IMPLICIT} - {"make_vjp"}
        functions = {name: getattr(tf.contrib.eager, name) for name in names}
        return SimpleNamespace(make_vjp=beside.make_vjp, **functions)
    import tfe_compat

    tf.config.set_logical_device_configuration(
        tf.config.list_physical_devices("CPU")[0],
        [tf.config.LogicalDeviceConfiguration()] * DEVICE_COUNT,
    )
    return tfe_compat
