"""Findings: modules inside tf.contrib.eager that were never public (`...eager.python.saver`)."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.paths import EAGER, PYTHON, canonical
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.references import Reach, references
from tfe_compat.upgrade.scopes import aliases

_PUBLIC_NAMES = "an internal module; use the public names of tfe_compat"
_EXAMPLES = f"{PYTHON}.examples"
_NOT_INSTALLED = (
    "an example program, which was never installed with TensorFlow: copy it from the branch r1.15 "
    "of https://github.com/tensorflow/tensorflow beside this file, and import it from there"
)


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
            yield program.unfollowed(reference.chain.node, path, _message(path))


def _import(program: Program, statement: cst.Import) -> Iterator[Finding]:
    for alias in statement.names:
        path = canonical(alias.evaluated_name)
        if path.startswith(EAGER + "."):
            yield program.unfollowed(alias, path, _message(path))


def _import_from(program: Program, statement: cst.ImportFrom) -> Iterator[Finding]:
    module = module_of(statement)
    if module == PYTHON and aliases(statement):
        for alias in aliases(statement):
            if imported(statement, alias) != EAGER:
                path = f"{PYTHON}.{alias.evaluated_name}"
                yield program.unfollowed(alias, path, _message(path))
    elif module.startswith(EAGER + "."):
        yield program.unfollowed(statement, module, _message(module))


def _message(path: str) -> str:
    return _NOT_INSTALLED if f"{path}.".startswith(f"{_EXAMPLES}.") else _PUBLIC_NAMES
