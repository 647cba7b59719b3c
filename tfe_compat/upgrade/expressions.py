"""Expressions: `tf.contrib.eager.defun` becomes `tfe.defun`, `tfe = tf.contrib.eager` an import."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfe_compat.upgrade.edits import Edit, Finding
from tfe_compat.upgrade.homes import HOMES
from tfe_compat.upgrade.module_name import module_name
from tfe_compat.upgrade.paths import COMPAT, import_of
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.references import Reach, Reference, all_references, as_import

_DOT = re.compile(r"(?:[^#.]|#[^\r\n]*)*\.")


def rewrite_expressions(program: Program) -> Iterator[Edit | Finding]:
    """Rewrites every expression that means the module, and reports those it can't."""
    for reference in all_references(program):
        node, spelling = reference.chain.node, reference.chain.spelling
        if reference.reach is Reach.SPELLED:
            yield from _rewrite(program, reference)
        elif reference.reach is Reach.AMBIGUOUS:
            root = spelling.partition(".")[0]
            yield program.unfollowed(node, spelling, f"{root!r} is bound to something else as well")
        elif reference.reach is Reach.WRITTEN:
            yield program.unfollowed(node, spelling, "the module itself is set or deleted")


def _rewrite(program: Program, reference: Reference) -> Iterator[Edit]:
    whole = as_import(program, reference)
    if whole is not None:
        assign, name = whole
        yield Edit(
            program.start(assign), program.end(assign), import_of(HOMES[reference.home], name)
        )
        return
    name = module_name(program).name + HOMES[reference.home][len(COMPAT) :]
    start, end = program.start(reference.module), program.end(reference.module)
    if "#" not in program.text[start:end]:
        # `return(tf).contrib.eager` has no space that would keep the two words apart.
        joined = program.text[start] == "(" and re.match(r"\w", program.text[start - 1 : start])
        yield Edit(start, end, f" {name}" if joined else name)
        return
    root = reference.chain.root
    yield Edit(program.start(root), program.end(root), name)
    for attribute in reference.chain.attributes[: reference.length]:
        dot = _DOT.match(program.text, program.end(attribute.value))
        assert dot is not None
        yield Edit(dot.end() - 1, dot.end(), "")
        yield Edit(program.start(attribute.attr), program.end(attribute.attr), "")
