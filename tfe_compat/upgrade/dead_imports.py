"""Imports of what is gone that nothing needs once its uses are rewritten."""

from __future__ import annotations

import functools

import libcst as cst

from tfe_compat.upgrade.moved_calls import rewritten_calls
from tfe_compat.upgrade.moves import moved
from tfe_compat.upgrade.paths import CONTRIB, EAGER, TENSORFLOW, within
from tfe_compat.upgrade.program import Program, imported
from tfe_compat.upgrade.references import Reach, all_references
from tfe_compat.upgrade.scopes import Import, bound_name
from tfe_compat.upgrade.tf1 import is_tf1
from tfe_compat.upgrade.tree import Chain


def is_dead(program: Program, statement: Import, alias: cst.ImportAlias) -> bool:
    """Says whether alias imports what is gone, and no expression that is left needs it."""
    path = imported(statement, alias)
    if path != CONTRIB and path not in _served(program) and not is_gone(program, path):
        return False
    return alias not in _needed(program) and bound_name(statement, alias) not in (
        program.bindings.declared | program.bindings.deleted
    )


def is_gone(program: Program, path: str) -> bool:
    """Says whether an import of path, by a program of TF 1, fails for want of tf.contrib."""
    gone = within(path, CONTRIB) and not within(path, EAGER) and moved(program, path) == path
    return gone and is_tf1(program)


@functools.lru_cache(maxsize=1)
def _served(program: Program) -> set[str]:
    """Returns the paths outside TensorFlow's public names that rewritten expressions begin with."""
    roots = [Chain(function).root for function in rewritten_calls(program)]
    roots += [each.chain.root for each in all_references(program) if each.reach is Reach.SPELLED]
    paths = {path for root in roots for path in program.paths(root)}
    return {
        path
        for path in paths
        if within(path, TENSORFLOW) and path != TENSORFLOW and moved(program, path) == path
    }


@functools.lru_cache(maxsize=1)
def _needed(program: Program) -> set[cst.ImportAlias]:
    """Returns the imports that an expression which is not rewritten may read."""
    rewritten = {each.chain.node for each in all_references(program) if each.reach is Reach.SPELLED}
    rewritten.update(rewritten_calls(program))
    return {
        binding.alias
        for chain in program.bindings.chains
        if chain.node not in rewritten
        for binding in program.found(chain.root)
        if binding.alias is not None
    }
