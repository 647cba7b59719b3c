"""Objects that checkpoints can save, and the classes that save and restore them."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from tfe_compat.rebuilt.keras_3_checkpoints import (
    TracksKeras3,
    is_of_graph_of_keras_3,
    is_of_keras_3,
    stand_in,
    update,
)


class _Unreserved:
    """Hides an attribute of the base class, whose name the objects may use for their own.

    It is not a data descriptor, so an attribute that is set on an object takes precedence.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> Any:
        raise AttributeError(f"{owner.__name__!r} object has no attribute {self._name!r}")


class Checkpointable(TracksKeras3, tf.compat.v1.train.Checkpoint):  # type: ignore[misc]
    """The base class of objects whose attributes a checkpoint saves and restores.

    >>> class Line(Checkpointable):
    ...     def __init__(self):
    ...         self.slope = tf.Variable(2.0)
    ...         self.rest = [tf.Variable(1.0)]
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = tf.compat.v1.train.Checkpoint(line=Line()).write(folder + "/line")
    ...     for key, _ in tf.train.list_variables(path)[1:]:
    ...         print(key)
    line/rest/0/.ATTRIBUTES/VARIABLE_VALUE
    line/slope/.ATTRIBUTES/VARIABLE_VALUE

    Variables, other checkpointable objects, and lists and dicts of these are saved under the names
    of the attributes. An attribute may have any name. As in TF 1.15.5, a tuple is not saved.

    Args:
        *args: Passed to the next constructor in the method resolution order of a subclass.
        **kwargs: Passed to it, too.
    """

    # Of the public classes that track their attributes, the base is the one with the fewest names
    # of its own. (Keras 2 looks for `trainable_variables` in every tf.Module that a layer has.)
    restore, save, save_counter, write = (_Unreserved() for _ in range(4))
    _tracks_tuples = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Not the constructor of the base class, whose arguments are what a checkpoint saves.
        super(tf.compat.v1.train.Checkpoint, self).__init__(*args, **kwargs)

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, tuple):
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)


class Checkpoint(TracksKeras3, tf.compat.v1.train.Checkpoint):  # type: ignore[misc]
    """Saves and restores variables and other objects, each under the name of an attribute.

    >>> from tempfile import TemporaryDirectory
    >>> v = tf.Variable(5.0)
    >>> checkpoint = Checkpoint(v=v)
    >>> with TemporaryDirectory() as folder:
    ...     path = checkpoint.save(folder + "/saved")
    ...     _ = v.assign(0.0)
    ...     _ = checkpoint.restore(path).assert_consumed()
    >>> print(v.numpy())
    5.0

    Args:
        **kwargs: The objects to save.
    """

    def __init__(self, **kwargs: Any) -> None:
        rest = {name: each for name, each in kwargs.items() if not is_of_keras_3(each)}
        super().__init__(**rest)
        for name in sorted(kwargs.keys() - rest.keys()):
            setattr(self, name, kwargs[name])

    @property
    def save_counter(self) -> tf.Variable:
        """How many times `save` has been called."""
        update(self)  # here, because tf.train.CheckpointManager reads it before it saves
        return super().save_counter

    def save(self, *args: Any, **kwargs: Any) -> str:
        """Writes a checkpoint with a number of its own, and returns its path.

        The arguments are those of `tf.compat.v1.train.Checkpoint.save`: `file_prefix`, to which the
        number is appended, `session` for graph mode, and `options`.

        Raises:
            ValueError: A Keras 3 layer has variables that no attribute leads to.
        """
        update(self)
        return str(super().save(*args, **kwargs))

    def write(self, *args: Any, **kwargs: Any) -> str:
        """Writes a checkpoint without a number, and returns its path, as `save` does."""
        update(self)
        return str(super().write(*args, **kwargs))

    def restore(self, save_path: str | None) -> Any:
        """Restores what `save` wrote, here or in TF 1.15.5.

        Args:
            save_path: What `save` or `tf.train.latest_checkpoint` returned; None restores nothing.

        Returns:
            A status object, with `assert_consumed()`, `run_restore_ops()` and others.

        Raises:
            ValueError: The checkpoint has the position of a `tfe.Iterator` of TF 1, and this object
                has an iterator for it. Reading it would kill the process. Or as in `save`.
        """
        shapes = dict(tf.train.list_variables(save_path)) if save_path else {}
        for key, shape in shapes.items():
            if is_of_graph_of_keras_3(key):
                raise ValueError(
                    "tf.train.Checkpoint has saved a Sequential or functional model of Keras 3 "
                    "under names that tfe.Checkpoint does not have: restore this checkpoint with "
                    f"tf.train.Checkpoint, and save it anew; got {key!r}"
                )
            name, _, attribute = key.partition("/.ATTRIBUTES/")
            saved_by_tf_1 = attribute == "ITERATOR_STATE" and not shape  # now it is a vector
            if saved_by_tf_1 and isinstance(self._under(name), tf.data.Iterator):
                raise ValueError(
                    "TensorFlow 2 can't read the position of an iterator that TF 1 has saved; "
                    f"restore this checkpoint with a tfe.Checkpoint without {name!r}, and start "
                    "the dataset from its beginning"
                )
        update(self)
        return super().restore(save_path)

    def _under(self, path: str) -> object:
        value: object = self
        for name in path.split("/"):
            value = getattr(value, name, None)
        return value


class CheckpointableSaver:
    """Saves and restores an object with everything that it tracks.

    >>> from tempfile import TemporaryDirectory
    >>> line = Checkpointable()
    >>> line.slope = tf.Variable(2.0)
    >>> saver = CheckpointableSaver(line)
    >>> with TemporaryDirectory() as folder:
    ...     path = saver.save(folder + "/line", checkpoint_number=3)
    ...     _ = line.slope.assign(0.0)
    ...     _ = saver.restore(path).assert_consumed()
    >>> print(path.endswith("/line-3"), line.slope.numpy())
    True 2.0

    TF 1.7 to 1.13 had this class; the files are the same.

    Args:
        root_checkpointable: A `Checkpointable`, a Keras model, ...
    """

    def __init__(self, root_checkpointable: Any) -> None:
        self._root = root_checkpointable
        is_stood_for = is_of_keras_3(root_checkpointable)
        root = stand_in(root_checkpointable) if is_stood_for else root_checkpointable
        self._checkpoint = tf.train.Checkpoint(root)

    def save(
        self,
        file_prefix: str,
        checkpoint_number: int | None = None,
        session: tf.compat.v1.Session | None = None,
    ) -> str:
        """Writes a checkpoint and returns its path.

        Args:
            file_prefix: The path, to which "-" and `checkpoint_number` are appended.
            checkpoint_number: None and 0 append nothing.
            session: In graph mode, the session that holds the values; None means the default one.
        """
        update(self._root)
        if checkpoint_number:
            file_prefix = f"{file_prefix}-{int(checkpoint_number)}"
        if session is None or tf.executing_eagerly():
            return str(self._checkpoint.write(file_prefix))
        with session.as_default():
            return str(self._checkpoint.write(file_prefix))

    def restore(self, save_path: str | None) -> Any:
        """Restores what `save` wrote, and returns a status object, as `tfe.Checkpoint` does.

        Args:
            save_path: What `save` returned; None restores nothing.
        """
        update(self._root)
        return self._checkpoint.read(save_path)
