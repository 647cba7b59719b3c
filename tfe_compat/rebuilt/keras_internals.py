"""Keras's variables and layers, where public API does not reach.

Nothing else in `tfe_compat` uses more than TensorFlow's and Keras's public API.

`on_creation` replaces constructors of variables while a `with` block runs, and puts them back at
its end. The public way is `tf.variable_creator_scope`, which it uses too, but which is not enough
by itself: the creators do not see a `ResourceVariable` that code makes itself, from an internal
module; and of a Keras 3 variable they see only the `tf.Variable` inside, whose name ("kernel") is
the same for every layer. Keras 3 creates the variables of a model after it has left the layers, so
only the constructor of the Keras variable knows the path ("model/dense/kernel").

Names of layers and scopes of `tf.compat.v1.layers` can be given only to the constructor of a layer,
but a Network gives them to layers that exist: `rename`, `has_automatic_name` and the functions of
the scope use the private attributes that hold them.
"""

from __future__ import annotations

import contextlib
import functools
import re
import sys
from collections.abc import Iterator
from typing import Any, Callable

import tensorflow as tf

# The base of all objects that a checkpoint can save.
TRACKABLE = tf.train.Checkpoint.__mro__[-2]


def name_in_file(variable: tf.Variable) -> str:
    """The name under which `Saver` keeps a variable; of a Keras 3 variable, its path."""
    # Keras 3 gives equal names to variables of different layers.
    return str(variable.path if hasattr(variable, "path") else variable.name.split(":")[0])


def of_tensorflow(variable: tf.Variable) -> tf.Variable:
    """The variable itself; of a Keras 3 variable, the `tf.Variable` inside it.

    It is None while Keras is building the model around the variable's layer.
    """
    if not hasattr(variable, "path"):
        return variable
    value = variable.value
    # During the call of a layer that computes in another dtype, it is a tensor of that dtype.
    return value if isinstance(value, tf.Variable) else variable._value


def classes_of_keras_3() -> tuple[type, ...]:
    """The classes of Keras 3 objects that have variables or are one; none with Keras 2."""
    if "keras" not in sys.modules or not hasattr(tf.keras, "Variable"):  # tf.keras would load it
        return ()
    keras = tf.keras
    return keras.Variable, keras.layers.Layer, keras.metrics.Metric, keras.optimizers.Optimizer


def is_variable_of_keras_3(value: Any) -> bool:
    return isinstance(value, classes_of_keras_3()[:1])


def is_graph_of_layers(layer: Any) -> bool:
    """Whether a Keras 3 layer is a Sequential, or a functional model."""
    operations = getattr(type(layer), "operations", None)
    return isinstance(layer, tf.keras.Sequential) or isinstance(operations, property)


def own_attributes(value: Any) -> dict[str, Any]:
    """The attributes of a Keras 3 object, without those that every object of its kind has."""
    return {
        name: each
        for name, each in vars(value).items()
        if name not in _attributes_of_all() and not name.startswith("_self_")
    }


@functools.cache
def _attributes_of_all() -> frozenset[str]:
    class Bare(tf.keras.Model):  # type: ignore[misc]
        pass

    # With names, so that Keras does not count these among the objects that it names.
    bare = Bare(name="bare"), tf.keras.metrics.Metric(name="bare")
    return frozenset(name for each in bare for name in vars(each))


@contextlib.contextmanager
def on_creation(function: Callable[[tf.Variable, str], None]) -> Iterator[None]:
    """Calls `function` with each variable that the block creates, and its name in files."""
    under_way: list[str | None] = []  # the variables that are being created: their Keras paths

    def creator(next_creator: Callable[..., tf.Variable], **kwargs: Any) -> tf.Variable:
        under_way.append(None)
        try:
            variable = next_creator(**kwargs)
        finally:
            path = under_way.pop()
        function(variable, path or name_in_file(variable))
        return variable

    def of_keras(original: Callable[..., None]) -> Callable[..., None]:
        def constructor(self: Any, initializer: Any, *args: Any, **kwargs: Any) -> None:
            def with_path(*args: Any, **kwargs: Any) -> Any:
                under_way[-1:] = [self.path]
                return initializer(*args, **kwargs)

            original(self, with_path if callable(initializer) else initializer, *args, **kwargs)

        return constructor

    def of_resource(original: Callable[..., None]) -> Callable[..., None]:
        def constructor(self: Any, *args: Any, **kwargs: Any) -> None:
            original(self, *args, **kwargs)
            if not under_way:  # no creator has been called
                function(self, name_in_file(self))

        return constructor

    with contextlib.ExitStack() as stack:
        stack.enter_context(_constructor_replaced(type(tf.Variable(0)), of_resource))
        if hasattr(tf.keras, "Variable"):  # Keras 3
            stack.enter_context(_constructor_replaced(tf.keras.Variable, of_keras))
        stack.enter_context(tf.variable_creator_scope(creator))
        yield


@contextlib.contextmanager
def _constructor_replaced(
    cls: Any, replacement: Callable[[Callable[..., None]], Callable[..., None]]
) -> Iterator[None]:
    original, is_inherited = cls.__init__, "__init__" not in vars(cls)
    cls.__init__ = replacement(original)
    try:
        yield
    finally:
        if is_inherited:
            del cls.__init__
        else:
            cls.__init__ = original


def base_name(layer: Any) -> str:
    """The name that Keras makes from the class of a layer: "batch_normalization"."""
    capitals = r"(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z0-9])"
    name = re.sub(capitals, "_", type(layer).__name__).lower()
    return "private" + name if name.startswith("_") else name


def has_automatic_name(layer: Any) -> bool:
    """Whether Keras has made the name of a layer, or could have."""
    if hasattr(layer, "_base_name"):  # tf.compat.v1.layers
        return bool(layer.name != layer._base_name)
    return bool(re.fullmatch(base_name(layer) + r"(_\d+)?", layer.name))


def rename(layer: Any, name: str) -> None:
    if hasattr(type(layer), "name"):  # in Keras 2 a property without a setter
        layer._name = name
    else:
        layer.name = name


def awaits_scope(layer: Any) -> bool:
    """Whether a layer of `tf.compat.v1.layers` would take the scope of its first call."""
    return getattr(layer, "_scope", layer) is None


def set_scope(layer: Any, scope: tf.compat.v1.VariableScope) -> None:
    layer._scope = scope
