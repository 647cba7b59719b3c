"""The syntax tree: its nodes without layout, and the dotted expressions in it.

LibCST's own visitors copy every node they pass, whitespace too; this is ten times as fast.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import libcst as cst

_LAYOUT = re.compile(
    r"whitespace\w*|(?:\w+_)?whitespace|\w*lines\w*|header|footer|indent|newline"
    r"|[lr](?:par|bracket|brace)|comma|semicolon|equal|dot|operator|asynchronous"
)


@functools.cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    names = (field.name for field in dataclasses.fields(kind))
    return tuple(name for name in names if not _LAYOUT.fullmatch(name))


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yields the nodes right under node that can hold code."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (each for each in value if isinstance(each, cst.CSTNode))


_Node = TypeVar("_Node", bound=cst.CSTNode)


class Tree:
    """The parent of each node, and the nodes of each kind."""

    def __init__(self, module: cst.Module) -> None:
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self._kinds: defaultdict[type[cst.CSTNode], list[Any]] = defaultdict(list)
        self._add(module)

    def _add(self, node: cst.CSTNode) -> None:
        self._kinds[type(node)].append(node)
        for child in children(node):
            self.parents[child] = node
            self._add(child)

    def nodes(self, kind: type[_Node]) -> Sequence[_Node]:
        """Returns every node of one kind."""
        return self._kinds[kind]


class Chain:
    """A dotted expression: its root, and the attributes taken from it, the outermost last."""

    def __init__(self, node: cst.BaseExpression) -> None:
        attributes: list[cst.Attribute] = []
        self.node = node
        while isinstance(node, cst.Attribute):
            attributes.append(node)
            node = node.value
        self.root = node
        self.attributes: Sequence[cst.Attribute] = attributes[::-1]
        self.names = [attribute.attr.value for attribute in self.attributes]

    @property
    def spelling(self) -> str:
        """The chain as it is written, without layout; its root is "(...)" if that is no name."""
        root = self.root.value if isinstance(self.root, cst.Name) else "(...)"
        return ".".join([root, *self.names])


def string_value(node: cst.BaseExpression) -> str | None:
    """Returns the text that a string literal stands for; None if node is none, or has fields."""
    if isinstance(node, (cst.SimpleString, cst.ConcatenatedString)):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    return None
