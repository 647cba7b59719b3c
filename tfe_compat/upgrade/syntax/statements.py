"""Adds and removes statements, with the lines they stand on."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from tfe_compat.upgrade.edits import NEWLINE, Edit
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.nodes import string_value
from tfe_compat.upgrade.syntax.program import Program

_COMMA = re.compile(r"(?:\s|\\|#[^\r\n]*)*,")
_NOTHING_MORE = re.compile(r"[ \t\f]*;?[ \t\f]*(?:[#\\\r\n]|$)")


def _before(text: str, offset: int) -> str:
    """Returns the text before offset on its line, after any form feed."""
    return text[max(text.rfind(blank, 0, offset) for blank in "\n\r\f") + 1 : offset]


def line_end(text: str, offset: int) -> int:
    """Returns the end of a logical line that has at most a comment after offset."""
    while True:
        newline = NEWLINE.search(text, offset)
        if newline is None:
            return len(text)
        if not text[: newline.start()].endswith("\\"):
            return newline.start()
        offset = newline.end()


def on_own_line(program: Program, statement: ast.stmt) -> bool:
    """Says whether a simple statement is alone on its line."""
    start, end = program.start(statement), program.end(statement)
    before = _before(program.text, start)
    continued = program.text[: start - len(before)].rstrip("\r\n").endswith("\\")
    return not before.strip() and not continued and bool(_NOTHING_MORE.match(program.text, end))


def newline_of(program: Program, offset: int = 0) -> str:
    """Returns the newline that ends the line at offset, or else the program's."""
    newline = NEWLINE.search(program.text, offset) or NEWLINE.search(program.text)
    return newline.group() if newline else "\n"


def add_after(program: Program, statement: ast.stmt, *texts: str) -> Edit:
    """Inserts statements after a simple one, on their own lines if it has its own."""
    start, end = program.start(statement), program.end(statement)
    if not on_own_line(program, statement):
        return Edit(end, end, "".join(f"; {text}" for text in texts))
    indent = _before(program.text, start)
    end = line_end(program.text, end)
    newline = newline_of(program, end)
    return Edit(end, end, "".join(f"{newline}{indent}{text}" for text in texts))


def add_before(program: Program, statement: ast.stmt, *texts: str) -> Edit:
    """Inserts statements before one, on their own lines if it begins a line."""
    start = program.start(statement)
    indent = _before(program.text, start)
    if indent.strip():
        return Edit(start, start, "".join(f"{text}; " for text in texts))
    newline = newline_of(program, start)
    return Edit(start, start, "".join(f"{text}{newline}{indent}" for text in texts))


def remove(program: Program, statement: ast.stmt) -> Edit:
    """Removes a simple statement, with its line if it is alone there and the block has others."""
    start, end = program.start(statement), program.end(statement)
    if _is_alone(program, statement) or not on_own_line(program, statement):
        return Edit(start, end, "pass")
    newline = NEWLINE.match(program.text, line_end(program.text, end))
    start -= len(_before(program.text, start))
    return Edit(start, newline.end() if newline else len(program.text), "")


def _is_alone(program: Program, statement: ast.stmt) -> bool:
    """Says whether no other statement stands in the same block."""
    parent = program.parent(statement)
    blocks = (getattr(parent, name, []) for name in ("body", "orelse", "finalbody"))
    return any(len(block) == 1 and block[0] is statement for block in blocks)


def remove_names(program: Program, names: Sequence[Alias], gone: Sequence[Alias]) -> list[Edit]:
    """Removes some names from an import statement, with their commas."""
    last = max(index for index, alias in enumerate(names) if alias not in gone)
    edits: list[Edit] = []
    done = 0
    for index, alias in enumerate(names):
        if alias not in gone:
            continue
        if index < last:
            gap = (alias.end, names[index + 1].start)
            whole = (alias.start, gap[1])
        else:
            gap = (max(done, names[index - 1].end), alias.start)
            whole = (gap[0], alias.end)
        if "#" not in program.text[slice(*gap)]:
            edits.append(Edit(*whole, ""))
            continue
        edits.append(Edit(alias.start, alias.end, ""))
        comma = _COMMA.match(program.text, alias.end)
        if comma:
            done = comma.end()
            edits.append(Edit(done - 1, done, ""))
    return edits


def add_at_top(program: Program, text: str, offset: int) -> Edit:
    """Inserts a statement at the top of the module, or of the notebook cell with offset."""
    first = [] if program.is_notebook else _prologue(program.tree)
    if first:
        return add_after(program, first[-1], text)
    if not program.tree.body:
        end = len(program.text)
        newline = newline_of(program) if program.text.rstrip(" ")[-1:] not in "\r\n" else ""
        return Edit(end, end, newline + text + newline_of(program))
    starts = [program.start(statement) for statement in program.tree.body]
    if program.is_notebook:  # anything above may be a cell magic, which has to stay first
        before = [start for start in starts if start <= offset]
        starts = [start for start in before if not _before(program.text, start).strip()][-1:]
    return Edit(starts[0], starts[0], text + newline_of(program))


def _prologue(module: ast.Module) -> list[ast.stmt]:
    """Returns the docstring and the `__future__` imports, which have to stay first."""
    found: list[ast.stmt] = []
    for statement in module.body:
        is_docstring = isinstance(statement, ast.Expr) and string_value(statement.value) is not None
        is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not is_future and (found or not is_docstring):
            break
        found.append(statement)
    return found
