"""TF 1's Keras: a program that uses it asks for it before Keras is loaded.

On TensorFlow 2.16 and newer, tf.keras is Keras 3 and tf.layers is empty, unless the environment
variable TF_USE_LEGACY_KERAS is set and tf-keras is installed.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Edit, Note
from tfe_compat.upgrade.layout import add_before
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.scopes import aliases
from tfe_compat.upgrade.tf1 import imports_tensorflow, needs_legacy_keras

_VARIABLE = "TF_USE_LEGACY_KERAS"
_NOTE = Note("TF 1's Keras is used: on TensorFlow 2.16 and newer, pip install tf-keras")


def ask_for_legacy_keras(program: Program) -> Iterator[Edit | Note]:
    """Sets the environment variable before the first import of tensorflow."""
    if not needs_legacy_keras(program) or _VARIABLE in program.text:
        return
    imports = filter(imports_tensorflow, program.bindings.imports)
    first: cst.CSTNode = min(imports, key=program.start)
    if not program.at_top(first):
        while program.parent(first) is not program.module:
            first = program.parent(first)
    lines = [f'os.environ.setdefault("{_VARIABLE}", "1")']
    if not _has_os(program, program.start(first)):
        lines.insert(0, "import os")
    yield add_before(program, first, *lines)
    yield _NOTE


def _has_os(program: Program, place: int) -> bool:
    """Says whether `import os` has run when the program comes to place."""
    return any(
        isinstance(statement, cst.Import)
        and program.at_top(statement)
        and program.start(statement) < place
        and any(alias.evaluated_name == "os" and not alias.asname for alias in aliases(statement))
        for statement in program.bindings.imports
    )
