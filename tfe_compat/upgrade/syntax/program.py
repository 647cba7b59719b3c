"""A parsed program: its text, its tree, and the place of each node."""

from __future__ import annotations

import ast
import copy
import functools
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Callable, TypeVar

from tfe_compat.upgrade.edits import NEWLINE
from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.syntax.bindings import Bindings
from tfe_compat.upgrade.syntax.imports import Import, read_import
from tfe_compat.upgrade.syntax.nodes import Chain, children
from tfe_compat.upgrade.syntax.parsing import parse_cells
from tfe_compat.upgrade.syntax.scopes import Binding

_Node = TypeVar("_Node", bound=ast.AST)
_Result = TypeVar("_Result")


class Program:
    r"""A parsed program. Immutable; costly views are computed on first use.

    Offsets count the characters of its text.

    Example:
        >>> program = Program("import tensorflow as tf\nx = tf.zeros([2])\n")
        >>> [chain.spelling for chain in program.chains]
        ['tf.zeros']
        >>> program.source(program.nodes(ast.Call)[0])
        'tf.zeros([2])'

    Args:
        text: Its text.
        cells: Where each cell starts, if text is the code cells of a notebook. A cell that is not
            Python is left out if the others are.
        options: What is to be rewritten.

    Attributes:
        text: The text; what is left out of it is blank, character for character.
        tree: Its syntax tree.
        rejected_cells: The cells that are left out: the place of the error in each, and its
            message.

    Raises:
        NotPython: text is not Python 3, and no cell alone is to blame.
    """

    def __init__(self, text: str, cells: Sequence[int] = (), options: Options = DEFAULT) -> None:
        self.options = options
        self.is_notebook = bool(cells)
        self.text, self.tree, self.rejected_cells = parse_cells(text, cells)
        self.views: dict[Callable[[Program], Any], Any] = {}

    def with_options(self, options: Options) -> Program:
        """Returns the same program with other options."""
        _ = self.bindings, self.chains  # which the two then share
        program = copy.copy(self)
        program.options = options
        program.views = {}
        return program

    # Where nodes stand

    @functools.cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(newline.end() for newline in NEWLINE.finditer(self.text))]

    @functools.cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    def _offset(self, line: int, column: int) -> int:
        start = self._line_starts[line - 1]
        if not self._is_ascii:  # ast counts the bytes of UTF-8
            head = self.text[start : start + column]
            if not head.isascii():
                column = len(head.encode()[:column].decode(errors="ignore"))
        return start + column

    def start(self, node: Any) -> int:
        """Returns the offset of the start of a node, its decorators included."""
        decorators = getattr(node, "decorator_list", None)
        if decorators:
            return self.text.rindex("@", 0, self.start(decorators[0]))
        return self._offset(node.lineno, node.col_offset)

    def end(self, node: Any) -> int:
        """Returns the offset just past the end of a node."""
        return self._offset(node.end_lineno, node.end_col_offset)

    def source(self, node: Any) -> str:
        """Returns the text of a node."""
        return self.text[self.start(node) : self.end(node)]

    def end_of_value(self, attribute: ast.Attribute) -> int:
        """Returns the offset just past an attribute's object, its parentheses included."""
        end = self.end(attribute.value)
        gap = self.text[end : self.end(attribute) - len(attribute.attr)]
        return end + (gap.rfind(")", 0, gap.rfind(".")) + 1 if "#" not in gap else 0)

    # The tree

    @functools.cached_property
    def _walked(self) -> tuple[dict[ast.AST, ast.AST], dict[type[ast.AST], list[Any]]]:
        """The parent of each node, and the nodes of each kind."""
        parents: dict[ast.AST, ast.AST] = {}
        kinds: defaultdict[type[ast.AST], list[Any]] = defaultdict(list)
        stack: list[ast.AST] = [self.tree]
        while stack:
            node = stack.pop()
            kinds[type(node)].append(node)
            for child in children(node):
                parents[child] = node
                stack.append(child)
        return parents, kinds

    def nodes(self, *kinds: type[_Node]) -> Sequence[_Node]:
        """Returns every node of these kinds, in the order of the text."""
        found = [node for kind in kinds for node in self._walked[1].get(kind, ())]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    def parent(self, node: ast.AST) -> ast.AST:
        """Returns the node that node is part of."""
        return self._walked[0][node]

    def ancestors(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """Yields each enclosing node, innermost first, and its child that holds node."""
        parents = self._walked[0]
        while node in parents:
            yield parents[node], node
            node = parents[node]

    def statement(self, node: ast.AST) -> ast.stmt:
        """Returns the innermost statement that node is in."""
        while not isinstance(node, ast.stmt):
            node = self.parent(node)
        return node

    def at_top(self, statement: ast.AST) -> bool:
        """Says whether statement is in no other: it runs whenever the program gets there."""
        return self.parent(statement) is self.tree

    # Names

    @functools.cached_property
    def imports(self) -> Sequence[Import]:
        """The import statements."""
        nodes: Sequence[Any] = self.nodes(ast.Import, ast.ImportFrom)
        return [read_import(each, self.text, self.start(each), self.end(each)) for each in nodes]

    @functools.cached_property
    def bindings(self) -> Bindings:
        return Bindings(self.tree, self.imports)

    @functools.cached_property
    def chains(self) -> Sequence[Chain]:
        """The dotted expressions whose place is known."""
        return [chain for chain in self.bindings.chains if chain not in self.misplaced]

    @functools.cached_property
    def misplaced(self) -> Collection[Chain]:
        """The dotted expressions in f-strings that Python 3.11 and older misplace."""
        if sys.version_info >= (3, 12) or not self.nodes(ast.JoinedStr):
            return ()
        found: dict[Chain, None] = {}
        places: set[tuple[int, int]] = set()
        for chain in self.bindings.chains:
            if any(isinstance(outer, ast.JoinedStr) for outer, _ in self.ancestors(chain.node)):
                place = self.start(chain.node), self.end(chain.node)
                text = "".join(self.text[slice(*place)].split())
                if text != chain.spelling or place in places:
                    found[chain] = None
                places.add(place)
        return found

    def found(self, node: ast.AST, name: str = "") -> Sequence[Binding]:
        """Returns the bindings that a name node can refer to, or that name could in its place."""
        if not isinstance(node, ast.Name) or node not in self.bindings.scopes:
            return ()
        return self.bindings.scopes[node].find(name or node.id)


def view(function: Callable[[Program], _Result]) -> Callable[[Program], _Result]:
    """Caches the result of function in the program that it is computed for."""

    @functools.wraps(function)
    def computed_once(program: Program) -> _Result:
        if function not in program.views:
            program.views[function] = function(program)
        result: _Result = program.views[function]
        return result

    return computed_once
