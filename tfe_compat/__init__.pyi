"""What type checkers and editors see: the names of `tfe_compat.namespace` that work."""

from tensorflow import (
    GradientTape,
    TensorSpec,
    Variable,
    custom_gradient,
    executing_eagerly,
    function,
)
from tensorflow import Module as Checkpointable
from tensorflow import executing_eagerly as in_eager_mode
from tensorflow import function as defun
from tensorflow import py_function as py_func
from tensorflow.compat.v1 import enable_eager_execution, make_template
from tensorflow.compat.v1.train import Checkpoint
from tensorflow.config import experimental_connect_to_host as connect_to_remote_host
from tensorflow.experimental import async_clear_error

from tfe_compat import metrics
from tfe_compat.gradients import (
    gradients_function,
    implicit_gradients,
    implicit_value_and_gradients,
    make_vjp,
    value_and_gradients_function,
)
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
    async_wait,
    execution_mode,
    in_graph_mode,
    run,
    set_execution_mode,
)
from tfe_compat.rebuilt.network import (
    Network,
    Sequential,
    restore_network_checkpoint,
    save_network_checkpoint,
)
from tfe_compat.rebuilt.saver import Saver, get_optimizer_variables, restore_variables_on_create
from tfe_compat.rebuilt.testing import (
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
    "EagerVariableStore",
    "GradientTape",
    "Iterator",
    "Network",
    "Saver",
    "Sequential",
    "TensorSpec",
    "Variable",
    "async_clear_error",
    "async_wait",
    "connect_to_remote_host",
    "custom_gradient",
    "defun",
    "enable_eager_execution",
    "enable_remote_eager_execution",
    "executing_eagerly",
    "execution_mode",
    "function",
    "get_optimizer_variables",
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "in_eager_mode",
    "in_graph_mode",
    "list_devices",
    "make_template",
    "make_vjp",
    "metrics",
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
    "value_and_gradients_function",
]
