"""Adds the imports of tfe_compat and tensorflow that rewritten expressions need."""

from __future__ import annotations

from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.tf1 import imports_tensorflow
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_after, add_at_top


def add_imports(program: Program, draft: Draft) -> Iterator[Edit]:
    """Adds each import after the first import of tensorflow, if that one always runs before.

    Otherwise it goes to the top of the module.
    """
    for text, offset in draft.needed.items():
        for statement in program.imports:
            if (
                program.at_top(statement.node)
                and statement.start < offset
                and imports_tensorflow(statement)
                and statement.node not in draft.removed
            ):
                yield add_after(program, statement.node, text)
                break
        else:
            yield add_at_top(program, text, offset)
