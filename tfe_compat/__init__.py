"""TF 1.x's `tf.contrib.eager`, its gradient functions exact to TF 1.15.5, on TensorFlow 2.

    import tfe_compat as tfe

    tfe.value_and_gradients_function(f)(x, y)

Every public name loads TensorFlow on its first use; importing the package alone does not.
`tfe_compat.namespace` lists all names that `tf.contrib.eager` had, and those that are gone.
"""

from __future__ import annotations

import importlib
import operator

__version__ = "1.0.0"

# Of the name that type checkers know; to import typing takes 9 ms. The annotation is for jedi, the
# completion of many editors: it takes a False alone at its word, and skips the names below.
TYPE_CHECKING: bool = False
if TYPE_CHECKING:
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

    from tfe_compat.gradients import (
        gradients_function,
        implicit_gradients,
        implicit_value_and_gradients,
        make_vjp,
        value_and_gradients_function,
    )
    from tfe_compat.rebuilt import (
        ASYNC,
        DEVICE_PLACEMENT_EXPLICIT,
        DEVICE_PLACEMENT_SILENT,
        DEVICE_PLACEMENT_WARN,
        SYNC,
        Iterator,
        async_wait,
        enable_remote_eager_execution,
        execution_mode,
        get_optimizer_variables,
        in_graph_mode,
        list_devices,
        num_gpus,
        run,
        run_all_tests_in_graph_and_eager_modes,
        run_test_in_graph_and_eager_modes,
        set_execution_mode,
        set_server_def,
    )

__all__ = [
    "ASYNC",
    "DEVICE_PLACEMENT_EXPLICIT",
    "DEVICE_PLACEMENT_SILENT",
    "DEVICE_PLACEMENT_WARN",
    "SYNC",
    "Checkpoint",
    "Checkpointable",
    "GradientTape",
    "Iterator",
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
    "num_gpus",
    "py_func",
    "run",
    "run_all_tests_in_graph_and_eager_modes",
    "run_test_in_graph_and_eager_modes",
    "set_execution_mode",
    "set_server_def",
    "value_and_gradients_function",
]

_MODULES = {"ours": "tfe_compat.gradients", "rebuilt": "tfe_compat.rebuilt", "same": "tensorflow"}

if not TYPE_CHECKING:  # so that a type checker reports the names that are gone

    def __getattr__(name: str) -> object:
        from tfe_compat.namespace import NAMES

        entry = NAMES.get(name)
        if entry is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if entry.kind == "gone":
            raise AttributeError(
                f"module {__name__!r} has no attribute {name!r}: tf.contrib.eager.{name} "
                f"({entry.was}) is gone from TensorFlow 2; {entry.note}"
            )
        module = importlib.import_module(_MODULES[entry.kind])
        value = operator.attrgetter(entry.target.removeprefix("tf.") or name)(module)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
