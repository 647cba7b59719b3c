"""The names that a program binds and reads, and their scopes, from one walk over the tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Any, Callable, Optional

from tfe_compat.upgrade.syntax.imports import Import
from tfe_compat.upgrade.syntax.nodes import Chain, children
from tfe_compat.upgrade.syntax.scopes import Scope

# Nodes to visit next, each with the scope that it stands in.
_Next = Iterable[tuple[Optional[ast.AST], Scope]]


class Bindings:
    """The names and scopes found in one walk over the tree.

    The walk keeps a stack of its own: source may nest more deeply than Python calls.
    """

    def __init__(self, module: ast.Module, imports: Sequence[Import]) -> None:
        # The scope that each name which is read, or assigned a value, stands in.
        self.scopes: dict[ast.AST, Scope] = {}
        self.chains: list[Chain] = []  # each dotted expression, the outermost attribute only
        self.declared: set[str] = set()  # the names in a global or nonlocal statement
        self.deleted: set[str] = set()  # the names that a del statement deletes
        self.written: set[ast.AST] = set()  # the attributes that are set or deleted
        self._imports = {statement.node: statement for statement in imports}
        self._visitors: dict[str, Callable[[Any, Scope], _Next]] = {
            name[len("visit_") :]: getattr(self, name)
            for name in dir(self)
            if name.startswith("visit_")
        }
        top = Scope("module")
        self.names = top.names  # all names that are bound or read
        self._walk(module, top)

    def _walk(self, module: ast.Module, top: Scope) -> None:
        stack: list[tuple[ast.AST, Scope]] = [(module, top)]
        while stack:
            node, scope = stack.pop()
            visit = self._visitors.get(type(node).__name__)
            if visit is None:
                following: Any = [(child, scope) for child in children(node)]
            else:
                following = [each for each in visit(node, scope) if each[0] is not None]
            following.reverse()
            stack += following

    # What reads or sets a name

    def visit_Name(self, node: ast.Name, scope: Scope) -> _Next:
        if isinstance(node.ctx, ast.Store):
            scope.bind(node.id, node)
            return ()
        if isinstance(node.ctx, ast.Del):
            self.deleted.add(node.id)
        scope.names.add(node.id)
        self.scopes[node] = scope
        self.chains.append(Chain(node))
        return ()

    def visit_Attribute(self, node: ast.Attribute, scope: Scope) -> _Next:
        if not isinstance(node.ctx, ast.Load):
            self.written.add(node)
        chain = Chain(node)
        self.chains.append(chain)
        if not isinstance(chain.root, ast.Name):
            return [(chain.root, scope)]
        scope.names.add(chain.root.id)
        self.scopes[chain.root] = scope
        return ()

    def visit_Import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> _Next:
        for alias in self._imports[node].names:
            scope.bind(alias.bound, node, alias=alias)
        return ()

    visit_ImportFrom = visit_Import

    def visit_Global(self, node: ast.Global | ast.Nonlocal, scope: Scope) -> _Next:
        for name in node.names:
            scope.names.add(name)
            self.declared.add(name)
            outer = scope.module if isinstance(node, ast.Global) else scope.parent
            if scope.parent is not None and outer is not None:
                scope.declared[name] = outer
        return ()

    visit_Nonlocal = visit_Global

    # What sets a name to the value of one expression

    def visit_Assign(self, node: ast.Assign, scope: Scope) -> _Next:
        for target in node.targets:
            if isinstance(target, ast.Name):
                scope.bind(target.id, target, value=node.value)
                self.scopes[target] = scope
            else:
                yield target, scope
        yield node.value, scope

    def visit_AnnAssign(self, node: ast.AnnAssign, scope: Scope) -> _Next:
        if isinstance(node.target, ast.Name):
            scope.bind(node.target.id, node.target, value=node.value)
        else:
            yield node.target, scope
        yield node.annotation, scope
        yield node.value, scope

    def visit_NamedExpr(self, node: ast.NamedExpr, scope: Scope) -> _Next:
        outer = scope
        while outer.kind == "comprehension" and outer.parent is not None:
            outer = outer.parent
        outer.bind(node.target.id, node.target, value=node.value)
        return [(node.value, scope)]

    # What binds a name by other syntax

    def visit_ExceptHandler(self, node: Any, scope: Scope) -> _Next:
        name = node.rest if hasattr(node, "rest") else node.name
        if name is not None:
            scope.bind(name, node)
        return [(child, scope) for child in children(node)]

    visit_MatchAs = visit_MatchStar = visit_MatchMapping = visit_ExceptHandler

    # What has a scope of its own

    def visit_FunctionDef(self, node: ast.FunctionDef, scope: Scope) -> _Next:
        scope.bind(node.name, node)
        yield from ((each, scope) for each in (*node.decorator_list, node.returns))
        yield from self._function(node.args, node.body, scope)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda, scope: Scope) -> _Next:
        return self._function(node.args, [node.body], scope)

    def _function(self, arguments: ast.arguments, body: Iterable[ast.AST], scope: Scope) -> _Next:
        inner = Scope("function", scope)
        for each in children(arguments):
            if isinstance(each, ast.arg):
                inner.bind(each.arg, each)
                yield each.annotation, scope
            else:
                yield each, scope  # a default
        yield from ((statement, inner) for statement in body)

    def visit_ClassDef(self, node: ast.ClassDef, scope: Scope) -> _Next:
        scope.bind(node.name, node)
        outer = (*node.decorator_list, *node.bases, *node.keywords)
        yield from ((each, scope) for each in outer)
        inner = Scope("class", scope)
        yield from ((statement, inner) for statement in node.body)

    def visit_ListComp(self, node: Any, scope: Scope) -> _Next:
        inner = Scope("comprehension", scope)
        for number, part in enumerate(node.generators):
            yield part.iter, inner if number else scope  # the first where the comprehension stands
            yield part.target, inner
            yield from ((condition, inner) for condition in part.ifs)
        for child in children(node):
            if not isinstance(child, ast.comprehension):
                yield child, inner

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp
