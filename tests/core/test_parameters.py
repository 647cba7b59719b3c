"""Which arguments of a call are differentiated."""

import functools
import inspect
import operator

import numpy as np
import pytest
import tensorflow as tf

from tfe_compat.parameters import ParameterSelection, positional_parameters


def plain(x, y=1.0, *rest, scale=2.0, **options):
    pass


class Methods:
    def method(self, x, y):
        pass

    @classmethod
    def class_method(cls, x, y):
        pass

    @staticmethod
    def static_method(x, y):
        pass

    def __call__(self, x, y):
        pass

    partial_method = functools.partialmethod(method, 1.0)


@functools.wraps(plain)
def wrapper(a, *args):
    return plain(a, *args)


def with_signature(*args):
    pass


with_signature.__signature__ = inspect.signature(lambda a, b: None)


class UnreadableSignature:
    @property
    def __signature__(self):
        raise RuntimeError("no signature today")

    def __call__(self, *args):
        pass


@pytest.mark.parametrize(
    ("f", "names"),
    [
        (plain, ["x", "y"]),
        (lambda: None, []),
        (lambda *args: None, []),
        (lambda *, x: None, []),
        (Methods().method, ["x", "y"]),
        (Methods.method, ["self", "x", "y"]),
        (Methods.class_method, ["x", "y"]),
        (Methods().static_method, ["x", "y"]),
        (Methods().partial_method, ["y"]),
        (Methods.partial_method, ["self", "y"]),
        (Methods(), ["x", "y"]),
        (Methods, []),
        (lambda x, /, y, *, z: None, ["x", "y"]),
        (wrapper, ["a"]),
        (with_signature, ["a", "b"]),
        (functools.partial(plain, 1.0), ["y"]),
        (functools.partial(plain, y=1.0), ["x"]),
        (functools.partial(Methods().method, 1.0), ["y"]),
        (functools.partial(functools.partial(plain, 1.0), 2.0), []),
        (operator.mul, ["a", "b"]),
        (max, []),
        (tf.multiply, ["x", "y", "name"]),
        (tf.function(lambda x, y: x), ["x", "y"]),
        (tf.function(Methods().method), ["x", "y"]),
        (functools.partial(tf.function(lambda x, y: x), 1.0), ["y"]),
        (tf.custom_gradient(lambda x, y: (x, lambda dy: (dy, None))), ["x", "y"]),
        (UnreadableSignature(), []),
        (None, []),
    ],
)
def test_positional_parameters(f, names):
    assert positional_parameters(f) == names


def test_a_tf_function_that_is_a_method_has_no_self():
    class Model(tf.Module):
        @tf.function
        def loss(self, x, y):
            return x * y

    assert positional_parameters(Model().loss) == ["x", "y"]


@pytest.mark.parametrize(
    ("f", "params", "count", "expected"),
    [
        (plain, None, 0, []),
        (plain, None, 1, [0]),
        (plain, None, 2, [0, 1]),
        (plain, None, 5, [0, 1]),
        (max, None, 3, [0, 1, 2]),
        (lambda *args: None, None, 3, [0, 1, 2]),
        (plain, [], 2, []),
        (plain, "", 2, []),
        (plain, "yx", 2, [1, 0]),
        (plain, ("y", "x", "y"), 2, [1, 0, 1]),
        (plain, [1, 0, 1], 2, [1, 0, 1]),
        (plain, [-1, 0], 4, [3, 0]),
        (plain, [-4], 4, [0]),
        (plain, {True}, 2, [1]),
        (plain, np.array([1, 0]), 2, [1, 0]),
        (plain, range(3), 4, [0, 1, 2]),
        (plain, {"y": None}, 2, [1]),
    ],
)
def test_positions(f, params, count, expected):
    assert list(ParameterSelection(f, params).positions(count)) == expected


@pytest.mark.parametrize(
    ("params", "count", "error"),
    [
        ([2], 2, IndexError),
        ([-3], 2, IndexError),
        ([0], 0, IndexError),
        (["y"], 1, IndexError),
        (["z"], 2, ValueError),
        (["rest"], 3, ValueError),
        (["scale"], 2, ValueError),
        ([0.0], 2, ValueError),
        ([None], 2, ValueError),
        ([0, "y"], 2, ValueError),
        (tf.constant([0]), 2, ValueError),
        (7, 2, TypeError),
        (plain, 2, TypeError),
    ],
)
def test_wrong_params_fail_only_when_positions_are_asked_for(params, count, error):
    selection = ParameterSelection(plain, params)
    with pytest.raises(error):
        selection.positions(count)


def test_what_an_iterable_raises_reaches_the_caller():
    class Broken:
        def __iter__(self):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ParameterSelection(plain, Broken()).positions(2)


def test_an_iterator_is_read_at_once():
    indices = iter([1, 0])
    selection = ParameterSelection(plain, indices)
    assert next(indices, None) is None
    assert list(selection.positions(2)) == [1, 0]
