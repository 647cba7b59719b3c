"""Findings: modules inside tf.contrib.eager that were never public (`...eager.python.saver`)."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.moves import moved
from tfe_compat.upgrade.paths import EAGER, EXAMPLES, PYTHON, canonical, within
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.references import Reach, references
from tfe_compat.upgrade.scopes import aliases

_PUBLIC_NAMES = "an internal module, which has no counterpart in tfe_compat"


def report_internal(program: Program) -> Iterator[Finding]:
    """Reports each import of such a module, and each expression that reaches one."""
    for statement in program.bindings.imports:
        if isinstance(statement, cst.Import):
            yield from _import(program, statement)
        else:
            yield from _import_from(program, statement)
    for reference in references(program):
        if reference.reach is Reach.INTERNAL:
            path = ".".join([EAGER, *reference.names])
            yield program.unfollowed(reference.chain.node, path, _PUBLIC_NAMES)


def _import(program: Program, statement: cst.Import) -> Iterator[Finding]:
    for alias in statement.names:
        path = canonical(alias.evaluated_name)
        if path.startswith(EAGER + ".") and moved(program, path) == path:
            yield program.unfollowed(alias, path, "an internal module; import tfe_compat")


def _import_from(program: Program, statement: cst.ImportFrom) -> Iterator[Finding]:
    module = module_of(statement)
    if within(module, EXAMPLES):
        return  # moved_names.py says where these are
    if module == PYTHON and aliases(statement):
        for alias in aliases(statement):
            path = imported(statement, alias)
            if path not in (EAGER, f"{EAGER}.metrics") and not within(path, EXAMPLES):
                yield program.unfollowed(alias, f"{PYTHON}.{alias.evaluated_name}", _PUBLIC_NAMES)
    elif within(module, EAGER) and module not in (EAGER, f"{EAGER}.metrics"):
        yield program.unfollowed(statement, module, _PUBLIC_NAMES)
