"""What tfe_compat stands in for, and where it has it."""

from __future__ import annotations

from collections.abc import Mapping

from tfe_compat.upgrade.tables.paths import COMPAT, EAGER, SUMMARY, TENSORFLOW

# Modules.
MODULES: Mapping[str, str] = {EAGER: COMPAT, SUMMARY: f"{COMPAT}.summary"}

# Names of other modules that are public names of tf.contrib.eager as well.
_PUBLIC = """
    enable_eager_execution python.framework.ops.enable_eager_execution
    python.ops.variable_scope.EagerVariableStore
    contrib.checkpoint.Checkpointable
    python.eager.backprop.gradients_function python.eager.backprop.make_vjp
    python.eager.context.ASYNC python.eager.context.SYNC
    python.eager.context.DEVICE_PLACEMENT_EXPLICIT python.eager.context.DEVICE_PLACEMENT_SILENT
    python.eager.context.DEVICE_PLACEMENT_WARN
    python.eager.context.async_clear_error python.eager.context.async_wait
    python.eager.context.execution_mode python.eager.context.list_devices
    python.eager.context.num_gpus python.eager.context.set_execution_mode
    python.eager.context.set_server_def
    python.eager.execution_callbacks.ExecutionCallback
    python.eager.execution_callbacks.add_execution_callback
    python.eager.execution_callbacks.clear_execution_callbacks
    python.eager.execution_callbacks.errstate python.eager.execution_callbacks.inf_callback
    python.eager.execution_callbacks.inf_nan_callback
    python.eager.execution_callbacks.nan_callback python.eager.execution_callbacks.seterr
    python.eager.function.defun
"""
_OTHERS = {
    "contrib.training.HParams": "training.HParams",
    "python.eager.backprop.implicit_grad": "implicit_gradients",
    "python.eager.backprop.implicit_val_and_grad": "implicit_value_and_gradients",
    "python.eager.backprop.val_and_grad_function": "value_and_gradients_function",
    "python.framework.test_util.run_all_in_graph_and_eager_modes": (
        "run_all_tests_in_graph_and_eager_modes"
    ),
    "python.framework.test_util.run_in_graph_and_eager_modes": "run_test_in_graph_and_eager_modes",
    "python.ops.summary_ops_v2": "summary",
}

# Modules and names: the old path, and the one in tfe_compat.
STAND_INS: Mapping[str, str] = {
    **MODULES,
    **{f"{TENSORFLOW}.{old}": f"{COMPAT}.{old.rpartition('.')[2]}" for old in _PUBLIC.split()},
    **{f"{TENSORFLOW}.{old}": f"{COMPAT}.{new}" for old, new in _OTHERS.items()},
}
