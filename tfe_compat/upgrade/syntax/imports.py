"""Import statements, and where each name in them stands.

Python 3.9 has no positions for the names, and no Python has one for the module, so both are taken
from the statement's text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_LEXEME = re.compile(r"#[^\r\n]*|\\|\s+|\w+|\.+|[,*()]")


@dataclass(frozen=True, eq=False)
class Alias:
    """A name in an import statement: `a.b as c`."""

    statement: Import
    name: str  # what is imported, as it is written: "a.b"
    asname: str  # the name after `as`; empty if there is none
    start: int  # where `a.b as c` starts in the text
    name_end: int  # where `a.b` ends
    end: int  # where `a.b as c` ends

    @property
    def bound(self) -> str:
        """The name that it binds."""
        if self.asname or self.statement.is_from:
            return self.asname or self.name
        return self.name.partition(".")[0]


@dataclass(frozen=True, eq=False)
class Import:
    """An import statement."""

    node: ast.stmt
    start: int
    end: int
    module: str = ""  # for `from a.b import c`: "a.b"; empty for what is relative to a package
    module_start: int = 0  # where that starts
    module_end: int = 0  # where that ends
    names: list[Alias] = field(default_factory=list)  # what is imported; nothing for `import *`

    @property
    def is_from(self) -> bool:
        return isinstance(self.node, ast.ImportFrom)


def read_import(node: ast.Import | ast.ImportFrom, text: str, start: int, end: int) -> Import:
    """Returns the statement node, which stands in text from start to end."""
    words = list(_words(text, start, end))
    statement = Import(node, start, end)
    names_start = 1
    if isinstance(node, ast.ImportFrom):
        names_start = next(n for n, (word, _, _) in enumerate(words) if word == "import") + 1
        if not node.level:
            place = words[1][1], words[names_start - 2][2]
            statement = Import(node, start, end, node.module or "", *place)
    if node.names[0].name != "*":
        names = statement.names
        for alias, (first, name_end, last) in zip(node.names, _spans(words[names_start:])):
            names.append(Alias(statement, alias.name, alias.asname or "", first, name_end, last))
    return statement


def _words(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yields the words and punctuation of a statement, with their places."""
    while start < end:
        match = _LEXEME.match(text, start, end)
        if match is None:  # a character that only names of letters outside \\w have
            start += 1
            continue
        word = match.group()
        if word[0] != "#" and word[0] != "\\" and not word.isspace():
            yield word, match.start(), match.end()
        start = match.end()


def _spans(words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yields where each `a.b as c` starts, where its `a.b` ends, and where it ends itself."""
    piece: list[tuple[str, int, int]] = []
    for word in [*words, (",", 0, 0)]:
        if word[0] not in (",", "(", ")"):
            piece.append(word)
        elif word[0] == "," and piece:
            as_ = next((n for n, (text, _, _) in enumerate(piece) if text == "as"), len(piece))
            yield piece[0][1], piece[as_ - 1][2], piece[-1][2]
            piece = []


def import_from(module: str, names: Iterable[tuple[str, str]]) -> str:
    """Returns the statement that imports names of a module, each as another name or its own."""
    texts = (name if name == bound else f"{name} as {bound}" for name, bound in names)
    return f"from {module} import {', '.join(texts)}"


def import_of(path: str, name: str) -> str:
    """Returns the statement that binds name to the module at path."""
    return f"import {path}" if name == path else f"import {path} as {name}"
