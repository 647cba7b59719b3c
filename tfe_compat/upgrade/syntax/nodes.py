"""Nodes of the syntax tree: children, string literals, dotted expressions."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Sequence
from typing import Any

_NO_CODE = ("ctx", "op", "ops")  # whether a name is read or set, and operators


@functools.cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(name for name in kind._fields if name not in _NO_CODE)


def children(node: ast.AST) -> Iterator[ast.AST]:
    """Yields the direct children of node that can hold code."""
    for name in _fields(type(node)):  # type: ignore[arg-type]
        value = getattr(node, name, None)
        if isinstance(value, list):
            for each in value:
                if isinstance(each, ast.AST):  # a dictionary has None for the key of **
                    yield each
        elif isinstance(value, ast.AST):
            yield value


def string_value(node: ast.AST | None) -> str | None:
    """Returns the value of a string literal; None if node is not one, or is an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


class Chain:
    """A dotted expression."""

    __slots__ = ("attributes", "names", "node", "root")

    def __init__(self, node: ast.expr) -> None:
        attributes: list[ast.Attribute] = []
        self.node = node
        while isinstance(node, ast.Attribute):
            attributes.append(node)
            node = node.value
        attributes.reverse()
        self.root = node  # what the attributes are taken from: mostly a name
        # The attributes taken from it, the outermost last.
        self.attributes: Sequence[ast.Attribute] = attributes
        self.names = [attribute.attr for attribute in attributes]

    @property
    def spelling(self) -> str:
        """The chain as it is written, without layout; its root is "(...)" if that is no name."""
        root = self.root.id if isinstance(self.root, ast.Name) else "(...)"
        return ".".join([root, *self.names])


def last_name(node: ast.expr) -> str:
    """Returns the last name of a dotted expression; "(...)" if it has none."""
    return Chain(node).spelling.rpartition(".")[2]
