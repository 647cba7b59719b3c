"""Where what was at a path of TF 1 is today, by the tables of names."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from tfe_compat.upgrade.contrib_names import CONTRIB_NAMES
from tfe_compat.upgrade.homes import HOMES
from tfe_compat.upgrade.internal_names import INTERNAL_NAMES
from tfe_compat.upgrade.paths import CONTRIB, EAGER, EXAMPLES, KERAS, PYTHON, TENSORFLOW, V1, within
from tfe_compat.upgrade.places import Place
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1, needs_legacy_keras

_PLACES = {
    **{old: Place(new) for old, new in HOMES.items()},
    **CONTRIB_NAMES,
    **INTERNAL_NAMES,
    PYTHON: Place(),  # internal.py says what there is to say
}
# What import statements reach and tensorflow.compat.v1 does not have, or has under this name.
_AS_IT_WAS = (
    *(f"{TENSORFLOW}.{name}" for name in ("compat", "core", "python", "tools", "examples")),
    CONTRIB,
    f"{KERAS}.datasets",
)


@functools.lru_cache(maxsize=1 << 12)
def place(path: str) -> tuple[str, Place] | None:
    """Returns the row of the tables that path falls under, and the module or name it is for."""
    for module in _upwards(path):
        if module in _PLACES:
            return module, _PLACES[module]
    return None


def moved(program: Program, path: str) -> str:
    """Returns where what was at path is now: path itself, if it is there still or nowhere.

    Example:
        >>> moved(Program("import tensorflow.contrib.eager"), "tensorflow.contrib.signal.stft")
        'tensorflow.signal.stft'
    """
    if within(path, EXAMPLES):
        _, *names = path[len(EXAMPLES) :].lstrip(".").split(".")
        return ".".join(names) if names and names[0] in program.options.beside else path
    found = place(path)
    if found is None or not found[1].path:
        return path
    module, there = found
    if not within(module, EAGER) and not is_tf1(program):
        return path
    return there.path + path[len(module) :]


def spelled(program: Program, module: str) -> str:
    """Returns how a TF 1 program imports module, which is at this path, from TensorFlow 2."""
    if not within(module, TENSORFLOW) or not is_tf1(program):
        return module
    if any(within(module, path) for path in _AS_IT_WAS):
        return module
    if within(module, KERAS) and not needs_legacy_keras(program):
        return module
    return V1 + module[len(TENSORFLOW) :]


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]
