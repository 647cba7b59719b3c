"""A store that reuses variables by their names."""

from __future__ import annotations

import contextlib
import contextvars
import functools
from collections.abc import Iterator
from typing import Any, Callable

import tensorflow as tf

_current_store: contextvars.ContextVar[EagerVariableStore | None] = contextvars.ContextVar(
    "current_store", default=None
)


class EagerVariableStore:
    """A store in which `tf.compat.v1.get_variable` finds its variables again.

    >>> store = EagerVariableStore()
    >>> for _ in range(2):
    ...     with store.as_default():
    ...         w = tf.compat.v1.get_variable("w", [2, 3])
    >>> [variable.name for variable in store.variables()]
    ['w:0']

    With legacy Keras, so do the functions of `tf.compat.v1.layers`, if they are given a `name`.
    """

    def __init__(self) -> None:
        self._variables: dict[str, tf.Variable] = {}

    @contextlib.contextmanager
    def as_default(self) -> Iterator[None]:
        """Makes this the store of a `with` block."""
        scope = tf.compat.v1.get_variable_scope()
        outer_getter = scope.custom_getter

        def custom_getter(getter: Callable[..., tf.Variable], *args: Any, **kwargs: Any) -> Any:
            if outer_getter is None:
                return self._get_variable(getter, *args, **kwargs)
            return outer_getter(functools.partial(self._get_variable, getter), *args, **kwargs)

        token = _current_store.set(self)
        scope.set_custom_getter(custom_getter)
        try:
            yield
        finally:
            scope.set_custom_getter(outer_getter)
            _current_store.reset(token)

    def _get_variable(
        self,
        getter: Callable[..., tf.Variable],
        name: str,
        shape: Any = None,
        dtype: Any = tf.float32,
        **kwargs: Any,
    ) -> tf.Variable:
        if _current_store.get() is not self:  # within another store's block, or after this one's
            return getter(name, shape=shape, dtype=dtype, **kwargs)
        found = self._variables.get(name)
        if found is None:
            found = self._variables[name] = getter(name, shape=shape, dtype=dtype, **kwargs)
        elif not (
            tf.TensorShape(shape).is_compatible_with(found.shape)
            and tf.as_dtype(dtype).is_compatible_with(found.dtype)
        ):
            raise ValueError(
                f"The store has a variable {name!r} of shape {found.shape} and dtype "
                f"{found.dtype.name}, not of shape {tf.TensorShape(shape)} and dtype "
                f"{tf.as_dtype(dtype).name}"
            )
        return found

    def variables(self) -> list[tf.Variable]:
        """The variables in the store, sorted by name."""
        return sorted(self._variables.values(), key=lambda variable: str(variable.name))

    def trainable_variables(self) -> list[tf.Variable]:
        """Those of `variables` that are trainable."""
        return [variable for variable in self.variables() if variable.trainable]

    def non_trainable_variables(self) -> list[tf.Variable]:
        """Those of `variables` that are not trainable."""
        return [variable for variable in self.variables() if not variable.trainable]

    def copy(self) -> EagerVariableStore:
        """A new store, with new variables that have the same names and values."""
        store = EagerVariableStore()
        store._variables = {
            name: tf.Variable(
                variable.read_value(),
                name=variable.name.split(":")[0],
                trainable=variable.trainable,
            )
            for name, variable in self._variables.items()
        }
        return store
