"""The name that tensorflow has at a place of the program."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.meaning import imported, target
from tfe_compat.upgrade.syntax.chains import Chain
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.nodes import children
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.scopes import Binding
from tfe_compat.upgrade.tables.paths import TENSORFLOW


def name_of_tensorflow(program: Program, call: ast.Call) -> str:
    """Returns the name that tensorflow has where call is; nothing if it has none."""
    root = Chain(call.func).root
    start = program.start(call)
    before = [alias.bound for alias in top_imports(program) if alias.statement.start < start]
    names = [root.id, *before] if isinstance(root, ast.Name) else before
    here = _first_name(program, call)
    if here is None:
        return ""
    for name in names:
        bindings = program.found(here, name)
        if bindings and all(_is_tensorflow(program, binding) for binding in bindings):
            return name
    return ""


def top_imports(program: Program) -> Iterator[Alias]:
    """Yields each import at the top of the program that binds tensorflow."""
    for statement in program.imports:
        if program.at_top(statement.node):
            yield from (alias for alias in statement.names if _binds_tensorflow(alias))


def _first_name(program: Program, node: ast.AST) -> ast.Name | None:
    """Returns the first name in node that is looked up in a scope, if there is one."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and node in program.bindings.scopes:
            return node
        stack.extend([*children(node)][::-1])
    return None


def _is_tensorflow(program: Program, binding: Binding) -> bool:
    if binding.alias is not None and not _binds_tensorflow(binding.alias):
        return False
    return target(program, binding) == {TENSORFLOW}


def _binds_tensorflow(alias: Alias) -> bool:
    """Says whether this is tensorflow itself: an `import tensorflow.contrib` may be removed."""
    if not alias.statement.is_from and not alias.asname:
        return alias.name == TENSORFLOW
    return imported(alias) == TENSORFLOW
