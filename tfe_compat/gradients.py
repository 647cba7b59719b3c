"""The gradient functions of TF 1.x's `tf.contrib.eager`, on `tf.GradientTape`.

Everything is `make_vjp`: it runs `f` once under a tape and returns the value with a function that
pulls a cotangent back through the tape. `value_and_gradients_function` is that, called;
`gradients_function` is its second half; the `implicit_*` pair is the same with the variables that
`f` read as the sources.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Callable, Protocol, TypeVar

import numpy as np
import tensorflow as tf

from tfe_compat.bounds import convertible, leaves, shown
from tfe_compat.parameters import ParameterSelection, Params

_Function = TypeVar("_Function", bound=Callable[..., Any])

# Tuples, for their first entries are found by identity, without the hash of a DType, which is
# written in Python.
_FLOATING_OR_COMPLEX = (
    tf.float32,
    tf.float64,
    tf.bfloat16,
    tf.float16,
    tf.complex64,
    tf.complex128,
)

# What a tape can differentiate; it logs a warning when told to watch anything else.
_DIFFERENTIABLE = (*_FLOATING_OR_COMPLEX, tf.resource, tf.variant)


# What the functions return. Keyword arguments are an error, to a type checker too.


class Vjp(Protocol):
    """From a cotangent to a gradient for each of `params`."""

    def __call__(self, dy: Any = None) -> list[Any]: ...


class ValueAndVjp(Protocol):
    """From the arguments of `f` to its value and its vector-Jacobian product."""

    def __call__(self, *args: Any) -> tuple[Any, Vjp]: ...


class ValueAndGradients(Protocol):
    """From the arguments of `f` to its value and a gradient for each of `params`."""

    def __call__(self, *args: Any, dy: Any = None) -> tuple[Any, list[Any]]: ...


class Gradients(Protocol):
    """From the arguments of `f` to a gradient for each of `params`."""

    def __call__(self, *args: Any, dy: Any = None) -> list[Any]: ...


def make_vjp(f: Callable[..., Any], params: Params = None, persistent: bool = True) -> ValueAndVjp:
    """Returns a function that computes `f` and its vector-Jacobian product.

    >>> value, vjp = make_vjp(lambda x: x * x)(3.0)
    >>> print(value.numpy(), vjp()[0].numpy(), vjp(dy=10.0)[0].numpy())
    9.0 6.0 60.0

    Args:
        f: The function to differentiate; any callable. It receives the differentiated arguments
            as tensors and all others untouched, and returns a tensor or any `tf.nest` structure
            of tensors, variables, NumPy arrays, Python numbers and strings.
        params: Which arguments to differentiate: None for every positional parameter that the call
            passes, or an iterable of parameter names, or of positions in the call (negative ones
            count from the end). The gradients come in this order.
        persistent: Whether `vjp` can be called more than once.

    Returns:
        A function `g(*args) -> (value, vjp)`. `value` has the structure of what `f` returned, each
        leaf a tensor. `vjp(dy=None)` returns a list with one gradient for each of `params`, of the
        shape and dtype of that argument: a tensor, `tf.IndexedSlices` where TensorFlow's gradient
        is sparse, or None where the value does not depend on the argument or its dtype is neither
        floating nor complex. `dy` is the cotangent: one tensor for each leaf of the value, in any
        structure, of the shape and dtype of that leaf; Python and NumPy values take that dtype.
        None means ones.

    Raises:
        ValueError: From `g`: `f` returned None, or `params` are wrong. From `vjp`: `dy` has more or
            fewer tensors than the value. From both: what was given has no end, or is larger than
            `tfe_compat.bounds` allows.
        RecursionError: From both: a value or `dy` contains itself.
        IndexError: From `g`: `params` select an argument that the call doesn't pass.
        TypeError: From `g`: `params` is not iterable.
        AssertionError: From `g`: keyword arguments, as in TF 1.15.5.
        RuntimeError: From a second call of `vjp` with `persistent=False`.

    The behaviour is that of `tensorflow.python.eager.backprop.make_vjp` of TF 1.15.5, as recorded
    in `tfe_compat/conformance`.
    """
    selection = ParameterSelection(f, params)

    def value_and_vjp(*args: Any, **kwargs: Any) -> tuple[Any, Vjp]:
        positions = selection.positions(len(args))
        if kwargs:
            raise AssertionError(
                "The gradient function can't take keyword arguments; "
                f"got {sorted(kwargs)}. Pass them by position, or bind them with functools.partial."
            )
        arguments = _with_independent_tensors(args, positions)
        sources = [arguments[position] for position in positions]
        with tf.GradientTape(bool(persistent), watch_accessed_variables=False) as tape:
            tape.watch([source for source in sources if source.dtype in _DIFFERENTIABLE])
            result = _not_none(f(*arguments), f)
            # An identity puts each output on the device of the calling scope, as TF 1.15.5 does. To
            # a tensor alone it is applied off this tape, which shortens the way back by a step;
            # among several outputs that step decides the order in which gradients are summed, and
            # in a graph it captures an eager tensor.
            alone = (
                issubclass(type(result), tf.Tensor)  # not isinstance, which believes a mock
                and result.dtype in _FLOATING_OR_COMPLEX
                and tf.executing_eagerly()
            )
            # A tuple, for with all its features on, AutoGraph makes a tensor of a list display.
            targets = (
                (result,)
                if alone
                else [
                    tf.raw_ops.Identity(input=_tensor(leaf))
                    for leaf in leaves(result, "what f returned")
                ]
            )

        # tf.nest rebuilds a list slowly, and a tensor at once. (Not in a function of its own: with
        # all its features on, AutoGraph makes every function return tensors anew.)
        differentiated = sources[0] if len(sources) == 1 else sources

        def vjp(dy: Any = None) -> list[Any]:
            cotangents = None if dy is None else _cotangents(dy, targets)
            gradients = tape.gradient(targets, differentiated, output_gradients=cotangents)
            flat: list[Any] = tf.nest.flatten(gradients)
            return flat

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
        params: Which arguments to differentiate, as in `make_vjp`.

    Returns:
        A function `g(*args, dy=None) -> (value, [gradient, ...])`; value, gradients and `dy` are
        those of `make_vjp`.

    Raises:
        ValueError: From `g`: `f` returned None, `params` are wrong, `dy` has more or fewer tensors
            than the value, or keyword arguments other than `dy` were passed.
        IndexError: From `g`: `params` select an argument that the call doesn't pass.
        TypeError: From `g`: `params` is not iterable.

    The behaviour is that of `tf.contrib.eager.value_and_gradients_function` of TF 1.15.5, as
    recorded in `tfe_compat/conformance`.
    """
    value_and_vjp = make_vjp(f, params, persistent=False)

    def value_and_gradients(*args: Any, dy: Any = None, **kwargs: Any) -> tuple[Any, list[Any]]:
        if kwargs:
            raise ValueError(
                "Functions to be differentiated cannot receive keyword arguments other than dy; "
                f"got {sorted(kwargs)}. Pass them by position, or bind them with functools.partial."
            )
        value, vjp = value_and_vjp(*args)
        return value, vjp(dy)

    return _named(value_and_gradients, "value_and_gradients_of", f)


def gradients_function(f: Callable[..., Any], params: Params = None) -> Gradients:
    """Returns a function that computes the derivatives of `f` with respect to `params`.

    >>> square = lambda x: x * x
    >>> print(gradients_function(square)(3.0)[0].numpy())
    6.0

    Nested, it gives derivatives of higher order:

    >>> cube = lambda x: x * x * x
    >>> print(gradients_function(lambda x: gradients_function(cube)(x)[0])(2.0)[0].numpy())
    12.0

    Args:
        f: The function to differentiate, as in `value_and_gradients_function`.
        params: Which arguments to differentiate, as in `make_vjp`.

    Returns:
        A function `g(*args, dy=None) -> [gradient, ...]`: the gradients of
        `value_and_gradients_function`.

    Raises:
        ValueError, IndexError, TypeError: From `g`, as from `value_and_gradients_function`.

    The behaviour is that of `tf.contrib.eager.gradients_function` of TF 1.15.5, as recorded in
    `tfe_compat/conformance`.
    """
    value_and_gradients = value_and_gradients_function(f, params)

    def gradients(*args: Any, dy: Any = None, **kwargs: Any) -> list[Any]:
        return value_and_gradients(*args, dy=dy, **kwargs)[1]

    return _named(gradients, "gradients_of", f)


def implicit_value_and_gradients(
    f: Callable[..., Any],
) -> Callable[..., tuple[Any, list[tuple[Any, Any]]]]:
    """Returns a function that computes `f` and its derivatives by the variables that `f` reads.

    >>> w = tf.Variable(2.0)
    >>> value, [(gradient, variable)] = implicit_value_and_gradients(lambda x: w * w * x)(3.0)
    >>> print(value.numpy(), gradient.numpy(), variable is w)
    12.0 12.0 True

    Args:
        f: The function to differentiate. It receives its arguments untouched and returns what
            `make_vjp` allows. If it returns several values, or values that are not scalars, the
            gradients are those of their sum.

    Returns:
        A function `g(*args, **kwargs) -> (value, [(gradient, variable), ...])`, the pairs as
        `apply_gradients` of an optimizer takes them: every trainable variable that `f` read, in
        the order of their construction, with a gradient of its shape and dtype as in `make_vjp`.

    Raises:
        ValueError: From `g`: `f` returned None, or read no trainable variable.

    The behaviour is that of `tf.contrib.eager.implicit_value_and_gradients` of TF 1.15.5, as
    recorded in `tfe_compat/conformance`.
    """

    def value_and_gradients(*args: Any, **kwargs: Any) -> tuple[Any, list[tuple[Any, Any]]]:
        with tf.GradientTape() as tape:
            result = _not_none(f(*args, **kwargs), f)
            # To return a variable is not to read it: TF 1.15.5 refuses here, and so do we.
            if not tape.watched_variables():
                raise ValueError(
                    f"No trainable variables were accessed while {_name_of(f)} was being computed; "
                    "to differentiate by arguments use value_and_gradients_function. (TF 1's "
                    "reference variables don't count: make them with use_resource=True.)"
                )
            # No identity here: in TF 1.15.5 the tensors keep the devices that f put them on.
            returned = leaves(result, "what f returned")
            outputs = [_tensor(leaf) for leaf in returned]
        variables = tape.watched_variables()
        gradients = tape.gradient(outputs, variables)
        # What holds only tensors is returned as it came: not every structure can be made anew.
        if any(output is not leaf for output, leaf in zip(outputs, returned)):
            result = tf.nest.pack_sequence_as(result, outputs)
        return result, list(zip(gradients, variables))

    return _named(value_and_gradients, "value_and_gradients_by_variables_of", f)


def implicit_gradients(f: Callable[..., Any]) -> Callable[..., list[tuple[Any, Any]]]:
    """Returns a function that computes the derivatives of `f` by the variables that it reads.

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

    The behaviour is that of `tf.contrib.eager.implicit_gradients` of TF 1.15.5, as recorded in
    `tfe_compat/conformance`.
    """
    value_and_gradients = implicit_value_and_gradients(f)

    def gradients(*args: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        return value_and_gradients(*args, **kwargs)[1]

    return _named(gradients, "gradients_by_variables_of", f)


def _with_independent_tensors(args: Sequence[Any], positions: Sequence[int]) -> list[Any]:
    """`args` with tensors at `positions`, no tensor standing at two of them.

    The first of several equal tensors stays the caller's own, so that an argument that is not
    selected, or a closure, that holds it too is differentiated with it: as in TF 1.15.5, the first
    in the order of the arguments, not of `params`.
    """
    arguments = list(args)
    eager = tf.executing_eagerly()  # else an eager tensor has still to be captured by the graph
    seen = set()
    for position in sorted(set(positions)):
        tensor = arguments[position]
        if not (eager and issubclass(type(tensor), tf.Tensor)):
            tensor = _tensor(tensor)
        if id(tensor) in seen:
            tensor = tf.raw_ops.Identity(input=tensor)
        seen.add(id(tensor))
        arguments[position] = tensor
    return arguments


def _not_none(result: Any, f: Callable[..., Any]) -> Any:
    if result is None:
        raise ValueError(
            "Cannot differentiate a function that returns None; "
            f"did you forget to return a value from {_name_of(f)}?"
        )
    return result


def _cotangents(dy: Any, outputs: Sequence[tf.Tensor]) -> list[tf.Tensor]:
    """The leaves of `dy` as tensors, checked to be one for each output."""
    given = leaves(dy, "dy")
    if len(given) != len(outputs):
        raise ValueError(
            f"dy has {len(given)} tensor(s) but f returned {len(outputs)}; pass one per output, "
            "in the order of tf.nest.flatten (a list counts as one tensor per element: turn the "
            "cotangent of one output into one tensor with tf.constant)"
        )
    return [_cotangent(leaf, output.dtype) for leaf, output in zip(given, outputs)]


def _cotangent(leaf: Any, dtype: tf.DType) -> tf.Tensor:
    if isinstance(leaf, np.ndarray):
        leaf = convertible(leaf)
    is_number = isinstance(leaf, (bool, int, float, complex, np.ndarray, np.generic))
    if is_number and (dtype.is_floating or dtype.is_complex):
        # An int may be too large for any integer dtype.
        array = np.asarray(float(leaf) if isinstance(leaf, int) else leaf)
        # What does not fit, like a complex number for a real output, is left for TensorFlow to
        # refuse. (NumPy alone would cast complex to bfloat16.)
        fits = np.can_cast(array.dtype, dtype.as_numpy_dtype, "same_kind")
        if fits and (dtype.is_complex or not np.iscomplexobj(array)):
            leaf = array.astype(dtype.as_numpy_dtype)
    return _tensor(leaf)


def _tensor(value: Any) -> tf.Tensor:
    try:
        tensor = tf.convert_to_tensor(convertible(value))
    except RuntimeError as error:
        if "EagerTensor" not in str(error):
            raise
        raise RuntimeError(
            f"A tensor or variable made in eager mode can't enter a tf.Graph; got {shown(value)}. "
            "Pass its value, from .numpy(), or make it inside the graph."
        ) from error
    if not isinstance(tensor, tf.Tensor):  # a foreign __tf_tensor__ may return anything
        raise TypeError(
            f"a tensor was expected, or what becomes one; got {shown(value)}, of which "
            f"tf.convert_to_tensor makes {shown(tensor)}"
        )
    return tensor


def _name_of(f: Callable[..., Any]) -> str:
    try:
        return _name_of(f.func) if isinstance(f, functools.partial) else str(f.__name__)
    except Exception:  # whatever a foreign __getattr__ raises; it is not what the user asked for
        return type(f).__name__


def _named(function: _Function, what: str, f: Callable[..., Any]) -> _Function:
    """`function`, named after `f` for tracebacks and `help`.

    It gets no `__wrapped__`: TF 1.15.5's functions take any arguments, and nesting depends on it.
    """
    # AutoGraph can't convert a chained assignment.
    function.__name__ = f"{what}_{_name_of(f)}"
    function.__qualname__ = function.__name__
    function.__doc__ = f"Computes {function.__name__}; made by tfe_compat."
    return function
