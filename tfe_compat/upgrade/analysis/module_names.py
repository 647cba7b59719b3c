"""The names under which a place of the program can use tensorflow and tfe_compat."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import imported, module_imports, target
from tfe_compat.upgrade.analysis.start import runs_on_import
from tfe_compat.upgrade.analysis.tf1 import imports_tensorflow
from tfe_compat.upgrade.syntax.imports import Alias, Import, import_of
from tfe_compat.upgrade.syntax.nodes import Chain, children
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import COMPAT, EAGER, TENSORFLOW, V1

# What each becomes or is already, from where it is imported, and under which names.
_NAMED = {
    TENSORFLOW: ({TENSORFLOW}, V1, ("tf", TENSORFLOW)),
    COMPAT: ({EAGER, COMPAT}, COMPAT, ("tfe", COMPAT)),
}


def name_of(module: str, program: Program, draft: Draft, node: ast.expr) -> str:
    """Returns the name of module where node is; empty if it can't have one.

    Where the program has none, an import is requested.
    """
    paths, source, usual = _NAMED[module]
    start = program.start(node)
    root = Chain(node.func if isinstance(node, ast.Call) else node).root
    names = [root.id] if isinstance(root, ast.Name) else []
    imports = [
        alias
        for alias in _imports(program, module)
        if not _may_be_skipped(program, alias.statement)
    ]
    names += [alias.bound for alias in imports if alias.start < start]
    here = _first_name(program, node)

    def is_module(name: str) -> bool:
        found = program.found(here, name) if here and name not in program.bindings.deleted else ()
        return bool(found) and all(target(program, binding) <= paths for binding in found)

    for name in filter(is_module, names):
        return name
    for alias in top_imports(program, module):
        if is_module(alias.bound):  # its import comes too late
            draft.need(import_of(source, alias.bound), start)
            if not program.is_notebook:
                draft.superseded.add(alias)
            return alias.bound
    if module == TENSORFLOW and _loads_tensorflow_later(program):
        return ""
    free = next((name for name in usual if name not in program.bindings.names), "")
    if free:
        draft.need(import_of(source, free), start)
    return free


def top_imports(program: Program, module: str) -> Iterator[Alias]:
    """Yields each import at the top of the program that binds module."""
    for alias in _imports(program, module):
        if program.at_top(alias.statement.node):
            yield alias


def _imports(program: Program, module: str) -> Iterator[Alias]:
    for statement in module_imports(program):
        for alias in statement.names:
            if imported(alias) in _NAMED[module][0]:
                yield alias


def _may_be_skipped(program: Program, statement: Import) -> bool:
    return not program.at_top(statement.node) and runs_on_import(program, statement.node)


def _loads_tensorflow_later(program: Program) -> bool:
    """Says whether only functions import tensorflow: a setup.py runs where it is not installed."""
    found = [each for each in program.imports if imports_tensorflow(each)]
    return bool(found) and not any(runs_on_import(program, each.node) for each in found)


def _first_name(program: Program, node: ast.AST) -> ast.Name | None:
    """Returns the first name in node that is looked up in a scope, if there is one."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and node in program.bindings.scopes:
            return node
        stack.extend([*children(node)][::-1])
    return None
