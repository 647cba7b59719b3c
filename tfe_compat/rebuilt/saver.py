"""Checkpoints by the names of variables: `Saver`, and restoring variables as they are created."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Callable

import tensorflow as tf

from tfe_compat.rebuilt import old_names
from tfe_compat.rebuilt.keras_internals import name_in_file, of_tensorflow, on_creation

_OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH"  # a tensor in the files of tfe.Checkpoint


class Saver:
    """Saves variables to files and restores them, as TF 1.x does.

    >>> import os, tempfile
    >>> v = tf.Variable(3.0, name="v")
    >>> saver = Saver([v])
    >>> path = saver.save(os.path.join(tempfile.mkdtemp(), "ckpt"), global_step=10)
    >>> os.path.basename(path)
    'ckpt-10'
    >>> _ = v.assign(0.0)
    >>> saver.restore(path)
    >>> print(v.numpy())
    3.0

    `tf.compat.v1.train.Saver` does the work, so TF 1.x can read the files that this class writes,
    and the other way round. Where Keras names a variable differently than TF 1.15.5 did, the files
    have the old name, and `restore` takes both: the weights of `tf.keras.layers.LSTM(1)` are saved
    as "lstm/kernel", not as "lstm/lstm_cell/kernel". With a dictionary, its names are used.

    Args:
        var_list: A list of the variables, or a dictionary of them by their names in the files.

    Raises:
        RuntimeError: Eager execution is off, or `var_list` is None.
    """

    def __init__(self, var_list: Sequence[tf.Variable] | Mapping[str, tf.Variable]):
        if not tf.executing_eagerly():
            raise RuntimeError(
                "tfe.Saver needs eager execution; use tf.compat.v1.train.Saver in a graph"
            )
        if var_list is None:
            raise RuntimeError("tfe.Saver needs a list or a dictionary of variables; got None")
        self._var_list = var_list

    @functools.cached_property
    def _variables(self) -> dict[str, tf.Variable]:
        """The variables by their names here."""
        if isinstance(self._var_list, Mapping):
            return {name: of_tensorflow(each) for name, each in self._var_list.items()}
        return _by_name(self._var_list)

    @functools.cached_property
    def _saver(self) -> tf.compat.v1.train.Saver:
        variables = self._variables
        if not isinstance(self._var_list, Mapping):
            names = old_names.names_of_tf_1_15(variables)
            variables = {names[name]: each for name, each in variables.items()}
        return tf.compat.v1.train.Saver(variables)

    def save(self, file_prefix: str, global_step: int | tf.Tensor | None = None) -> str:
        """Writes the values of the variables.

        Args:
            file_prefix: The path with which the names of the files start.
            global_step: A step, which is appended to `file_prefix`: an integer, a tensor or a
                variable.

        Returns:
            The prefix, with the step, which `restore` takes.

        Raises:
            ValueError: Two variables have the same name.
        """
        with tf.device("/device:CPU:0"):
            path: str = self._saver.save(
                None, file_prefix, write_meta_graph=False, global_step=global_step
            )
        return path

    def restore(self, file_prefix: str) -> None:
        """Sets the variables to the values in the files.

        A variable that is not in the files under its own name takes the value saved under the name
        that it had in TF 1.15.5, provided that exactly one name, with the same shape and dtype,
        is possible for it, and for no other variable.

        Args:
            file_prefix: What `save` returned, here or in TF 1.x.

        Raises:
            ValueError: There are no such files, or they have a variable with another shape.
            tf.errors.NotFoundError: A variable is not in them.
        """
        with tf.device("/device:CPU:0"):
            try:
                tf.compat.v1.train.Saver(self._variables).restore(None, file_prefix)
            except tf.errors.NotFoundError:
                saved = _content(tf.train.load_checkpoint(file_prefix))
                if _OBJECT_GRAPH in saved:  # TensorFlow has said what is missing
                    raise
                tf.compat.v1.train.Saver(self._found_in(saved)).restore(None, file_prefix)

    def _found_in(self, saved: dict[str, tf.TensorSpec]) -> dict[str, tf.Variable]:
        """The variables by their names in a file that lacks the own names of some."""
        if not isinstance(self._var_list, Mapping):
            return old_names.find_in_file(self._variables, saved)
        missing = {name: each for name, each in self._variables.items() if name not in saved}
        rest = {name: each for name, each in saved.items() if name not in self._variables}
        raise old_names.not_found(missing, rest)


def _content(reader: tf.train.CheckpointReader) -> dict[str, tf.TensorSpec]:
    dtypes = reader.get_variable_to_dtype_map()
    shapes = reader.get_variable_to_shape_map()
    return {name: tf.TensorSpec(shape, dtypes[name]) for name, shape in shapes.items()}


def _by_name(variables: Sequence[tf.Variable]) -> dict[str, tf.Variable]:
    """The variables by their names in files; raises ValueError if two have the same name."""
    if not isinstance(variables, (list, tuple, set)):
        raise TypeError(
            "tfe.Saver takes a list or a dictionary of variables; got "
            f"{type(variables).__name__}: {variables!r:.100}"
        )
    named: dict[str, tf.Variable] = {}
    for variable in variables:
        name = name_in_file(variable)
        if named.setdefault(name, of_tensorflow(variable)) is not of_tensorflow(variable):
            raise ValueError(
                f"Two variables have the name {name!r}; pass a dictionary of the variables by the "
                "names that they are to have in the file"
            )
    return named


@contextlib.contextmanager
def restore_variables_on_create(
    save_path: str | None, map_func: Callable[[str], str] | None = None
) -> Iterator[None]:
    """Initializes the variables that a `with` block creates with their values in a file.

    >>> import os, tempfile
    >>> path = Saver([tf.Variable(3.0, name="v")]).save(os.path.join(tempfile.mkdtemp(), "ckpt"))
    >>> with restore_variables_on_create(path):
    ...     v = tf.Variable(0.0, name="v")
    >>> print(v.numpy())
    3.0

    Only the first variable with a name takes the value. A variable of a Keras 3 layer goes by its
    path, such as "model/dense/kernel". Where Keras names a variable differently than TF 1.15.5 did,
    it takes the value that has its old name, as in `Saver.restore`.

    Args:
        save_path: What `Saver.save` returned. None or "" restores nothing.
        map_func: A function from the name of a variable to its name in the files.

    Raises:
        ValueError: Eager execution is off, `map_func` isn't callable, or `save_path` is a folder
            without a checkpoint. From the block: the value for a new variable has already gone to
            another one, under whose old name it seemed to be saved.
        tf.errors.NotFoundError: From the block: a new variable is not in the files.
    """
    if not tf.executing_eagerly():
        raise ValueError("tfe.restore_variables_on_create needs eager execution")
    if not save_path:
        yield
        return
    if map_func is not None and not callable(map_func):
        raise ValueError(f"map_func must be callable; got {map_func!r}")
    # All are read at once: the block may be a training loop, whose Saver deletes old files.
    reader = tf.train.load_checkpoint(save_path)
    saved = _content(reader)
    values = {name: reader.get_tensor(name) for name in saved}
    renamed: dict[str, str] = {}  # the names that are not in the files, and what is in their place

    def restore(variable: tf.Variable, own_name: str) -> None:
        name = own_name if map_func is None else map_func(own_name)
        if name in renamed.values():
            (first,) = (each for each, old_name in renamed.items() if old_name == name)
            raise ValueError(
                f"Two variables take the value of {name!r}, which {first!r} got because it is not "
                "in the files and has the same shape; pass a map_func that tells them apart"
            )
        if name not in values and name not in renamed and not old_names.is_new(own_name, variable):
            rest = {each: saved[each] for each, value in values.items() if value is not None}
            found = old_names.old_names_of(name, variable, rest)
            if len(found) != 1:
                raise tf.errors.NotFoundError(
                    None,
                    None,
                    f"{name} not found in checkpoint. If it has the variable under another name, "
                    "pass a map_func from the one to the other. In the checkpoint, but not "
                    f"restored: {old_names.listed(rest)}",
                )
            renamed[name] = found[0]
        in_file = renamed.get(name, name)
        value = values.get(in_file)
        if value is not None:
            with tf.init_scope():
                variable.assign(value)
            values[in_file] = None

    with on_creation(restore):
        yield


def get_optimizer_variables(optimizer: tf.compat.v1.train.Optimizer) -> list[tf.Variable]:
    """The variables that an optimizer has created.

    >>> optimizer = tf.compat.v1.train.MomentumOptimizer(0.1, momentum=0.9)
    >>> optimizer.apply_gradients([(tf.constant(2.0), tf.Variable(1.0, name="w"))])
    >>> [variable.name for variable in get_optimizer_variables(optimizer)]
    ['w/Momentum:0']

    Args:
        optimizer: A `tf.compat.v1.train.Optimizer`, or a Keras optimizer.
    """
    variables = optimizer.variables
    return list(variables() if callable(variables) else variables)  # Keras 3 has a property
