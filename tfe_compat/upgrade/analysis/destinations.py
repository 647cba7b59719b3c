"""Looks up the new path of a TF 1 name."""

from __future__ import annotations

import functools

from tfe_compat.upgrade.analysis.tf1 import is_tf1, needs_legacy_keras
from tfe_compat.upgrade.findings import Finding
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.contrib import CONTRIB_NAMES
from tfe_compat.upgrade.tables.destinations import Destination
from tfe_compat.upgrade.tables.internal import INTERNAL_NAMES
from tfe_compat.upgrade.tables.paths import (
    CONTRIB,
    EAGER,
    EXAMPLES,
    KERAS,
    TENSORFLOW,
    V1,
    within,
)
from tfe_compat.upgrade.tables.tfe import STAND_INS

_ROWS = {
    **{old: Destination(new) for old, new in STAND_INS.items()},
    **CONTRIB_NAMES,
    **INTERNAL_NAMES,
}
# What import statements reach and tensorflow.compat.v1 does not have, or has under this name.
_AS_IT_WAS = (
    *(f"{TENSORFLOW}.{name}" for name in ("compat", "core", "python", "tools", "examples")),
    CONTRIB,
    f"{KERAS}.datasets",
)
_LEFT = "gone; tf.contrib is no longer part of TensorFlow"
_OLD = (CONTRIB, f"{TENSORFLOW}.python", f"{TENSORFLOW}.examples")


@functools.lru_cache(maxsize=1 << 12)
def row(path: str) -> tuple[str, Destination] | None:
    """Returns the row of the tables that path falls under, and the module or name it is for."""
    module = path
    while module:
        if module in _ROWS:
            return module, _ROWS[module]
        module = module.rpartition(".")[0]
    return None


def new_path(program: Program, path: str) -> str:
    """Returns where what was at path is now: path itself, if it is there still or nowhere.

    Example:
        >>> program = Program("import tensorflow.contrib.eager")
        >>> new_path(program, "tensorflow.contrib.signal.stft")
        'tensorflow.signal.stft'
    """
    if within(path, EXAMPLES):
        _, *names = path[len(EXAMPLES) :].lstrip(".").split(".")
        return ".".join(names) if names and names[0] in program.options.beside else path
    found = row(path)
    if found is None or not found[1].path:
        return path
    module, destination = found
    if not within(module, EAGER) and not is_tf1(program):
        return path
    return destination.path + path[len(module) :]


def spelled(program: Program, module: str) -> str:
    """Returns how a TF 1 program imports module, which is at this path, from TensorFlow 2."""
    if not within(module, TENSORFLOW) or not is_tf1(program):
        return module
    if any(within(module, path) for path in _AS_IT_WAS):
        return module
    if within(module, KERAS) and not needs_legacy_keras(program):
        return module
    return V1 + module[len(TENSORFLOW) :]


def as_tensorflow(program: Program) -> str:
    """Returns what an import statement names to bind `tensorflow`."""
    path = spelled(program, TENSORFLOW)
    return path if path == TENSORFLOW else f"{path} as {TENSORFLOW}"


@functools.lru_cache(maxsize=1 << 12)
def is_old(path: str) -> bool:
    """Says whether path is in what TensorFlow 2 has not got, or keeps to itself.

    What tfe_compat stands in for is not among that.
    """
    found = row(path)
    if found is not None and found[1].remark:
        return True
    if path in _OLD or any(within(path, each) for each in STAND_INS):
        return False
    return any(within(path, old) for old in _OLD)


def is_gone(program: Program, path: str) -> bool:
    """Says whether an import of path, by a program of TF 1, fails for want of tf.contrib."""
    gone = within(path, CONTRIB) and not within(path, EAGER) and new_path(program, path) == path
    return gone and is_tf1(program)


def gone_finding(offset: int, path: str) -> Finding:
    """Returns the finding that what was at path is gone, and what the tables say of it."""
    found = row(path)
    remark = found[1].remark if found else ""
    name = path.replace(f"{TENSORFLOW}.", "tf.", 1) if within(path, CONTRIB) else path
    return Finding(offset, "gone", name, f"gone; {remark}" if remark else _LEFT)
