"""Functions and data that the cases of several subjects use."""

from __future__ import annotations

import collections
from typing import Any

import tensorflow as tf


def x2y(x: Any, y: Any) -> Any:
    return x * x * y


def square(x: Any) -> Any:
    return x * x


def two_outputs(x: Any, y: Any) -> Any:
    return x * y, x + y


def documented(x: Any, y: Any) -> Any:
    return x * x * x * y - x * y * y


class Scaled:
    """`x * x * y * scale` as each kind of method, and as a callable object."""

    scale = 2.0

    def method(self, x: Any, y: Any) -> Any:
        return x * x * y * self.scale

    def method_with_default(self, x: Any, y: Any = None) -> Any:
        return x * x * self.scale

    def method_with_rest(self, x: Any, *rest: Any) -> Any:
        return x * x * rest[0] * self.scale

    @classmethod
    def class_method(cls, x: Any, y: Any) -> Any:
        return x * x * y * cls.scale

    @staticmethod
    def static_method(x: Any, y: Any) -> Any:
        return x * x * y * 2.0

    def __call__(self, x: Any, y: Any) -> Any:
        return x * x * y * self.scale


class CallableWithRest:
    def __call__(self, *args: Any) -> Any:
        return args[0] * args[0] * args[1]


Pair = collections.namedtuple("Pair", ["first", "second"])


def scalar(number: float, dtype: Any = tf.float32) -> Any:
    return tf.constant(number, dtype)


def pair_of_tensors() -> Any:
    return scalar(3.0), scalar(5.0)


def dense_layer() -> Any:
    return tf.keras.layers.Dense(1, kernel_initializer="ones", bias_initializer="ones")
