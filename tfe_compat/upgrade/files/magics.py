"""What IPython adds to Python in the cells of a notebook: magics, shell lines, autocall, help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tfe_compat.upgrade.syntax.parsing import blank

_LINE_STARTS = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")

# Cell magics whose cell is Python in the notebook's own namespace; all others are not.
_PYTHON_CELLS = ("capture", "debug", "prun", "time", "timeit")
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")
_MAGIC_LINE = re.compile(
    r"""[ \t]*(?:
        [%!?/,;]                                         # %magic, !shell, ?help, /autocall
      | [\w.,\ \t\[\]*]+=[ \t]*[%!]                      # lines = !ls
      | (?:[\w.,\ \t]+=[ \t]*)?[\w.*\[\]'"]+\?\??;?\s*$  # help?
      | (?:pip|conda|cd|ls|cat|cp|mv|rm|mkdir|man)[ \t]+
        (?!(?:in|is|if|and|or|not|else|for)\b)[\w~./$"'-]  # a magic that goes without its sign
    )""",
    re.VERBOSE,
)
_DELIMITER = re.compile(r"#|\"\"\"|'''|\"|'|[(\[{]|[)\]}]")


def mask(text: str) -> str:
    """Returns the text of a cell with a blank for each character that is not Python.

    A magic becomes the statement `0`, so that a block that has nothing else stays one. The
    indentation that all of the cell has, which IPython takes away, becomes form feeds.
    """
    cell = _CELL_MAGIC.match(text)
    if cell and cell.group(1) not in _PYTHON_CELLS:
        return blank(text)
    lines = list(_masked_lines(_LINE_STARTS.split(text)))
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return "".join(
        "\f" * len(indent) + line[len(indent) :] if line.startswith(indent) else line
        for line in lines
    )


def _masked_lines(lines: Iterable[str]) -> Iterator[str]:
    open_brackets, quote, continued, magic = 0, "", False, False
    for line in lines:
        code = line.rstrip("\r\n")
        if continued and magic:
            yield blank(line)
            continued = code.endswith("\\")
        elif not (open_brackets or quote or continued) and _MAGIC_LINE.match(code):
            indent = code[: len(code) - len(code.lstrip(" \t"))]
            yield f"{indent}0".ljust(len(code)) + line[len(code) :]
            magic, continued = True, code.endswith("\\")
        else:
            yield line
            magic = False
            open_brackets, quote, continued = _scan(code, open_brackets, quote)


def _scan(line: str, open_brackets: int, quote: str) -> tuple[int, str, bool]:
    """Reads one line: returns the brackets and the string that are open behind it.

    The third is whether the line goes on in the next one.
    """
    place = 0
    while True:
        if quote:
            match = re.compile(rf"\\.|{quote}").search(line, place)
            if match is None:
                continued = line.endswith("\\")
                return open_brackets, quote if len(quote) == 3 or continued else "", continued
            if match.group() == quote:
                quote = ""
        else:
            match = _DELIMITER.search(line, place)
            if match is None:
                return open_brackets, "", line.endswith("\\")
            lexeme = match.group()
            if lexeme == "#":
                return open_brackets, "", False
            if lexeme in "([{":
                open_brackets += 1
            elif lexeme in ")]}":
                open_brackets = max(0, open_brackets - 1)
            else:
                quote = lexeme
        place = match.end()
