"""Notebooks: their code cells form one program, and its edits go back into the cells."""

from __future__ import annotations

import bisect
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Callable

from tfe_compat.upgrade.edits import Edit, apply, offset_after
from tfe_compat.upgrade.files.disk import Unprocessable
from tfe_compat.upgrade.files.magics import mask
from tfe_compat.upgrade.findings import Finding, Position, position_of, unfollowed
from tfe_compat.upgrade.relevance import relevant

_MENTION = re.compile(r"\b(?:\w+\.)?contrib\.eager\b|\btensorflow\.contrib\s+import\b.*\beager\b")
_ESCAPED_BY_COLAB = "<>&'\u2028\u2029"
_INDENT = re.compile(r"[\[{]\r?\n([ \t]*)")


@dataclass(frozen=True)
class _Cell:
    """A code cell: its number among all cells, its JSON, and its source as text."""

    number: int
    json: dict[str, Any]
    text: str

    def set(self, text: str) -> None:
        """Changes the source: a list of lines stays one, and a string stays a string."""
        is_text = isinstance(self.json["source"], str)
        self.json["source"] = text if is_text else text.splitlines(keepends=True)


class Notebook:
    """A Jupyter notebook. Its program is all its code cells, one after the other.

    What is not Python there (magics, shell lines) is blank in the program, character for
    character, so that an offset in the program is one in the cells.


    Raises:
        Unprocessable: it is no notebook, or not one of Python.
    """

    def __init__(self, data: bytes, text: str, encoding: str) -> None:
        self.data = data
        self.encoding = encoding
        self._text = text
        self._code = list(_code_cells(_content(text), text))
        masked = [mask(cell.text) for cell in self._code]
        self.program = "\n".join(masked)  # the code cells
        self.cells: Sequence[int] = [  # where each of them starts in the program
            0,
            *itertools.accumulate(len(each) + 1 for each in masked[:-1]),
        ][: len(masked)]
        self.findings = tuple(  # the mentions of tf.contrib.eager that are blank in the program
            mention
            for cell, code, start in zip(self._code, masked, self.cells)
            for mention in _mentions(cell.text, code, start)
        )

    def rewritten(self, edits: Sequence[Edit]) -> str:
        """Returns the text of the file with edits of the program made.

        Raises:
            Unprocessable: the text is not laid out in a way that can be kept.
        """
        content = _content(self._text)
        dump = _layout(content, self._text)
        for index, cell in enumerate(_code_cells(content, self._text)):
            mine = self._edits_of(index, edits)
            if mine:
                cell.set(apply(cell.text, mine))
        return dump(content)

    def positions(self, offsets: Iterable[int], edits: Sequence[Edit] = ()) -> list[Position]:
        """Returns the positions in the cells of offsets in the program, once edits are made."""
        return [self._position(offset, edits) for offset in offsets]

    def _position(self, offset: int, edits: Sequence[Edit]) -> Position:
        index = bisect.bisect_right(self.cells, offset) - 1
        cell, mine = self._code[index], self._edits_of(index, edits)
        after = offset_after(offset - self.cells[index], mine)
        return position_of(apply(cell.text, mine), after, cell.number)

    def _edits_of(self, index: int, edits: Sequence[Edit]) -> list[Edit]:
        start = self.cells[index]
        end = start + len(self._code[index].text)
        return [
            # That a line goes with its end may take away what joins two cells.
            Edit(edit.start - start, min(edit.end, end) - start, edit.text)
            for edit in edits
            if start <= edit.start <= end
        ]


def _mentions(text: str, code: str, start: int) -> Iterator[Finding]:
    """Yields a finding for each mention of the module that is blank in the program."""
    for mention in _MENTION.finditer(text):
        if code[mention.end() - len("eager") : mention.end()].isspace():
            message = "in a magic or a cell that is not Python"
            yield unfollowed(start + mention.start(), mention.group(), message)


def _content(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unprocessable(f"not a notebook: {error.msg}", error.lineno) from error
    except (RecursionError, ValueError) as error:  # a number of more than 4300 digits
        raise Unprocessable(f"not a notebook: {str(error)[:80]}") from error


def _layout(content: Any, text: str) -> Callable[[Any], str]:
    """Returns the function that dumps content in the layout of text."""
    indent = _INDENT.match(text.lstrip())
    separators = [(",", ": ")] if indent else [(", ", ": "), (",", ":")]
    escaped = {each: f"\\u{ord(each):04x}" for each in _ESCAPED_BY_COLAB}
    escaped = {each: code for each, code in escaped.items() if code in text}
    newline = "\r\n" if "\r\n" in text else "\n"
    end = text[len(text.rstrip()) :]

    def dump(content: Any, separators: tuple[str, str], ensure_ascii: bool) -> str:
        new = json.dumps(
            content,
            indent=indent.group(1) if indent else None,
            separators=separators,
            ensure_ascii=ensure_ascii,
        )
        for character, code in escaped.items():  # they stand in strings only
            new = new.replace(character, code)
        return new.replace("\n", newline) + end

    for layout in itertools.product(separators, (False, True)):
        if dump(content, *layout) == text:
            return lambda content: dump(content, *layout)
    raise Unprocessable(
        "open and save it with Jupyter first: its JSON is not laid out as Jupyter or Colab does "
        "it, and what is not code would change too"
    )


def _code_cells(content: Any, text: str) -> Iterator[_Cell]:
    """Yields the code cells of a notebook of format 4."""
    if not isinstance(content, dict):
        raise Unprocessable("not a notebook: no JSON object", 1)
    language = _language(content)
    if not language.lower().startswith(("python", "ipython")):
        if relevant(text):
            raise Unprocessable(f"the notebook's language is {language}, not Python")
        return
    if "worksheets" in content:
        raise Unprocessable("a notebook of format 3, of 2013: open and save it with Jupyter first")
    if not isinstance(content.get("cells"), list):
        raise Unprocessable("not a notebook: no cells", 1)
    for number, cell in enumerate(content["cells"], start=1):
        code = _get(cell, "source") if _get(cell, "cell_type") == "code" else None
        if code is not None:
            yield _Cell(number, cell, _joined(code, number))


def _joined(code: Any, number: int) -> str:
    lines = code if isinstance(code, list) else [code]
    if not all(isinstance(line, str) for line in lines):
        raise Unprocessable("not a notebook: source that is no text", cell=number)
    return "".join(lines)


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _language(content: dict[str, Any]) -> str:
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        language = _get(_get(content.get("metadata"), section), key)
        if isinstance(language, str):
            return language
    return "python"
