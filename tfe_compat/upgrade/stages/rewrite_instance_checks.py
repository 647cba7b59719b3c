"""`isinstance(x, tf.Variable)`: the class that eager variables have today.

In new releases, no variable of eager execution is an instance of `tf.compat.v1.Variable` (measured
on TensorFlow 2.21; on 2.5 and 2.10 all are); of `tf.compat.v2.Variable` all variables are, on all
of them. The other public classes have the instances that they had in TF 1.15.5, but for
`tf.keras.initializers.Initializer`, which has none left.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import paths
from tfe_compat.upgrade.analysis.module_names import name_of
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import TENSORFLOW

_VARIABLE = f"{TENSORFLOW}.Variable"


def rewrite_instance_checks(program: Program, draft: Draft) -> Iterator[Edit]:
    """Makes each class check use the class that variables have."""
    done = set()
    for call in program.nodes(ast.Call) if is_tf1(program) else ():
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in ("isinstance", "issubclass") and len(call.args) == 2:
            for node in _classes(program, call.args[1]):
                if paths(program, node) == {_VARIABLE} and node not in done:
                    done.add(node)
                    name = name_of(TENSORFLOW, program, draft, node)
                    if name and "#" not in program.source(node):
                        text = f"{name}.compat.v2.Variable"
                        yield Edit(program.start(node), program.end(node), text)


def _classes(program: Program, node: ast.expr) -> Iterator[ast.expr]:
    """Yields the class expressions in node: `(A, b.C)`, or a name assigned such a tuple."""
    named = [binding.value for binding in program.found(node)]
    for value in (node, *named):
        if isinstance(value, ast.Tuple):
            yield from (each for each in ast.walk(value) if isinstance(each, ast.expr))
    yield node
