"""When a use of a name is affected by how the name differs from TF 1.15.5, and what to do then.

The table of names (`tfe_compat.namespace`) says all that differs. A note there that no single use
shows, or that only a file which TF 1 has written makes matter, is in UNSEEN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tfe_compat.upgrade.predicates import (
    Predicate,
    always,
    argument,
    attribute,
    beside,
    both,
    called,
    catches,
    caught,
    positional,
    subclassed_with,
    tested_for,
    value,
    wraps_creation,
)


class Condition(NamedTuple):
    """A use of which holds is true is affected: advice says how, and what to do."""

    holds: Predicate
    advice: str


_PLACEMENT = (
    "has no effect here; call tf.config.experimental.set_device_policy, which takes 'silent', "
    "'warn' and 'explicit'"
)
_MODE = "has no effect here; call tfe.set_execution_mode"
_CONFIG = "has no effect here; set what it holds by the functions of tf.config"
_OPTIONS = (
    Condition(argument("config", 0, "None"), f"config {_CONFIG}"),
    Condition(
        argument("device_policy", 1, "None", "DEVICE_PLACEMENT_SILENT"),
        f"device_policy {_PLACEMENT}",
    ),
    Condition(argument("execution_mode", 2, "None", "SYNC"), f"execution_mode {_MODE}"),
)
_SIGNATURE = Condition(
    both(argument("input_signature", 1, "None"), catches("ValueError")),
    "an argument that doesn't match input_signature raises TypeError in new releases, not "
    "ValueError: catch both",
)
_RAISE = "can only raise an error in TensorFlow 2: pass tfe.ExecutionCallback.RAISE"
_STATE = (Condition(value("'print'", "'warn'"), _RAISE),)
_CALLBACK = (
    Condition(
        always,
        "can't be called nor added in TensorFlow 2: call "
        "tfe.seterr(inf_or_nan=tfe.ExecutionCallback.RAISE)",
    ),
)
_BOTH_MODES = (
    Condition(
        beside("disable_eager_execution"),
        "needs eager execution: don't call disable_eager_execution",
    ),
)

CONDITIONS: Mapping[str, Sequence[Condition]] = {
    "enable_eager_execution": _OPTIONS,
    "enable_remote_eager_execution": _OPTIONS,
    "ASYNC": (
        Condition(
            catches("RuntimeError"),
            "an operation that follows a failed one raises that one's error, not RuntimeError: "
            "catch tf.errors.OpError as well",
        ),
    ),
    "async_wait": (
        Condition(
            both(caught, beside("async_clear_error")),
            "raises the error of an operation once, not until async_clear_error: keep the first",
        ),
    ),
    "list_devices": (
        Condition(
            beside(r"XLA_[CG]PU\w*"), "the XLA_CPU and XLA_GPU devices are gone: use CPU and GPU"
        ),
    ),
    "set_server_def": (
        Condition(
            beside("default_session_config", "cluster_device_filters"),
            "of the ServerDef only cluster, job_name, task_index and protocol are used: set the "
            "rest by the functions of tf.config",
        ),
    ),
    "defun": (
        Condition(
            wraps_creation("Variable", "get_variable"),
            "may create variables in its first call only: create them outside, or only if they "
            "are not there yet",
        ),
        _SIGNATURE,
    ),
    "function": (_SIGNATURE,),
    "make_template": (
        Condition(
            argument("create_graph_function_", None, "False"),
            "create_graph_function_ raises TypeError: pass tf.function(func_) as func_",
        ),
    ),
    "Variable": (
        Condition(positional(2), "what follows trainable must be passed by keyword"),
        Condition(
            argument("collections"),
            "collections raises TypeError or, in new releases, has no effect: delete it",
        ),
        Condition(
            argument("distribute_strategy"),
            "distribute_strategy raises TypeError or, in new releases, has no effect: create the "
            "variable in the scope of the strategy",
        ),
    ),
    "EagerVariableStore": (
        Condition(both(called, positional(0)), "takes no store: keep the one it makes"),
        Condition(
            beside("custom_getter"),
            "get_variable with its own custom_getter bypasses it: call the getter in a "
            "tf.compat.v1.variable_scope that has it",
        ),
    ),
    "Checkpointable": (
        Condition(
            tested_for,
            "a Keras model and a tfe.Checkpoint are no instances: test for tf.Module or "
            "tf.train.Checkpoint as well",
        ),
    ),
    "CheckpointableSaver": (
        Condition(beside("decode"), "save returns a str, where TF 1.13 returned bytes"),
    ),
    "restore_variables_on_create": (
        Condition(
            catches("InvalidArgumentError"),
            "a missing file raises tf.errors.NotFoundError, not InvalidArgumentError: catch both",
        ),
    ),
    "Network": (
        Condition(
            catches("NotImplementedError"),
            "tf.train.Checkpoint takes it, which raised NotImplementedError in TF 1.15.5",
        ),
    ),
    "metrics.Metric": (
        Condition(
            subclassed_with(
                "name_scope", "trainable_variables", "non_trainable_variables", "submodules"
            ),
            "is a tf.Module: give the attributes of the subclass other names than name_scope, "
            "trainable_variables, non_trainable_variables and submodules",
        ),
    ),
    "ExecutionCallback": (Condition(attribute("PRINT", "WARN"), _RAISE),),
    "add_execution_callback": (
        Condition(
            both(called, lambda use: not value("inf_nan_callback")(use)),
            "takes inf_nan_callback only: to look at every operation, record it with "
            "tf.debugging.experimental.enable_dump_debug_info",
        ),
    ),
    "errstate": _STATE,
    "seterr": _STATE,
    "inf_callback": _CALLBACK,
    "nan_callback": _CALLBACK,
    "inf_nan_callback": (Condition(called, _CALLBACK[0].advice),),
    "enable_tracing": (
        Condition(always, "raises NotImplementedError: use tf.profiler.experimental.start"),
    ),
    "run_test_in_graph_and_eager_modes": _BOTH_MODES,
    "run_all_tests_in_graph_and_eager_modes": _BOTH_MODES,
}

# Names with a note that no use in a program shows, and why.
UNSEEN: Mapping[str, str] = {
    "Checkpoint": "only a file that TF 1 has written shows it",
    "Iterator": "only a file that TF 1 has written shows it",
    "flush_trace": "enable_tracing is reported",
}
