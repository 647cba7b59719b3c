"""The gradient functions of TF 1.x's `tf.contrib.eager`, on `tf.GradientTape`.

`make_vjp` runs `f` once under a tape and returns the value with a function that pulls a cotangent
back through the tape. `value_and_gradients_function` is that, called; `gradients_function` is its
second half. The `implicit_*` pair runs the same tape with the variables that `f` reads as the
sources.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Callable, Protocol, TypeVar

import numpy as np
import tensorflow as tf

from tfe_compat.autograph import unconverted
from tfe_compat.inputs import leaves, shown, tensor_of
from tfe_compat.parameters import ParameterSelection, Params

_Function = TypeVar("_Function", bound=Callable[..., Any])

# What a tape can differentiate; it logs a warning when told to watch anything else. (These are
# tuples because their first entries are found by identity, without the slow hash of a DType.)
_FLOATING = (tf.float32, tf.float64, tf.bfloat16, tf.float16, tf.complex64, tf.complex128)
_DIFFERENTIABLE = (*_FLOATING, tf.resource, tf.variant)

_KEYWORDS = (
    "A differentiated function takes no keyword arguments{}; pass them by position, or bind them "
    "with functools.partial: got {}"
)


# What the functions return. Values and gradients are typed as tensors, which they mostly are, so
# editors can complete them; a value may be any structure, a gradient IndexedSlices or None.


class Vjp(Protocol):
    def __call__(self, dy: Any = None) -> list[tf.Tensor]: ...


class ValueAndVjp(Protocol):
    def __call__(self, *args: Any) -> tuple[tf.Tensor, Vjp]: ...


class ValueAndGradients(Protocol):
    def __call__(self, *args: Any, dy: Any = None) -> tuple[tf.Tensor, list[tf.Tensor]]: ...


class Gradients(Protocol):
    def __call__(self, *args: Any, dy: Any = None) -> list[tf.Tensor]: ...


def make_vjp(f: Callable[..., Any], params: Params = None, persistent: bool = True) -> ValueAndVjp:
    """Returns a function that computes `f` and its vector-Jacobian product.

    >>> value, vjp = make_vjp(lambda x: x * x)(3.0)
    >>> print(value.numpy(), vjp()[0].numpy(), vjp(dy=10.0)[0].numpy())
    9.0 6.0 60.0

    Args:
        f: The function to differentiate, which may be any callable. It receives the differentiated
            arguments as tensors and all others untouched, and returns a tensor or any `tf.nest`
            structure of tensors, variables, NumPy arrays, Python numbers and strings.
        params: The arguments to differentiate with respect to: None for every positional parameter
            that the call passes, or an iterable of parameter names, or of positions in the call
            (negative ones count from the end). The gradients come in this order.
        persistent: Whether `vjp` can be called more than once.

    Returns:
        A function `g(*args) -> (value, vjp)`. `value` has the structure of what `f` returned, with
        each leaf a tensor. `vjp(dy=None)` returns a list with one gradient for each of `params`,
        with the shape and dtype of that argument: a tensor, `tf.IndexedSlices` where TensorFlow's
        gradient is sparse, or None where the value does not depend on the argument or its dtype is
        neither floating nor complex. `dy` is the cotangent: one tensor for each leaf of the value,
        in any structure, with the shape and dtype of that leaf; Python and NumPy values take that
        dtype. None, or a structure without tensors, means ones.

    Raises:
        ValueError: From `g`: `f` returned None, or `params` are wrong. From `vjp`: `dy` has more or
            fewer tensors than the value, or a number outside the range of its dtype. From both:
            what was given cannot become a tensor, as `tfe_compat.inputs.tensor_of` describes.
        IndexError: From `g`: `params` select an argument that the call doesn't pass.
        TypeError: From `g`: `params` is not iterable.
        AssertionError: From `g`: keyword arguments were passed, as in TF 1.15.5.
        RuntimeError: From a second call of `vjp` with `persistent=False`.
        tf.errors.InvalidArgumentError: From `vjp`: `dy` is complex where the value is real.

    The behavior is that of `tensorflow.python.eager.backprop.make_vjp` of TF 1.15.5, as recorded
    in `tfe_compat/conformance`.
    """
    selection = ParameterSelection(f, params)

    def value_and_vjp(*args: Any, **kwargs: Any) -> tuple[Any, Vjp]:
        positions = selection.positions(len(args))
        if kwargs:
            raise AssertionError(_KEYWORDS.format("", sorted(kwargs)))
        arguments = _with_independent_tensors(args, positions)
        sources = [arguments[position] for position in positions]
        with tf.GradientTape(bool(persistent), watch_accessed_variables=False) as tape:
            tape.watch([source for source in sources if source.dtype in _DIFFERENTIABLE])
            result = _not_none(f(*arguments), f)
            # An identity puts each output on the device of the calling scope, as TF 1.15.5 does.
            # For a single tensor it stays off this tape, which saves a step of the backward pass
            # (the plain form is `alone = False`); among several outputs that step decides the order
            # in which gradients are summed, and in a graph it captures an eager tensor.
            is_floating_tensor = isinstance(result, tf.Tensor) and result.dtype in _FLOATING
            alone = is_floating_tensor and tf.executing_eagerly()
            targets = result if alone else tuple(map(_output, leaves(result)))

        def vjp(dy: Any = None) -> list[tf.Tensor]:
            if dy is not None:
                dy = _cotangents(dy, targets)
            if len(sources) == 1:  # TensorFlow handles a tensor faster than a list of one
                return [tape.gradient(targets, sources[0], dy)]
            gradients: list[tf.Tensor] = tape.gradient(targets, sources, dy)
            return gradients

        if alone:
            return tf.raw_ops.Identity(input=result), vjp
        return tf.nest.pack_sequence_as(result, targets), vjp

    return _named(value_and_vjp, "value_and_vjp_of", f)


def value_and_gradients_function(f: Callable[..., Any], params: Params = None) -> ValueAndGradients:
    """Returns a function that computes `f` and its derivatives with respect to `params`.

    >>> def f(x, y):
    ...     return x * x * x * y - x * y * y
    >>> value, (dx, dy) = value_and_gradients_function(f)(2.0, 3.0)
    >>> print(value.numpy(), dx.numpy(), dy.numpy())
    6.0 27.0 -4.0
    >>> value, (dy,) = value_and_gradients_function(f, params=[1])(2.0, 3.0)
    >>> print(value.numpy(), dy.numpy())
    6.0 -4.0

    Args:
        f: The function to differentiate, as in `make_vjp`. If it returns several values, or values
            that are not scalars, the gradients are those of their sum.
        params: The arguments to differentiate with respect to, as in `make_vjp`.

    Returns:
        A function `g(*args, dy=None) -> (value, [gradient, ...])`; value, gradients and `dy` are
        those of `make_vjp`.

    Raises:
        ValueError: From `g`: keyword arguments other than `dy` were passed. Apart from that, `g`
            raises what the functions of `make_vjp` raise.

    The behavior is that of `tf.contrib.eager.value_and_gradients_function` of TF 1.15.5, as
    recorded in `tfe_compat/conformance`.
    """
    value_and_vjp = make_vjp(f, params, persistent=False)

    def value_and_gradients(*args: Any, dy: Any = None, **kwargs: Any) -> tuple[Any, list[Any]]:
        if kwargs:
            raise ValueError(_KEYWORDS.format(" but dy", sorted(kwargs)))
        value, vjp = value_and_vjp(*args)
        return value, vjp(dy)

    return _named(value_and_gradients, "value_and_gradients_of", f)


def gradients_function(f: Callable[..., Any], params: Params = None) -> Gradients:
    """Returns a function that computes the derivatives of `f` with respect to `params`.

    >>> square = lambda x: x * x
    >>> print(gradients_function(square)(3.0)[0].numpy())
    6.0

    When nested, it gives higher-order derivatives:

    >>> cube = lambda x: x * x * x
    >>> print(gradients_function(lambda x: gradients_function(cube)(x)[0])(2.0)[0].numpy())
    12.0

    Args:
        f: The function to differentiate, as in `value_and_gradients_function`.
        params: The arguments to differentiate with respect to, as in `make_vjp`.

    Returns:
        A function `g(*args, dy=None) -> [gradient, ...]`: the gradients of
        `value_and_gradients_function`.

    Raises:
        `g` raises what the function from `value_and_gradients_function` raises.

    The behavior is that of `tf.contrib.eager.gradients_function` of TF 1.15.5, as recorded in
    `tfe_compat/conformance`.
    """
    value_and_gradients = value_and_gradients_function(f, params)

    def gradients(*args: Any, dy: Any = None, **kwargs: Any) -> list[Any]:
        return value_and_gradients(*args, dy=dy, **kwargs)[1]

    return _named(gradients, "gradients_of", f)


def implicit_value_and_gradients(
    f: Callable[..., Any],
) -> Callable[..., tuple[Any, list[tuple[Any, Any]]]]:
    """Returns a function for `f` and its derivatives with respect to the variables that it reads.

    >>> w = tf.Variable(2.0)
    >>> value, [(gradient, variable)] = implicit_value_and_gradients(lambda x: w * w * x)(3.0)
    >>> print(value.numpy(), gradient.numpy(), variable is w)
    12.0 12.0 True

    Args:
        f: The function to differentiate, as in `value_and_gradients_function`, except that it
            receives its arguments untouched.

    Returns:
        A function `g(*args, **kwargs) -> (value, [(gradient, variable), ...])`. An optimizer's
        `apply_gradients` takes the pairs: one for every trainable variable that `f` read, in the
        order in which the variables were made, with a gradient as in `make_vjp`.

    Raises:
        ValueError: From `g`: `f` returned None, or read no trainable variable.

    The behavior is that of `tf.contrib.eager.implicit_value_and_gradients` of TF 1.15.5, as
    recorded in `tfe_compat/conformance`.
    """

    def value_and_gradients(*args: Any, **kwargs: Any) -> tuple[Any, list[tuple[Any, Any]]]:
        with tf.GradientTape() as tape:
            result = _not_none(f(*args, **kwargs), f)
            # Returning a variable does not count as reading it: TF 1.15.5 refuses, and so do we.
            if not tape.watched_variables():
                raise ValueError(
                    f"No trainable variables were accessed while {_name_of(f)} was being computed; "
                    "to differentiate by its arguments, use value_and_gradients_function. (TF 1's "
                    "reference variables don't count: make them with use_resource=True.)"
                )
            # No identity here: in TF 1.15.5 the tensors keep the devices that f put them on.
            returned = leaves(result)
            outputs = [tensor_of(leaf) for leaf in returned]
        variables = tape.watched_variables()
        gradients = tape.gradient(outputs, variables)
        # What holds only tensors is returned as it is: not every structure can be rebuilt.
        if any(output is not leaf for output, leaf in zip(outputs, returned)):
            result = tf.nest.pack_sequence_as(result, outputs)
        return result, list(zip(gradients, variables))

    return _named(value_and_gradients, "value_and_gradients_by_variables_of", f)


def implicit_gradients(f: Callable[..., Any]) -> Callable[..., list[tuple[Any, Any]]]:
    """Returns a function for the derivatives of `f` with respect to the variables that it reads.

    >>> w = tf.Variable(2.0)
    >>> [(gradient, variable)] = implicit_gradients(lambda x: w * w * x)(3.0)
    >>> print(gradient.numpy(), variable is w)
    12.0 True

    Args:
        f: The function to differentiate, as in `implicit_value_and_gradients`.

    Returns:
        A function `g(*args, **kwargs) -> [(gradient, variable), ...]`: the pairs of
        `implicit_value_and_gradients`.

    Raises:
        ValueError: From `g`: `f` returned None, or read no trainable variable.

    The behavior is that of `tf.contrib.eager.implicit_gradients` of TF 1.15.5, as recorded in
    `tfe_compat/conformance`.
    """
    value_and_gradients = implicit_value_and_gradients(f)

    def gradients(*args: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        return value_and_gradients(*args, **kwargs)[1]

    return _named(gradients, "gradients_by_variables_of", f)


@unconverted
def _with_independent_tensors(args: Sequence[Any], positions: Sequence[int]) -> list[Any]:
    """`args` with tensors at `positions`, and no tensor at two of them.

    The first of several identical tensors stays the caller's own, so that gradients also flow
    through an argument that is not selected, or a closure, if it holds the same tensor. As in TF
    1.15.5, it is the first in the order of the arguments, not of `params`.
    """
    eager = tf.executing_eagerly()
    arguments = list(args)
    seen = set()
    for position in sorted(set(positions)):
        tensor = arguments[position]
        if not (eager and isinstance(tensor, tf.Tensor)):  # a graph has to capture an eager tensor
            tensor = tensor_of(tensor)
        if id(tensor) in seen:
            tensor = tf.raw_ops.Identity(input=tensor)
        seen.add(id(tensor))
        arguments[position] = tensor
    return arguments


@unconverted
def _not_none(result: Any, f: Callable[..., Any]) -> Any:
    if result is None:
        raise ValueError(
            "Cannot differentiate a function that returns None; "
            f"did you forget to return a value from {_name_of(f)}?"
        )
    return result


def _output(leaf: Any) -> tf.Tensor:
    return tf.raw_ops.Identity(input=tensor_of(leaf))


@unconverted
def _cotangents(dy: Any, outputs: tf.Tensor | Sequence[tf.Tensor]) -> Any:
    """`dy` as the tape takes it: one tensor for each output, or None if `dy` has no leaves."""
    if isinstance(outputs, tf.Tensor):
        if isinstance(dy, tf.Tensor):
            return dy
        outputs = (outputs,)
    given = leaves(dy)
    if given and len(given) != len(outputs):
        raise ValueError(
            f"dy has {len(given)} tensor(s) but f returned {len(outputs)}; pass one per output, "
            "in the order of tf.nest.flatten (a list counts as one tensor per element: turn the "
            "cotangent of one output into one tensor with tf.constant)"
        )
    return [tensor_of(_cast(leaf, output.dtype)) for leaf, output in zip(given, outputs)] or None


def _cast(leaf: Any, dtype: tf.DType) -> Any:
    """Numbers in `dy` cast to the dtype of their output; anything else unchanged."""
    is_number = isinstance(leaf, (bool, int, float, complex, np.ndarray, np.generic))
    if not (is_number and (dtype.is_floating or dtype.is_complex)):
        return leaf
    try:
        number = np.asarray(float(leaf) if isinstance(leaf, int) else leaf)
    except OverflowError:
        raise _out_of_range(leaf, dtype) from None
    if np.iscomplexobj(number) and not dtype.is_complex:
        message = f"dy is complex, but its output is {dtype.name}; pass the real part of"
        raise tf.errors.InvalidArgumentError(None, None, f"{message} {shown(leaf)}")
    if not np.can_cast(number.dtype, dtype.as_numpy_dtype, "same_kind"):
        return leaf
    with np.errstate(over="ignore"):
        cast = number.astype(dtype.as_numpy_dtype)
    if np.any(np.isfinite(number) & ~np.isfinite(cast)):
        raise _out_of_range(leaf, dtype)
    return cast


def _out_of_range(number: Any, dtype: tf.DType) -> ValueError:
    return ValueError(
        f"dy is out of the range of {dtype.name}, the dtype of its output; pass a smaller one, or "
        f"compute in a wider dtype: got {shown(number)}"
    )


def _name_of(f: Callable[..., Any]) -> str:
    if isinstance(f, functools.partial):
        return _name_of(f.func)
    return str(getattr(f, "__name__", type(f).__name__))


@unconverted
def _named(function: _Function, what: str, f: Callable[..., Any]) -> _Function:
    """`function`, named after `f` for tracebacks and `help`.

    It gets no `__wrapped__`: TF 1.15.5's functions accept any arguments, as nesting requires.
    """
    function.__name__ = function.__qualname__ = f"{what}_{_name_of(f)}"
    function.__doc__ = f"Computes {function.__name__}; made by tfe_compat."
    return function
