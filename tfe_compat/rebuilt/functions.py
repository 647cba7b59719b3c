"""Python functions compiled to graphs."""

from __future__ import annotations

import contextlib
import functools
import inspect
import itertools
from collections.abc import Sequence
from typing import Any, Callable

import tensorflow as tf

from tfe_compat.rebuilt.variable_store import custom_getter


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

    The function may create variables in its first call, as with `tf.compat.v1.get_variable` or
    `tf.compat.v1.layers.dense`. To find them again when it is called with arguments of another
    kind, make it a template.

    >>> def scale(x):
    ...     return x * tf.compat.v1.get_variable("w", [], initializer=tf.ones_initializer())
    >>> scale = defun(tf.compat.v1.make_template("scale", scale))
    >>> print(scale(tf.constant(3.0)).numpy(), scale(tf.constant([4.0])).numpy())
    3.0 [4.]

    Args:
        func: The function. None returns a decorator.
        input_signature: As in `function`, like the other arguments.
        autograph: Whether statements on tensors become part of the graph.
        experimental_autograph_options: One or more of `tf.autograph.experimental.Feature`.
        experimental_relax_shapes: Whether arguments of different shapes may share a graph.

    Raises:
        ValueError: From a call after the first: the function creates variables.
    """

    def compiled(func: Callable[..., Any]) -> Any:
        return function(
            _with_its_variables(func),
            input_signature,
            autograph,
            experimental_autograph_options,
            experimental_relax_shapes,
        )

    return compiled if func is None else compiled(func)


def _with_its_variables(func: Callable[..., Any]) -> Callable[..., Any]:
    """`func`, for `tf.function`, which calls it twice if it creates variables the first time.

    The second call gets the variables of the first, in the order in which they were requested, as
    if there were no second call: TF 1.15.5 called it once.
    """
    created: list[tf.Variable] = []
    got: list[tf.Variable] = []  # by get_variable, which may have created them
    calls = itertools.count()

    @functools.wraps(func)
    def with_its_variables(*args: Any, **kwargs: Any) -> Any:
        call = next(calls)
        is_again = call == 1 and bool(created)
        created_again, got_again = iter(created), iter(got)

        def creator(next_creator: Callable[..., tf.Variable], **kwargs: Any) -> tf.Variable:
            variable = next(created_again, None) if is_again else None
            if variable is None:
                if call > 0:
                    raise ValueError(f"A function of tfe.defun {_FIRST_CALL_ONLY}")
                variable = next_creator(**kwargs)
                created.append(variable)
            return variable

        def get_variable(
            getter: Callable[..., tf.Variable], name: str, *args: Any, **kwargs: Any
        ) -> Any:
            variable = next(got_again, None) if is_again else None
            if variable is None:
                try:
                    variable = getter(name, *args, **kwargs)
                except AttributeError as error:
                    if "Tensor.op" not in str(error):
                        raise
                    # TensorFlow tries to say where the variable was created, and fails.
                    raise ValueError(
                        f"Variable {name} already exists, and its scope does not say reuse=True or "
                        f"reuse=tf.AUTO_REUSE. A function of tfe.defun {_FIRST_CALL_ONLY}"
                    ) from None
                got.append(variable)
            return variable

        with tf.variable_creator_scope(creator), custom_getter(get_variable):
            return func(*args, **kwargs)

    # Else AutoGraph would take the source of `func`, or a lambda in this file, for this function's.
    del with_its_variables.__wrapped__
    if with_its_variables.__name__ == "<lambda>":
        with_its_variables.__name__ = "lambda_"
    # TensorFlow 2.10 and older look only here for the names of the parameters.
    with contextlib.suppress(TypeError, ValueError):
        with_its_variables.__signature__ = inspect.signature(func)  # type: ignore[attr-defined]
    return with_its_variables


_FIRST_CALL_ONLY = (
    "creates variables in its first call only: to find them again when it is called with arguments "
    "of another kind, make it a template, tfe.defun(tfe.make_template(name, function)), or create "
    "them outside"
)
