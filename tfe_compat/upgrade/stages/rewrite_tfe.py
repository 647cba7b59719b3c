"""Expressions: `tf.contrib.eager.defun` becomes `tfe.defun`, `tfe = tf.contrib.eager` an import."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.references import Reach, Reference, all_references, as_import
from tfe_compat.upgrade.analysis.tfe_name import tfe_name
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.imports import import_of
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import COMPAT
from tfe_compat.upgrade.tables.tfe import STAND_INS

_DOT = re.compile(r"(?:[^#.]|#[^\r\n]*)*\.")


def rewrite_tfe(program: Program, draft: Draft) -> Iterator[Edit]:
    """Rewrites every expression that means the module."""
    for reference in all_references(program):
        if reference.reach is Reach.SPELLED:
            yield from _rewrite(program, reference)


def _rewrite(program: Program, reference: Reference) -> Iterator[Edit]:
    path = STAND_INS[reference.begins_with]
    whole = as_import(program, reference)
    if whole is not None:
        assign, name = whole
        yield Edit(program.start(assign), program.end(assign), import_of(path, name))
        return
    name = tfe_name(program).name + path[len(COMPAT) :]
    start, end = program.start(reference.module), program.end(reference.module)
    if "#" not in program.text[start:end]:
        # `return(tf).contrib.eager` has no space that would keep the two words apart.
        joined = program.text[start] == "(" and re.match(r"\w", program.text[start - 1 : start])
        yield Edit(start, end, f" {name}" if joined else name)
        return
    root = reference.chain.root
    yield Edit(program.start(root), program.end(root), name)
    for attribute in reference.chain.attributes[: reference.length]:
        end = program.end(attribute)
        dot = _DOT.match(program.text, program.end(attribute.value))
        assert dot is not None
        yield Edit(dot.end() - 1, dot.end(), "")
        yield Edit(end - len(attribute.attr), end, "")
