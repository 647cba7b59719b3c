"""The known differences that programs show, and how each is avoided."""

from __future__ import annotations

from typing import Any

from tfe_compat.conformance.api import IMPLICIT
from tfe_compat.conformance.programs.execution import positions


def deviations(program: dict[str, Any]) -> dict[str, Any]:
    """The known differences that a program may show, each with changes that avoid it.

    The changes make the program ask for the same thing in a way that TF 1.15.5 handles correctly.
    What it then does is what we do with the unchanged program.
    """
    found: dict[str, Any] = {}
    if program["function"] in IMPLICIT:
        return found
    kind = "none" if program["params"] is None else program["params"][0]
    by_signature = kind in ("none", "names", "characters")
    if program["f"] in ("method", "object") and by_signature:
        found["self counted as an argument"] = {"f": "function"}
    if program["f"] == "default" and kind == "none":
        found["default left out"] = {"f": "function"}
    if kind in ("iterator", "numpy", "negative"):
        name = {
            "iterator": "iterator as params",
            "numpy": "NumPy integers as params",
            "negative": "negative index",
        }[kind]
        found[name] = {"params": ["indices", positions(program)]}
    if program["dy"] is not None and program["dy"][0] in ("numpy", "python"):
        found["number as dy"] = {"dy": ["nested", *program["dy"][1:]]}
    return found


def in_other_words(program: dict[str, Any]) -> dict[str, Any]:
    """The program with all its deviations expressed in a way that TF 1.15.5 handles correctly."""
    for changes in deviations(program).values():
        program = {**program, **changes}
    return program
