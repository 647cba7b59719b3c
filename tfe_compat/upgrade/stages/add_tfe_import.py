"""The import of tfe_compat that rewritten expressions need."""

from __future__ import annotations

from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.tf1 import imports_tensorflow
from tfe_compat.upgrade.analysis.tfe_name import first_use, tfe_name
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.imports import import_of
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_after, add_at_top
from tfe_compat.upgrade.tables.paths import COMPAT


def add_tfe_import(program: Program, draft: Draft) -> Iterator[Edit]:
    """Imports tfe_compat once for all expressions, if nothing does so yet.

    That is beside the first import of tensorflow, if that one is sure to have run, or else at the
    top of the module.
    """
    name, is_missing = tfe_name(program)
    if not is_missing:
        return
    text = import_of(COMPAT, name)
    first = first_use(program)
    for statement in program.imports:
        if (
            program.at_top(statement.node)
            and statement.start < first
            and imports_tensorflow(statement)
            and not (statement.names and draft.unused.issuperset(statement.names))
        ):
            yield add_after(program, statement.node, text)
            return
    yield add_at_top(program, text, first)
