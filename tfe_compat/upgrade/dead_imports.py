"""Imports of tf.contrib that nothing needs once tf.contrib.eager is rewritten."""

from __future__ import annotations

import functools

import libcst as cst

from tfe_compat.upgrade.paths import CONTRIB
from tfe_compat.upgrade.program import Program, imported
from tfe_compat.upgrade.references import Reach, references
from tfe_compat.upgrade.scopes import Import, bound_name


def is_dead(program: Program, statement: Import, alias: cst.ImportAlias) -> bool:
    """Says whether alias imports tf.contrib, which would fail, and only for tf.contrib.eager."""
    if imported(statement, alias) != CONTRIB:
        return False
    return alias not in _needed(program) and bound_name(statement, alias) not in (
        program.bindings.declared | program.bindings.deleted
    )


@functools.lru_cache(maxsize=1)
def _needed(program: Program) -> set[cst.ImportAlias]:
    """Returns the imports that an expression which is not rewritten may read."""
    rewritten = {each.chain for each in references(program) if each.reach is Reach.SPELLED}
    return {
        binding.alias
        for chain in program.bindings.chains
        if chain not in rewritten
        for binding in program.found(chain.root)
        if binding.alias is not None
    }
