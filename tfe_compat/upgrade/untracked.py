"""Findings: expressions that may mean tf.contrib.eager, but can't be followed."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.paths import COMPAT, CONTRIB, join
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.references import all_references
from tfe_compat.upgrade.strings import attribute_call
from tfe_compat.upgrade.tree import Chain


def report_untracked(program: Program) -> Iterator[Finding]:
    """Reports what is done with tf.contrib as a whole, and `contrib.eager` of unknown roots."""
    known = {reference.chain for reference in all_references(program)}
    for chain in program.bindings.chains:
        if chain not in known:
            yield from _report(program, chain)


def _report(program: Program, chain: Chain) -> Iterator[Finding]:
    targets = program.targets(chain.root)
    if COMPAT in targets:
        return
    if CONTRIB in {join(target, *chain.names) for target in targets}:
        if chain.node not in program.bindings.written and not _is_read_by_name(program, chain.node):
            message = "what is done with tf.contrib can't be followed; write tf.contrib.eager"
            yield program.unfollowed(chain.node, chain.spelling, message)
        return
    root = chain.root.value if isinstance(chain.root, cst.Name) else "(...)"
    if ("contrib", "eager") in zip([root, *chain.names], chain.names):
        yield program.unfollowed(chain.node, chain.spelling, f"{root!r} may be anything here")


def _is_read_by_name(program: Program, node: cst.BaseExpression) -> bool:
    """Says whether node is the module in getattr(tf.contrib, "name"), which strings.py reads."""
    argument = program.parent(node)
    call = program.parent(argument)
    return (
        isinstance(call, cst.Call) and attribute_call(call) is not None and call.args[0] is argument
    )
