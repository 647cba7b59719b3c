"""Scopes, and the bindings in them that a name can mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

import libcst as cst

Import = Union[cst.Import, cst.ImportFrom]


@dataclass(frozen=True, eq=False)
class Binding:
    """A place that binds a name.

    Attributes:
        name: The name.
        scope: Where it is bound.
        node: What binds it: an import statement, the name in a target, a definition, ...
        alias: Of an import: which of its names.
        value: The expression that it is assigned, if it is one expression.
    """

    name: str
    scope: Scope
    node: cst.CSTNode
    alias: cst.ImportAlias | None = None
    value: cst.BaseExpression | None = None


class Scope:
    """A module, class, function, comprehension, or list of type parameters."""

    def __init__(self, kind: str, parent: Scope | None = None) -> None:
        self.kind = kind
        self.parent = parent
        self.module: Scope = parent.module if parent is not None else self
        self.names: set[str] = parent.names if parent is not None else set()  # those of all scopes
        self.bindings: dict[str, list[Binding]] = {}
        self.declared: dict[str, Scope] = {}  # by global or nonlocal: where a name is looked up

    def bind(
        self,
        name: str,
        node: cst.CSTNode,
        alias: cst.ImportAlias | None = None,
        value: cst.BaseExpression | None = None,
    ) -> None:
        self.names.add(name)
        scope = self
        while name in scope.declared or not self._sees(scope):
            scope = scope.declared.get(name) or scope.parent or self.module
        binding = Binding(name, scope, node, alias, value)
        scope.bindings.setdefault(name, []).append(binding)

    def find(self, name: str) -> Sequence[Binding]:
        """Returns every binding that name can mean where it is read in this scope."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.declared:
                scope = scope.declared[name]
            elif name in scope.bindings and self._sees(scope):
                return scope.bindings[name]
            else:
                scope = scope.parent
        return ()

    def _sees(self, scope: Scope) -> bool:
        if scope is self or scope.kind != "class":
            return True
        return self.kind == "type parameters" and self.parent is scope


def bound_name(statement: Import, alias: cst.ImportAlias) -> str:
    """Returns the name that alias binds."""
    return alias.evaluated_alias or alias.evaluated_name.partition(".")[0]


def aliases(statement: Import) -> Sequence[cst.ImportAlias]:
    """Returns what statement imports; nothing for `import *`."""
    return () if isinstance(statement.names, cst.ImportStar) else statement.names
