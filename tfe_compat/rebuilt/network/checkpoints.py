"""Saves the variables of a `Network` to a file and restores them, also before they exist."""

from __future__ import annotations

import functools
import os
import weakref
from typing import Any, Callable

import tensorflow as tf

from tfe_compat.rebuilt.keras_internals import name_in_file
from tfe_compat.rebuilt.network.model import Network, scope_of

# The restorations that wait until a layer has its variables.
_restorations: weakref.WeakKeyDictionary[Any, list[Any]] = weakref.WeakKeyDictionary()


def save_network_checkpoint(
    network: Network,
    save_path: str,
    global_step: int | tf.Tensor | None = None,
    map_func: Callable[[str], str] | None = None,
) -> str:
    """Writes the variables of a Network, and returns the path to restore them from.

    >>> import tempfile
    >>> from tfe_compat import Sequential
    >>> network = Sequential([tf.keras.layers.Dense(1)], name="example")
    >>> _ = network(tf.ones([1, 1]))
    >>> path = save_network_checkpoint(network, tempfile.mkdtemp())
    >>> [name for name, _ in tf.train.list_variables(path)]
    ['dense/bias', 'dense/kernel']

    Args:
        network: A Network that has been called.
        save_path: The prefix of the files, or a folder, in which they get the name of the Network.
        global_step: The step that is appended to the prefix. None means
            `tf.compat.v1.train.get_global_step()`, if there is one.
        map_func: A function from the name of a variable to its name in the file. None removes
            `network.scope_name` from the start.

    Raises:
        ValueError: The Network has not been called, or two variables get the same name.
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
    >>> from tfe_compat import Sequential
    >>> network = Sequential([tf.keras.layers.Dense(1)])
    >>> y = network(tf.ones([1, 1]))
    >>> path = save_network_checkpoint(network, tempfile.mkdtemp())
    >>> another = Sequential([tf.keras.layers.Dense(1)])
    >>> restore_network_checkpoint(another, path)
    >>> bool(another(tf.ones([1, 1])) == y)
    True

    Args:
        network: The Network.
        save_path: What `save_network_checkpoint` returned, or the folder that was passed to it.
        map_func: As in `save_network_checkpoint`.

    Raises:
        ValueError: Two variables get the same name. A call that creates variables raises it, too.
        tf.errors.NotFoundError: A variable that exists already is not in the file.
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


class _NamesInFile:
    """The names of a Network's variables in a file, no two of them equal."""

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
        scope_of(layer)  # names it and its layers, as a call does
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
