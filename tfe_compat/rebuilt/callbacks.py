"""Callbacks after each operation, of which one still works: raising an error at an inf or a NaN.

TensorFlow 2 has no way to call a function after each operation. The names are here so that programs
can import them; those that can no longer do what they did raise NotImplementedError when called.
"""

from __future__ import annotations

import contextlib
import enum
import threading
from collections.abc import Iterator
from typing import Any, Callable, NoReturn

import tensorflow as tf


class ExecutionCallback(enum.Enum):
    """What to do about an inf or a NaN, in `seterr` and `errstate`."""

    IGNORE = "ignore"
    PRINT = "print"
    RAISE = "raise"
    WARN = "warn"


class _Thread(threading.local):
    inf_or_nan = ExecutionCallback.IGNORE


_thread = _Thread()


def seterr(inf_or_nan: ExecutionCallback | str | None = None) -> dict[str, ExecutionCallback]:
    """Sets what this thread does when an operation returns an inf or a NaN.

    >>> old = seterr(inf_or_nan=ExecutionCallback.RAISE)
    >>> try:
    ...     tf.math.log(0.0)
    ... except tf.errors.InvalidArgumentError:
    ...     print("an inf")
    an inf
    >>> seterr(**old)
    {'inf_or_nan': <ExecutionCallback.RAISE: 'raise'>}

    Args:
        inf_or_nan: `ExecutionCallback.RAISE` or "raise", `ExecutionCallback.IGNORE` or "ignore".
            None changes nothing.

    Returns:
        The previous setting, as keyword arguments for another call.

    Raises:
        ValueError: `inf_or_nan` is not an `ExecutionCallback`.
        NotImplementedError: `inf_or_nan` is "print" or "warn".
    """
    old = {"inf_or_nan": _thread.inf_or_nan}
    if inf_or_nan is not None:
        action = ExecutionCallback(inf_or_nan)
        if action is ExecutionCallback.RAISE:
            tf.debugging.enable_check_numerics()
        elif action is ExecutionCallback.IGNORE:
            tf.debugging.disable_check_numerics()
        else:
            raise NotImplementedError(
                "TensorFlow 2 can't print or warn at an inf or a NaN, only raise an error: use "
                f"ExecutionCallback.RAISE; got {action}"
            )
        _thread.inf_or_nan = action
    return old


@contextlib.contextmanager
def errstate(inf_or_nan: ExecutionCallback | str | None = None) -> Iterator[None]:
    """Sets what the operations of a `with` block do at an inf or a NaN, as `seterr` does.

    >>> with errstate(inf_or_nan="raise"):
    ...     total = tf.constant(1.0) + 2.0
    >>> seterr()
    {'inf_or_nan': <ExecutionCallback.IGNORE: 'ignore'>}

    In graph mode it does nothing.

    Args:
        inf_or_nan: As in `seterr`.

    Raises:
        ValueError: As in `seterr`.
        NotImplementedError: As in `seterr`.
    """
    if not tf.executing_eagerly():
        yield
        return
    old = seterr(inf_or_nan)
    try:
        yield
    finally:
        seterr(**old)


def add_execution_callback(callback: Callable[..., Any]) -> None:
    """Adds a callback after each operation; only `inf_nan_callback` is supported.

    >>> add_execution_callback(inf_nan_callback)
    >>> seterr()
    {'inf_or_nan': <ExecutionCallback.RAISE: 'raise'>}
    >>> clear_execution_callbacks()

    Args:
        callback: `inf_nan_callback`, which has the effect of `seterr(ExecutionCallback.RAISE)`.

    Raises:
        NotImplementedError: `callback` is another function.
    """
    if callback is not inf_nan_callback:
        _call_after_operations(f"got {callback!r:.100}")
    seterr(ExecutionCallback.RAISE)


def clear_execution_callbacks() -> None:
    """Undoes what `add_execution_callback` and `seterr` have set in this thread.

    >>> clear_execution_callbacks()
    """
    seterr(ExecutionCallback.IGNORE)


def inf_nan_callback(*args: Any, **kwargs: Any) -> NoReturn:
    """An argument for `add_execution_callback`, to check every operation; can't be called.

    >>> inf_nan_callback()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    NotImplementedError: TensorFlow 2 ...

    Raises:
        NotImplementedError: Always.
    """
    _call_after_operations("inf_nan_callback was called")


def inf_callback(*args: Any, **kwargs: Any) -> NoReturn:
    """Can't be called or added: TensorFlow 2 doesn't tell an inf from a NaN.

    >>> inf_callback()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    NotImplementedError: TensorFlow 2 ...

    Raises:
        NotImplementedError: Always.
    """
    _call_after_operations("inf_callback was called")


def nan_callback(*args: Any, **kwargs: Any) -> NoReturn:
    """Can't be called or added: TensorFlow 2 doesn't tell a NaN from an inf.

    >>> nan_callback()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    NotImplementedError: TensorFlow 2 ...

    Raises:
        NotImplementedError: Always.
    """
    _call_after_operations("nan_callback was called")


def enable_tracing() -> NoReturn:
    """Can't trace operations and their memory as TF 1.4 did.

    >>> enable_tracing()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    NotImplementedError: TensorFlow 2 ...

    Raises:
        NotImplementedError: Always.
    """
    raise NotImplementedError(
        "TensorFlow 2 can't print a trace of operations and their memory; record a profile with "
        "tf.profiler.experimental.start(logdir) and stop(), and view it in TensorBoard"
    )


def flush_trace() -> None:
    """Does nothing, as in TF 1.4 when no trace is running; `enable_tracing` can't start one.

    >>> flush_trace()
    """


def _call_after_operations(given: str) -> NoReturn:
    raise NotImplementedError(
        "TensorFlow 2 can't call a function after each operation; to raise an error at an inf or a "
        "NaN, call tfe.seterr(tfe.ExecutionCallback.RAISE); to inspect every operation, call "
        f"tf.debugging.experimental.enable_dump_debug_info; {given}"
    )
