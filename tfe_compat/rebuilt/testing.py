"""Decorators of tests that run in a graph and eagerly."""

from __future__ import annotations

import contextlib
import functools
import inspect
import unittest
from typing import Any, Callable, TypeVar

import tensorflow as tf

_Class = TypeVar("_Class", bound=type)


def run_test_in_graph_and_eager_modes(
    func: Callable[..., Any] | None = None,
    config: tf.compat.v1.ConfigProto | None = None,
    use_gpu: bool = True,
    reset_test: bool = True,
) -> Callable[..., Any]:
    """Runs a test method twice: in the session of a graph, then eagerly.

        class AdditionTest(tf.test.TestCase):
            @tfe.run_test_in_graph_and_eager_modes
            def test_add(self):
                self.assertAllEqual(self.evaluate(tf.add([1, 2], 3)), [4, 5])

    Args:
        func: A test method of a `tf.test.TestCase`. None returns the decorator.
        config: The configuration of the session.
        use_gpu: Whether operations may run on a GPU.
        reset_test: Whether to call `tearDown` and `setUp` between the two.

    Raises:
        ValueError: `func` is a class.
        RuntimeError: From the test: eager execution is off.
    """

    def decorator(test: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.isclass(test):
            raise ValueError(
                f"run_test_in_graph_and_eager_modes takes a test method; got {test.__name__}, a "
                "class: use run_all_tests_in_graph_and_eager_modes"
            )

        @functools.wraps(test)
        def in_graph_and_eager_modes(self: tf.test.TestCase, *args: Any, **kwargs: Any) -> None:
            if not tf.executing_eagerly():
                raise RuntimeError(
                    "Eager execution is off, and the test is to run with it too; "
                    "call tfe.enable_eager_execution() before the tests"
                )
            with contextlib.suppress(unittest.SkipTest), tf.Graph().as_default():  # noqa: SIM117
                with self.cached_session(config=config, use_gpu=use_gpu):
                    test(self, *args, **kwargs)
            if reset_test:
                self.tearDown()
                self._tempdir = None  # the second run gets a get_temp_dir() of its own
                self.setUp()
            with contextlib.nullcontext() if use_gpu else tf.device("/device:CPU:0"):
                test(self, *args, **kwargs)

        return in_graph_and_eager_modes

    return decorator if func is None else decorator(func)


def run_all_tests_in_graph_and_eager_modes(cls: _Class) -> _Class:
    """Makes every test method of a class run twice, as `run_test_in_graph_and_eager_modes` does.

        @tfe.run_all_tests_in_graph_and_eager_modes
        class AdditionTest(tf.test.TestCase): ...

    Args:
        cls: A subclass of `tf.test.TestCase`. Its methods whose names start with `testSkipEager` or
            `test_skip_eager` are left alone.
    """
    for name in dir(cls):
        skipped = name.startswith(("testSkipEager", "test_skip_eager")) or name == "test_session"
        if name.startswith(unittest.TestLoader.testMethodPrefix) and not skipped:
            test = getattr(cls, name)
            if callable(test):
                setattr(cls, name, run_test_in_graph_and_eager_modes(test))
    return cls
