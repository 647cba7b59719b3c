"""Findings: what is taken from tf.contrib besides eager, and is not rewritten."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.dead_imports import is_dead
from tfe_compat.upgrade.edits import Unless
from tfe_compat.upgrade.paths import CONTRIB, EAGER, TENSORFLOW, canonical, join
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.scopes import aliases
from tfe_compat.upgrade.tf1 import is_tf1

_GONE = "tf.contrib is gone from TensorFlow 2: take what is used of it from where it is now"


def report_contrib(program: Program) -> Iterator[Unless]:
    """Reports each import of tf.contrib or a part of it, and each expression that reaches one.

    In a program of TF 1, rewrite_moved_names does so by its tables.
    """
    if is_tf1(program):
        return
    for statement in program.bindings.imports:
        for alias in aliases(statement):
            if isinstance(statement, cst.Import):
                path = canonical(alias.evaluated_name)
                plain = path == CONTRIB and not alias.asname  # becomes `import tensorflow`
            else:
                path, plain = imported(statement, alias), False
            if _other(path) and not plain and not is_dead(program, statement, alias):
                yield _finding(program, alias, path)
        if isinstance(statement, cst.ImportFrom) and not aliases(statement):
            module = module_of(statement)
            if _other(module):
                yield _finding(program, statement, module)
    for chain in program.bindings.chains:
        for target in program.targets(chain.root) & {TENSORFLOW, CONTRIB}:
            path = join(target, *chain.names)
            if _other(path) and path != CONTRIB:
                yield _finding(program, chain.node, ".".join(path.split(".")[:4]))


def _other(path: str) -> bool:
    """Says whether path is in tf.contrib, and not in tf.contrib.eager."""
    return f"{path}.".startswith(f"{CONTRIB}.") and not f"{path}.".startswith(f"{EAGER}.")


def _finding(program: Program, node: cst.CSTNode, path: str) -> Unless:
    finding = program.unfollowed(node, path, _GONE)
    return Unless(program.start(node), program.end(node), finding)
