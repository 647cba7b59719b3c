"""What is wrong with a text that LibCST does not read."""

from __future__ import annotations

import ast
import re
import warnings

TOO_DEEP = "nested too deeply"


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
        return f"not Python 3: {error.msg}", error.lineno or 0
    except (RecursionError, MemoryError):
        return TOO_DEEP, 0
    except ValueError as error:
        return f"not Python 3: {error}", 0
    place = re.search(r"error at (\d+):\d+", message)
    return f"not understood: {message}"[:500], int(place.group(1)) if place else 0
