"""Findings: names of the module that are gone, differ, or never were, by the table of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import libcst as cst

from tfe_compat.namespace import NAMES
from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.paths import COMPAT, EAGER
from tfe_compat.upgrade.program import Program, module_of
from tfe_compat.upgrade.references import Reach, references
from tfe_compat.upgrade.scopes import aliases
from tfe_compat.upgrade.strings import attribute_call


class Use(NamedTuple):
    """Names that are taken from a module, one from the other, and where."""

    node: cst.CSTNode
    module: str
    names: Sequence[str]


def report_public_names(program: Program) -> Iterator[Finding]:
    """Reports each use of a name that there is something to say about."""
    for use in _uses(program):
        yield from _report(program, use)


def _uses(program: Program) -> Iterator[Use]:
    for statement in program.bindings.imports:
        if isinstance(statement, cst.ImportFrom) and module_of(statement) in (EAGER, COMPAT):
            for alias in aliases(statement):
                yield Use(alias, module_of(statement), [alias.evaluated_name])
    found = {reference.chain: reference for reference in references(program)}
    for chain in program.bindings.chains:
        reference = found.get(chain)
        if reference is None:
            if COMPAT in program.targets(chain.root):
                yield Use(chain.node, COMPAT, chain.names)
        elif reference.reach in (Reach.BOUND, Reach.SPELLED):
            yield Use(chain.node, EAGER, reference.names)
    for call in program.tree.nodes(cst.Call):
        yield from _getattr(program, call)


def _getattr(program: Program, call: cst.Call) -> Iterator[Use]:
    attribute = attribute_call(call)
    if attribute is None:
        return
    function, module, name = attribute
    paths = program.paths(module)
    if name is not None and EAGER in paths:
        yield Use(call, EAGER, [name])
    elif name is not None and COMPAT in paths and function != "hasattr":
        yield Use(call, COMPAT, [name])


def _report(program: Program, use: Use) -> Iterator[Finding]:
    if not use.names or re.fullmatch(r"__\w+__", use.names[0]):
        return
    dotted = ".".join(use.names[:2])
    name = dotted if dotted in NAMES else use.names[0]
    entry = NAMES.get(name)
    if entry is None:
        if use.module == EAGER:
            message = "no public name of tf.contrib.eager in TensorFlow 1.15.5"
            yield program.finding(use.node, "unknown", f"tfe.{name}", message)
    elif entry.kind == "gone":
        yield program.finding(use.node, "gone", f"tfe.{name}", f"gone; {entry.note}")
    elif entry.note and use.module == EAGER:
        yield program.finding(use.node, "differs", f"tfe.{name}", f"differs; {entry.note}")
