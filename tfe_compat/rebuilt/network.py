"""`Network`, the base class of models before `tf.keras.Model`, and its files."""

from __future__ import annotations

import functools
import inspect
import itertools
import os
import re
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Callable

import tensorflow as tf

from tfe_compat.rebuilt.saver import name_in_file, of_tensorflow


@dataclass
class _Tracking:
    """What a Network knows of its layers and its place. Keras doesn't look into it."""

    name: str | None
    outer_scope: tf.compat.v1.VariableScope
    layers: list[Any] = field(default_factory=list)
    owned: dict[str, Any] = field(default_factory=dict)  # the layers that it was first to track
    steps: list[Any] = field(default_factory=list)  # of a Sequential: its layers and functions
    scope: tf.compat.v1.VariableScope | None = None


class _NamesInFile:
    """The names of variables in a file, each for one variable only."""

    def __init__(self, network: Network, map_func: Callable[[str], str] | None, function: str):
        self.prefix = network.scope_name + "/"
        self.network_name = network.name
        self.map_func = map_func
        self.function = function
        self.variables: dict[str, tf.Variable] = {}

    def of(self, variable: tf.Variable) -> str:
        name = name_in_file(variable)
        return name.removeprefix(self.prefix) if self.map_func is None else self.map_func(name)

    def add(self, name: str, variable: tf.Variable) -> None:
        first = self.variables.setdefault(name, variable)
        if first is not variable:
            reason = (
                f"The map_func passed to {self.function} for the Network {self.network_name!r} "
                f"resulted in two variables named {name!r}"
                if self.map_func
                else "The default checkpoint variable name mapping strategy for Network "
                f"{self.network_name!r} resulted in a naming conflict. Pass a map_func: without "
                f"{self.prefix!r} at the start, two variables have the name {name!r}"
            )
            raise ValueError(f"{reason}: {name_in_file(first)!r} and {name_in_file(variable)!r}")


# Of a layer: the Network that was first to track it, and what waits for its variables. Of a graph:
# the names of scopes that Networks have. Names start anew in a new graph, as in TF 1.15.5.
_owners: weakref.WeakKeyDictionary[Any, weakref.ref[Network]] = weakref.WeakKeyDictionary()
_restorations: weakref.WeakKeyDictionary[Any, list[Any]] = weakref.WeakKeyDictionary()
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
        name: The name, with which those of the variables start; it must be unique. None or "" makes
            one of the name of the class, when a Network tracks this one, or at the first call.

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
        """That with which the names of its variables start."""
        return str(_scope_of(self).name)

    def track_layer(self, layer: Any) -> Any:
        """Makes a layer part of the Network, and returns it.

        The first Network that tracks an unused layer names it after its class: "dense", "dense_1".
        A name that the layer was given stays, unless Keras could have made it, as "dense_3".

        Args:
            layer: A `tf.keras.layers.Layer`, which those of `tf.compat.v1.layers` are too.

        Raises:
            RuntimeError: `Network.__init__` has not been called.
            TypeError: `layer` is something else.
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
                    is_named = not _has_automatic_name(layer)
                    _owners[layer] = weakref.ref(self)
                if not is_named:
                    names = _numbered(_base_name(layer))
                    _rename(layer, next(name for name in names if name not in tracking.owned))
            if _owner_of(layer) is self:
                if tracking.owned.setdefault(layer.name, layer) is not layer:
                    raise ValueError(f"The Network has a layer named {layer.name!r} already")
                if any(tracked is layer for tracked in tracking.layers):
                    return layer
        tracking.layers.append(layer)
        return layer

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """The layer with a name, or at an index in the order of tracking.

        Raises:
            ValueError: There is none, or `name` and `index` are both given, or neither.
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
        with tf.compat.v1.variable_scope(_scope_of(self), auxiliary_name_scope=False) as scope:
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
        # Optimizers of tf.compat.v1.train don't take the variables of Keras 3.
        return [of_tensorflow(v) for layer in self.layers for v in getattr(layer, kind)]

    @property
    def losses(self) -> list[tf.Tensor]:
        """The losses of the layers, such as their regularization."""
        return [loss for layer in self.layers for loss in layer.losses]

    @property
    def trainable(self) -> bool:
        """True: layers can be fixed, a Network can't."""
        return True

    @trainable.setter
    def trainable(self, value: bool) -> None:
        if not value:
            raise AttributeError("A Network is always trainable; set trainable of its layers")

    def add_variable(self, *args: Any, **kwargs: Any) -> None:
        """Raises RuntimeError: the variables of a Network are those of its layers."""
        raise RuntimeError("A Network has no variables of its own; track a layer that has")

    def add_loss(self, *args: Any, **kwargs: Any) -> None:
        """Raises RuntimeError: the losses of a Network are those of its layers."""
        raise RuntimeError("A Network has no losses of its own; track a layer that has")


class Sequential(Network):
    """A Network that calls layers and functions in turn, each with what the one before returned.

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
        """Adds a layer or a function as the last.

        Raises:
            TypeError: `layer_func` is neither.
        """
        if not callable(layer_func):
            raise TypeError(f"add takes a layer or a function; got {type(layer_func).__name__}")
        if isinstance(layer_func, tf.keras.layers.Layer):
            self.track_layer(layer_func)
        self._tracking.steps.append(layer_func)

    def call(self, inputs: Any, training: Any = None) -> Any:
        """Calls them in turn, with `training`, if it is given, where they take it."""
        for step in self._tracking.steps:
            called = step.call if isinstance(step, tf.keras.layers.Layer) else step
            takes_training = "training" in inspect.signature(called).parameters
            options = {} if training is None or not takes_training else {"training": training}
            inputs = step(inputs, **options)
        return inputs


def save_network_checkpoint(
    network: Network,
    save_path: str,
    global_step: int | tf.Tensor | None = None,
    map_func: Callable[[str], str] | None = None,
) -> str:
    """Writes the variables of a Network, and returns the path that restores them.

    >>> import tempfile
    >>> network = Sequential([tf.keras.layers.Dense(1)], name="example")
    >>> _ = network(tf.ones([1, 1]))
    >>> path = save_network_checkpoint(network, tempfile.mkdtemp())
    >>> [name for name, _ in tf.train.list_variables(path)]
    ['dense/bias', 'dense/kernel']

    Args:
        network: The Network, called before.
        save_path: The path of the files, or a folder, in which they get the name of the Network.
        global_step: The step with which the names of the files end. None means
            `tf.compat.v1.train.get_global_step()`, if there is one.
        map_func: A function from the name of a variable to its name in the file. None takes
            `network.scope_name` from the start.

    Raises:
        ValueError: The Network has not been called, or two variables get one name.
    """
    if not network.built:
        raise ValueError("Attempt to save the Network before it was first called; call it once")
    if global_step is None:
        global_step = tf.compat.v1.train.get_global_step()
    names = _NamesInFile(network, map_func, "save_network_checkpoint")
    variables = _by_name_in_file(network, names)
    path: str = tf.compat.v1.train.Saver(variables).save(
        _session(), _in_folder(network, save_path), write_meta_graph=False, global_step=global_step
    )
    return path


def restore_network_checkpoint(
    network: Network, save_path: str, map_func: Callable[[str], str] | None = None
) -> None:
    """Sets the variables of a Network to their values in a file, now or when they are created.

    >>> import tempfile
    >>> network = Sequential([tf.keras.layers.Dense(1)])
    >>> y = network(tf.ones([1, 1]))
    >>> path = save_network_checkpoint(network, tempfile.mkdtemp())
    >>> another = Sequential([tf.keras.layers.Dense(1)])
    >>> restore_network_checkpoint(another, path)
    >>> bool(another(tf.ones([1, 1])) == y)
    True

    Args:
        network: The Network.
        save_path: What `save_network_checkpoint` has returned, or its folder.
        map_func: The `map_func` with which the file was written.

    Raises:
        ValueError: Two variables get one name; from a call, too.
        tf.errors.NotFoundError: A variable that is there already is not in the file.
    """
    names = _NamesInFile(network, map_func, "restore_network_checkpoint")
    existing = _by_name_in_file(network, names)
    save_path = _in_folder(network, save_path)
    if existing:
        tf.compat.v1.train.Saver(existing).restore(_session(), save_path)
    reader = tf.train.load_checkpoint(save_path)
    waiting = set(reader.get_variable_to_shape_map()) - set(existing)
    if waiting:
        values = {name: reader.get_tensor(name) for name in waiting}
        _restore_when_built(network, names, values)


def _session() -> tf.compat.v1.Session | None:
    return None if tf.executing_eagerly() else tf.compat.v1.get_default_session()


def _in_folder(network: Network, path: str) -> str:
    return os.path.join(path, network.name.replace("/", "_")) if os.path.isdir(path) else path


def _by_name_in_file(network: Network, names: _NamesInFile) -> dict[str, tf.Variable]:
    for variable in network.variables:
        names.add(names.of(variable), variable)
    return dict(names.variables)


def _restore_when_built(layer: Any, names: _NamesInFile, values: dict[str, Any]) -> None:
    if isinstance(layer, Network):
        _scope_of(layer)
        for sublayer in layer.layers:
            _restore_when_built(sublayer, names, values)
    elif not layer.weights:
        if layer not in _restorations:
            _restorations[layer] = []
            layer.build = _restoring_build(layer.build, _restorations[layer])
        _restorations[layer].append((names, values))


def _restoring_build(build: Callable[..., Any], restorations: list[Any]) -> Callable[..., Any]:
    def creator(next_creator: Callable[..., tf.Variable], **kwargs: Any) -> tf.Variable:
        variable = next_creator(**kwargs)
        for names, values in reversed(restorations):  # the last request counts
            name = names.of(variable)
            if name in values:
                names.add(name, variable)
                value, values[name] = values[name], None  # frees it
                with tf.init_scope():
                    assignment = variable.assign(value)
                session = _session()
                if session is not None:
                    session.run(assignment)
                break
        return variable

    @functools.wraps(build)
    def restoring_build(*args: Any, **kwargs: Any) -> Any:
        with tf.variable_creator_scope(creator):
            return build(*args, **kwargs)

    return restoring_build


def _scope_of(network: Network) -> tf.compat.v1.VariableScope:
    """The variable scope of a Network, which gives it its name if it has none yet."""
    scope = _own_scope(network)
    for layer in network.layers:
        # A layer of tf.compat.v1.layers keeps the scope of its first call; it has to be that of the
        # Network that was first to track it, whichever calls it.
        if not isinstance(layer, Network) and getattr(layer, "_scope", scope) is None:
            owner = _owner_of(layer)
            if owner is None:
                raise ValueError(
                    f"The Network that was first to track the layer {layer.name!r} was garbage "
                    "collected before the layer was called; keep it, or track a new layer"
                )
            layer._scope = _scope_within(_own_scope(owner), layer.name)
    return scope


def _own_scope(network: Network) -> tf.compat.v1.VariableScope:
    tracking = network._tracking
    if tracking.scope is None:
        owner = _owner_of(network)
        outside = tracking.outer_scope if owner is None else _own_scope(owner)
        prefix = outside.name + "/" if outside.name else ""
        taken = _taken.setdefault(tf.compat.v1.get_default_graph(), set())
        for name in [tracking.name] if tracking.name else _numbered(_base_name(network)):
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
    """A new scope within another: of this name or, if that is taken, of one with a number."""
    within = functools.partial(tf.compat.v1.variable_scope, auxiliary_name_scope=False)
    with within(outside), within(None, default_name=name) as scope:
        return scope


def _owner_of(layer: Any) -> Network | None:
    """The Network that was first to track a layer, if it still exists."""
    reference = _owners.get(layer)
    return None if reference is None else reference()


def _base_name(layer: Any) -> str:
    """The name of the class of a layer, as layers are named after it."""
    capitals = r"(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z0-9])"
    name = re.sub(capitals, "_", type(layer).__name__).lower()
    return "private" + name if name.startswith("_") else name


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in itertools.count(1):
        yield f"{name}_{number}"


def _has_automatic_name(layer: Any) -> bool:
    if hasattr(layer, "_base_name"):  # tf.compat.v1.layers
        return bool(layer.name != layer._base_name)
    return bool(re.fullmatch(_base_name(layer) + r"(_\d+)?", layer.name))


def _rename(layer: Any, name: str) -> None:
    if isinstance(layer, Network):
        layer._tracking.name = name
    if hasattr(type(layer), "name"):  # the property of Keras 2, which nothing public can set
        layer._name = name.rpartition("/")[2]
    else:
        layer.name = name
