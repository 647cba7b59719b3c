"""Python functions compiled to graphs."""

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
    """Compiles a function to a graph for each new kind of arguments, as `tf.function` does.

    >>> @function
    ... def double(x):
    ...     return 2.0 * x
    >>> print(double(tf.constant(3.0)).numpy())
    6.0

    The parameters have the order of TF 1.15.5, from which `tf.function` of TensorFlow 2 differs
    after the third.

    Args:
        func: The function. None returns a decorator.
        input_signature: A `tf.TensorSpec` for each argument; all calls share one graph.
        autograph: Whether Python's `if`, `for` and `while` on tensors become part of the graph.
        experimental_autograph_options: One or more of `tf.autograph.experimental.Feature`.
        experimental_relax_shapes: Whether arguments of different shapes may share a graph.
        experimental_compile: Whether to compile the graph with XLA.
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
    """Compiles a function to a graph for each new kind of arguments, as `function` does.

    >>> double = defun(lambda x: 2.0 * x)
    >>> print(double(tf.constant(3.0)).numpy())
    6.0

    Args:
        func: The function. None returns a decorator.
        input_signature: As in `function`, like the other arguments.
        autograph: Whether statements on tensors become part of the graph.
        experimental_autograph_options: One or more of `tf.autograph.experimental.Feature`.
        experimental_relax_shapes: Whether arguments of different shapes may share a graph.
    """
    return function(
        func, input_signature, autograph, experimental_autograph_options, experimental_relax_shapes
    )
