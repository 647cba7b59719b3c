"""How and when operations run: eagerly or in a graph, synchronously or not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, TypeVar

import tensorflow as tf

_Result = TypeVar("_Result")

SYNC = 0
ASYNC = 1


def set_execution_mode(mode: int | None) -> None:
    """Waits for the operations that are running, then sets how this thread runs the next ones.

    >>> set_execution_mode(ASYNC)
    >>> tf.config.experimental.get_synchronous_execution()
    False
    >>> set_execution_mode(SYNC)

    Args:
        mode: `SYNC` or None, or `ASYNC`, with which an operation may return before it has run.

    Raises:
        ValueError: `mode` is none of these.
        tf.errors.OpError: An asynchronous operation has failed. The mode is then unchanged.
    """
    if mode not in (None, SYNC, ASYNC):
        raise ValueError(f"mode must be tfe.SYNC (0), tfe.ASYNC (1) or None; got {mode!r}")
    async_wait()
    tf.config.experimental.set_synchronous_execution(mode != ASYNC)


@contextlib.contextmanager
def execution_mode(mode: int | None) -> Iterator[None]:
    """Runs the operations of a `with` block asynchronously or synchronously.

    >>> with execution_mode(ASYNC):
    ...     total = tf.constant(1.0) + 2.0
    >>> print(total.numpy())
    3.0

    Args:
        mode: `ASYNC`; anything else means `SYNC`.

    Raises:
        tf.errors.OpError: From the end of the block: one of its operations has failed.
    """
    synchronous = tf.config.experimental.get_synchronous_execution()
    set_execution_mode(ASYNC if mode == ASYNC else SYNC)
    try:
        yield
    finally:
        try:
            async_wait()
        finally:
            tf.config.experimental.set_synchronous_execution(synchronous)


def async_wait() -> None:
    """Waits until all asynchronous operations have finished.

    >>> with execution_mode(ASYNC):
    ...     total = tf.constant(1.0) + 2.0
    ...     async_wait()

    Raises:
        tf.errors.OpError: One of them has failed.
    """
    # Switching to SYNC waits too, and would raise an error again and again as TF 1.15.5 does; but
    # the traceback then holds an executor for which TF 2.12 waits forever once the mode changes.
    if not tf.config.experimental.get_synchronous_execution():
        tf.config.list_logical_devices()  # initializes TensorFlow, which the barrier needs
        with tf.experimental.async_scope():
            pass  # the end of the scope is the barrier


def async_clear_error() -> None:
    """Clears the error of a failed asynchronous operation, so that operations run again.

    >>> async_clear_error()
    """
    tf.config.list_logical_devices()  # initializes TensorFlow, which the next line needs
    tf.experimental.async_clear_error()


@tf.autograph.experimental.do_not_convert  # type: ignore[untyped-decorator]
def in_new_thread(function: Callable[[], _Result]) -> _Result:
    """Calls a function where no graph is being built: a new thread starts outside of all graphs."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(function).result()


def in_graph_mode() -> bool:
    """Whether operations are added to a graph: the negation of `tfe.executing_eagerly`.

    >>> in_graph_mode()
    False
    >>> with tf.Graph().as_default():
    ...     in_graph_mode()
    True
    """
    return not tf.executing_eagerly()
