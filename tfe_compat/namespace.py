"""Every name that `tf.contrib.eager` ever had, and where each is today.

The package's lookup, its type stub, the upgrade tool and docs/names.md all rely on this one table.
It is plain data: importing it does not load TensorFlow.

The names are those of TF 1.15.5, and a few marked ones that only earlier releases had (taken from
the wheels of TF 1.4 to 1.14).
"""

from __future__ import annotations

from collections.abc import Mapping
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
class Name:
    """Where a name of `tf.contrib.eager` is today.

    Attributes:
        kind: "ours": a function of `tfe_compat.gradients`. "same": the same thing in TensorFlow 2,
            handed through. "rebuilt": built on TensorFlow 2's public API, in `tfe_compat.rebuilt`
            and `tfe_compat.metrics`. "gone": not available.
        target: For "same", the public path in TensorFlow 2. For "ours" and "rebuilt", the module
            that defines the name, or the module itself if the name is one.
        was: For "gone", what it was.
        note: For "gone", what to use instead, and where that is documented. For all others, how the
            name differs from TF 1.15.5 in a way that a user may notice; empty if it does not.
    """

    kind: str
    target: str = ""
    was: str = ""
    note: str = ""


def _ours() -> Name:
    return Name("ours", target="tfe_compat.gradients")


def _same(target: str, note: str = "") -> Name:
    return Name("same", target=target, note=note)


def _rebuilt(subject: str, note: str = "") -> Name:
    return Name("rebuilt", target=f"tfe_compat.rebuilt.{subject}", note=note)


def _gone(was: str, note: str) -> Name:
    return Name("gone", was=was, note=note)


def _metrics(note: str = "") -> Name:
    return Name("rebuilt", target="tfe_compat.metrics", note=note)


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
        "enable_eager_execution": _same(
            "tf.compat.v1.enable_eager_execution",
            "arguments have no effect, because eager execution is on from the start: call "
            "tf.config.experimental.set_device_policy and set_execution_mode instead",
        ),
        "enable_remote_eager_execution": _rebuilt(
            "devices",
            "config, device_policy and execution_mode have no effect, as in enable_eager_execution",
        ),
        "executing_eagerly": _same("tf.executing_eagerly"),
        "in_eager_mode": _same("tf.executing_eagerly"),
        "in_graph_mode": _rebuilt("execution"),  # TF 1.5 and 1.6
        "run": _rebuilt("execution"),
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
        "async_clear_error": _same("tf.experimental.async_clear_error"),
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
        "defun": _same(
            "tf.function", f"may create variables in its first call only; {_INPUT_SIGNATURE}"
        ),
        "function": _same("tf.function", _INPUT_SIGNATURE),
        "make_template": _same(
            "tf.compat.v1.make_template",
            "create_graph_function_=True raises TypeError: pass tf.function(func_) as func_",
        ),
        "py_func": _same("tf.py_function"),
        "TensorSpec": _same("tf.TensorSpec"),
        # Variables, data, checkpoints
        "Variable": _same(
            "tf.Variable",
            "what follows trainable must be passed by keyword; collections and "
            "distribute_strategy raise TypeError or, in new releases, have no effect",
        ),
        "EagerVariableStore": _gone(
            "a store in which tf.get_variable and tf.layers found their variables again",
            "wrap the function that creates the variables in tf.compat.v1.make_template, which "
            f"keeps them ({_API}/tf/compat/v1/make_template), or keep them on a tf.Module "
            f"({_API}/tf/Module)",
        ),
        "Iterator": _rebuilt(
            "datasets",
            "a function, no class: isinstance needs tf.data.Iterator; get_next takes no name",
        ),
        "get_optimizer_variables": _rebuilt("variables"),
        "Checkpoint": _same(
            "tf.compat.v1.train.Checkpoint",
            "Keras 3 saves the weights of a Keras model under other names, so that it cannot "
            "restore them from a checkpoint that TF 1 has written",
        ),
        "Checkpointable": _same(
            "tf.Module",
            "an object cannot have an attribute of its own that tf.Module defines: name, "
            "name_scope, variables, trainable_variables, non_trainable_variables, submodules",
        ),
        "CheckpointableSaver": _gone(
            "the saver of all that hangs on an object, in TF 1.7 to 1.13",
            f"use tf.train.Checkpoint(root=...), its write and read ({_API}/tf/train/Checkpoint)",
        ),
        "Saver": _gone(
            "a tf.train.Saver that needed no session",
            f"use tf.train.Checkpoint ({_API}/tf/train/Checkpoint), which restores the files of "
            "Saver too; tf.compat.v1.train.Saver(variables).save(None, prefix) and "
            f".restore(None, prefix) still write and read them ({_API}/tf/compat/v1/train/Saver)",
        ),
        "restore_variables_on_create": _gone(
            "a context in which new variables took their values from a checkpoint",
            "create the variables, then restore them with tf.train.Checkpoint, or take initial "
            "values from tf.train.load_checkpoint(path).get_tensor(name) "
            f"({_API}/tf/train/load_checkpoint)",
        ),
        # Models
        "Network": _gone(
            "the base class of models before tf.keras.Model",
            f"subclass tf.keras.Model ({_API}/tf/keras/Model)",
        ),
        "Sequential": _gone(
            "a Network that calls its layers in turn",
            f"use tf.keras.Sequential ({_API}/tf/keras/Sequential)",
        ),
        "save_network_checkpoint": _gone(
            "the function that saved the variables of a Network",
            "make the Network a tf.keras.Model and call tf.train.Checkpoint(model=model).save "
            f"({_API}/tf/train/Checkpoint)",
        ),
        "restore_network_checkpoint": _gone(
            "the function that restored the variables of a Network",
            "make the Network a tf.keras.Model and call tf.train.Checkpoint(model=model).restore "
            f"({_API}/tf/train/Checkpoint)",
        ),
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
        "ExecutionCallback": _gone(
            "the enumeration of what to do about an inf or a NaN: ignore, print, raise or warn",
            f"to raise, call {_CHECK_NUMERICS}",
        ),
        "add_execution_callback": _gone(
            "the way to have a function called after each operation",
            "to look at every operation and its values, record them with "
            "tf.debugging.experimental.enable_dump_debug_info "
            f"({_API}/tf/debugging/experimental/enable_dump_debug_info); for an inf or a NaN call "
            f"{_CHECK_NUMERICS}",
        ),
        "clear_execution_callbacks": _gone(
            "the end of what add_execution_callback began",
            "the end of tf.debugging.enable_check_numerics() is "
            f"tf.debugging.disable_check_numerics() ({_API}/tf/debugging/disable_check_numerics)",
        ),
        "errstate": _gone(
            "a context that set what to do about an inf or a NaN",
            f"to raise, call {_CHECK_NUMERICS}, and tf.debugging.disable_check_numerics() after",
        ),
        "inf_callback": _gone(
            "an execution callback that reported every inf", f"call {_CHECK_NUMERICS}"
        ),
        "inf_nan_callback": _gone(
            "an execution callback that reported every inf and NaN", f"call {_CHECK_NUMERICS}"
        ),
        "nan_callback": _gone(
            "an execution callback that reported every NaN", f"call {_CHECK_NUMERICS}"
        ),
        "seterr": _gone(
            "the function that set what to do about an inf or a NaN",
            f"to raise, call {_CHECK_NUMERICS}, and to ignore them again "
            "tf.debugging.disable_check_numerics()",
        ),
        "SummaryWriter": _gone(
            "the writer of TensorBoard logs in TF 1.4",
            f"use tf.summary.create_file_writer ({_API}/tf/summary/create_file_writer)",
        ),
        "enable_tracing": _gone(
            "the start of a trace of execution and memory in TF 1.4",
            f"use tf.profiler.experimental.start ({_API}/tf/profiler/experimental/start)",
        ),
        "flush_trace": _gone(
            "the end of a trace of execution and memory in TF 1.4",
            f"use tf.profiler.experimental.stop ({_API}/tf/profiler/experimental/stop)",
        ),
        # Tests
        "run_test_in_graph_and_eager_modes": _rebuilt(
            "testing",
            "takes no assert_no_eager_garbage; eager execution must be on",
        ),
        "run_all_tests_in_graph_and_eager_modes": _rebuilt("testing", "eager execution must be on"),
        "IsolateTest": _gone(
            "a context with variables and graphs of its own, in TF 1.5 and 1.6",
            f"use tf.test.TestCase, which isolates its tests ({_API}/tf/test/TestCase)",
        ),
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
