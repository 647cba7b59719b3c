"""TF 1.x's `tf.contrib.eager`, its gradient functions exact to TF 1.15.5, on TensorFlow 2.

    import tfe_compat as tfe

    tfe.value_and_gradients_function(f)(x, y)

Every public name loads TensorFlow on its first use; importing the package alone does not.
`tfe_compat.namespace` lists every name that `tf.contrib.eager` had. Type checkers and editors find
them in `__init__.pyi`.
"""

from __future__ import annotations

import importlib
import operator

__version__ = "1.1.0"


def __getattr__(name: str) -> object:
    from tfe_compat.namespace import NAMES

    if name == "__all__":
        return _public_names()
    if name in ("summary", "training"):  # also from tf.contrib
        return importlib.import_module(f"tfe_compat.{name}")
    entry = NAMES.get(name)
    if entry is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if entry.kind == "same":
        path = entry.target.removeprefix("tf.")
        value = operator.attrgetter(path)(importlib.import_module("tensorflow"))
    else:
        module = importlib.import_module(entry.target)
        value = getattr(module, name, module)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), "__all__", *_public_names()})


def _public_names() -> list[str]:
    from tfe_compat.namespace import NAMES

    return [name for name in NAMES if "." not in name]
