"""Findings: names of the module that never were, or that differ where they are used here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfe_compat.namespace import NAMES
from tfe_compat.upgrade.conditions import CONDITIONS
from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.paths import EAGER
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.uses import Use, uses_of_imported, uses_of_modules


def report_public_names(program: Program) -> Iterator[Finding]:
    """Reports each use of a name that there is something to do about."""
    for use in uses_of_modules(program):
        if use.names and not re.fullmatch(r"__\w+__", use.names[0]):
            yield from _unknown(use)
            yield from _affected(use)
    for use in uses_of_imported(program):
        yield from _affected(use)


def _unknown(use: Use) -> Iterator[Finding]:
    name = _name(use)
    if name not in NAMES and use.module == EAGER:
        message = "no public name of tf.contrib.eager in TensorFlow 1.15.5"
        yield use.program.finding(use.node, "unknown", f"tfe.{name}", message)


def _affected(use: Use) -> Iterator[Finding]:
    name = _name(use)
    for condition in CONDITIONS.get(name, ()):
        if condition.holds(use):
            message = f"differs; {condition.advice}"
            yield use.program.finding(use.node, "differs", f"tfe.{name}", message)


def _name(use: Use) -> str:
    return ".".join(use.names[: 2 if use.names[0] == "metrics" else 1])
