"""Version checks: code that TensorFlow 1 chose stays chosen, as it becomes code of today.

With `tf.__version__` as it is, a program of TF 1 would take the branch that was written for
TensorFlow 2, although `tf` is tensorflow.compat.v1 and has TF 1's behavior.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import meanings
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import TENSORFLOW, join

_VERSIONS = {f"{TENSORFLOW}.{name}" for name in ("__version__", "VERSION", "version.VERSION")}


def rewrite_version_checks(program: Program, draft: Draft) -> Iterator[Edit]:
    """Makes each comparison of TensorFlow's version turn out as with TF 1.15.5."""
    for chain, roots in meanings(program).items() if is_tf1(program) else ():
        for length, node in enumerate(chain.attributes, start=1):
            paths = {join(root, *chain.names[:length]) for root in roots}
            if paths <= _VERSIONS and _is_compared(program, node):
                yield Edit(program.start(node), program.end(node), '"1.15.5"')


def _is_compared(program: Program, node: ast.expr) -> bool:
    """Says whether node is part of a comparison with a literal."""
    for outer, part in program.ancestors(node):
        if isinstance(outer, ast.Compare):
            others = [each for each in (outer.left, *outer.comparators) if each is not part]
            return any(isinstance(each, ast.Constant) for one in others for each in ast.walk(one))
        if isinstance(outer, ast.Attribute) and outer.attr == "startswith":
            return True
        if isinstance(outer, ast.stmt):
            break
    return False
