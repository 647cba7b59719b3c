"""From text to the syntax tree of Python 3, or to what is wrong with the text."""

from __future__ import annotations

import ast
import contextlib
import re
import symtable
import sys
import warnings

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
    """A text that is not Python 3, why, and from which line on (0: unknown)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def parse(text: str) -> ast.Module:
    r"""Returns the syntax tree of text.

    Example:
        >>> parse("x = 1").body[0].lineno
        1
        >>> parse("x = 1\nprint x")
        Traceback (most recent call last):
        ...
        tfe_compat.upgrade.syntax.parsing.NotPython: not Python 3: Missing parentheses in call ...

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


def _reject_python_2(tree: ast.Module, text: str) -> None:
    """Raises NotPython for `except A, e:`, which Python 3.14 takes for `except (A, e):`."""
    lines = text.splitlines()
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Tuple):
            line = lines[node.lineno - 1]
            if _EXCEPT_COMMA.search(line):
                raise NotPython(
                    f"not Python 3: except A, B without parentheses{_FISSIX}", node.lineno
                )


def _check_depth(text: str) -> None:
    """Raises RecursionError where `ast.parse` of Python 3.9 and 3.10 would end the process."""
    with contextlib.suppress(SyntaxError):  # ast.parse says so too, unless it is about scopes
        symtable.symtable(text, "", "exec")


def _advice(text: str, error: SyntaxError) -> str:
    """Returns which Python reads the text, as far as the line of the error tells."""
    lines = text.splitlines()
    line = lines[error.lineno - 1] if error.lineno and error.lineno <= len(lines) else ""
    if _PYTHON_2.search(error.msg) or _PYTHON_2_LINE.match(line):
        return _FISSIX
    if _ASYNC.search(line):
        return "; async and await are names in Python 3.6 and older only: rename them"
    for pattern, version in _NEWER:
        if pattern.match(line) and sys.version_info < version:
            return f"; if Python {version[0]}.{version[1]} reads it, run tfe-upgrade with that"
    return ""
