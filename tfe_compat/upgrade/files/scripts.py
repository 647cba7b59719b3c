"""Python files, and the loading of any file.

A `Script` or a `Notebook` holds what was read. Either gives its `program`, the text to make a plan
for, and takes the plan's edits back to where they belong in the file.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Union

from tfe_compat.upgrade.edits import Edit, apply, offset_after
from tfe_compat.upgrade.files.disk import Unprocessable, line_of, read
from tfe_compat.upgrade.files.notebooks import Notebook
from tfe_compat.upgrade.findings import Finding, Position, position_of


@dataclass(frozen=True)
class Script:
    """A Python file."""

    data: bytes
    text: str
    encoding: str

    cells: Sequence[int] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def program(self) -> str:
        """The text to plan changes for."""
        return self.text

    def rewritten(self, edits: Sequence[Edit]) -> str:
        """Returns the text with edits made."""
        return apply(self.text, edits)

    def positions(self, offsets: Iterable[int], edits: Sequence[Edit] = ()) -> list[Position]:
        """Returns the positions in the file of offsets in the program, once edits are made."""
        text = apply(self.text, edits)
        return [position_of(text, offset_after(offset, edits)) for offset in offsets]


Source = Union[Script, Notebook]


def load(path: str) -> Source:
    """Reads path.

    Raises:
        Unprocessable: it can't be read, is too large, or is not text in the encoding it claims.
    """
    data = read(path)
    if path.endswith(".ipynb"):
        encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
        return Notebook(data, _decode(data, encoding), encoding)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        raise Unprocessable(error.msg, 1) from error
    return Script(data, _decode(data, encoding), encoding)


def _decode(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        if text.encode(encoding) == data:
            return text
    except UnicodeDecodeError as error:
        message = f"not {encoding} text: {error.reason}"
        raise Unprocessable(message, line_of(data, error.start)) from error
    except (LookupError, ValueError) as error:
        raise Unprocessable(f"can't be decoded as {encoding}: {error}", 1) from error
    raise Unprocessable(f"{encoding} does not give the same bytes back", 1)
