"""Every name that `tf.contrib.eager` ever had, and where each is today.

The package's lookup, its type stub, the upgrade tool and docs/names.md all rely on this one table.
It is plain data: importing it does not load TensorFlow.

The names are those of TF 1.15.5, and a few marked ones that only earlier releases had (taken from
the wheels of TF 1.4 to 1.14).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

_API = "https://www.tensorflow.org/api_docs/python"
_INPUT_SIGNATURE = (
    "with input_signature, an argument that doesn't match raises TypeError in new releases, not "
    "ValueError"
)
_CHECK_NUMERICS = (
    f"tf.debugging.enable_check_numerics() ({_API}/tf/debugging/enable_check_numerics)"
)


@dataclass(frozen=True)
class Difference:
    """How a name differs from TF 1.15.5 in a way that a user may notice.

    Attributes:
        text: In words: docs/names.md prints it, and tfe-upgrade where a use shows that it matters.
        argument: The argument of a call that makes it matter: its keyword, and its position (from
            0; None if it has none).
        always: Whether it matters to each use.
    """

    text: str
    argument: tuple[str, int | None] | None = None
    always: bool = False


@dataclass(frozen=True)
class Name:
    """Where a name of `tf.contrib.eager` is today.

    Attributes:
        kind: "ours": a function of `tfe_compat.gradients`. "same": the same thing in TensorFlow 2,
            re-exported. "rebuilt": built on TensorFlow 2's public API, in `tfe_compat.rebuilt`
            and `tfe_compat.metrics`.
        target: For "same", the public path in TensorFlow 2. For "ours" and "rebuilt", the module
            that defines the name, or the module itself if the name is one.
        differences: How the name differs from TF 1.15.5.
    """

    kind: str
    target: str
    differences: Sequence[Difference] = ()

    @property
    def note(self) -> str:
        """The differences in one line; empty if there are none."""
        return "; ".join(difference.text for difference in self.differences)


def _name(kind: str, target: str, differences: Sequence[Difference | str]) -> Name:
    told = (each if isinstance(each, Difference) else Difference(each) for each in differences)
    return Name(kind, target, tuple(told))


def _ours() -> Name:
    return _name("ours", "tfe_compat.gradients", ())


def _same(target: str, *differences: Difference | str) -> Name:
    return _name("same", target, differences)


def _rebuilt(subject: str, *differences: Difference | str) -> Name:
    return _name("rebuilt", f"tfe_compat.rebuilt.{subject}", differences)


def _metrics(*differences: Difference | str) -> Name:
    return _name("rebuilt", "tfe_compat.metrics", differences)


NAMES: Mapping[str, Name] = MappingProxyType(
    {
        # Gradients
        "gradients_function": _ours(),
        "implicit_gradients": _ours(),
        "implicit_value_and_gradients": _ours(),
        "make_vjp": _ours(),  # never in tf.contrib.eager: tensorflow.python.eager.backprop had it
        "value_and_gradients_function": _ours(),
        "GradientTape": _same("tf.GradientTape"),
        "custom_gradient": _same("tf.custom_gradient"),
        # Eager execution
        "enable_eager_execution": _rebuilt(
            "behavior",
            Difference(
                "of config, what tf.config can't set has no effect: a warning names it",
                argument=("config", 0),
            ),
        ),
        "enable_remote_eager_execution": _rebuilt("behavior"),
        "executing_eagerly": _same("tf.executing_eagerly"),
        "in_eager_mode": _same("tf.executing_eagerly"),
        "in_graph_mode": _rebuilt("execution"),  # TF 1.5 and 1.6
        "run": _rebuilt("behavior"),
        "SYNC": _rebuilt("execution"),
        "ASYNC": _rebuilt(
            "execution",
            "an operation that follows a failed one raises that one's error, not RuntimeError",
        ),
        "execution_mode": _rebuilt("execution"),
        "set_execution_mode": _rebuilt("execution"),
        "async_wait": _rebuilt(
            "execution",
            "raises the error of an operation once; TF 1.15.5 raised it until async_clear_error",
        ),
        "async_clear_error": _rebuilt("execution"),
        # Devices
        "DEVICE_PLACEMENT_EXPLICIT": _rebuilt("devices"),
        "DEVICE_PLACEMENT_SILENT": _rebuilt("devices"),
        "DEVICE_PLACEMENT_WARN": _rebuilt("devices"),
        "list_devices": _rebuilt(
            "devices", "the XLA_CPU and XLA_GPU devices are no longer among them"
        ),
        "num_gpus": _rebuilt("devices"),
        "connect_to_remote_host": _same("tf.config.experimental_connect_to_host"),
        "set_server_def": _rebuilt(
            "devices",
            "only cluster, job_name, task_index and protocol of the ServerDef are used",
        ),
        # Functions
        "defun": _rebuilt(
            "functions",
            "creates variables in its first call only, where TF 1.15.5 made new ones for each kind "
            "of arguments: make_template finds them again; NumPy scalars arrive as tensors, not as "
            "values: pass x.item(); the call method of a Keras 3 model must be wrapped after the "
            "model was built, else the variables' first values are frozen into the graph; "
            f"{_INPUT_SIGNATURE}",
        ),
        "function": _rebuilt(
            "functions",
            "NumPy scalars and the call method of a Keras 3 model are as in defun; "
            f"{_INPUT_SIGNATURE}",
        ),
        "make_template": _same(
            "tf.compat.v1.make_template",
            Difference(
                "create_graph_function_=True raises TypeError: pass tf.function(func_) as func_",
                argument=("create_graph_function_", None),
            ),
        ),
        "py_func": _same("tf.py_function"),
        "TensorSpec": _same("tf.TensorSpec"),
        # Variables, data, checkpoints
        "Variable": _same(
            "tf.Variable",
            "== compares values, which makes `in`, list.index and list.remove wrong, and a "
            "variable can't be a dictionary key or a set member: call "
            "tf.compat.v1.disable_tensor_equality() first; the variable of a Keras 3 layer is not "
            "an instance, but its attribute value is",
            Difference("arguments after trainable must be passed by keyword", argument=("", 2)),
            Difference(
                "collections raises TypeError or, in new releases, has no effect: delete it",
                argument=("collections", None),
            ),
            Difference(
                "distribute_strategy raises TypeError or, in new releases, has no effect: create "
                "the variable in the scope of the strategy",
                argument=("distribute_strategy", None),
            ),
        ),
        "EagerVariableStore": _rebuilt(
            "variable_store",
            Difference(
                "takes as a store only the _store of another EagerVariableStore",
                argument=("store", 0),
            ),
            "tf.compat.v1.get_variable with its own custom_getter bypasses it",
        ),
        "Iterator": _rebuilt(
            "datasets",
            "the position of an iterator in a checkpoint of TF 1 can't be restored",
        ),
        "get_optimizer_variables": _rebuilt("saver"),
        "Checkpoint": _rebuilt(
            "checkpoints",
            "saves tuples of variables too, where TF 1.15.5 refused or skipped them, so that "
            "assert_consumed fails with a file of TF 1 (in a tfe.Checkpointable, they are skipped "
            "unless in a list or a dict); can't restore the position of a tfe.Iterator that TF 1 "
            "has saved, and ends the process if the iterator is added after restore; with Keras 3, "
            "raises ValueError for layers in a set, and cannot restore what TF 1 has saved of an "
            "optimizer of tf.keras.optimizers",
        ),
        "Checkpointable": _rebuilt(
            "checkpoints",
            "tuples in a list or a dict are saved; Keras models and Checkpoints are not instances",
        ),
        "CheckpointableSaver": _rebuilt(
            "checkpoints", "save returns a str, where TF 1.13 returned bytes"
        ),  # TF 1.7 to 1.13
        "Saver": _rebuilt(
            "saver",
            "where Keras names a variable differently than TF 1.15.5 did, restore finds it under "
            "its old name, and save writes that name, except for what the names alone don't show: "
            "the name of a Sequential without an input shape (with one in Keras 3), that of a "
            "model like VGG16 (vg_g16), a name scope in Keras 3, and the layer in a "
            "TimeDistributed of Keras 3: for TF 1.15.5, save these with a dictionary; a GRU of TF "
            "1 has reset_after=False",
        ),
        "restore_variables_on_create": _rebuilt(
            "saver", "a missing file raises NotFoundError, not InvalidArgumentError"
        ),
        # Models
        "Network": _rebuilt(
            "network",
            "a tf.keras.Model: tf.train.Checkpoint accepts it, where TF 1.15.5 raised "
            "NotImplementedError; it tracks layers of tf.keras.layers too; with Keras 3, variables "
            "of a layer that two Networks share have the name of the one called first, and a "
            "Network that was made in a named tf.compat.v1.variable_scope cannot be called",
        ),
        "Sequential": _rebuilt("network"),
        "save_network_checkpoint": _rebuilt("network"),
        "restore_network_checkpoint": _rebuilt("network"),
        "metrics": _metrics(),
        "metrics.Accuracy": _metrics(),
        "metrics.BinaryAccuracy": _metrics(),
        "metrics.CategoricalAccuracy": _metrics(),
        "metrics.Mean": _metrics(),
        "metrics.Metric": _metrics(
            "is a tf.Module: a subclass cannot have an attribute of its own named name_scope, "
            "trainable_variables, non_trainable_variables or submodules; a model of legacy Keras "
            "that has a metric for an attribute counts its variables among its own",
        ),
        "metrics.SparseAccuracy": _metrics(),
        # Callbacks after each operation
        "ExecutionCallback": _rebuilt("callbacks", "PRINT and WARN raise NotImplementedError"),
        "add_execution_callback": _rebuilt(
            "callbacks",
            "takes inf_nan_callback only, which is seterr(ExecutionCallback.RAISE); to look at "
            "every operation, record it with tf.debugging.experimental.enable_dump_debug_info "
            f"({_API}/tf/debugging/experimental/enable_dump_debug_info)",
        ),
        "clear_execution_callbacks": _rebuilt("callbacks"),
        "errstate": _rebuilt(
            "callbacks", "as seterr; also ends after an exception, which it didn't in TF 1.15.5"
        ),
        "inf_callback": _rebuilt(
            "callbacks",
            Difference(
                "raises NotImplementedError when called or added: use "
                "seterr(ExecutionCallback.RAISE)",
                always=True,
            ),
        ),
        "inf_nan_callback": _rebuilt(
            "callbacks", "works in add_execution_callback; raises NotImplementedError when called"
        ),
        "nan_callback": _rebuilt(
            "callbacks",
            Difference(
                "raises NotImplementedError when called or added: use "
                "seterr(ExecutionCallback.RAISE)",
                always=True,
            ),
        ),
        "seterr": _rebuilt(
            "callbacks",
            'takes "ignore" and "raise"; the error is tf.errors.InvalidArgumentError; a '
            'tf.function raises if it was traced under "raise", and then always; operations that '
            f"only pass an inf or a NaN on don't raise ({_CHECK_NUMERICS})",
        ),
        "SummaryWriter": _rebuilt("summary_writer"),  # TF 1.4
        "enable_tracing": _rebuilt(
            "callbacks",
            Difference(
                "raises NotImplementedError: use tf.profiler.experimental.start "
                f"({_API}/tf/profiler/experimental/start)",
                always=True,
            ),
        ),  # TF 1.4
        "flush_trace": _rebuilt("callbacks", "does nothing"),  # TF 1.4
        # Tests
        "run_test_in_graph_and_eager_modes": _rebuilt("testing"),
        "run_all_tests_in_graph_and_eager_modes": _rebuilt("testing"),
        "IsolateTest": _rebuilt("testing"),  # TF 1.5 and 1.6
    }
)


def as_markdown() -> str:
    """All names as the Markdown table in docs/names.md.

    >>> print(as_markdown().splitlines()[0])
    | `tf.contrib.eager` | `tfe_compat` | Notes |
    """
    rows = ["| `tf.contrib.eager` | `tfe_compat` | Notes |", "| --- | --- | --- |"]
    for name, entry in sorted(NAMES.items(), key=lambda item: item[0].lower()):
        where = f"`{entry.target}`" if entry.kind == "same" else entry.kind
        rows.append(f"| `{name}` | {where} | {entry.note} |")
    return "\n".join(rows) + "\n"
