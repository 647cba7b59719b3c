"""A store that reuses variables by their names."""

from __future__ import annotations

import contextlib
import contextvars
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Callable

import tensorflow as tf

_current_store: contextvars.ContextVar[EagerVariableStore | None] = contextvars.ContextVar(
    "current_store", default=None
)


@dataclass
class _Store:
    """The variables of one or more `EagerVariableStore`s."""

    _vars: dict[str, tf.Variable] = field(default_factory=dict)


@contextlib.contextmanager
def custom_getter(get_variable: Callable[..., Any]) -> Iterator[None]:
    """Makes `get_variable` in a `with` block call a function with the getter that it would use.

    A custom getter that the scope already has is called first.
    """
    scope = tf.compat.v1.get_variable_scope()
    outer_getter = scope.custom_getter

    def getter_of_scope(getter: Callable[..., tf.Variable], *args: Any, **kwargs: Any) -> Any:
        if outer_getter is None:
            return get_variable(getter, *args, **kwargs)
        return outer_getter(functools.partial(get_variable, getter), *args, **kwargs)

    scope.set_custom_getter(getter_of_scope)
    try:
        yield
    finally:
        scope.set_custom_getter(outer_getter)


class EagerVariableStore:
    """A store in which `tf.compat.v1.get_variable` finds its variables again.

    >>> store = EagerVariableStore()
    >>> for _ in range(2):
    ...     with store.as_default():
    ...         w = tf.compat.v1.get_variable("w", [2, 3])
    >>> [variable.name for variable in store.variables()]
    ['w:0']

    With legacy Keras, the functions of `tf.compat.v1.layers` find theirs, too, if they are given a
    `name`.

    As in TF 1.15.5, `store._store._vars` is the dictionary of the variables by their names. Some
    programs use it to save, replace or remove variables.

    Args:
        store: The `_store` of another `EagerVariableStore`, with which to share the variables. None
            makes a new one.

    Raises:
        AttributeError: `store` is something else.
    """

    def __init__(self, store: Any = None) -> None:
        if store is not None and not isinstance(store, _Store):
            raise AttributeError(
                "To share the variables of an EagerVariableStore, pass its _store; got "
                f"{type(store).__name__}"
            )
        self._store: _Store = store or _Store()

    @contextlib.contextmanager
    def as_default(self) -> Iterator[None]:
        """Makes this the store of a `with` block."""
        token = _current_store.set(self)
        try:
            with custom_getter(self._get_variable):
                yield
        finally:
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
        found = self._store._vars.get(name)
        if found is None:
            found = self._store._vars[name] = getter(name, shape=shape, dtype=dtype, **kwargs)
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
        return sorted(self._store._vars.values(), key=lambda variable: str(variable.name))

    def trainable_variables(self) -> list[tf.Variable]:
        """Those of `variables` that are trainable."""
        return [variable for variable in self.variables() if variable.trainable]

    def non_trainable_variables(self) -> list[tf.Variable]:
        """Those of `variables` that are not trainable."""
        return [variable for variable in self.variables() if not variable.trainable]

    def copy(self) -> EagerVariableStore:
        """A new store, with new variables that have the same names and values."""
        store = EagerVariableStore()
        store._store._vars = {
            name: tf.Variable(
                variable.read_value(),
                name=variable.name.split(":")[0],
                trainable=variable.trainable,
            )
            for name, variable in self._store._vars.items()
        }
        return store
