"""Checkpoints by the names of variables: `Saver`, and restoring variables as they are created."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Callable

import tensorflow as tf

from tfe_compat.rebuilt.keras_internals import name_in_file, of_tensorflow, on_creation

# Variables of TF 2 and Keras themselves, which TF 1.15.5 did not have: the states of random number
# generators, and the counters of a Keras 2 model, which have no name.
_NOT_IN_OLD_FILES = ("seed_generator_state", "StateVar", "Variable")


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

    `tf.compat.v1.train.Saver` does the work, so that TF 1.x reads the files that this writes, and
    this those of TF 1.x.

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
    def _saver(self) -> tf.compat.v1.train.Saver:
        variables = self._var_list
        if isinstance(variables, Mapping):
            variables = {name: of_tensorflow(v) for name, v in variables.items()}
        elif any(hasattr(variable, "path") for variable in variables):
            variables = _by_name(variables)
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

        Args:
            file_prefix: What `save` returned, here or in TF 1.x.

        Raises:
            ValueError: There are no such files, or they have a variable with another shape.
            tf.errors.NotFoundError: A variable is not in them.
        """
        with tf.device("/device:CPU:0"):
            self._saver.restore(None, file_prefix)


def _by_name(variables: Sequence[tf.Variable]) -> dict[str, tf.Variable]:
    """The variables by their names in files; raises ValueError if two have the same name."""
    named: dict[str, tf.Variable] = {}
    for variable in variables:
        name = name_in_file(variable)
        if named.setdefault(name, of_tensorflow(variable)) is not of_tensorflow(variable):
            raise ValueError(f"Two variables have the name {name!r}; pass a dictionary")
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
    path, such as "model/dense/kernel".

    Args:
        save_path: What `Saver.save` returned. None or "" restores nothing.
        map_func: A function from the name of a variable to its name in the files.

    Raises:
        ValueError: Eager execution is off, `map_func` isn't callable, or `save_path` is a folder
            without a checkpoint.
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
    values = {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}

    def restore(variable: tf.Variable, own_name: str) -> None:
        name = own_name if map_func is None else map_func(own_name)
        if name in values:
            if values[name] is not None:
                with tf.init_scope():
                    variable.assign(values[name])
                values[name] = None
        elif own_name.split("/")[-1] not in _NOT_IN_OLD_FILES or not variable.dtype.is_integer:
            raise tf.errors.NotFoundError(None, None, f"{name} not found in checkpoint")

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
