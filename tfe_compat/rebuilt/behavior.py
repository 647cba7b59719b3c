"""How a program turns eager execution on, and the behavior of TF 1 with it."""

from __future__ import annotations

import contextlib
import logging
import threading
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Callable

import tensorflow as tf

from tfe_compat.rebuilt.devices import set_server_def
from tfe_compat.rebuilt.execution import ASYNC, SYNC, in_new_thread

_DEVICE_POLICIES = ("explicit", "warn", "silent", "silent_for_int32")  # by number

_is_enabled = False


def enable_eager_execution(
    config: tf.compat.v1.ConfigProto | None = None,
    device_policy: int | None = None,
    execution_mode: int | None = None,
) -> None:
    """Turns eager execution on, and makes TensorFlow 2 behave as TF 1 did with it.

    >>> import tensorflow.compat.v1 as tf
    >>> enable_eager_execution()
    >>> tf.set_random_seed(1)
    >>> print(tf.random_uniform([2]).numpy())  # the numbers of TF 1.15.5
    [0.16513085 0.9014813 ]
    >>> print(tf.zeros([2, 3]).shape[1].value)
    3

    With TF 1's whole behavior, a seed gives the random numbers that it gave in TF 1.15.5, whether
    from operations, initializers or layers; a shape consists of `Dimension`s; `==` compares tensors
    and variables by identity; and the layers of legacy Keras take the dtype of their input. The
    functions that do this are `tf.compat.v1.disable_v2_behavior`, `enable_eager_execution` and
    `enable_resource_variables`, and `tf.compat.v1.keras.layers.disable_v2_dtype_behavior`. A
    program that doesn't call `tfe.enable_eager_execution` keeps the behavior of TensorFlow 2.

    It can be called at any time: operations that have already run do no harm, and existing
    variables are kept. As in TF 1.15.5, a second call does nothing, whatever its arguments. To get
    parts of TensorFlow 2's behavior nevertheless, call `tf.compat.v1.enable_tensor_equality` and
    the like afterwards.

    Args:
        config: A `tf.compat.v1.ConfigProto`. What `tf.config` can set has an effect:
            `intra_op_parallelism_threads`, `inter_op_parallelism_threads`, `device_count`,
            `allow_soft_placement`, `log_device_placement`, and, if there are GPUs,
            `gpu_options.allow_growth` and `gpu_options.visible_device_list`. A warning names the
            fields that have no effect, because there is no function for them, or because TensorFlow
            has already initialized its devices.
        device_policy: What happens to an operation whose inputs are on another device:
            `tfe.DEVICE_PLACEMENT_EXPLICIT`, `DEVICE_PLACEMENT_WARN` or `DEVICE_PLACEMENT_SILENT`.
            None leaves it as it is.
        execution_mode: `tfe.SYNC`, or `tfe.ASYNC`, with which an operation may return before it has
            run. None leaves it as it is.

    Raises:
        TypeError: `config` is not a `tf.compat.v1.ConfigProto`.
        ValueError: `device_policy` or `execution_mode` is none of these; or
            `visible_device_list` has an index for which there is no GPU; or eager execution had
            been disabled, and the default graph has been used since.
    """
    global _is_enabled
    starts_eagerly = in_new_thread(tf.executing_eagerly)
    if _is_enabled and starts_eagerly:
        return
    if config is not None and not isinstance(config, tf.compat.v1.ConfigProto):
        raise TypeError(
            f"config must be a tf.compat.v1.ConfigProto or None; got {type(config).__name__}"
        )
    if device_policy not in (None, *range(len(_DEVICE_POLICIES))):
        raise ValueError(
            f"device_policy must be None or one of tfe.DEVICE_PLACEMENT_*; got {device_policy!r}"
        )
    if execution_mode not in (None, SYNC, ASYNC):
        raise ValueError(
            f"execution_mode must be None, tfe.SYNC or tfe.ASYNC; got {execution_mode!r}"
        )
    if not starts_eagerly:
        try:
            tf.compat.v1.enable_eager_execution()
        except ValueError:
            raise ValueError(
                "eager execution can't be turned on after the default graph has been used: call "
                "tfe.enable_eager_execution() at the start of the program, or "
                "tf.compat.v1.reset_default_graph() before it, which drops that graph"
            ) from None
    # In this thread, disable_v2_behavior would end eager execution, and TensorFlow refuses to turn
    # it on again once variables have left their names in the default graph. Another thread has a
    # mode and a default graph of its own; what else the calls change is common to all threads.
    in_new_thread(_bring_tf_1_back)
    if config is not None:
        _configure(config)
    if device_policy is not None:
        tf.config.experimental.set_device_policy(_DEVICE_POLICIES[int(device_policy)])
    if execution_mode is not None:
        tf.config.experimental.set_synchronous_execution(execution_mode == SYNC)
    _is_enabled = True


def enable_remote_eager_execution(
    config: tf.compat.v1.ConfigProto | None = None,
    device_policy: int | None = None,
    execution_mode: int | None = None,
    server_def: tf.train.ServerDef | None = None,
) -> None:
    """Turns eager execution on, with the behavior of TF 1, on the devices of a cluster.

    >>> enable_remote_eager_execution()

    Args:
        config: As in `tfe.enable_eager_execution`, like the next two arguments.
        device_policy: One of the constants `DEVICE_PLACEMENT_*`.
        execution_mode: `SYNC` or `ASYNC`.
        server_def: The cluster, as in `set_server_def`; None connects to none.

    Raises:
        TypeError: As in `tfe.enable_eager_execution`.
        ValueError: As in `tfe.enable_eager_execution`.
    """
    enable_eager_execution(config, device_policy, execution_mode)
    if server_def is not None:
        set_server_def(server_def)


def run(
    main: Callable[[Sequence[str]], Any] | None = None, argv: Sequence[str] | None = None
) -> None:
    """Turns eager execution on, with the behavior of TF 1, calls `main`, and exits.

    >>> run(main=lambda argv: print(argv[1:]), argv=["train.py", "--steps=3"])
    Traceback (most recent call last):
    SystemExit

    Args:
        main: The function to call, with the command line; None means the `main` of the script.
        argv: The command line; None means `sys.argv`. The flags that `tf.compat.v1.app.flags`
            defines are parsed and removed, others are passed on.

    Raises:
        SystemExit: Always, with the value that `main` returned.
        ValueError: As in `tfe.enable_eager_execution`.
    """
    enable_eager_execution()
    tf.compat.v1.app.run(main, argv)


def _bring_tf_1_back() -> None:
    with _without_warnings():
        tf.compat.v1.disable_v2_behavior()
        tf.compat.v1.enable_eager_execution()
        tf.compat.v1.enable_resource_variables()
        with contextlib.suppress(ImportError):  # TF_USE_LEGACY_KERAS is set, tf-keras is missing
            layers = tf.compat.v1.keras.layers
            if hasattr(layers, "disable_v2_dtype_behavior"):  # which Keras 3 lacks
                layers.disable_v2_dtype_behavior()


@contextlib.contextmanager
def _without_warnings() -> Iterator[None]:
    """Drops what TensorFlow logs in this thread, which urges users to migrate to TensorFlow 2."""
    this_thread = threading.get_ident()

    def is_from_another(record: logging.LogRecord) -> bool:
        return record.thread != this_thread

    tf.get_logger().addFilter(is_from_another)
    try:
        yield
    finally:
        tf.get_logger().removeFilter(is_from_another)


def _configure(config: tf.compat.v1.ConfigProto) -> None:
    """Applies a configuration as far as `tf.config` can, and warns about the rest."""
    ignored, too_late = [], []
    for field in _fields_with_a_value(config):
        if field not in _SETTERS:
            ignored.append(field)
            continue
        try:
            _SETTERS[field](config)
        except RuntimeError:  # TensorFlow has initialized its devices
            too_late.append(field)
    reasons = []
    if ignored:
        reasons.append(f"TensorFlow 2 has no use for {', '.join(ignored)}")
    if too_late:
        reasons.append(
            f"TensorFlow has initialized its devices, too early for {', '.join(too_late)}: call "
            "tfe.enable_eager_execution before the first operation"
        )
    if reasons:
        warnings.warn(f"config has no effect in part: {'; '.join(reasons)}", stacklevel=3)


def _fields_with_a_value(message: Any, prefix: str = "") -> Iterator[str]:
    """The names of the fields that are set, such as "gpu_options.allow_growth"."""
    for field, value in message.ListFields():
        if hasattr(value, "ListFields"):
            yield from _fields_with_a_value(value, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name


def _set_intra_op_threads(config: tf.compat.v1.ConfigProto) -> None:
    threads = config.intra_op_parallelism_threads
    if tf.config.threading.get_intra_op_parallelism_threads() != threads:
        tf.config.threading.set_intra_op_parallelism_threads(threads)


def _set_inter_op_threads(config: tf.compat.v1.ConfigProto) -> None:
    threads = config.inter_op_parallelism_threads
    if tf.config.threading.get_inter_op_parallelism_threads() != threads:
        tf.config.threading.set_inter_op_parallelism_threads(threads)


def _set_device_count(config: tf.compat.v1.ConfigProto) -> None:
    processors = config.device_count.get("CPU", 1)
    physical, *_ = tf.config.list_physical_devices("CPU")
    if processors == 0:
        tf.config.set_visible_devices([], "CPU")
    elif processors > 1:
        wanted = [tf.config.LogicalDeviceConfiguration() for _ in range(processors)]
        if tf.config.get_logical_device_configuration(physical) != wanted:
            tf.config.set_logical_device_configuration(physical, wanted)
    if "GPU" in config.device_count:
        _set_visible_gpus(config)


def _set_visible_gpus(config: tf.compat.v1.ConfigProto) -> None:
    tf.config.set_visible_devices(_visible_gpus(config), "GPU")


def _visible_gpus(config: tf.compat.v1.ConfigProto) -> list[tf.config.PhysicalDevice]:
    gpus = tf.config.list_physical_devices("GPU")
    listed = config.gpu_options.visible_device_list
    if gpus and listed:  # without a GPU, TF 1.15.5 does not read the list
        indices = [int(index) for index in listed.split(",")]
        if max(indices) >= len(gpus):
            raise ValueError(
                f"gpu_options.visible_device_list must have indices of GPUs, of which there are "
                f"{len(gpus)}; got {listed!r}"
            )
        gpus = [gpus[index] for index in indices]
    count = config.device_count.get("GPU", len(gpus))
    return list(gpus[:count])


def _set_memory_growth(config: tf.compat.v1.ConfigProto) -> None:
    for gpu in _visible_gpus(config):
        if not tf.config.experimental.get_memory_growth(gpu):
            tf.config.experimental.set_memory_growth(gpu, True)


_SETTERS: dict[str, Callable[[tf.compat.v1.ConfigProto], None]] = {
    "allow_soft_placement": lambda _: tf.config.set_soft_device_placement(True),
    "device_count": _set_device_count,
    "gpu_options.allow_growth": _set_memory_growth,
    "gpu_options.visible_device_list": _set_visible_gpus,
    "inter_op_parallelism_threads": _set_inter_op_threads,
    "intra_op_parallelism_threads": _set_intra_op_threads,
    "log_device_placement": lambda _: tf.debugging.set_log_device_placement(True),
}
