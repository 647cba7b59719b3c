"""Which positional arguments of a call `params` select for differentiation."""

from __future__ import annotations

import functools
import inspect
import itertools
import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Callable, Optional, Union

import numpy as np

from tfe_compat.autograph import unconverted
from tfe_compat.inputs import shown

Params = Optional[Union[Iterable[str], Iterable[Union[int, "np.integer[Any]"]]]]

MAX_PARAMS = 1_000_000  # anything longer has no end, or might as well have none


def positional_parameters(f: Callable[..., Any]) -> list[str]:
    """The names of the parameters of `f` that a call fills by position, in order.

    A bound `self` or `cls` is not among them, and neither is `*rest`. The signature is that of `f`
    itself: what a `functools.wraps` wrapper wraps does not count, as in TF 1.15.5.

    >>> positional_parameters(lambda x, y=1, *rest, scale=2: x)
    ['x', 'y']
    >>> positional_parameters(max)  # whose signature can't be read
    []
    """
    if isinstance(f, types.FunctionType) and not vars(f):  # nothing like __signature__ is set on f
        return list(f.__code__.co_varnames[: f.__code__.co_argcount])  # in a tenth of the time
    try:
        # Before 2.12, what TensorFlow's decorators return has this attribute but no __signature__.
        decorated = hasattr(f.func if isinstance(f, functools.partial) else f, "_tf_decorator")
        parameters = inspect.signature(f, follow_wrapped=decorated).parameters.values()
        return [
            p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        ]
    except Exception:  # as in getfullargspec: a __signature__ may raise anything
        return []


class ParameterSelection:
    """The arguments of a call of `f` that `params` select.

    The first call of `positions` reads and checks `params`: TF 1.15.5 reports wrong ones when the
    differentiated function is called, not when it is made. Only an iterator is read immediately.
    """

    def __init__(self, f: Callable[..., Any], params: Params = None) -> None:
        self._f = f
        # An iterator can be read only once, and two threads may make the first call.
        self._params = _start_of(params) if isinstance(params, Iterator) else params
        self._positions: dict[int, Sequence[int]] = {}  # by the number of arguments

    @unconverted
    def positions(self, argument_count: int) -> Sequence[int]:
        """The positions that a call with `argument_count` arguments differentiates, in order.

        >>> ParameterSelection(lambda x, y, z=None: x, ["y", "x"]).positions(2)
        [1, 0]

        Raises:
            ValueError: `params` are neither all strings nor all integers, name a parameter that
                `f` doesn't have, or have no end.
            IndexError: `params` select an argument that the call doesn't pass.
            TypeError: `params` is not iterable.
        """
        if argument_count not in self._positions:
            self._positions[argument_count] = self._selected(argument_count)
        return self._positions[argument_count]

    def _selected(self, argument_count: int) -> Sequence[int]:
        if self._params is None:
            parameter_count = len(self._names)
            return range(min(parameter_count or argument_count, argument_count))
        for index in self._indices:
            if not -argument_count <= index < argument_count:
                raise IndexError(
                    f"params select argument {shown(index)}, but the call has {argument_count} "
                    "positional argument(s); pass that argument, or select from "
                    f"{-argument_count} to {argument_count - 1}"
                )
        return [index % argument_count for index in self._indices]

    @functools.cached_property
    def _names(self) -> list[str]:
        return positional_parameters(self._f)

    @functools.cached_property
    def _indices(self) -> list[int]:
        try:
            selected = _start_of(self._params)  # type: ignore[arg-type]
        except TypeError as error:
            raise TypeError(
                "params must be None or an iterable of parameter names or of integers; "
                f"got {shown(self._params)}"
            ) from error
        if len(selected) > MAX_PARAMS:
            raise ValueError(
                f"params have more than {MAX_PARAMS:,} entries, perhaps without end; select fewer "
                f"than {shown(self._params)}"
            )
        if all(isinstance(parameter, str) for parameter in selected):
            return [self._index_of(name) for name in selected]
        if all(isinstance(parameter, (int, np.integer)) for parameter in selected):
            return [int(index) for index in selected]
        raise ValueError(f"params must be all strings or all integers; got {shown(self._params)}.")

    def _index_of(self, name: str) -> int:
        if name in self._names:
            return self._names.index(name)
        raise ValueError(
            f"params name {shown(name)}, but the positional parameters of f are {self._names}; "
            "use one of these, or the integer position of the argument"
        )


def _start_of(params: Iterable[Any]) -> list[Any]:
    return list(itertools.islice(params, MAX_PARAMS + 1))
