"""TF 1's Keras: a program that uses it asks for it before Keras is loaded.

On TensorFlow 2.16 and newer, tf.keras is Keras 3 and tf.layers is empty, unless the environment
variable TF_USE_LEGACY_KERAS is set and tf-keras is installed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.tf1 import imports_tensorflow, needs_legacy_keras
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.findings import Note
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_before

_VARIABLE = "TF_USE_LEGACY_KERAS"
_NOTE = Note("TF 1's Keras is used: on TensorFlow 2.16 and newer, pip install tf-keras")


def ask_for_legacy_keras(program: Program, draft: Draft) -> Iterator[Edit | Note]:
    """Sets the environment variable before the first import of tensorflow."""
    if not needs_legacy_keras(program) or _VARIABLE in program.text:
        return
    first: ast.AST = next(filter(imports_tensorflow, program.imports)).node
    while not program.at_top(first):
        first = program.parent(first)
    assert isinstance(first, ast.stmt)
    lines = [f'os.environ.setdefault("{_VARIABLE}", "1")']
    if not _has_os(program, program.start(first)):
        lines.insert(0, "import os")
    yield add_before(program, first, *lines)
    yield _NOTE


def _has_os(program: Program, place: int) -> bool:
    """Says whether `import os` has run when the program comes to place."""
    return any(
        not statement.is_from
        and program.at_top(statement.node)
        and statement.start < place
        and any(alias.name == "os" and not alias.asname for alias in statement.names)
        for statement in program.imports
    )
