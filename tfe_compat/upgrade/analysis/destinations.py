"""The new paths of what a program takes from TF 1, and how to import them."""

from __future__ import annotations

from tfe_compat.upgrade.analysis.legacy_keras import needs_legacy_keras
from tfe_compat.upgrade.analysis.places import INTERNAL, place_of, public_name
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.findings import Finding, unfollowed
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import EAGER, EXAMPLES, KERAS, TENSORFLOW, V1, within
from tfe_compat.upgrade.tables.public_names import NEWEST


def new_path(program: Program, path: str) -> str:
    """Returns the new path of a TF 1 name: path itself if it has not moved, or is gone.

    Example:
        >>> program = Program("import tensorflow.contrib.eager")
        >>> new_path(program, "tensorflow.contrib.signal.stft")
        'tensorflow.signal.stft'
    """
    if within(path, EXAMPLES):
        _, *names = path[len(EXAMPLES) :].lstrip(".").split(".")
        return ".".join(names) if names and names[0] in program.options.beside else path
    place = place_of(path)
    if place is None or not place.new:
        return path
    return place.new if within(place.row, EAGER) or is_tf1(program) else path


def spelled(program: Program, path: str) -> str:
    """Returns the spelling with which a TF 1 program imports what TensorFlow 2 has at path."""
    if not within(path, TENSORFLOW) or not is_tf1(program) or not public_name(path):
        return path
    if within(path, KERAS) and not needs_legacy_keras(program):
        return path
    as_it_was = within(path, f"{TENSORFLOW}.compat") or within(path, f"{KERAS}.datasets")
    return path if as_it_was else V1 + path[len(TENSORFLOW) :]


def as_tensorflow(program: Program) -> str:
    """Returns what an import statement names to bind `tensorflow`."""
    path = spelled(program, TENSORFLOW)
    return path if path == TENSORFLOW else f"{path} as {TENSORFLOW}"


def is_gone(program: Program, path: str) -> bool:
    """Says whether a TF 1 program's import of path fails on TensorFlow 2."""
    place = place_of(path)
    return (
        place is not None
        and not place.new
        and not place.is_there
        and new_path(program, path) == path
        and is_tf1(program)
    )


def not_moved(offset: int, path: str, fits: bool = True) -> Finding:
    """Returns the finding that a name is left as it is, with what is known about it.

    Args:
        offset: Where.
        path: Of what.
        fits: Whether it does in its new place, if it has one, what it did.
    """
    place = place_of(path)
    name = path.replace(f"{TENSORFLOW}.", "tf.", 1) if not within(path, INTERNAL) else path
    if place is not None and place.new and not place.is_there:
        but = f"; {place.remark}" if not fits and place.remark else ""
        return unfollowed(offset, name, f"it is {place.new} today{but}")
    if place is not None and place.is_there:
        known = place.remark or f"still there in TensorFlow {NEWEST}"
        return Finding(offset, "internal", name, f"internal, {known}")
    return Finding(offset, "gone", name, f"gone; {place.remark if place else ''}")
