"""Parses text into the syntax tree of Python 3, or says why it can't."""

from __future__ import annotations

import ast
import contextlib
import re
import symtable
import sys
import warnings
from collections.abc import Sequence

from tfe_compat.upgrade.edits import NEWLINE

_PYTHON_2 = re.compile(
    r"Missing parentheses in call|multiple exception types|leading zeros|inconsistent use of tabs"
)
_PYTHON_2_LINE = re.compile(
    r"[ \t]*(?:print\b[ \t]*[^\s(=.,]|exec[ \t]+\S|raise[ \t]+[\w.]+[ \t]*,|except\b[^:(]+,)|.*<>"
)
_FISSIX = "; if it is Python 2: pip install fissix, then python -m fissix -w FILE"
_EXCEPT_COMMA = re.compile(r"\bexcept\b[^:#(]*,")
_ASYNC = re.compile(r"[\w.]*\b(?:async|await)\b[ \t]*(?:[=,).:\[]|$)|\.(?:async|await)\b")
# What a line that does not parse looks like, and the first Python that reads it.
_NEWER = (
    (re.compile(r"[ \t]*(?:match|case)\b.*:"), (3, 10)),
    (re.compile(r"[ \t]*with[ \t]*\("), (3, 10)),
    (re.compile(r"[ \t]*except[ \t]*\*"), (3, 11)),
    (re.compile(r"[ \t]*type[ \t]+\w+.*=|[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+\["), (3, 12)),
    (re.compile(r".*\b[rR]?[fF][rR]?['\"]"), (3, 12)),
)


class NotPython(Exception):
    """The text is not Python 3: why, and at which line (0: unknown)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def parse(text: str) -> ast.Module:
    """Returns the syntax tree of text.

    Raises:
        NotPython: text is not what this release of Python reads.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if sys.version_info < (3, 11):
                _check_depth(text)
            tree = ast.parse(text)
    except SyntaxError as error:
        line = error.lineno or 0
        raise NotPython(f"not Python 3: {error.msg}{_advice(text, error)}", line) from None
    except (RecursionError, MemoryError):
        raise NotPython("nested too deeply") from None
    except ValueError as error:
        raise NotPython(f"not Python 3: {error}") from None
    if _EXCEPT_COMMA.search(text):
        _reject_python_2(tree, text)
    return tree


def parse_cells(
    text: str, cells: Sequence[int]
) -> tuple[str, ast.Module, Sequence[tuple[int, str]]]:
    """Parses the code cells of a notebook, leaving out those that are not Python.

    Args:
        text: A script, or the code cells of a notebook.
        cells: Where each cell starts; nothing for a script.

    Returns:
        The text, in which those cells are blank, character for character; its syntax tree; and of
        each of those cells the place of the error and its message.

    Raises:
        NotPython: text is not Python 3, and no cell alone is to blame.
    """
    try:
        return text, parse(text), ()
    except NotPython:
        if not cells:
            raise
    rejected = []
    kept = []
    for start, end in zip(cells, [*cells[1:], len(text)]):
        cell = text[start:end]
        try:
            parse(cell)
        except NotPython as error:
            rejected.append((start + line_start(cell, error.line), error.message))
            cell = blank(cell)
        kept.append(cell)
    text = "".join(kept)
    return text, parse(text), rejected


def line_start(text: str, line: int) -> int:
    """Returns the offset at which a line, from 1, starts."""
    starts = [0, *(newline.end() for newline in NEWLINE.finditer(text))]
    return starts[min(max(line, 1), len(starts)) - 1]


def _line(text: str, number: int) -> str:
    """Returns a line, which a form feed, unlike in `str.splitlines`, does not end."""
    return NEWLINE.split(text[line_start(text, number) :], maxsplit=1)[0]


def blank(text: str) -> str:
    """Returns text with every character but the newlines replaced by a blank."""
    return "".join(each if each in "\r\n" else " " for each in text)


def _reject_python_2(tree: ast.Module, text: str) -> None:
    """Raises NotPython for `except A, e:`, which Python 3.14 takes for `except (A, e):`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ExceptHandler)
            and isinstance(node.type, ast.Tuple)
            and _EXCEPT_COMMA.search(_line(text, node.lineno))
        ):
            raise NotPython(f"not Python 3: except A, B without parentheses{_FISSIX}", node.lineno)


def _check_depth(text: str) -> None:
    """Raises RecursionError where `ast.parse` of Python 3.9 and 3.10 would end the process."""
    with contextlib.suppress(SyntaxError):  # ast.parse says so too, unless it is about scopes
        symtable.symtable(text, "", "exec")


def _advice(text: str, error: SyntaxError) -> str:
    """Returns which Python can read the text, as far as the line of the error shows."""
    line = _line(text, error.lineno) if error.lineno else ""
    if _PYTHON_2.search(error.msg) or _PYTHON_2_LINE.match(line):
        return _FISSIX
    if _ASYNC.search(line):
        return "; async and await are names in Python 3.6 and older only: rename them"
    for pattern, version in _NEWER:
        if pattern.match(line) and sys.version_info < version:
            return f"; if Python {version[0]}.{version[1]} reads it, run tfe-upgrade with that"
    return ""
