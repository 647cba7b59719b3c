"""Programs of TF 1 that never turn eager execution on run in graph mode, as they did.

One that does calls `tfe.enable_eager_execution()`, which brings TF 1's behavior back itself.
Modules that others import have the behavior of the program that imports them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import is_own, module_imports
from tfe_compat.upgrade.analysis.module_names import top_imports
from tfe_compat.upgrade.analysis.start import is_test, main_guard, starts_in_graph_mode
from tfe_compat.upgrade.analysis.tf1 import imports_tensorflow, is_chosen, is_of_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.nodes import last_name
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_after, add_at_top, add_before
from tfe_compat.upgrade.tables.paths import TENSORFLOW, V1

_FUNCTION = "disable_v2_behavior"


def restore_behavior(program: Program, draft: Draft) -> Iterator[Edit]:
    """Makes the program start in graph mode, with all of TF 1's behavior."""
    if not is_of_tf1(program) or _is_there(program) or not starts_in_graph_mode(program):
        return
    guard = main_guard(program)
    if program.options.is_imported and guard is not None and not is_test(program):
        # Its importer may have turned eager execution on, which the call turns off.
        yield add_before(program, guard.body[0], *_calls(program))
        return
    place = _last_import(program, draft)
    if place is not None:
        yield add_after(program, place, *_calls(program))
        return
    for text, offset in draft.needed.items():
        if text.startswith(f"import {V1} as "):  # the only one at the top
            yield add_at_top(program, f"{text.rpartition(' ')[2]}.{_FUNCTION}()", offset)
            return
    for statement in program.imports:
        if is_own(program, statement) and program.at_top(statement.node):
            yield add_before(program, statement.node, *_calls(program))
            return


def _is_there(program: Program) -> bool:
    """Says whether the program calls the function itself, whatever the version of TensorFlow."""
    return any(
        last_name(call.func) == _FUNCTION and not is_chosen(program, call)
        for call in program.nodes(ast.Call)
    )


def _calls(program: Program) -> Sequence[str]:
    for alias in top_imports(program, TENSORFLOW):
        return [f"{alias.bound}.{_FUNCTION}()"]
    return [f"from {V1} import {_FUNCTION}", f"{_FUNCTION}()"]


def _last_import(program: Program, draft: Draft) -> ast.stmt | None:
    """Returns the last import of the block that imports tensorflow.

    Imports of the program's own files come after it: they may build graphs.
    """
    imports = {statement.node: statement for statement in module_imports(program)}
    last: ast.stmt | None = None
    for statement in program.tree.body:
        found = imports.get(statement)
        if statement in draft.removed:
            continue
        if last is not None and (found is None or is_own(program, found)):
            return last
        if found is not None and (last is not None or imports_tensorflow(found)):
            last = statement
    return last
