"""Findings: what refers to tf.contrib, or may do so, and is not rewritten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.destinations import new_path
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import imported, meanings, module_of, targets
from tfe_compat.upgrade.analysis.references import Reach, all_references
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.findings import Finding, unfollowed
from tfe_compat.upgrade.syntax.chains import Chain
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import COMPAT, CONTRIB, TENSORFLOW, canonical, join, within

_GONE = "tf.contrib is gone from TensorFlow 2: take what is used of it from where it is now"
_MODULE = re.compile(r"(?:tensorflow|tf)(?:\.compat\.v1)?\.contrib(?:\.eager(?:\.\w+)*)?")


def report_unfollowed(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports what means tf.contrib.eager, or may mean it, and is left as it is."""
    for offset, message in program.rejected_cells:
        yield unfollowed(offset, "(cell)", message)
    known = {reference.chain: reference.reach for reference in all_references(program)}
    for chain in program.bindings.chains:
        if known.get(chain, Reach.UNSURE) is Reach.UNSURE:
            message = _doubt(program, chain, chain in known)
            if message:
                yield unfollowed(program.start(chain.node), chain.spelling, message)
    for node in program.nodes(ast.Constant):
        is_used = isinstance(program.parent(node), (ast.Call, ast.Subscript))
        if is_used and isinstance(node.value, str) and _MODULE.fullmatch(node.value):
            message = "a module named by a string; write an import"
            yield unfollowed(program.start(node), node.value, message)
    if not is_tf1(program):
        yield from _rest_of_contrib(program, draft)


def _doubt(program: Program, chain: Chain, is_reference: bool) -> str:
    """Returns why it is not known what chain means, if it may mean tf.contrib.eager."""
    roots = targets(program, chain.root)
    meant = {join(root, *chain.names) for root in roots}
    root = chain.root.id if isinstance(chain.root, ast.Name) else "(...)"
    if chain.node in program.bindings.written and (is_reference or CONTRIB in meant):
        return "the module itself is set or deleted" if is_reference else ""
    if is_reference:
        return f"{root!r} is bound to something else as well"
    if chain in program.misplaced and any(within(path, CONTRIB) for path in meant):
        return "Python 3.12 and newer tell where it stands in the f-string: use one of them"
    if COMPAT not in roots and CONTRIB in meant:
        return "what is done with tf.contrib can't be followed; write tf.contrib.eager"
    if not roots - {""} and ("contrib", "eager") in zip([root, *chain.names], chain.names):
        return f"{root!r} may be anything here"
    return ""


def _rest_of_contrib(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports the rest of tf.contrib; in a program of TF 1, rewrite_names does so by its tables."""
    for statement in program.imports:
        module = module_of(statement)
        if not statement.names and _is_rest(program, module):
            yield unfollowed(statement.start, module, _GONE)
        for alias in statement.names:
            path = imported(alias) if statement.is_from or alias.asname else canonical(alias.name)
            left = alias not in draft.unused and not draft.edits.touch(alias.start, alias.end)
            if left and _is_rest(program, path):
                yield unfollowed(alias.start, path, _GONE)
    for chain, roots in meanings(program).items():
        for root in roots & {TENSORFLOW, CONTRIB}:
            path = join(root, *chain.names)
            if path != CONTRIB and _is_rest(program, path) and not draft.rewrites(chain):
                yield unfollowed(program.start(chain.node), ".".join(path.split(".")[:4]), _GONE)


def _is_rest(program: Program, path: str) -> bool:
    """Says whether path is in tf.contrib, and tfe_compat does not stand in for it."""
    return within(path, CONTRIB) and new_path(program, path) == path
