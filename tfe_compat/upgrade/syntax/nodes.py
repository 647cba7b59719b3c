"""Nodes of the syntax tree: their children, and what literals stand for."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from typing import Any

_NO_CODE = ("ctx", "op", "ops")  # whether a name is read or set, and operators


@functools.cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(name for name in kind._fields if name not in _NO_CODE)


def children(node: ast.AST) -> Iterator[ast.AST]:
    """Yields the nodes right under node that can hold code.

    Example:
        >>> [type(child).__name__ for child in children(ast.parse("f(a, b=1)", mode="eval").body)]
        ['Name', 'Name', 'keyword']
    """
    for name in _fields(type(node)):  # type: ignore[arg-type]
        value = getattr(node, name, None)
        if isinstance(value, list):
            for each in value:
                if isinstance(each, ast.AST):  # a dictionary has None for the key of **
                    yield each
        elif isinstance(value, ast.AST):
            yield value


def string_value(node: ast.AST | None) -> str | None:
    """Returns the text that a string literal stands for; None if node is none, or has fields."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None
