"""Version checks: code that TensorFlow 1 chose stays chosen, as it becomes code of today.

With `tf.__version__` as it is, a program of TF 1 would take the branch that was written for
TensorFlow 2, although `tf` is tensorflow.compat.v1 and has TF 1's behavior.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import meanings, paths
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.nodes import string_value
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import CONTRIB, EAGER, TENSORFLOW, join

_VERSIONS = {f"{TENSORFLOW}.{name}" for name in ("__version__", "VERSION", "version.VERSION")}
_IN_TF_1 = {CONTRIB, EAGER}
_TELLS_2_FROM_1 = re.compile(r"1|[23](\.[\w.]+)?")


def rewrite_version_checks(program: Program, draft: Draft) -> Iterator[Edit]:
    """Makes comparisons of TensorFlow's version turn out as with TF 1.15.5."""
    for call in program.nodes(ast.Call) if is_tf1(program) else ():
        if isinstance(call.func, ast.Name) and call.func.id == "hasattr" and len(call.args) == 2:
            module, name = call.args
            asked = string_value(name) or "?"
            if {join(each, asked) for each in paths(program, module)} <= _IN_TF_1:
                yield Edit(program.start(call), program.end(call), "True")
    for chain, roots in meanings(program).items() if is_tf1(program) else ():
        for length, node in enumerate(chain.attributes, start=1):
            meant = {join(root, *chain.names[:length]) for root in roots}
            if meant <= _VERSIONS and _is_compared(program, node):
                yield Edit(program.start(node), program.end(node), '"1.15.5"')


def _is_compared(program: Program, node: ast.expr) -> bool:
    """Says whether node is part of a comparison that tells TensorFlow 1 from 2.

    Others, with 1.4 for example, turn out the same for both.
    """
    for outer, part in program.ancestors(node):
        if isinstance(outer, ast.Compare):
            others = [each for each in (outer.left, *outer.comparators) if each is not part]
            nodes = [each for other in others for each in ast.walk(other)]
            values = [str(each.value) for each in nodes if isinstance(each, ast.Constant)]
            return any(map(_TELLS_2_FROM_1.fullmatch, values))
        if isinstance(outer, ast.Attribute) and outer.attr == "startswith":
            return True
        if isinstance(outer, ast.stmt):
            break
    return False
