"""tf.contrib.eager's gradient functions, exact to TF 1.15.5, on TensorFlow 2.

    import tfe_compat as tfe

    tfe.value_and_gradients_function(f)(x, y)

Every public name loads TensorFlow on its first use; importing the package alone does not.
"""

from __future__ import annotations

import importlib

__version__ = "0.1.0"

TYPE_CHECKING = False  # of the name that type checkers know; to import typing takes 9 ms
if TYPE_CHECKING:
    from typing import Any

    from tfe_compat.gradients import gradients_function as gradients_function
    from tfe_compat.gradients import implicit_gradients as implicit_gradients
    from tfe_compat.gradients import implicit_value_and_gradients as implicit_value_and_gradients
    from tfe_compat.gradients import make_vjp as make_vjp
    from tfe_compat.gradients import value_and_gradients_function as value_and_gradients_function

__all__ = [
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "make_vjp",
    "value_and_gradients_function",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module("tfe_compat.gradients"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
