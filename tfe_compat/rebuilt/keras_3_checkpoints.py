"""What checkpoints save of Keras 3 objects, which TensorFlow does not track well enough.

TensorFlow saves what an object tracks. A Keras 3 layer tracks its attributes, but not the layers in
its lists and dicts. It tracks attributes under names of its own ("_kernel"), and tracks Keras's
variables, whereas the slots of an optimizer of `tf.compat.v1.train` belong to the `tf.Variable`s
inside them. What is restored before a model is built does not reach the variables that Keras makes
later.

So a checkpoint has a stand-in for each Keras 3 object: a `Checkpointable` whose attributes are the
object's `tf.Variable`s and the stand-ins of its other parts, under the names that they had with
Keras 2, and so in the files of TF 1.15.5. When the object gets more variables, its stand-in does,
too.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Callable

import tensorflow as tf

from tfe_compat.rebuilt import keras_internals

# The stand-in of each Keras 3 object.
_stand_ins: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


class _StandIn(tf.compat.v1.train.Checkpoint):  # type: ignore[misc]
    """An object that tracks its attributes, which may have nearly any name."""

    def __init__(self) -> None:
        """Skips the base class's constructor, which makes attributes that only saving needs."""


def is_of_keras_3(value: Any) -> bool:
    """Whether a value is a Keras 3 object, or a container that has one."""
    if not keras_internals.classes_of_keras_3():
        return False
    if isinstance(value, Mapping):
        return any(map(is_of_keras_3, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(is_of_keras_3, value))
    return isinstance(value, keras_internals.classes_of_keras_3())


def is_of_graph_of_keras_3(key: str) -> bool:
    """Whether a key in a checkpoint is Keras 3's own for a Sequential or functional model."""
    return bool(keras_internals.classes_of_keras_3()) and "_operations" in key.split("/")


class TracksKeras3:
    """A base for classes that track attributes: it tracks the stand-ins of Keras 3 objects."""

    _tracks_tuples = True

    def __setattr__(self, name: str, value: Any) -> None:
        if is_of_keras_3(value):
            _track_in_place_of(self, name, value)
        else:
            super().__setattr__(name, value)


# The public classes whose objects track their attributes.
_OWNERS = (tf.Module, tf.train.Checkpoint, tf.compat.v1.train.Checkpoint)


def _track_in_place_of(owner: Any, name: str, value: Any) -> None:
    """Sets an attribute to a value, but tracks what stands for the value."""
    nodes = vars(owner).setdefault("_self_stand_ins", {})
    of_value, node = nodes.get(name, (None, None))
    new = stand_in(value, node if of_value is value else None)
    if of_value is not value or new is not node:
        nodes[name] = value, new
        if isinstance(owner, TracksKeras3):
            super(TracksKeras3, owner).__setattr__(name, new)
        else:
            setattr(owner, name, new)
        vars(owner)[name] = value


def stand_in(value: Any, current: Any = None) -> Any:
    """What a checkpoint tracks in place of a value; None if there is nothing to track.

    Args:
        value: Anything.
        current: What this function returned for the value earlier; it is brought up to date.
    """
    if isinstance(value, (Mapping, list, tuple)):
        return _stand_in_of_container(value, current)
    if keras_internals.is_variable_of_keras_3(value):
        return keras_internals.of_tensorflow(value)
    if isinstance(value, keras_internals.classes_of_keras_3()):
        return _stand_in_of_object(value)
    return value if isinstance(value, keras_internals.TRACKABLE) else None


def _stand_in_of_container(value: Mapping[Any, Any] | Sequence[Any], current: Any) -> Any:
    items = value.items() if isinstance(value, Mapping) else enumerate(value)
    node = _StandIn() if current is None else current
    tracks = [_track(node, str(key), each) for key, each in items]
    return node if any(tracks) else None


def _stand_in_of_object(value: Any) -> Any:
    node = _stand_ins.get(value)
    if node is None:
        node = _stand_ins[value] = _StandIn()
        _update(value, node)
        if not getattr(value, "built", True):
            _follow(value)
    return node


def update(value: Any) -> None:
    """Brings the stand-ins of everything in a value up to date.

    Raises:
        ValueError: A layer has variables that no attribute leads to.
    """
    if not keras_internals.classes_of_keras_3():
        return
    objects = _update_all(value)
    _check_that_nothing_is_lost([each for each in objects if not isinstance(each, _OWNERS)])


def _update_all(value: Any) -> list[Any]:
    objects = list(_objects_within(value, set()))
    for each in objects:
        if isinstance(each, _OWNERS):
            for name, attribute in _attributes_of_owner(each).items():
                if is_of_keras_3(attribute):
                    _track_in_place_of(each, name, attribute)
        elif not keras_internals.is_variable_of_keras_3(each):
            _update(each, _stand_in_of_object(each))
    return objects


def _check_that_nothing_is_lost(objects: list[Any]) -> None:
    of_tensorflow = keras_internals.of_tensorflow
    saved = {
        id(of_tensorflow(each) if keras_internals.is_variable_of_keras_3(each) else each)
        for each in objects
    }
    for layer in objects:
        if isinstance(layer, tf.keras.layers.Layer):
            within = layer.layers if isinstance(layer, tf.keras.Model) else []
            lost = [each.name for each in within if id(each) not in saved]
            lost += [
                keras_internals.name_in_file(each)
                for each in layer.weights
                if id(of_tensorflow(each)) not in saved
            ]
            if lost:
                raise ValueError(
                    "A checkpoint would lose variables of a Keras 3 layer. It saves what a layer "
                    "has in attributes, and in lists, tuples and dicts there: assign the rest to "
                    "attributes, or save the variables by name with tfe.Saver. What it would lose "
                    f"of {layer.name!r}: {', '.join(lost):.300}"
                )


def _objects_within(value: Any, seen: set[int]) -> Iterator[Any]:
    """The Keras 3 objects that a value is or has, and the objects that track them."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        within = list(value.values())
    elif isinstance(value, (list, tuple)):
        within = list(value)
    elif isinstance(value, keras_internals.classes_of_keras_3()):
        yield value
        within = list(_attributes(value).values())
    elif isinstance(value, _OWNERS):
        yield value
        within = list(_attributes_of_owner(value).values())
    else:
        return
    for each in within:
        yield from _objects_within(each, seen)


def _attributes_of_owner(owner: Any) -> dict[str, Any]:
    tracks_tuples = getattr(owner, "_tracks_tuples", True)
    return {
        name: value
        for name, value in vars(owner).items()
        if not name.startswith("_self_") and (tracks_tuples or not isinstance(value, tuple))
    }


def _update(value: Any, node: Any) -> None:
    with tf.init_scope():  # a restored value must not be part of a function's graph
        for name, each in _attributes(value).items():
            _track(node, name, each)


def _track(node: Any, name: str, value: Any) -> bool:
    """Makes a stand-in track what stands for a value, and returns whether there is anything."""
    current = vars(node).get(name)
    new = stand_in(value, current)
    if new is not None and new is not current:
        setattr(node, name, new)  # restores it, if it was restored before it existed
    return new is not None


def _attributes(value: Any) -> dict[str, Any]:
    """The parts of a Keras 3 object that a checkpoint may save, by their names there."""
    if keras_internals.is_variable_of_keras_3(value):
        return {}
    if isinstance(value, tf.keras.optimizers.Optimizer):
        return {"_variables": list(value.variables)}
    attributes: dict[str, Any] = {}
    is_graph = keras_internals.is_graph_of_layers(value)
    if is_graph:
        layers = value.layers
        if all(layer.built for layer in layers):
            of_weights = (layer for layer in layers if layer.weights)
            attributes = {f"layer_with_weights-{i}": each for i, each in enumerate(of_weights)}
        attributes.update((f"layer-{i}", layer) for i, layer in enumerate(layers))
    for name, each in keras_internals.own_attributes(value).items():
        public = name.lstrip("_")
        if keras_internals.is_variable_of_keras_3(each) and getattr(value, public, None) is each:
            attributes[public] = each  # "kernel" for "_kernel", which Keras 3 itself tracks
        if public == name or not is_graph:  # the private ones of a graph are its layers
            attributes[name] = each
    return attributes


def _follow(layer: Any) -> None:
    """Brings the stand-in of a layer up to date when the layer gets its variables.

    Keras may make them at the end of `build`, or only after it has built the model around the
    layer. In that case, the first `call` that finds them is the first that uses them.
    """
    replaced = {}

    def following(name: str) -> Callable[..., Any]:
        original = getattr(layer, name)
        replaced[name] = vars(layer).get(name)

        @functools.wraps(original)
        def method(*args: Any, **kwargs: Any) -> Any:
            if name == "call":
                _update_all(layer)
                if layer.built and all(each is not None for each in _variables(layer)):
                    put_back()
            result = original(*args, **kwargs)
            if name == "build":
                _update_all(layer)
            return result

        return method

    def put_back() -> None:
        for name, before in replaced.items():
            if before is None:
                delattr(layer, name)
            else:
                setattr(layer, name, before)
        replaced.clear()

    for name in ("build", "call"):
        if hasattr(layer, name):  # an optimizer has no call
            setattr(layer, name, following(name))


def _variables(layer: Any) -> list[tf.Variable | None]:
    return [
        keras_internals.of_tensorflow(each)
        for each in _attributes(layer).values()
        if keras_internals.is_variable_of_keras_3(each)
    ]
