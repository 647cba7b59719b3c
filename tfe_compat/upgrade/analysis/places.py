"""Looks up the new path of a TF 1 name."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from tfe_compat.upgrade.tables.contrib import CONTRIB_NAMES
from tfe_compat.upgrade.tables.destinations import Destination
from tfe_compat.upgrade.tables.internal import INTERNAL_NAMES
from tfe_compat.upgrade.tables.paths import COMPAT, CONTRIB, TENSORFLOW, within
from tfe_compat.upgrade.tables.public_names import (
    LOST,
    NEWEST,
    PUBLIC,
    is_known,
    is_module,
    is_there,
    same_in_public,
)
from tfe_compat.upgrade.tables.tfe import STAND_INS

_ROWS = {
    **{old: Destination(new) for old, new in STAND_INS.items()},
    **CONTRIB_NAMES,
    **INTERNAL_NAMES,
}
INTERNAL = f"{TENSORFLOW}.python"
_OLD = (CONTRIB, INTERNAL, f"{TENSORFLOW}.examples")


class Place(NamedTuple):
    """Where a module or a name of TF 1 is today."""

    row: str  # the module or the name that the tables have, and that this is in
    new: str = ""  # the new path; empty if there is none
    remark: str = ""  # what is to be said about it
    # If only some calls do the same there: as in `Destination`.
    arguments: tuple[int, str] | None = None
    # Whether TensorFlow still has it where it was, although that is not public.
    is_there: bool = False


@functools.lru_cache(maxsize=1 << 12)
def place_of(path: str) -> Place | None:
    """Returns the place of a TF 1 name today; None if it has not moved.

    Example:
        >>> place_of("tensorflow.contrib.signal.stft").new
        'tensorflow.signal.stft'
        >>> place_of("tensorflow.python.framework.ops.strip_name_scope").is_there
        True
        >>> place_of("tensorflow.contrib.slim").remark
        'tf-slim (pip install tf-slim): import tf_slim as slim'
    """
    rows = [(module, _ROWS[module]) for module, _ in _upwards(path) if module in _ROWS]
    if rows:
        module, row = rows[0]
        if module == path or row.path.startswith(COMPAT):
            return _moved(path, module, row)
    for module, rest in _upwards(path):
        public = same_in_public(module).get(rest[0]) if rest else None
        if public:
            moved = _moved(path, f"{module}.{rest[0]}", Destination(f"{TENSORFLOW}.{public}"))
            return moved._replace(is_there=is_there(module, rest[0]))
    for module, row in rows:
        new = row.path + path[len(module) :]
        public = public_name(new) if row.path else ""
        if public:  # the row is that of a module: path, without what is in a class or a function
            return Place(path[: len(path) + len(public) - len(new)], new, row.remark, row.arguments)
    remark = next((row.remark for _, row in rows if not row.path), "")
    if within(path, INTERNAL):
        return _internal(path, remark)
    if any(within(path, old) for old in _OLD):
        return Place(path, remark=remark or "tf.contrib is no longer part of TensorFlow")
    return _lost(path, remark)


def _moved(path: str, module: str, row: Destination) -> Place:
    new = row.path + path[len(module) :] if row.path else ""
    return Place(module, new, row.remark, row.arguments)


def _internal(path: str, remark: str) -> Place:
    for module, rest in _upwards(path):
        if is_module(module):
            there = is_there(module, *rest[:1])
            if not there:
                remark = remark or f"TensorFlow {NEWEST} has it no longer, nor a public name for it"
            elif rest and not is_known(module, rest[0]):
                remark = f"and no public name of TF 1.15.5: check that TensorFlow {NEWEST} has it"
            return Place(path, remark=remark, is_there=there)
    return Place(path, remark=remark or "TF 1.15.5 had no such internal module")


def _lost(path: str, remark: str) -> Place | None:
    """Returns the place of a public name of TF 1.15.5 that tensorflow.compat.v1 lacks."""
    for module, rest in _upwards(path) if within(path, TENSORFLOW) else ():
        if rest and rest[0] in LOST.get(module[len(TENSORFLOW) + 1 :], ()):
            return Place(f"{module}.{rest[0]}", remark=remark or "TensorFlow 2 has it no longer")
    return None


def _upwards(path: str) -> Iterator[tuple[str, list[str]]]:
    """Yields path and each of its parents, with the names that lead from there to path."""
    names: list[str] = []
    while path:
        yield path, names
        path, _, name = path.rpartition(".")
        names = [name, *names]


def public_module(path: str) -> str:
    """Returns the public module that has the name, and the public part, of an old module."""
    homes = {name.rpartition(".")[0] for name in same_in_public(path).values()}
    last = path.rpartition(".")[2]
    found = next((home for home in sorted(homes) if home.rpartition(".")[2] == last), "")
    return f"{TENSORFLOW}.{found}" if found else ""


def public_name(path: str) -> str:
    """Returns the part of path that is a module or name of tensorflow.compat.v1, if any."""
    module = ""
    for name in path.split(".")[1:]:
        if name not in PUBLIC[module]:
            return ""
        module = f"{module}.{name}".lstrip(".")
        if module not in PUBLIC:
            break
    return f"{TENSORFLOW}.{module}".rstrip(".")
