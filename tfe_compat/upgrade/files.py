"""Source files and notebooks on disk: find them, read them, put new ones in their place.

A `Script` or a `Notebook` holds what was read. Either gives its `program`, the text to make a plan
for, and takes the plan's edits back to where they belong in the file.
"""

from __future__ import annotations

import bisect
import contextlib
import errno
import io
import itertools
import json
import os
import re
import stat
import tempfile
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tfe_compat.upgrade.edits import Edit, Finding, apply, moved, position, relevant

LARGEST = 5_000_000  # bytes
SUFFIXES = (".py", ".ipynb")
_SKIPPED_FOLDERS = ("__pycache__", "node_modules")

# Cell magics whose cell is Python in the notebook's own namespace; all others are not.
_PYTHON_CELLS = ("capture", "debug", "prun", "time", "timeit")
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")
_MAGIC_LINE = re.compile(
    r"""[ \t]*(?:
        [%!?]                                            # %magic, !shell, ?help
      | [\w.,\ \t\[\]*]+=[ \t]*[%!]                      # lines = !ls
      | (?:[\w.,\ \t]+=[ \t]*)?[\w.*\[\]'"]+\?\??;?\s*$  # help?
      | (?:pip|conda|cd|ls|cat|cp|mv|rm|mkdir|man)[ \t]+
        (?!(?:in|is|if|and|or|not|else|for)\b)[\w~./$"'-]  # a magic that goes without its sign
    )""",
    re.VERBOSE,
)
_LEXEME = re.compile(r"#|\"\"\"|'''|\"|'|[(\[{]|[)\]}]")
_MENTION = re.compile(r"\b(?:\w+\.)?contrib\.eager\b|\btensorflow\.contrib\s+import\b.*\beager\b")


class Unprocessable(Exception):
    """A file that is left as it is, why, and from which line (and cell) on, if known."""

    def __init__(self, message: str, line: int | None = None, cell: int | None = None):
        super().__init__(message)
        self.message = message
        self.line = line
        self.cell = cell


@dataclass(frozen=True)
class Found:
    """A path to look at: named by the caller, or met in a folder."""

    path: str
    named: bool
    error: Unprocessable | None = None


@dataclass(frozen=True)
class Place:
    """A line and a column, both from 1; in a notebook, those of the cell, also from 1."""

    line: int
    column: int
    cell: int | None = None


def find(paths: Iterable[str]) -> Iterator[Found]:
    """Yields each file under paths once, however many links lead to it, in order of name.

    A folder gives its .py and .ipynb files; hidden ones, __pycache__, node_modules and virtual
    environments are passed over. A path that is named itself is taken as it is.
    """
    seen: set[str] = set()
    for path in paths:
        yield from _find(path, True, seen)


def _find(path: str, named: bool, seen: set[str]) -> Iterator[Found]:
    try:
        mode = os.stat(path).st_mode
        entries = sorted(os.listdir(path)) if stat.S_ISDIR(mode) else []
    except OSError as error:
        yield Found(path, named, Unprocessable(_reason(error, path)))
        return
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    if stat.S_ISREG(mode):
        yield Found(path, named)
    elif not stat.S_ISDIR(mode):
        yield Found(path, named, Unprocessable("not a regular file"))
    elif named or "pyvenv.cfg" not in entries:
        for entry in entries:
            inner = os.path.join(path, entry)
            wanted = entry.endswith(SUFFIXES) or (
                entry not in _SKIPPED_FOLDERS and os.path.isdir(inner)
            )
            if wanted and not entry.startswith("."):
                yield from _find(inner, False, seen)


def _reason(error: OSError, path: str) -> str:
    if error.errno == errno.ENOENT and os.path.islink(path):
        return f"a link to what does not exist: {os.readlink(path)}"
    return error.strerror or str(error)


def read(path: str) -> Script | Notebook:
    """Reads path.

    Raises:
        Unprocessable: it can't be read, is too large, or is not text in the encoding it claims.
    """
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(LARGEST + 1) if size <= LARGEST else b""
    except OSError as error:
        raise Unprocessable(_reason(error, path)) from error
    if max(size, len(data)) > LARGEST:
        raise Unprocessable(f"larger than {LARGEST // 1_000_000} MB")
    if b"\0" in data:
        raise Unprocessable("binary, not text", _line_of(data, data.index(b"\0")))
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
        raise Unprocessable(message, _line_of(data, error.start)) from error
    except (LookupError, ValueError) as error:
        raise Unprocessable(f"can't be decoded as {encoding}: {error}", 1) from error
    raise Unprocessable(f"{encoding} does not give the same bytes back", 1)


def _line_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def write(path: str, old: bytes, new: bytes) -> None:
    """Replaces the content old of path, or of what it links to, by new, in one step.

    Until that step nothing is changed, and a failure before it leaves no trace.

    Raises:
        Unprocessable: path can't be written, or its content is not old any more.
    """
    path = os.path.realpath(path)
    try:
        with open(path, "rb") as file:
            if file.read() != old:
                raise Unprocessable("changed since it was read; not written")
        if not os.access(path, os.W_OK):
            raise Unprocessable("read-only; not written")
        _replace(path, new)
    except OSError as error:
        raise Unprocessable(f"not written: {error.strerror or error}") from error


def _replace(path: str, data: bytes) -> None:
    status = os.stat(path)
    descriptor, temporary = tempfile.mkstemp(prefix=".tfe-upgrade-", dir=os.path.dirname(path))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):  # only root may give a file away
                os.chown(temporary, status.st_uid, status.st_gid)
        os.chmod(temporary, stat.S_IMODE(status.st_mode))
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


@dataclass(frozen=True)
class Script:
    """A Python file."""

    data: bytes
    text: str
    encoding: str

    is_notebook = False
    findings: tuple[Finding, ...] = ()

    @property
    def program(self) -> str:
        return self.text

    def rewritten(self, edits: Sequence[Edit]) -> str:
        return apply(self.text, edits)

    def places(self, offsets: Iterable[int], edits: Sequence[Edit] = ()) -> list[Place]:
        """Where offsets in the program stand in the file, once edits are made."""
        text = apply(self.text, edits)
        return [Place(*position(text, moved(offset, edits))) for offset in offsets]


@dataclass(frozen=True)
class _Literal:
    """A JSON string: its value, and where it stands in the JSON text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Cell:
    """A code cell: its number among all cells, its source, and where its JSON array begins."""

    number: int
    literals: Sequence[_Literal]
    array: int | None

    @property
    def text(self) -> str:
        return "".join(literal.value for literal in self.literals)


class Notebook:
    """A Jupyter notebook. Its program is all its code cells, one after the other.

    What is not Python there (magics, shell lines) is blank in the program, character for
    character, so that an offset in the program is one in the cells.
    """

    is_notebook = True

    def __init__(self, data: bytes, text: str, encoding: str) -> None:
        self.data = data
        self.text = text
        self.encoding = encoding
        self.cells: list[_Cell] = []
        self.starts: list[int] = []
        self.findings: tuple[Finding, ...] = ()
        try:
            content = _DECODER.decode(text)
            if not isinstance(content, dict):
                raise Unprocessable("not a notebook: no JSON object", 1)
            language = _language(content)
            if language.lower().startswith(("python", "ipython")):
                self.cells = list(_code_cells(text, content))
            elif relevant(text):
                raise Unprocessable(f"the notebook's language is {language}, not Python")
        except json.JSONDecodeError as error:
            raise Unprocessable(f"not a notebook: {error.msg}", error.lineno) from error
        except RecursionError as error:
            raise Unprocessable("not a notebook: nested too deeply") from error
        self.program = self._program()

    def _program(self) -> str:
        masked: list[str] = []
        findings: list[Finding] = []
        offset = 0
        for cell in self.cells:
            code = _mask(cell.text)
            for mention in _MENTION.finditer(cell.text):
                if code[mention.end() - len("eager") : mention.end()].isspace():
                    message = "not rewritten; in a magic or a cell that is not Python"
                    start = offset + mention.start()
                    findings.append(Finding(start, "unfollowed", mention.group(), message))
            self.starts.append(offset)
            masked.append(code)
            offset += len(code) + 1
        self.findings = tuple(findings)
        return "\n".join(masked)

    def _edits_of(self, index: int, edits: Sequence[Edit]) -> list[Edit]:
        start = self.starts[index]
        end = start + len(self.cells[index].text)
        return [
            Edit(edit.start - start, edit.end - start, edit.text)
            for edit in edits
            if start <= edit.start and edit.end <= end
        ]

    def rewritten(self, edits: Sequence[Edit]) -> str:
        changes: list[Edit] = []
        for index, cell in enumerate(self.cells):
            changes += _edit_literals(self.text, cell, self._edits_of(index, edits))
        return apply(self.text, changes)

    def places(self, offsets: Iterable[int], edits: Sequence[Edit] = ()) -> list[Place]:
        """Where offsets in the program stand in the cells, once edits are made."""
        return [self._place(offset, edits) for offset in offsets]

    def _place(self, offset: int, edits: Sequence[Edit]) -> Place:
        index = bisect.bisect_right(self.starts, offset) - 1
        cell, mine = self.cells[index], self._edits_of(index, edits)
        after = moved(offset - self.starts[index], mine)
        return Place(*position(apply(cell.text, mine), after), cell.number)


def _language(content: dict[str, object]) -> str:
    metadata = content.get("metadata")
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        entry = metadata.get(section) if isinstance(metadata, dict) else None
        language = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(language, str):
            return language
    return "python"


def _code_cells(text: str, content: dict[str, object]) -> Iterator[_Cell]:
    """Yields the code cells of a notebook of format 4, or of format 3 and its worksheets."""
    start = _skip_space(text, 0)
    numbers = itertools.count(1)
    if isinstance(content.get("cells"), list):
        yield from _cells_of(text, start, "source", numbers)
    elif isinstance(content.get("worksheets"), list):
        for key, place in _members(text, start):
            if key == "worksheets":
                for sheet in _items(text, place):
                    yield from _cells_of(text, sheet, "input", numbers)
    else:
        raise Unprocessable("not a notebook: no cells", 1)


def _cells_of(text: str, start: int, source: str, numbers: Iterator[int]) -> Iterator[_Cell]:
    cells = dict(_members(text, start)).get("cells")
    for place in _items(text, cells) if cells is not None else ():
        number = next(numbers)
        members = dict(_members(text, place))
        if "cell_type" not in members or source not in members:
            continue
        if _DECODER.raw_decode(text, members["cell_type"])[0] != "code":
            continue
        begin = members[source]
        if text[begin] == '"':
            yield _Cell(number, [_literal(text, begin, number)], None)
        else:
            literals = [_literal(text, item, number) for item in _items(text, begin)]
            yield _Cell(number, literals, begin)


_DECODER = json.JSONDecoder(parse_int=float)  # int refuses more than 4300 digits
_SPACE = re.compile(r"[ \t\r\n]*")


def _skip_space(text: str, start: int) -> int:
    space = _SPACE.match(text, start)
    return space.end() if space else start


def _members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yields the keys of the JSON object at start, and where each value begins."""
    if text[start] == "{":
        for place in _items(text, start):
            key, end = _DECODER.raw_decode(text, place)
            yield key, _skip_space(text, _skip_space(text, end) + 1)


def _items(text: str, start: int) -> Iterator[int]:
    """Yields where the items of the JSON array (or the keys of the object) at start begin."""
    if text[start] not in "[{":
        raise Unprocessable("not a notebook: a list was expected", text.count("\n", 0, start) + 1)
    keyed = text[start] == "{"
    start = _skip_space(text, start + 1)
    while text[start] not in "]}":
        yield start
        _, end = _DECODER.raw_decode(text, start)
        if keyed:
            _, end = _DECODER.raw_decode(text, _skip_space(text, _skip_space(text, end) + 1))
        start = _skip_space(text, end)
        if text[start] == ",":
            start = _skip_space(text, start + 1)


def _literal(text: str, start: int, number: int) -> _Literal:
    value, end = _DECODER.raw_decode(text, start)
    if not isinstance(value, str):
        raise Unprocessable("not a notebook: source that is no text", cell=number)
    return _Literal(value, start, end)


def _edit_literals(text: str, cell: _Cell, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yields the edits of the JSON text that make edits in the cell, in its own layout."""
    starts = [0, *itertools.accumulate(len(literal.value) for literal in cell.literals)]
    last = len(cell.literals) - 1
    groups: list[tuple[int, int, list[Edit]]] = []  # literals from, to, and the edits in them
    for edit in edits:
        begin = max(index for index in range(last + 1) if starts[index] <= edit.start)
        end = max(
            index for index in range(begin, last + 1) if starts[index] < edit.end or index == begin
        )
        if groups and groups[-1][1] >= begin:
            begin, _, inside = groups.pop()
        else:
            inside = []
        groups.append((begin, end, [*inside, edit]))
    for begin, end, inside in groups:
        literals = cell.literals[begin : end + 1]
        shift = starts[begin]
        value = apply(
            "".join(literal.value for literal in literals),
            [Edit(edit.start - shift, edit.end - shift, edit.text) for edit in inside],
        )
        values = [value]
        separator = ""
        if cell.array is not None:
            values = value.splitlines(keepends=True) if "\r" not in value else [value]
            if last > 0:
                neighbour = begin if begin < last else begin - 1
                pair = cell.literals[neighbour : neighbour + 2]
                separator = text[pair[0].end : pair[1].start]
            else:
                separator = "," + text[cell.array + 1 : literals[0].start]
        was_ascii = all(text[each.start : each.end].isascii() for each in literals)
        encoded = separator.join(json.dumps(each, ensure_ascii=was_ascii) for each in values)
        yield Edit(literals[0].start, literals[-1].end, encoded)


def _mask(text: str) -> str:
    """Returns the cell's text with a blank for each character that is not Python.

    A magic becomes the statement `0`, so that a block that has nothing else stays one.
    """
    cell = _CELL_MAGIC.match(text)
    if cell and cell.group(1) not in _PYTHON_CELLS:
        return re.sub(r"[^\n]", " ", text)
    lines = text.split("\n")
    masked: list[str] = []
    open_brackets, quote, continued, magic = 0, "", False, False
    for line in lines:
        if continued and magic:
            masked.append(" " * len(line))
            continued = line.endswith("\\")
        elif not (open_brackets or quote or continued) and _MAGIC_LINE.match(line):
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            masked.append(f"{indent}0".ljust(len(line)))
            magic, continued = True, line.endswith("\\")
        else:
            masked.append(line)
            magic = False
            open_brackets, quote, continued = _scan(line, open_brackets, quote)
    return "\n".join(masked)


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
            match = _LEXEME.search(line, place)
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
