"""Graphs made of Python functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable

import tensorflow as tf


def function(
    func: Callable[..., Any] | None = None,
    input_signature: Sequence[Any] | None = None,
    autograph: bool = True,
    experimental_autograph_options: Any = None,
    experimental_relax_shapes: bool = False,
    experimental_compile: bool | None = None,
) -> Any:
    """Makes a graph of a function for each new kind of arguments: `tf.function`.

    >>> @function
    ... def double(x):
    ...     return 2.0 * x
    >>> print(double(tf.constant(3.0)).numpy())
    6.0

    The arguments stand in the order of TF 1.15.5, where `tf.function` of TensorFlow 2 has another
    one from the fourth on.

    Args:
        func: The function. None returns a decorator.
        input_signature: A `tf.TensorSpec` for each argument: one graph for all that match.
        autograph: Whether Python's `if`, `for` and `while` over tensors become part of the graph.
        experimental_autograph_options: `tf.autograph.experimental.Feature` values.
        experimental_relax_shapes: Whether to make one graph for arguments of several shapes.
        experimental_compile: Whether to compile the graph by XLA.
    """
    options: dict[str, Any] = {
        "experimental_autograph_options": experimental_autograph_options,
        "jit_compile": experimental_compile,
    }
    if experimental_relax_shapes:
        options["experimental_relax_shapes"] = True
    return tf.function(func, input_signature, autograph, **options)


def defun(
    func: Callable[..., Any] | None = None,
    input_signature: Sequence[Any] | None = None,
    autograph: bool = True,
    experimental_autograph_options: Any = None,
    experimental_relax_shapes: bool = False,
) -> Any:
    """Makes a graph of a function for each new kind of arguments, as `function` does.

    >>> double = defun(lambda x: 2.0 * x)
    >>> print(double(tf.constant(3.0)).numpy())
    6.0

    Args:
        func: The function. None returns a decorator.
        input_signature: As in `function`, like the rest.
        autograph: Whether statements over tensors become part of the graph.
        experimental_autograph_options: `tf.autograph.experimental.Feature` values.
        experimental_relax_shapes: Whether to make one graph for arguments of several shapes.
    """
    return function(
        func, input_signature, autograph, experimental_autograph_options, experimental_relax_shapes
    )
