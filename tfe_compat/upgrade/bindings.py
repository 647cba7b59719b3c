"""Which names a program binds, which it reads, and in which scopes: one walk over the tree.

LibCST's ScopeProvider answers the same, but takes half of the run together with the metadata it
needs, and does not know what the patterns of `match` bind, nor `:=` in a comprehension.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import libcst as cst

from tfe_compat.upgrade.scopes import Import, Scope, aliases, bound_name
from tfe_compat.upgrade.tree import Chain, children


def _leaves(target: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yields what a target sets or deletes: names, attributes and subscripts."""
    if isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            yield from _leaves(element.value)
    else:
        yield target


class Bindings:
    """What one walk over the tree finds."""

    def __init__(self, module: cst.Module) -> None:
        self.scopes: dict[cst.Name, Scope] = {}  # where each name that is read stands
        self.chains: list[Chain] = []  # each dotted expression, the outermost attribute only
        self.imports: list[Import] = []
        self.declared: set[str] = set()  # those in a global or nonlocal statement
        self.deleted: set[str] = set()  # those that a del statement deletes
        self.written: set[cst.CSTNode] = set()  # the expressions that are set or deleted
        top = Scope("module")
        self._visit(module, top)
        self.names = top.names  # all that are bound or read

    def _visit(self, node: cst.CSTNode, scope: Scope) -> None:
        visit = getattr(self, f"visit_{type(node).__name__}", None)
        if visit is not None:
            visit(node, scope)
        else:
            for child in children(node):
                self._visit(child, scope)

    def _visit_all(self, nodes: Iterable[cst.CSTNode | None], scope: Scope) -> None:
        for node in nodes:
            if node is not None:
                self._visit(node, scope)

    # What reads

    def visit_Name(self, node: cst.Name, scope: Scope) -> None:
        scope.names.add(node.value)
        self.scopes[node] = scope
        self.chains.append(Chain(node))

    def visit_Attribute(self, node: cst.Attribute, scope: Scope) -> None:
        chain = Chain(node)
        self.chains.append(chain)
        if isinstance(chain.root, cst.Name):
            scope.names.add(chain.root.value)
            self.scopes[chain.root] = scope
        else:
            self._visit(chain.root, scope)

    def visit_Arg(self, node: cst.Arg, scope: Scope) -> None:
        self._visit(node.value, scope)

    # What binds

    def _target(
        self, node: cst.CSTNode, scope: Scope, value: cst.BaseExpression | None = None
    ) -> None:
        for leaf in _leaves(node):
            if isinstance(leaf, cst.Name):
                scope.bind(leaf.value, leaf, value=value if leaf is node else None)
            else:
                self.written.add(leaf)
                self._visit(leaf, scope)

    def visit_Del(self, node: cst.Del, scope: Scope) -> None:
        for leaf in _leaves(node.target):
            if isinstance(leaf, cst.Name):
                self.deleted.add(leaf.value)
            self.written.add(leaf)
            self._visit(leaf, scope)

    def visit_Import(self, node: Import, scope: Scope) -> None:
        self.imports.append(node)
        for alias in aliases(node):
            scope.bind(bound_name(node, alias), node, alias=alias)

    visit_ImportFrom = visit_Import

    def visit_Global(self, node: cst.Global | cst.Nonlocal, scope: Scope) -> None:
        for item in node.names:
            scope.names.add(item.name.value)
            self.declared.add(item.name.value)
            outer = scope.module if isinstance(node, cst.Global) else scope.parent
            if scope.parent is not None and outer is not None:
                scope.declared[item.name.value] = outer

    visit_Nonlocal = visit_Global

    def visit_Assign(self, node: cst.Assign, scope: Scope) -> None:
        for target in node.targets:
            self._target(target.target, scope, node.value)
        self._visit(node.value, scope)

    def visit_AnnAssign(self, node: cst.AnnAssign, scope: Scope) -> None:
        self._target(node.target, scope, node.value)
        self._visit_all([node.annotation, node.value], scope)

    def visit_AugAssign(self, node: cst.AugAssign, scope: Scope) -> None:
        self._target(node.target, scope)
        self._visit(node.value, scope)

    def visit_NamedExpr(self, node: cst.NamedExpr, scope: Scope) -> None:
        self._visit(node.value, scope)
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        self._target(node.target, scope, node.value)

    def visit_For(self, node: cst.For, scope: Scope) -> None:
        self._target(node.target, scope)
        self._visit_all([node.iter, node.body, node.orelse], scope)

    def visit_AsName(self, node: cst.AsName, scope: Scope) -> None:
        self._target(node.name, scope)

    def visit_MatchAs(self, node: cst.MatchAs | cst.MatchStar, scope: Scope) -> None:
        if node.name is not None:
            scope.bind(node.name.value, node)
        if isinstance(node, cst.MatchAs) and node.pattern is not None:
            self._visit(node.pattern, scope)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node: cst.MatchMapping, scope: Scope) -> None:
        if node.rest is not None:
            scope.bind(node.rest.value, node)
        self._visit_all(node.elements, scope)

    def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement, scope: Scope) -> None:
        self._visit(node.pattern, scope)

    # What has a scope of its own

    def visit_FunctionDef(self, node: cst.FunctionDef, scope: Scope) -> None:
        scope.bind(node.name.value, node)
        self._visit_all(node.decorators, scope)
        scope = self._type_parameters(node.type_parameters, scope)
        self._visit_all([node.returns], scope)
        self.visit_Lambda(node, scope)

    def visit_Lambda(self, node: cst.FunctionDef | cst.Lambda, scope: Scope) -> None:
        inner = Scope("function", scope)
        for parameter in children(node.params):
            if isinstance(parameter, cst.Param):
                inner.bind(parameter.name.value, parameter)
                self._visit_all([parameter.annotation, parameter.default], scope)
        self._visit(node.body, inner)

    def visit_ClassDef(self, node: cst.ClassDef, scope: Scope) -> None:
        scope.bind(node.name.value, node)
        self._visit_all(node.decorators, scope)
        scope = self._type_parameters(node.type_parameters, scope)
        self._visit_all([*node.bases, *node.keywords], scope)
        self._visit(node.body, Scope("class", scope))

    def visit_TypeAlias(self, node: cst.TypeAlias, scope: Scope) -> None:
        scope.bind(node.name.value, node)
        self._visit(node.value, self._type_parameters(node.type_parameters, scope))

    def _type_parameters(self, node: cst.TypeParameters | None, scope: Scope) -> Scope:
        if node is None:
            return scope
        scope = Scope("type parameters", scope)
        for parameter in node.params:
            scope.bind(parameter.param.name.value, parameter)
            _, *bound = children(parameter.param)
            _, *default = children(parameter)
            self._visit_all([*bound, *default], scope)
        return scope

    def visit_ListComp(self, node: cst.BaseComp, scope: Scope) -> None:
        inner = Scope("comprehension", scope)
        part: cst.CompFor | None = node.for_in
        while part is not None:
            self._visit(part.iter, scope)  # the first one, where the comprehension stands
            self._target(part.target, inner)
            self._visit_all(part.ifs, inner)
            part, scope = part.inner_for_in, inner
        self._visit_all((each for each in children(node) if each is not node.for_in), inner)

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp
