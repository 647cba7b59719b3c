"""`Network` and `Sequential`, and how they and their layers get their names."""

from __future__ import annotations

import functools
import inspect
import itertools
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Callable

import tensorflow as tf

from tfe_compat.rebuilt import keras_internals


@dataclass
class _Tracking:
    """What a Network keeps about its layers and its scope, out of sight of Keras's own tracking."""

    name: str | None
    outer_scope: tf.compat.v1.VariableScope
    layers: list[Any] = field(default_factory=list)
    owned: dict[str, Any] = field(default_factory=dict)  # the layers that it was first to track
    steps: list[Any] = field(default_factory=list)  # the layers and functions of a Sequential
    scope: tf.compat.v1.VariableScope | None = None


# The Network that was first to track a layer.
_owners: weakref.WeakKeyDictionary[Any, weakref.ref[Network]] = weakref.WeakKeyDictionary()
# The names of Networks' scopes in a graph: in a new graph they start anew, as in TF 1.15.5.
_taken: weakref.WeakKeyDictionary[tf.Graph, set[str]] = weakref.WeakKeyDictionary()


class Network(tf.keras.Model):  # type: ignore[misc]
    """A model made of the layers that it tracks, as in TF 1.x.

    >>> class TwoLayers(Network):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.hidden = self.track_layer(tf.keras.layers.Dense(4))
    ...         self.out = self.track_layer(tf.keras.layers.Dense(1))
    ...
    ...     def call(self, x):
    ...         return self.out(self.hidden(x))
    >>> network = TwoLayers()
    >>> network(tf.ones([1, 3])).shape
    TensorShape([1, 1])
    >>> [variable.name for variable in network.variables][:2]
    ['two_layers/dense/kernel:0', 'two_layers/dense/bias:0']

    Args:
        name: The name, with which the names of the variables start; it must be unique. None or ""
            derives one from the name of the class, when another Network tracks this one or at the
            first call.

    Raises:
        ValueError: `name` has a slash or is a variable scope. From the first call: another Network,
            or a variable scope, has the name.
    """

    def __init__(self, name: str | None = None):
        if isinstance(name, tf.compat.v1.VariableScope):
            raise ValueError("VariableScopes are not valid Network names; pass a string")
        if name and "/" in name:
            raise ValueError(f"Slashes are not allowed in Network names; got {name!r}")
        super().__init__(name=name or None, autocast=False)
        self._tracking = _Tracking(name, tf.compat.v1.get_variable_scope())

    @property
    def name(self) -> str:
        """The name of the Network; ValueError before it has one."""
        name = self._tracking.name
        if name is None:
            raise ValueError(
                "The Network does not yet have a final name: it gets one when another Network "
                "tracks it, or when it is first called"
            )
        return name

    @name.setter
    def name(self, value: str) -> None:
        """Ignores the name that Keras 3 makes."""

    @property
    def scope_name(self) -> str:
        """The name of its variable scope, with which the names of its variables start."""
        return str(scope_of(self).name)

    def track_layer(self, layer: Any) -> Any:
        """Makes a layer part of the Network, and returns it.

        The first Network that tracks an unused layer names it after its class: "dense", "dense_1".
        A name that the layer was given stays, unless it looks like one of Keras's own ("dense_3").

        Args:
            layer: A `tf.keras.layers.Layer`, which those of `tf.compat.v1.layers` are too.

        Raises:
            RuntimeError: `Network.__init__` has not been called.
            TypeError: `layer` is not a layer.
            ValueError: Another layer of this Network has its name.
        """
        if not hasattr(self, "_tracking"):
            raise RuntimeError("Call Network.__init__ before track_layer")
        if not isinstance(layer, tf.keras.layers.Layer):
            raise TypeError(f"track_layer takes a layer; got {type(layer).__name__}")
        tracking = self._tracking
        if not layer.weights:
            owner = _owners.get(layer)
            if owner is None or owner() is None:
                if isinstance(layer, Network):
                    is_named = bool(layer._tracking.name)
                    if layer._tracking.scope is None:
                        _owners[layer] = weakref.ref(self)
                else:
                    is_named = not keras_internals.has_automatic_name(layer)
                    _owners[layer] = weakref.ref(self)
                if not is_named:
                    names = _numbered(keras_internals.base_name(layer))
                    _rename(layer, next(name for name in names if name not in tracking.owned))
            if _owner_of(layer) is self:
                if tracking.owned.setdefault(layer.name, layer) is not layer:
                    raise ValueError(f"The Network has a layer named {layer.name!r} already")
                if any(tracked is layer for tracked in tracking.layers):
                    return layer
        # As an attribute, so that tfe.Checkpoint saves a layer that is in no other one.
        name = f"layer-{len(tracking.layers)}"
        if isinstance(self, keras_internals.classes_of_keras_3()):
            self.__dict__[name] = layer  # once built, a model of Keras 3 refuses new attributes
        else:
            setattr(self, name, layer)
        tracking.layers.append(layer)
        return layer

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """The layer with this name, or at this index in the order of tracking.

        Raises:
            ValueError: There is no such layer, or not exactly one of `name` and `index` was given.
        """
        if (index is None) == (not name):
            raise ValueError("Pass either the name or the index of a layer")
        if index is not None:
            if index >= len(self.layers):
                raise ValueError(f"The Network has {len(self.layers)} layers; got index {index}")
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError(f"The Network has no layer named {name!r}")

    def build(self, input_shape: Any = None) -> None:
        """Leaves the variables to the layers, which make them when they are called."""
        self.built = True

    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """Calls `call`, under the scope with which the names of the variables start."""
        # Keras 3 takes nothing but tensors by position.
        parameters = inspect.signature(self.call).parameters.values()
        if not any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
            names = [parameter.name for parameter in parameters]
            kwargs.update(zip(names[1:], args))
            args = ()
        with tf.compat.v1.variable_scope(scope_of(self), auxiliary_name_scope=False) as scope:
            outside = scope.name.rpartition("/")[0]
            with tf.compat.v1.name_scope(outside + "/" if outside else None):
                return super().__call__(inputs, *args, **kwargs)

    @property
    def layers(self) -> list[Any]:
        """The layers, in the order of tracking."""
        return self._tracking.layers

    @property
    def weights(self) -> list[tf.Variable]:
        """The variables of the layers."""
        return self._collect("weights")

    @property
    def trainable_weights(self) -> list[tf.Variable]:
        """The trainable variables of the layers."""
        return self._collect("trainable_weights")

    @property
    def non_trainable_weights(self) -> list[tf.Variable]:
        """The other variables of the layers."""
        return self._collect("non_trainable_weights")

    variables = weights
    trainable_variables = trainable_weights
    non_trainable_variables = non_trainable_weights

    def _collect(self, kind: str) -> list[tf.Variable]:
        # The optimizers of tf.compat.v1.train don't take the variables of Keras 3.
        return [
            keras_internals.of_tensorflow(variable)
            for layer in self.layers
            for variable in getattr(layer, kind)
        ]

    @property
    def losses(self) -> list[tf.Tensor]:
        """The losses of the layers, such as their regularization."""
        return [loss for layer in self.layers for loss in layer.losses]

    @property
    def trainable(self) -> bool:
        """Always True: layers can be frozen, a Network can't."""
        return True

    @trainable.setter
    def trainable(self, value: bool) -> None:
        if not value:
            raise AttributeError("A Network is always trainable; set trainable of its layers")

    def add_variable(self, *args: Any, **kwargs: Any) -> None:
        """Raises RuntimeError: the variables of a Network are those of its layers."""
        raise RuntimeError("A Network has no variables of its own; track a layer that has them")

    def add_loss(self, *args: Any, **kwargs: Any) -> None:
        """Raises RuntimeError: the losses of a Network are those of its layers."""
        raise RuntimeError("A Network has no losses of its own; track a layer that has them")


class Sequential(Network):
    """A Network that calls layers and functions in turn, each on the result of the one before.

    >>> network = Sequential([tf.keras.layers.Dense(4), tf.nn.relu])
    >>> network.add(tf.keras.layers.Dense(1))
    >>> network(tf.ones([2, 3])).shape
    TensorShape([2, 1])

    Args:
        layers_funcs: Layers and functions.
        name: As in `Network`.
    """

    def __init__(
        self, layers_funcs: Sequence[Callable[..., Any]] | None = None, name: str | None = None
    ):
        super().__init__(name)
        for layer_func in layers_funcs or ():
            self.add(layer_func)

    def add(self, layer_func: Callable[..., Any]) -> None:
        """Adds a layer or a function at the end.

        Raises:
            TypeError: `layer_func` is not callable.
        """
        if not callable(layer_func):
            raise TypeError(f"add takes a layer or a function; got {type(layer_func).__name__}")
        if isinstance(layer_func, tf.keras.layers.Layer):
            self.track_layer(layer_func)
        self._tracking.steps.append(layer_func)

    def call(self, inputs: Any, training: Any = None) -> Any:
        """Calls the layers and functions in turn; those that take `training` get it if given."""
        for step in self._tracking.steps:
            called = step.call if isinstance(step, tf.keras.layers.Layer) else step
            takes_training = "training" in inspect.signature(called).parameters
            options = {} if training is None or not takes_training else {"training": training}
            inputs = step(inputs, **options)
        return inputs


def scope_of(network: Network) -> tf.compat.v1.VariableScope:
    """The variable scope of a Network, which gives it its name if it has none yet."""
    scope = _own_scope(network)
    for layer in network.layers:
        # A layer of tf.compat.v1.layers keeps the scope of its first call, which has to be in that
        # of the Network that was first to track it, whichever Network calls it.
        if not isinstance(layer, Network) and keras_internals.awaits_scope(layer):
            owner = _owner_of(layer)
            if owner is None:
                raise ValueError(
                    f"The Network that was first to track the layer {layer.name!r} was garbage "
                    "collected before the layer was called; keep it, or track a new layer"
                )
            keras_internals.set_scope(layer, _scope_within(_own_scope(owner), layer.name))
    return scope


def _own_scope(network: Network) -> tf.compat.v1.VariableScope:
    tracking = network._tracking
    if tracking.scope is None:
        owner = _owner_of(network)
        outside = tracking.outer_scope if owner is None else _own_scope(owner)
        prefix = outside.name + "/" if outside.name else ""
        taken = _taken.setdefault(tf.compat.v1.get_default_graph(), set())
        base_name = keras_internals.base_name(network)
        for name in [tracking.name] if tracking.name else _numbered(base_name):
            scope = _scope_within(outside, name)
            if scope.name == prefix + name and scope.name not in taken:
                break
        else:
            raise ValueError(
                f"A Network named {name!r} already exists (or a variable_scope was created with "
                "this name); Networks need unique names"
            )
        taken.add(scope.name)
        tracking.scope = scope
        if owner is None:
            _rename(network, scope.name)
    return tracking.scope


def _scope_within(outside: tf.compat.v1.VariableScope, name: str) -> tf.compat.v1.VariableScope:
    """A new scope within another, with this name or, if that is taken, with a number added."""
    within = functools.partial(tf.compat.v1.variable_scope, auxiliary_name_scope=False)
    with within(outside), within(None, default_name=name) as scope:
        return scope


def _owner_of(layer: Any) -> Network | None:
    """The Network that was first to track a layer, if it still exists."""
    reference = _owners.get(layer)
    return None if reference is None else reference()


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in itertools.count(1):
        yield f"{name}_{number}"


def _rename(layer: Any, name: str) -> None:
    if isinstance(layer, Network):
        layer._tracking.name = name
    keras_internals.rename(layer, name.rpartition("/")[2])
