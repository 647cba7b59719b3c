"""A parsed program: its text, its tree, and what each expression in it means."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from tfe_compat.upgrade.bindings import Bindings
from tfe_compat.upgrade.edits import NEWLINE, Finding
from tfe_compat.upgrade.homes import HOMES
from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.paths import COMPAT, TENSORFLOW, UNKNOWN, canonical, join
from tfe_compat.upgrade.scopes import Binding, aliases
from tfe_compat.upgrade.tree import Chain, Tree

_EXCEPT_COMMA = re.compile(r"\bexcept\b[^:#]*,")
_FOLLOWED = (TENSORFLOW, COMPAT, *HOMES)  # through `name = module`


class _PositionWrapper(MetadataWrapper):
    """Gives positions alone: for them LibCST visits no node, and yet walks the whole tree."""

    def visit_batched(self, *args: Any, **options: Any) -> cst.CSTNode:
        return self.module


class Program:
    """What the stages read. Nothing here changes once it is made; what is costly waits for its use.

    Attributes:
        text: The program as it was given.
        options: What to rewrite.
        notebook: Whether it is the code cells of a notebook, one after the other.
        module: Its syntax tree.

    Raises:
        libcst.ParserSyntaxError: The text is not Python 3.
    """

    def __init__(self, text: str, cells: Sequence[int] = (), options: Options = DEFAULT) -> None:
        self.text = text
        self.options = options
        self.notebook = bool(cells)
        self._clean, self._line_starts = _without_form_feeds(text)
        self.module = cst.parse_module(self._clean)
        self._targets: dict[Binding, frozenset[str]] = {}
        self._reject_python_2()

    def _reject_python_2(self) -> None:
        """Raises an error for `except A, e:`, which LibCST takes for that of Python 3.14."""
        if not _EXCEPT_COMMA.search(self.text):
            return
        for handler in self.tree.nodes(cst.ExceptHandler):
            if isinstance(handler.type, cst.Tuple) and not handler.type.lpar:
                place = self._positions[handler].start
                raise cst.ParserSyntaxError(
                    f"error at {place.line}:{place.column}: except A, B without parentheses",
                    lines=self._clean.splitlines(keepends=True),
                    raw_line=place.line,
                    raw_column=place.column,
                )

    @functools.cached_property
    def tree(self) -> Tree:
        return Tree(self.module)

    @functools.cached_property
    def bindings(self) -> Bindings:
        return Bindings(self.module)

    # Where nodes stand

    @functools.cached_property
    def _positions(self) -> Mapping[cst.CSTNode, CodeRange]:
        wrapper = _PositionWrapper(self.module, unsafe_skip_copy=True)
        if self.module.code.rstrip() != self._clean.rstrip():  # LibCST drops blanks at the end
            raise ValueError("LibCST does not give this text back as it was")
        return wrapper.resolve(PositionProvider)

    def start(self, node: cst.CSTNode) -> int:
        """Returns the offset of the first character of node, without layout before it."""
        decorators = getattr(node, "decorators", ())
        place = self._positions[decorators[0] if decorators else node].start
        return self._line_starts[place.line - 1] + place.column

    def end(self, node: cst.CSTNode) -> int:
        """Returns the offset behind the last character of node, without layout after it."""
        place = self._positions[node].end
        return self._line_starts[place.line - 1] + place.column

    def parent(self, node: cst.CSTNode) -> cst.CSTNode:
        """Returns the node that node is part of."""
        return self.tree.parents[node]

    def at_top(self, statement: cst.CSTNode) -> bool:
        """Says whether statement stands in no other: it runs if the program runs to there."""
        return self.parent(self.parent(statement)) is self.module

    # What expressions mean

    def found(self, node: cst.BaseExpression, name: str = "") -> Sequence[Binding]:
        """Returns all that the name node can mean, or name in its place; nothing if it is none."""
        if not isinstance(node, cst.Name) or node not in self.bindings.scopes:
            return ()
        return self.bindings.scopes[node].find(name or node.value)

    def targets(self, name: cst.BaseExpression) -> frozenset[str]:
        """Returns the paths of all that name can be bound to; nothing if no binding is here."""
        return frozenset().union(*(self.target(each) for each in self.found(name)))

    def paths(self, node: cst.BaseExpression) -> frozenset[str]:
        """Returns the path of all that a dotted expression can mean: "tensorflow.contrib.eager"."""
        chain = Chain(node)
        return frozenset(join(target, *chain.names) for target in self.targets(chain.root))

    def target(self, binding: Binding) -> frozenset[str]:
        """Returns the paths of what binding binds its name to."""
        if binding not in self._targets:
            self._targets[binding] = frozenset()  # `tf = tf` says nothing
            self._targets[binding] = self._target(binding)
        return self._targets[binding]

    def _target(self, binding: Binding) -> frozenset[str]:
        if binding.alias is not None:
            return frozenset([imported(binding.node, binding.alias)])
        if binding.value is None:
            return frozenset([UNKNOWN])
        if isinstance(binding.value, cst.Name) and binding.value.value in ("None", "False"):
            return frozenset()  # the stand-in of an optional import
        paths = self.paths(binding.value) or {UNKNOWN}
        return frozenset(path if path in _FOLLOWED else UNKNOWN for path in paths)

    def finding(self, node: cst.CSTNode, kind: str, name: str, message: str) -> Finding:
        """Returns a finding at node."""
        return Finding(self.start(node), kind, name, message)

    def unfollowed(self, node: cst.CSTNode, name: str, message: str) -> Finding:
        """Returns the finding that what stands at node is left as it is, and why."""
        return self.finding(node, "unfollowed", name, f"not rewritten; {message}")


def module_of(statement: cst.ImportFrom) -> str:
    """Returns the path of the module that statement imports from."""
    if statement.relative or statement.module is None:
        return UNKNOWN
    return canonical(get_full_name_for_node(statement.module) or UNKNOWN)


def imported(statement: cst.CSTNode, alias: cst.ImportAlias) -> str:
    """Returns the path of what alias, a name in the import statement, binds."""
    path = alias.evaluated_name
    if isinstance(statement, cst.ImportFrom):
        return join(module_of(statement), path)
    return canonical(path if alias.asname else path.partition(".")[0])


def imported_modules(program: Program) -> Iterator[str]:
    """Yields what the program imports, as it is written: "a.b", or ".b" for one of its package.

    What `from a import b` takes from a module may be a module itself, and is given as "a.b".
    """
    for statement in program.bindings.imports:
        if isinstance(statement, cst.Import):
            yield from (alias.evaluated_name for alias in statement.names)
        else:
            module = "." * len(statement.relative)
            if statement.module is not None:
                module += get_full_name_for_node(statement.module) or UNKNOWN
            yield module
            separator = "" if module.endswith(".") else "."
            yield from (f"{module}{separator}{each.evaluated_name}" for each in aliases(statement))


def _without_form_feeds(text: str) -> tuple[str, list[int]]:
    """Returns text as LibCST needs it, which drops form feeds, and where its lines start in text.

    A form feed in front of a statement is not indentation to Python; any other is but a space.
    """
    clean: list[str] = []
    starts: list[int] = []
    ends = [*NEWLINE.finditer(text), None]
    start = 0
    for end in ends:
        line = text[start : end.start() if end else len(text)]
        blank = len(line) - len(line.lstrip(" \t\f"))
        skipped = line.rfind("\f", 0, blank) + 1
        clean += [line[skipped:].replace("\f", " "), end.group() if end else ""]
        starts.append(start + skipped)
        start = end.end() if end else len(text)
    return "".join(clean), starts
