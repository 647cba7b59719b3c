"""Scopes, and the bindings that a name in them can refer to."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from tfe_compat.upgrade.syntax.imports import Alias


@dataclass(frozen=True, eq=False)
class Binding:
    """A place that binds a name."""

    name: str
    scope: Scope  # where it is bound
    node: ast.AST  # what binds it: an import statement, a name that is set, a definition,
    alias: Alias | None = None  # of an import: which of its names
    value: ast.expr | None = None  # the expression that it is assigned, if it is one expression


class Scope:
    """A module, class, function or comprehension."""

    def __init__(self, kind: str, parent: Scope | None = None) -> None:
        self.kind = kind
        self.parent = parent
        self.module: Scope = parent.module if parent is not None else self
        self.names: set[str] = parent.names if parent is not None else set()  # those of all scopes
        self.bindings: dict[str, list[Binding]] = {}
        self.declared: dict[str, Scope] = {}  # by global or nonlocal: where a name is looked up

    def bind(
        self, name: str, node: ast.AST, alias: Alias | None = None, value: ast.expr | None = None
    ) -> None:
        """Adds a binding, in the scope that name belongs to."""
        self.names.add(name)
        scope = self
        while name in scope.declared:
            scope = scope.declared[name]
        binding = Binding(name, scope, node, alias, value)
        scope.bindings.setdefault(name, []).append(binding)

    def find(self, name: str) -> Sequence[Binding]:
        """Returns every binding that name can refer to when read in this scope."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.declared:
                scope = scope.declared[name]
            elif name in scope.bindings and (scope is self or scope.kind != "class"):
                return scope.bindings[name]
            else:
                scope = scope.parent
        return ()
