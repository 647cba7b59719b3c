"""What is wrong with a text that LibCST does not read."""

from __future__ import annotations

import ast
import re
import warnings

TOO_DEEP = "nested too deeply"

# What Python 3 says of code that Python 2 takes. Python 3.13 has no 2to3 any more.
_PYTHON_2 = re.compile(
    r"Missing parentheses in call|multiple exception types|leading zeros|inconsistent use of tabs"
)
_STATEMENT = re.compile(
    r"[ \t]*(?:print\b[ \t]*[^\s(=.,]|exec[ \t]+\S|raise[ \t]+[\w.]+[ \t]*,|except\b[^:(]+,)|.*<>"
)
_FISSIX = "; if it is Python 2: pip install fissix, then python -m fissix -w FILE"


def parse(text: str) -> None:
    """Parses text as the Python that is running: fast.

    Raises:
        SyntaxError: it is not Python of this release.
        ValueError: it is no text that Python reads.
        RecursionError, MemoryError: it is nested too deeply.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ast.parse(text)


def explain(text: str, message: str) -> tuple[str, int]:
    """Says why text is no Python 3, and from which line on (0: unknown).

    Python's own word for it is clearer than message, which is LibCST's, and has a line.
    """
    try:
        parse(text)
    except SyntaxError as error:
        return f"not Python 3: {error.msg}{_advice(error)}", error.lineno or 0
    except (RecursionError, MemoryError):
        return TOO_DEEP, 0
    except ValueError as error:
        return f"not Python 3: {error}", 0
    place = re.search(r"error at (\d+):\d+", message)
    advice = _FISSIX if "except A, B" in message else ""  # which Python 3.14 reads
    return f"not understood: {message}"[:500] + advice, int(place.group(1)) if place else 0


def _advice(error: SyntaxError) -> str:
    """Returns how to bring a text to Python 3, if error is one that code of Python 2 gives."""
    line = error.text or ""
    python_2 = _PYTHON_2.search(error.msg) or _STATEMENT.match(line)
    return _FISSIX if python_2 else ""
