"""Notebooks: their code cells as one program, and edits put back into the JSON text.

The JSON text is never written anew: an edit changes the strings of the lines that it touches, so
that the layout of all the rest, numbers and escapes too, is kept byte for byte.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tfe_compat.upgrade.edits import Edit, Finding, Place, apply, moved, position, relevant
from tfe_compat.upgrade.files import Unprocessable
from tfe_compat.upgrade.json_text import Literal, edit_literals, parse
from tfe_compat.upgrade.magics import mask

_MENTION = re.compile(r"\b(?:\w+\.)?contrib\.eager\b|\btensorflow\.contrib\s+import\b.*\beager\b")


@dataclass(frozen=True)
class _Cell:
    """A code cell: its number among all cells, and its source, in one string or in a list."""

    number: int
    literals: Sequence[Literal]
    in_list: bool

    @property
    def text(self) -> str:
        return "".join(self.literals)


class Notebook:
    """A Jupyter notebook. Its program is all its code cells, one after the other.

    What is not Python there (magics, shell lines) is blank in the program, character for
    character, so that an offset in the program is one in the cells.
    """

    def __init__(self, data: bytes, text: str, encoding: str) -> None:
        self.data = data
        self.text = text
        self.encoding = encoding
        self._code = list(_code_cells(text))
        self.program = ""
        self.findings: tuple[Finding, ...] = ()
        starts: list[int] = []
        for cell in self._code:
            starts.append(len(self.program))
            code = mask(cell.text)
            self.findings += tuple(_mentions(cell.text, code, len(self.program)))
            self.program += code + "\n"
        self.program = self.program[:-1]
        self.cells: Sequence[int] = starts  # where each cell starts in the program

    def rewritten(self, edits: Sequence[Edit]) -> str:
        changes: list[Edit] = []
        for index, cell in enumerate(self._code):
            changes += edit_literals(
                self.text, cell.literals, cell.in_list, self._edits_of(index, edits)
            )
        return apply(self.text, changes)

    def places(self, offsets: Iterable[int], edits: Sequence[Edit] = ()) -> list[Place]:
        """Where offsets in the program stand in the cells, once edits are made."""
        return [self._place(offset, edits) for offset in offsets]

    def _place(self, offset: int, edits: Sequence[Edit]) -> Place:
        index = bisect.bisect_right(self.cells, offset) - 1
        cell, mine = self._code[index], self._edits_of(index, edits)
        after = moved(offset - self.cells[index], mine)
        return Place(*position(apply(cell.text, mine), after), cell.number)

    def _edits_of(self, index: int, edits: Sequence[Edit]) -> list[Edit]:
        start = self.cells[index]
        end = start + len(self._code[index].text)
        return [
            Edit(edit.start - start, edit.end - start, edit.text)
            for edit in edits
            if start <= edit.start and edit.end <= end
        ]


def _mentions(text: str, code: str, offset: int) -> Iterator[Finding]:
    """Yields a finding for each mention of the module that is blank in the program."""
    for mention in _MENTION.finditer(text):
        if code[mention.end() - len("eager") : mention.end()].isspace():
            message = "not rewritten; in a magic or a cell that is not Python"
            yield Finding(offset + mention.start(), "unfollowed", mention.group(), message)


def _code_cells(text: str) -> Iterator[_Cell]:
    """Yields the code cells of a notebook of format 4, or of format 3 and its worksheets."""
    content = parse(text)
    if not isinstance(content, dict):
        raise Unprocessable("not a notebook: no JSON object", 1)
    language = _language(content)
    if not language.lower().startswith(("python", "ipython")):
        if relevant(text):
            raise Unprocessable(f"the notebook's language is {language}, not Python")
        return
    if isinstance(content.get("cells"), list):
        sheets, source = [content], "source"
    elif isinstance(content.get("worksheets"), list):
        sheets, source = content["worksheets"], "input"
    else:
        raise Unprocessable("not a notebook: no cells", 1)
    numbers = itertools.count(1)
    for cell in itertools.chain.from_iterable(_get(sheet, "cells") or () for sheet in sheets):
        number = next(numbers)
        code = _get(cell, source) if _get(cell, "cell_type") == "code" else None
        if code is not None:
            yield _cell(number, code)


def _cell(number: int, code: Any) -> _Cell:
    if not isinstance(code, (str, list)):
        raise Unprocessable("not a notebook: a list was expected", cell=number)
    literals: list[Any] = code if isinstance(code, list) else [code]
    if not all(isinstance(literal, Literal) for literal in literals):
        raise Unprocessable("not a notebook: source that is no text", cell=number)
    return _Cell(number, literals, isinstance(code, list))


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _language(content: dict[str, Any]) -> str:
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        language = _get(_get(content.get("metadata"), section), key)
        if isinstance(language, str):
            return language
    return "python"
