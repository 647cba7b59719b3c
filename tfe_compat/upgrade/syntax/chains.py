"""Dotted expressions: `tf.contrib.eager.defun`."""

from __future__ import annotations

import ast
from collections.abc import Sequence


class Chain:
    """A dotted expression.

    Attributes:
        node: The expression.
        root: What the attributes are taken from: mostly a name.
        attributes: The attributes taken from it, the outermost last.
        names: Their names.

    Example:
        >>> chain = Chain(ast.parse("tf.contrib.eager", mode="eval").body)
        >>> chain.root.id, chain.names
        ('tf', ['contrib', 'eager'])
    """

    __slots__ = ("attributes", "names", "node", "root")

    def __init__(self, node: ast.expr) -> None:
        attributes: list[ast.Attribute] = []
        self.node = node
        while isinstance(node, ast.Attribute):
            attributes.append(node)
            node = node.value
        attributes.reverse()
        self.root = node
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
