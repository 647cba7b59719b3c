"""What type checkers and editors see of tfe_compat."""

from tensorflow import GradientTape as GradientTape
from tensorflow import TensorSpec as TensorSpec
from tensorflow import Variable as Variable
from tensorflow import custom_gradient as custom_gradient
from tensorflow import executing_eagerly as executing_eagerly
from tensorflow import executing_eagerly as in_eager_mode
from tensorflow import py_function as py_func
from tensorflow.compat.v1 import make_template as make_template
from tensorflow.config import experimental_connect_to_host as connect_to_remote_host

from tfe_compat import metrics as metrics
from tfe_compat import summary as summary
from tfe_compat import training as training
from tfe_compat.gradients import gradients_function as gradients_function
from tfe_compat.gradients import implicit_gradients as implicit_gradients
from tfe_compat.gradients import implicit_value_and_gradients as implicit_value_and_gradients
from tfe_compat.gradients import make_vjp as make_vjp
from tfe_compat.gradients import value_and_gradients_function as value_and_gradients_function
from tfe_compat.rebuilt.behavior import enable_eager_execution as enable_eager_execution
from tfe_compat.rebuilt.behavior import (
    enable_remote_eager_execution as enable_remote_eager_execution,
)
from tfe_compat.rebuilt.behavior import run as run
from tfe_compat.rebuilt.callbacks import ExecutionCallback as ExecutionCallback
from tfe_compat.rebuilt.callbacks import add_execution_callback as add_execution_callback
from tfe_compat.rebuilt.callbacks import clear_execution_callbacks as clear_execution_callbacks
from tfe_compat.rebuilt.callbacks import enable_tracing as enable_tracing
from tfe_compat.rebuilt.callbacks import errstate as errstate
from tfe_compat.rebuilt.callbacks import flush_trace as flush_trace
from tfe_compat.rebuilt.callbacks import inf_callback as inf_callback
from tfe_compat.rebuilt.callbacks import inf_nan_callback as inf_nan_callback
from tfe_compat.rebuilt.callbacks import nan_callback as nan_callback
from tfe_compat.rebuilt.callbacks import seterr as seterr
from tfe_compat.rebuilt.checkpoints import Checkpoint as Checkpoint
from tfe_compat.rebuilt.checkpoints import Checkpointable as Checkpointable
from tfe_compat.rebuilt.checkpoints import CheckpointableSaver as CheckpointableSaver
from tfe_compat.rebuilt.datasets import Iterator as Iterator
from tfe_compat.rebuilt.devices import DEVICE_PLACEMENT_EXPLICIT as DEVICE_PLACEMENT_EXPLICIT
from tfe_compat.rebuilt.devices import DEVICE_PLACEMENT_SILENT as DEVICE_PLACEMENT_SILENT
from tfe_compat.rebuilt.devices import DEVICE_PLACEMENT_WARN as DEVICE_PLACEMENT_WARN
from tfe_compat.rebuilt.devices import list_devices as list_devices
from tfe_compat.rebuilt.devices import num_gpus as num_gpus
from tfe_compat.rebuilt.devices import set_server_def as set_server_def
from tfe_compat.rebuilt.execution import ASYNC as ASYNC
from tfe_compat.rebuilt.execution import SYNC as SYNC
from tfe_compat.rebuilt.execution import async_clear_error as async_clear_error
from tfe_compat.rebuilt.execution import async_wait as async_wait
from tfe_compat.rebuilt.execution import execution_mode as execution_mode
from tfe_compat.rebuilt.execution import in_graph_mode as in_graph_mode
from tfe_compat.rebuilt.execution import set_execution_mode as set_execution_mode
from tfe_compat.rebuilt.functions import defun as defun
from tfe_compat.rebuilt.functions import function as function
from tfe_compat.rebuilt.network import Network as Network
from tfe_compat.rebuilt.network import Sequential as Sequential
from tfe_compat.rebuilt.network import restore_network_checkpoint as restore_network_checkpoint
from tfe_compat.rebuilt.network import save_network_checkpoint as save_network_checkpoint
from tfe_compat.rebuilt.saver import Saver as Saver
from tfe_compat.rebuilt.saver import get_optimizer_variables as get_optimizer_variables
from tfe_compat.rebuilt.saver import restore_variables_on_create as restore_variables_on_create
from tfe_compat.rebuilt.summary_writer import SummaryWriter as SummaryWriter
from tfe_compat.rebuilt.testing import IsolateTest as IsolateTest
from tfe_compat.rebuilt.testing import (
    run_all_tests_in_graph_and_eager_modes as run_all_tests_in_graph_and_eager_modes,
)
from tfe_compat.rebuilt.testing import (
    run_test_in_graph_and_eager_modes as run_test_in_graph_and_eager_modes,
)
from tfe_compat.rebuilt.variable_store import EagerVariableStore as EagerVariableStore

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
