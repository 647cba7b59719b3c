"""Findings: uses of TensorFlow 1, certain or possible, that are left as they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.calls import fits
from tfe_compat.upgrade.analysis.destinations import new_path, not_moved
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import (
    aliases,
    meanings,
    module_assignments,
    module_imports,
    module_of,
    named,
    readings,
    targets,
)
from tfe_compat.upgrade.analysis.optional_imports import WRITTEN
from tfe_compat.upgrade.analysis.places import Place, place_of
from tfe_compat.upgrade.analysis.tf1 import is_tf1, v1_name, v1_uses, was_upgraded
from tfe_compat.upgrade.findings import Finding, unfollowed
from tfe_compat.upgrade.syntax.imports import Import
from tfe_compat.upgrade.syntax.nodes import Chain
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import (
    COMPAT,
    CONTRIB,
    EAGER,
    SUMMARY,
    TENSORFLOW,
    join,
    within,
)
from tfe_compat.upgrade.tables.tfe import MODULES

_MODULE = re.compile(r"(?:tensorflow|tf)(?:\.compat\.v1)?\.contrib(?:\.eager(?:\.\w+)*)?")
_SHOWN = 3


def report_left(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports what can't be followed, what is gone or internal, and names only TF 1 has."""
    yield from _unfollowed(program)
    yield from _gone_or_internal(program, draft)
    yield from _v1_names(program, draft)


def _gone_or_internal(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports each import and expression that is gone or internal.

    A program that imports tensorflow.compat.v1 may have been upgraded before: what a person
    still has to do is reported there, too.
    """
    for statement in module_imports(program):
        yield from _left_import(program, draft, statement)
    for chain, roots in meanings(program).items():
        if chain.node in module_assignments(program) or len(roots) > 1:
            continue
        (root,) = roots
        missing = _missing_in_summary(join(root, *chain.names))
        if missing:
            yield not_moved(program.start(chain.node), missing)
        elif not draft.rewrites(chain):
            place = _place_to_report(program, join(root, *chain.names))
            if place is not None and place.row.startswith(root + "."):
                yield from _chain(program, draft, chain, root, place)


def _place_to_report(program: Program, path: str) -> Place | None:
    place = place_of(path)
    if path == CONTRIB or place is None:
        return None
    concerned = within(path, CONTRIB) or is_tf1(program) or was_upgraded(program)
    return place if concerned else None


def _missing_in_summary(path: str) -> str:
    """Returns the tf.contrib.summary path of a name that tfe_compat.summary lacks; else ""."""
    stand_in = MODULES[SUMMARY]
    old = SUMMARY + path[len(stand_in) :] if within(path, stand_in) else path
    place = place_of(old) if within(old, SUMMARY) else None
    return old if place is not None and place.row == old and not place.new else ""


def _left_import(program: Program, draft: Draft, statement: Import) -> Iterator[Finding]:
    module = module_of(statement)
    if not statement.names and module not in (EAGER, CONTRIB) and _place_to_report(program, module):
        yield not_moved(statement.start, module)
    for alias in statement.names:
        path = named(alias)
        place = _place_to_report(program, path)
        if place is None or alias in draft.moved_modules or new_path(program, path) != path:
            continue
        reading = [
            chain for chain in readings(program).get(alias, ()) if chain in meanings(program)
        ]
        if alias in draft.unused and (reading or not program.options.is_imported):
            continue  # if nothing reads it here, another file may import it from this one
        if place.is_there and not reading:
            continue
        taken = {
            join(path, *chain.names)
            for chain in reading
            if chain.names and not draft.rewrites(chain)
        }
        alike = {each for each in taken if (place_of(each) or place).is_there == place.is_there}
        yield not_moved(alias.start, alike.pop() if len(taken) == len(alike) == 1 else path)


def _chain(
    program: Program, draft: Draft, chain: Chain, root: str, place: Place
) -> Iterator[Finding]:
    path = join(root, *chain.names)
    offset = program.start(chain.node)
    if not fits(program, chain, root, place):
        yield not_moved(offset, path, fits=False)
    elif not place.new:
        # What is taken from a module that is nowhere itself is reported with its import.
        home = place_of(root)
        alone = root in (TENSORFLOW, CONTRIB) or (home and (home.new or home.is_there))
        if alone and not (place.is_there and root != TENSORFLOW):
            yield not_moved(offset, path)
    elif not place.is_there and draft.moved_modules.keys().isdisjoint(aliases(program, chain)):
        yield unfollowed(offset, chain.spelling, f"it is {place.new} today")


def _unfollowed(program: Program) -> Iterator[Finding]:
    """Reports what is, or may be, tf.contrib.eager and is left as it is."""
    for offset, message in program.rejected_cells:
        yield unfollowed(offset, "(cell)", message)
    for optional in WRITTEN.finditer(program.text):
        yield not_moved(optional.start(), optional.group(1))
    for chain in program.bindings.chains:
        message = _doubt(program, chain)
        if message:
            yield unfollowed(program.start(chain.node), chain.spelling, message)
    for node in program.nodes(ast.Constant):
        is_used = isinstance(program.parent(node), (ast.Call, ast.Subscript))
        if is_used and isinstance(node.value, str) and _MODULE.fullmatch(node.value):
            message = "a module named by a string; write an import"
            yield unfollowed(program.start(node), node.value, message)
    for statement in program.imports:
        module = module_of(statement)
        if not statement.names and module in (EAGER, CONTRIB):
            message = "name what is imported"
            yield unfollowed(statement.start, f"from {module} import *", message)


def _doubt(program: Program, chain: Chain) -> str:
    """Returns why chain, which may be tf.contrib.eager, can't be resolved; else ""."""
    roots = targets(program, chain.root)
    meant = {join(root, *chain.names) for root in roots}
    root = chain.root.id if isinstance(chain.root, ast.Name) else "(...)"
    if any(within(path, CONTRIB) for path in meant):
        if len(roots) > 1 and TENSORFLOW in roots:
            return f"{root!r} is bound to something else as well"
        if chain in program.misplaced:
            return "Python 3.12 and newer tell where it stands in the f-string: use one of them"
    if COMPAT not in roots and CONTRIB in meant:
        return "what is done with tf.contrib can't be followed; write tf.contrib.eager"
    if not roots - {""} and ("contrib", "eager") in zip([root, *chain.names], chain.names):
        return f"{root!r} may be anything here"
    return ""


def _v1_names(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports, once for each `import tensorflow as tf`, the names that TensorFlow 2 lacks."""
    for alias, chains in v1_uses(program).items():
        if not draft.edits.touch(alias.start, alias.name_end):
            names = list(dict.fromkeys(f"tf.{v1_name(chain)}" for chain in chains))
            more = f" and {len(names) - _SHOWN} more names" if len(names) > _SHOWN else ""
            message = (
                f"TensorFlow 2 has no {', '.join(names[:_SHOWN])}{more}: import "
                f"tensorflow.compat.v1 as {alias.bound}"
            )
            yield unfollowed(program.start(chains[0].node), TENSORFLOW, message)
