"""The names in a program that TensorFlow 2 has in tensorflow.compat.v1 only."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tfe_compat.upgrade.syntax.chains import Chain
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.tables.paths import TENSORFLOW
from tfe_compat.upgrade.tables.v1_only import V1_ONLY

_CHOICE = re.compile(r"version|hasattr", re.IGNORECASE)


@view
def v1_uses(program: Program) -> Mapping[Alias, Sequence[Chain]]:
    """Returns each `import tensorflow` with the expressions that take such names from it.

    Expressions under a condition that asks which TensorFlow this is are left out.
    """
    uses: defaultdict[Alias, list[Chain]] = defaultdict(list)
    for chain in program.bindings.chains:
        for binding in program.found(chain.root) if v1_name(chain) else ():
            alias = binding.alias
            if alias is not None and alias.name == TENSORFLOW and not _is_chosen(program, chain):
                uses[alias].append(chain)
    return uses


def v1_name(chain: Chain) -> str:
    """Returns the name that chain takes from its root, if only tensorflow.compat.v1 has it."""
    if not chain.names:
        return ""
    first, *others = chain.names
    if first in V1_ONLY[""]:
        return first
    return f"{first}.{others[0]}" if others and others[0] in V1_ONLY.get(first, ()) else ""


def _is_chosen(program: Program, chain: Chain) -> bool:
    """Says whether chain stands under a condition that asks which TensorFlow this is."""
    return any(
        isinstance(outer, (ast.If, ast.IfExp)) and _CHOICE.search(program.source(outer.test))
        for outer, _ in program.ancestors(chain.node)
    )
