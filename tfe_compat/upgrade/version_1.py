"""Findings: names that only TensorFlow 1 has, in a program that imports TensorFlow 2."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Unless
from tfe_compat.upgrade.paths import TENSORFLOW
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tree import Chain
from tfe_compat.upgrade.v1_names import V1_ONLY

_CHOICE = re.compile(r"version|hasattr", re.IGNORECASE)
_SHOWN = 3


def report_v1_names(program: Program) -> Iterator[Unless]:
    """Reports once for each `import tensorflow as tf` which names it does not have any more."""
    uses: defaultdict[cst.ImportAlias, list[Chain]] = defaultdict(list)
    for chain in program.bindings.chains:
        for binding in program.found(chain.root):
            alias = binding.alias
            if alias is not None and _name(chain, alias) and not _is_chosen(program, chain.node):
                uses[alias].append(chain)
    for alias, chains in uses.items():
        names = list(dict.fromkeys(f"tf.{_name(chain, alias)}" for chain in chains))
        more = f" and {len(names) - _SHOWN} more names" if len(names) > _SHOWN else ""
        bound = alias.evaluated_alias or TENSORFLOW
        message = (
            f"TensorFlow 2 has no {', '.join(names[:_SHOWN])}{more}: import tensorflow.compat.v1 "
            f"as {bound}"
        )
        finding = program.unfollowed(chains[0].node, TENSORFLOW, message)
        yield Unless(program.start(alias.name), program.end(alias.name), finding)


def _name(chain: Chain, alias: cst.ImportAlias) -> str:
    """Returns the name that chain takes from what alias imports, if only TensorFlow 1 has it."""
    if alias.evaluated_name != TENSORFLOW or not chain.names:
        return ""
    first, *others = chain.names
    if first in V1_ONLY[""]:
        return first
    return f"{first}.{others[0]}" if others and others[0] in V1_ONLY.get(first, ()) else ""


def _is_chosen(program: Program, node: cst.CSTNode) -> bool:
    """Says whether node stands under a condition that asks which TensorFlow this is."""
    while not isinstance(node, cst.Module):
        if isinstance(node, (cst.If, cst.IfExp)):
            text = program.text[program.start(node.test) : program.end(node.test)]
            if _CHOICE.search(text):
                return True
        node = program.parent(node)
    return False
