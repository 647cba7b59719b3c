"""What type checkers and editors see: the names of `tfe_compat.namespace` that work."""

from tensorflow import (
    GradientTape,
    TensorSpec,
    Variable,
    custom_gradient,
    executing_eagerly,
)
from tensorflow import (
    executing_eagerly as in_eager_mode,
)
from tensorflow import (
    py_function as py_func,
)
from tensorflow.compat.v1 import enable_eager_execution, make_template
from tensorflow.config import experimental_connect_to_host as connect_to_remote_host

from tfe_compat import metrics
from tfe_compat.gradients import (
    gradients_function,
    implicit_gradients,
    implicit_value_and_gradients,
    make_vjp,
    value_and_gradients_function,
)
from tfe_compat.rebuilt.callbacks import (
    ExecutionCallback,
    add_execution_callback,
    clear_execution_callbacks,
    enable_tracing,
    errstate,
    flush_trace,
    inf_callback,
    inf_nan_callback,
    nan_callback,
    seterr,
)
from tfe_compat.rebuilt.checkpoints import Checkpoint, Checkpointable, CheckpointableSaver
from tfe_compat.rebuilt.datasets import Iterator
from tfe_compat.rebuilt.devices import (
    DEVICE_PLACEMENT_EXPLICIT,
    DEVICE_PLACEMENT_SILENT,
    DEVICE_PLACEMENT_WARN,
    enable_remote_eager_execution,
    list_devices,
    num_gpus,
    set_server_def,
)
from tfe_compat.rebuilt.execution import (
    ASYNC,
    SYNC,
    async_clear_error,
    async_wait,
    execution_mode,
    in_graph_mode,
    run,
    set_execution_mode,
)
from tfe_compat.rebuilt.functions import defun, function
from tfe_compat.rebuilt.network import (
    Network,
    Sequential,
    restore_network_checkpoint,
    save_network_checkpoint,
)
from tfe_compat.rebuilt.saver import Saver, get_optimizer_variables, restore_variables_on_create
from tfe_compat.rebuilt.summaries import SummaryWriter
from tfe_compat.rebuilt.testing import (
    IsolateTest,
    run_all_tests_in_graph_and_eager_modes,
    run_test_in_graph_and_eager_modes,
)
from tfe_compat.rebuilt.variables import EagerVariableStore

__version__: str

__all__ = [
    "ASYNC",
    "DEVICE_PLACEMENT_EXPLICIT",
    "DEVICE_PLACEMENT_SILENT",
    "DEVICE_PLACEMENT_WARN",
    "SYNC",
    "Checkpoint",
    "Checkpointable",
    "CheckpointableSaver",
    "EagerVariableStore",
    "ExecutionCallback",
    "GradientTape",
    "IsolateTest",
    "Iterator",
    "Network",
    "Saver",
    "Sequential",
    "SummaryWriter",
    "TensorSpec",
    "Variable",
    "add_execution_callback",
    "async_clear_error",
    "async_wait",
    "clear_execution_callbacks",
    "connect_to_remote_host",
    "custom_gradient",
    "defun",
    "enable_eager_execution",
    "enable_remote_eager_execution",
    "enable_tracing",
    "errstate",
    "executing_eagerly",
    "execution_mode",
    "flush_trace",
    "function",
    "get_optimizer_variables",
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "in_eager_mode",
    "in_graph_mode",
    "inf_callback",
    "inf_nan_callback",
    "list_devices",
    "make_template",
    "make_vjp",
    "metrics",
    "nan_callback",
    "num_gpus",
    "py_func",
    "restore_network_checkpoint",
    "restore_variables_on_create",
    "run",
    "run_all_tests_in_graph_and_eager_modes",
    "run_test_in_graph_and_eager_modes",
    "save_network_checkpoint",
    "set_execution_mode",
    "set_server_def",
    "seterr",
    "value_and_gradients_function",
]
