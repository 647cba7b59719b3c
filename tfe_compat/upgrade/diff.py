"""The difference between two contents of a file, as `git apply` takes it."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from typing import TextIO

_COLORS = ((b"---", "1"), (b"+++", "1"), (b"@@", "36"), (b"-", "31"), (b"+", "32"))


def unified(path: str, old: bytes, new: bytes) -> Iterator[bytes]:
    """Yields the lines of the diff: bytes, because a patch has to fit whatever the encoding is."""
    name = os.path.relpath(path).replace(os.sep, "/")
    before, after = (f"{side}/{name}" + "\t" * (" " in name) for side in "ab")  # as git does
    lines = difflib.diff_bytes(
        difflib.unified_diff, _lines(old), _lines(new), os.fsencode(before), os.fsencode(after)
    )
    for line in lines:
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def show(stream: TextIO, path: str, old: bytes, new: bytes) -> None:
    """Writes the diff: in colours on a terminal that takes them, else byte for byte."""
    colored = takes_colors(stream)
    stream.flush()
    for line in unified(path, old, new):
        if colored:
            color = next((color for start, color in _COLORS if line.startswith(start)), "")
            text = line.decode(errors="backslashreplace").rstrip("\r\n")
            stream.write(f"\x1b[{color}m{text}\x1b[m\n")
        elif hasattr(stream, "buffer"):
            stream.buffer.write(line)
        else:
            stream.write(line.decode(errors="backslashreplace"))


def takes_colors(stream: TextIO) -> bool:
    """Says whether stream is a terminal whose user wants colours (https://no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream.isatty()


def _lines(data: bytes) -> list[bytes]:
    return [line for line in re.split(rb"(?<=\n)", data) if line]
