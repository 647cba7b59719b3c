"""Files that hold the values of variables by their names."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Callable
from unittest import mock

import tensorflow as tf

# What TF 2 and Keras keep in variables of their own: states of random number generators, and the
# counters of a Keras 2 model, which have no name. TF 1.15.5 had no such variables.
_NOT_IN_OLD_FILES = ("seed_generator_state", "StateVar", "Variable")


def name_in_file(variable: tf.Variable) -> str:
    """The name under which `Saver` keeps a variable; of a Keras 3 variable, its path."""
    # Keras 3 gives equal names to variables of different layers.
    return str(variable.path if hasattr(variable, "path") else variable.name.split(":")[0])


def of_tensorflow(variable: tf.Variable) -> tf.Variable:
    """The variable itself; of a Keras 3 variable, the one inside it."""
    return variable.value if hasattr(variable, "path") else variable


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

    The files are those of `tf.compat.v1.train.Saver`, which does the work: TF 1.x reads what this
    writes, and the other way round.

    Args:
        var_list: The variables: a list, or a dictionary by the names that they have in the files.

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
            file_prefix: The path of the files, whose names only go on from it.
            global_step: An integer, a tensor or a variable: ends the names with this step.

        Returns:
            The path, with the step, that `restore` takes.

        Raises:
            ValueError: Two variables have one name.
        """
        with tf.device("/device:CPU:0"):
            path: str = self._saver.save(
                None, file_prefix, write_meta_graph=False, global_step=global_step
            )
        return path

    def restore(self, file_prefix: str) -> None:
        """Sets the variables to the values in the files.

        Args:
            file_prefix: What `save` has returned, here or in TF 1.x.

        Raises:
            ValueError: There are no such files, or a variable has another shape in them.
            tf.errors.NotFoundError: A variable is not in them.
        """
        with tf.device("/device:CPU:0"):
            self._saver.restore(None, file_prefix)


def _by_name(variables: Sequence[tf.Variable]) -> dict[str, tf.Variable]:
    """The variables by their names in files; raises ValueError if two have one name."""
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
    """Gives the variables that a `with` block creates their values in a file.

    >>> import os, tempfile
    >>> path = Saver([tf.Variable(3.0, name="v")]).save(os.path.join(tempfile.mkdtemp(), "ckpt"))
    >>> with restore_variables_on_create(path):
    ...     v = tf.Variable(0.0, name="v")
    >>> print(v.numpy())
    3.0

    Only the first variable of a name takes the value. That of a Keras 3 layer is looked for by its
    path, such as "model/dense/kernel".

    Args:
        save_path: The path of the files, as `Saver.save` returns it. None or "" restores nothing.
        map_func: A function from the name of a variable to its name in the files.

    Raises:
        ValueError: Eager execution is off, `map_func` isn't callable, or `save_path` is a folder
            without files.
        tf.errors.NotFoundError: From the block: a new variable is not in the files.
    """
    if not tf.executing_eagerly():
        raise ValueError("tfe.restore_variables_on_create needs eager execution")
    if not save_path:
        yield
        return
    if map_func is not None and not callable(map_func):
        raise ValueError(f"map_func must be callable; got {map_func!r}")
    # All of them at once: the block may be a training loop, whose Saver deletes old files.
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

    with _on_creation(restore):
        yield


@contextlib.contextmanager
def _on_creation(function: Callable[[tf.Variable, str], None]) -> Iterator[None]:
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

    # Keras 3 creates the variables of a model after it has left the layers: only the paths of its
    # own variables keep their names.
    def keras_init(self: Any, initializer: Any, *args: Any, **kwargs: Any) -> None:
        def with_path(*args: Any, **kwargs: Any) -> Any:
            under_way[-1:] = [self.path]
            return initializer(*args, **kwargs)

        given = with_path if callable(initializer) else initializer
        keras_original(self, given, *args, **kwargs)

    # Code that makes a ResourceVariable itself, from an internal module, bypasses the creators.
    def resource_init(self: Any, *args: Any, **kwargs: Any) -> None:
        resource_original(self, *args, **kwargs)
        if not under_way:
            function(self, name_in_file(self))

    with contextlib.ExitStack() as stack:
        resource_class = type(tf.Variable(0))
        resource_original = resource_class.__init__
        stack.enter_context(mock.patch.object(resource_class, "__init__", resource_init))
        if hasattr(tf.keras, "Variable"):  # Keras 3
            keras_original = tf.keras.Variable.__init__
            stack.enter_context(mock.patch.object(tf.keras.Variable, "__init__", keras_init))
        stack.enter_context(tf.variable_creator_scope(creator))
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
