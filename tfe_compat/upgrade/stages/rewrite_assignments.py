"""Modules assigned to a name: `tfe = tf.contrib.eager` becomes an import."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import module_assignments
from tfe_compat.upgrade.analysis.module_names import name_of
from tfe_compat.upgrade.analysis.optional_imports import instead, is_optional
from tfe_compat.upgrade.analysis.places import place_of
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.imports import import_from, import_of
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import on_own_line
from tfe_compat.upgrade.tables.paths import TENSORFLOW
from tfe_compat.upgrade.tables.tfe import MODULES


def rewrite_assignments(program: Program, draft: Draft) -> Iterator[Edit]:
    """Rewrites each assignment of an old module to a name."""
    for alias in module_assignments(program).values():
        assign = alias.statement.node
        assert isinstance(assign, ast.Assign)
        place = place_of(alias.name)
        home = draft.moved_modules.get(alias, "")
        if alias in draft.unused:
            yield draft.remove(assign)
        elif alias.name in MODULES:
            text = import_of(MODULES[alias.name], alias.bound)
            if _stands_amid_code(program, assign):
                draft.need(text, alias.start)
                yield draft.remove(assign)
            else:
                yield Edit(alias.start, alias.end, text)
        elif is_optional(program, draft, alias):
            yield Edit(alias.start, alias.end, instead(alias))
        elif home:
            name = name_of(TENSORFLOW, program, draft, assign.value)
            if name:
                text = name + home[len(TENSORFLOW) :]
                yield Edit(program.start(assign.value), program.end(assign.value), text)
        elif place is not None and place.is_there:
            parent, _, name = alias.name.rpartition(".")
            yield Edit(alias.start, alias.end, import_from(parent, [(name, alias.bound)]))


def _stands_amid_code(program: Program, assign: ast.Assign) -> bool:
    """Says whether assign, which becomes an import, belongs among the imports above it."""
    if program.is_notebook or not program.at_top(assign) or not on_own_line(program, assign):
        return False
    index = program.tree.body.index(assign)
    before = program.tree.body[index - 1] if index else None
    is_code = isinstance(before, (ast.FunctionDef, ast.ClassDef, ast.For, ast.With, ast.Expr))
    return is_code and len(program.found(assign.targets[0])) == 1
