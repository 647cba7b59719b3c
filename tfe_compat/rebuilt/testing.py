"""Decorators that run tests both in a graph and eagerly."""

from __future__ import annotations

import contextlib
import functools
import gc
import inspect
import unittest
from collections.abc import Iterator
from typing import Any, Callable, TypeVar

import tensorflow as tf

from tfe_compat.rebuilt.execution import in_new_thread

_Class = TypeVar("_Class", bound=type)


def run_test_in_graph_and_eager_modes(
    func: Callable[..., Any] | None = None,
    config: tf.compat.v1.ConfigProto | None = None,
    use_gpu: bool = True,
    reset_test: bool = True,
    assert_no_eager_garbage: bool = False,
) -> Callable[..., Any]:
    """Runs a test method twice: in the session of a graph, then eagerly.

        class AdditionTest(tf.test.TestCase):
            @tfe.run_test_in_graph_and_eager_modes
            def test_add(self):
                self.assertAllEqual(self.evaluate(tf.add([1, 2], 3)), [4, 5])

    The program may be in either mode, and is in the same mode afterwards. Decorated methods may
    call one another: each runs twice, whichever mode it is called in.

    Args:
        func: A test method of a `tf.test.TestCase`. None returns the decorator.
        config: The configuration of the session.
        use_gpu: Whether operations may run on a GPU.
        reset_test: Whether to call `tearDown` and `setUp` between the two runs.
        assert_no_eager_garbage: Whether the test fails if its eager run leaves reference cycles or
            tensors behind.

    Raises:
        ValueError: `func` is a class.
    """

    def decorator(test: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.isclass(test):
            raise ValueError(
                "run_test_in_graph_and_eager_modes takes a test method; for a class use "
                f"run_all_tests_in_graph_and_eager_modes; got {test.__name__}, a class"
            )

        @functools.wraps(test)
        def in_graph_and_eager_modes(self: tf.test.TestCase, *args: Any, **kwargs: Any) -> None:
            graph = tf.Graph() if tf.executing_eagerly() else tf.compat.v1.get_default_graph()
            with contextlib.suppress(unittest.SkipTest), graph.as_default():  # noqa: SIM117
                # Not cached_session, which refuses a second configuration in a nested call.
                with self.test_session(config=config, use_gpu=use_gpu):
                    test(self, *args, **kwargs)
            if reset_test:
                self.tearDown()
                self._tempdir = None  # the second run gets a get_temp_dir() of its own

            def in_eager_mode() -> None:
                if reset_test:
                    self.setUp()
                with contextlib.ExitStack() as contexts:
                    if not use_gpu:
                        contexts.enter_context(tf.device("/device:CPU:0"))
                    if assert_no_eager_garbage:
                        contexts.enter_context(_assert_no_garbage(self))
                    test(self, *args, **kwargs)

            _run_eagerly(in_eager_mode)

        return in_graph_and_eager_modes

    return decorator if func is None else decorator(func)


def _run_eagerly(function: Callable[[], None]) -> None:
    """Calls a function eagerly, even from within a graph, and returns to the previous mode."""
    if tf.executing_eagerly():
        function()
        return
    try:
        # Like TF 1.15.5, give the eager run its own graph. This also lets eager execution start.
        tf.compat.v1.reset_default_graph()
    except AssertionError:  # a graph is being built, to which the caller returns
        in_new_thread(functools.partial(_run_with_eager_execution, function))
    else:
        _run_with_eager_execution(function)


def _run_with_eager_execution(function: Callable[[], None]) -> None:
    if tf.executing_eagerly():
        function()
        return
    tf.compat.v1.enable_eager_execution()
    try:
        function()
    finally:
        tf.compat.v1.disable_eager_execution()
        tf.compat.v1.reset_default_graph()  # variables have left their names in it


@contextlib.contextmanager
def _assert_no_garbage(test_case: tf.test.TestCase) -> Iterator[None]:
    """Fails if a `with` block creates reference cycles, or tensors that outlive it."""

    def tensors() -> list[int]:
        return [id(value) for value in gc.get_objects() if isinstance(value, tf.Tensor)]

    while gc.collect():  # what one collection frees may leave more to the next
        pass
    before = set(tensors())
    flags, known = gc.get_debug(), len(gc.garbage)
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield
        gc.collect()
        garbage = gc.garbage[known:]
    finally:
        gc.set_debug(flags)
        del gc.garbage[known:]
    if garbage:
        kinds = sorted({type(value).__name__ for value in garbage})
        test_case.fail(f"the eager run has left reference cycles of these types: {kinds}")
    alive = len(set(tensors()) - before)
    if alive:
        test_case.fail(f"the eager run has left {alive} tensors")


@contextlib.contextmanager
def IsolateTest() -> Iterator[None]:
    """Keeps the variables of a `with` block apart from others with the same names.

    >>> with IsolateTest():
    ...     v = tf.compat.v1.get_variable("v", [])
    >>> with IsolateTest():
    ...     v = tf.compat.v1.get_variable("v", [])

    In TF 1.5 and 1.6, which had this class, eager variables with the same name were one variable.
    In TensorFlow 2 they never are, so only graph mode needs anything: a new graph.
    """
    with contextlib.nullcontext() if tf.executing_eagerly() else tf.Graph().as_default():
        yield


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
