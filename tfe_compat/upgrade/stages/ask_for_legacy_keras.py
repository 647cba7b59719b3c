"""A program that uses TF 1's Keras asks for it before Keras is loaded.

On TensorFlow 2.16 and newer, tf.keras is Keras 3 and tf.layers is empty, unless the environment
variable TF_USE_LEGACY_KERAS is set and tf-keras is installed. So each file sets it that can be the
first of its program to import tensorflow.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.legacy_keras import needs_legacy_keras
from tfe_compat.upgrade.analysis.meaning import is_own
from tfe_compat.upgrade.analysis.start import is_test, main_guard
from tfe_compat.upgrade.analysis.tf1 import imports_tensorflow
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.findings import Note
from tfe_compat.upgrade.syntax.imports import Import
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_at_top, add_before, newline_of, on_own_line

_ENVIRONMENT_VARIABLE = "TF_USE_LEGACY_KERAS"
_NOTE = Note("TF 1's Keras is used: on TensorFlow 2.15 and newer, pip install tf-keras")


def ask_for_legacy_keras(program: Program, draft: Draft) -> Iterator[Edit | Note]:
    """Sets the environment variable before the first import of tensorflow, or of its program."""
    if not needs_legacy_keras(program) or _ENVIRONMENT_VARIABLE in program.text:
        return
    yield _NOTE
    options = program.options
    is_first = not options.is_imported or is_test(program) or main_guard(program) is not None
    if not (is_first or options.is_package):
        return
    lines = [f'os.environ.setdefault("{_ENVIRONMENT_VARIABLE}", "1")']
    imports = [
        statement
        for statement in program.imports
        if imports_tensorflow(statement) or is_own(program, statement)
    ]
    if not imports:
        yield add_at_top(program, f"import os{newline_of(program)}{lines[0]}", 0)
        return
    first: ast.AST = imports[0].node
    while not program.at_top(first):
        first = program.parent(first)
    assert isinstance(first, ast.stmt)
    has_os, later = _imports_of_os(program, program.start(first))
    if not has_os:
        lines.insert(0, "import os")
        if later is not None:
            yield draft.remove(later.node)
    yield add_before(program, first, *lines)


def _imports_of_os(program: Program, place: int) -> tuple[bool, Import | None]:
    """Says whether `import os` has run before place, and returns one that runs later."""
    later = None
    for statement in program.imports:
        names = [(alias.name, alias.asname) for alias in statement.names]
        if not statement.is_from and ("os", "") in names and program.at_top(statement.node):
            if statement.start < place:
                return True, None
            if len(names) == 1 and on_own_line(program, statement.node) and later is None:
                later = statement
    return False, later
