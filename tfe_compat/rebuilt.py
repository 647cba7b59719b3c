"""The names of TF 1.x's `tf.contrib.eager` that are a few lines over TensorFlow 2's public API.

`tfe_compat.namespace` lists them beside all the others, with what a user may find changed. The
behaviour is that of TF 1.15.5 (`in_graph_mode`: TF 1.5), compared in `tests/test_namespace.py`.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import unittest
from collections.abc import Iterator as _Iterator
from collections.abc import Sequence
from typing import Any, Callable, TypeVar

import tensorflow as tf

_Class = TypeVar("_Class", bound=type)

SYNC = 0
ASYNC = 1

DEVICE_PLACEMENT_EXPLICIT = 0
DEVICE_PLACEMENT_WARN = 1
DEVICE_PLACEMENT_SILENT = 2


def set_execution_mode(mode: int | None) -> None:
    """Sets how this thread runs operations from now on, after those under way have finished.

    >>> set_execution_mode(ASYNC)
    >>> tf.config.experimental.get_synchronous_execution()
    False
    >>> set_execution_mode(SYNC)

    Args:
        mode: `SYNC`, or `ASYNC`: an operation may return before it has run. None means `SYNC`.

    Raises:
        ValueError: `mode` is none of these.
        tf.errors.OpError: An operation that ran asynchronously has failed; the mode stays.
    """
    if mode not in (None, SYNC, ASYNC):
        raise ValueError(f"mode must be tfe.SYNC (0), tfe.ASYNC (1) or None; got {mode!r}")
    async_wait()
    tf.config.experimental.set_synchronous_execution(mode != ASYNC)


@contextlib.contextmanager
def execution_mode(mode: int | None) -> _Iterator[None]:
    """Runs the operations of a `with` block asynchronously, or synchronously.

    >>> with execution_mode(ASYNC):
    ...     total = tf.constant(1.0) + 2.0
    >>> print(total.numpy())
    3.0

    Args:
        mode: `ASYNC`; anything else means `SYNC`.

    Raises:
        tf.errors.OpError: At the end of the block: one of its operations has failed.
    """
    synchronous = tf.config.experimental.get_synchronous_execution()
    set_execution_mode(ASYNC if mode == ASYNC else SYNC)
    try:
        yield
    finally:
        try:
            async_wait()
        finally:
            tf.config.experimental.set_synchronous_execution(synchronous)


def async_wait() -> None:
    """Waits until the operations that run asynchronously have finished.

    >>> with execution_mode(ASYNC):
    ...     total = tf.constant(1.0) + 2.0
    ...     async_wait()

    Raises:
        tf.errors.OpError: One of them has failed.
    """
    # Waiting by a switch to SYNC would raise the error again and again, as TF 1.15.5 does, but its
    # traceback would hold an executor that TF 2.12 waits for for ever once the mode has changed.
    if not tf.config.experimental.get_synchronous_execution():
        tf.config.list_logical_devices()  # the barrier below needs an initialized TensorFlow
        with tf.experimental.async_scope():
            pass  # its end is the barrier


def list_devices() -> list[str]:
    """The full names of the devices that operations can run on.

    >>> list_devices()[0]
    '/job:localhost/replica:0/task:0/device:CPU:0'
    """
    this_task = tf.DeviceSpec(job="localhost", replica=0, task=0)
    return [
        this_task.make_merged_spec(tf.DeviceSpec.from_string(device.name)).to_string()
        for device in tf.config.list_logical_devices()
    ]


def num_gpus() -> int:
    """The number of GPUs that operations can run on.

    >>> num_gpus() == sum("GPU" in name for name in list_devices())
    True
    """
    return len(tf.config.list_logical_devices("GPU"))


def set_server_def(server_def: tf.train.ServerDef) -> None:
    """Connects to a cluster, so that operations can run on the devices of its tasks.

        tfe.set_server_def(
            tf.train.ServerDef(cluster=..., job_name="localhost", task_index=0, protocol="grpc")
        )

    Args:
        server_def: A `tf.train.ServerDef`: the cluster, and the job and task of this program in it.

    Raises:
        ValueError: `server_def` is None.
    """
    if not server_def:
        raise ValueError(f"server_def must be a tf.train.ServerDef; got {server_def!r}")
    tf.config.experimental_connect_to_cluster(
        tf.train.ClusterSpec(server_def.cluster),
        job_name=server_def.job_name,
        task_index=server_def.task_index,
        protocol=server_def.protocol,
    )


def enable_remote_eager_execution(
    config: tf.compat.v1.ConfigProto | None = None,
    device_policy: int | None = None,
    execution_mode: int | None = None,
    server_def: tf.train.ServerDef | None = None,
) -> None:
    """Enables eager execution on the devices of a cluster.

    >>> enable_remote_eager_execution()

    Args:
        config: As in `tfe.enable_eager_execution`; the next two also.
        device_policy: One of `DEVICE_PLACEMENT_*`.
        execution_mode: `SYNC` or `ASYNC`.
        server_def: The cluster, as in `set_server_def`; None connects to none.

    Raises:
        ValueError: A graph has been used before.
    """
    tf.compat.v1.enable_eager_execution(config, device_policy, execution_mode)
    if server_def is not None:
        set_server_def(server_def)


def run(
    main: Callable[[Sequence[str]], Any] | None = None, argv: Sequence[str] | None = None
) -> None:
    """Enables eager execution, runs `main` with the command line, and exits.

    >>> run(main=lambda argv: print(argv[1:]), argv=["train.py", "--steps=3"])
    Traceback (most recent call last):
    SystemExit

    Args:
        main: The function to run; None means the `main` of the script.
        argv: The command line; None means `sys.argv`. Flags of `tf.compat.v1.app.flags` are taken
            out of it; those that nobody has defined are left.

    Raises:
        SystemExit: Always, with what `main` returned.
    """
    tf.compat.v1.enable_eager_execution()
    tf.compat.v1.app.run(main, argv)


def in_graph_mode() -> bool:
    """Whether operations are added to a graph: the opposite of `tfe.executing_eagerly`.

    >>> in_graph_mode()
    False
    >>> with tf.Graph().as_default():
    ...     in_graph_mode()
    True
    """
    return not tf.executing_eagerly()


def Iterator(dataset: tf.data.Dataset) -> tf.data.Iterator:
    """Returns an iterator over the elements of a dataset, also by `.next()` and `.get_next()`.

    >>> iterator = Iterator(tf.data.Dataset.range(4))
    >>> print(iterator.next().numpy(), iterator.get_next().numpy())
    0 1
    >>> print([element.numpy().item() for element in iterator])
    [2, 3]

    Args:
        dataset: A `tf.data.Dataset`.

    Raises:
        TypeError: `dataset` is something else.
        RuntimeError: Eager execution is off.
    """
    if not isinstance(dataset, tf.data.Dataset):
        raise TypeError(
            f"dataset must be a tf.data.Dataset; got {type(dataset).__name__}. "
            "tf.data.Dataset.from_tensor_slices makes one of arrays and lists."
        )
    return iter(dataset)


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


def run_test_in_graph_and_eager_modes(
    func: Callable[..., Any] | None = None,
    config: tf.compat.v1.ConfigProto | None = None,
    use_gpu: bool = True,
    reset_test: bool = True,
) -> Callable[..., Any]:
    """Runs a test method twice: in the session of a graph, then eagerly.

        class AdditionTest(tf.test.TestCase):
            @tfe.run_test_in_graph_and_eager_modes
            def test_add(self):
                self.assertAllEqual(self.evaluate(tf.add([1, 2], 3)), [4, 5])

    Args:
        func: A test method of a `tf.test.TestCase`. None returns the decorator.
        config: The configuration of the session.
        use_gpu: Whether operations may run on a GPU.
        reset_test: Whether to call `tearDown` and `setUp` between the two.

    Raises:
        ValueError: `func` is a class.
        RuntimeError: From the test: eager execution is off.
    """

    def decorator(test: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.isclass(test):
            raise ValueError(
                f"run_test_in_graph_and_eager_modes takes a test method; got {test.__name__}, a "
                "class: use run_all_tests_in_graph_and_eager_modes"
            )

        @functools.wraps(test)
        def in_graph_and_eager_modes(self: tf.test.TestCase, *args: Any, **kwargs: Any) -> None:
            if not tf.executing_eagerly():
                raise RuntimeError(
                    "Eager execution is off, and the test is to run with it too; "
                    "call tfe.enable_eager_execution() before the tests"
                )
            with contextlib.suppress(unittest.SkipTest), tf.Graph().as_default():  # noqa: SIM117
                with self.cached_session(config=config, use_gpu=use_gpu):
                    test(self, *args, **kwargs)
            if reset_test:
                self.tearDown()
                self._tempdir = None  # the second run gets a get_temp_dir() of its own
                self.setUp()
            with contextlib.nullcontext() if use_gpu else tf.device("/device:CPU:0"):
                test(self, *args, **kwargs)

        return in_graph_and_eager_modes

    return decorator if func is None else decorator(func)


def run_all_tests_in_graph_and_eager_modes(cls: _Class) -> _Class:
    """Makes every test method of a class run twice, as `run_test_in_graph_and_eager_modes` does.

        @tfe.run_all_tests_in_graph_and_eager_modes
        class AdditionTest(tf.test.TestCase): ...

    Args:
        cls: A subclass of `tf.test.TestCase`. Its methods whose names start with `testSkipEager` or
            `test_skip_eager` are left alone.
    """
    for name in dir(cls):
        skipped = name.startswith(("testSkipEager", "test_skip_eager")) or name == "test_session"
        if name.startswith(unittest.TestLoader.testMethodPrefix) and not skipped:
            test = getattr(cls, name)
            if callable(test):
                setattr(cls, name, run_test_in_graph_and_eager_modes(test))
    return cls
