"""Where statements can be added, and what is around them in the text."""

from __future__ import annotations

import libcst as cst

from tfe_compat.upgrade.dead_imports import is_dead
from tfe_compat.upgrade.edits import NEWLINE, Edit
from tfe_compat.upgrade.program import Program, module_of
from tfe_compat.upgrade.scopes import aliases
from tfe_compat.upgrade.tf1 import imports_tensorflow
from tfe_compat.upgrade.tree import string_value


def line_end(program: Program, offset: int) -> int:
    """Returns where the logical line ends that has no token after offset but a comment."""
    while True:
        newline = NEWLINE.search(program.text, offset)
        if newline is None:
            return len(program.text)
        if not program.text[: newline.start()].endswith("\\"):
            return newline.start()
        offset = newline.end()


def on_own_line(program: Program, statement: cst.CSTNode) -> bool:
    """Says whether statement has its line for itself."""
    line = program.parent(statement)
    return isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1


def add_after(program: Program, statement: cst.CSTNode, text: str) -> Edit:
    """Puts one more statement behind a simple one: a line of its own where there is one."""
    start, end = program.start(statement), program.end(statement)
    if not on_own_line(program, statement):
        return Edit(end, end, f"; {text}")
    before = max(program.text.rfind(blank, 0, start) for blank in "\n\r\f") + 1
    end = line_end(program, end)
    newline = NEWLINE.match(program.text, end)
    separator = newline.group() if newline else program.module.default_newline
    return Edit(end, end, separator + program.text[before:start] + text)


def remove(program: Program, statement: cst.CSTNode) -> Edit:
    """Takes a simple statement away, with its line if it has one for itself and is not needed."""
    start, end = program.start(statement), program.end(statement)
    line = program.parent(statement)
    block = program.parent(line)
    alone = not isinstance(block, (cst.Module, cst.IndentedBlock)) or len(block.body) == 1
    if alone or not on_own_line(program, statement):
        return Edit(start, end, "pass")
    newline = NEWLINE.match(program.text, line_end(program, end))
    before = max(program.text.rfind(blank, 0, start) for blank in "\n\r\f") + 1
    return Edit(before, newline.end() if newline else len(program.text), "")


def add_before(program: Program, statement: cst.CSTNode, *texts: str) -> Edit:
    """Puts statements before one: on lines of their own where it begins a line."""
    start = program.start(statement)
    before = max(program.text.rfind(blank, 0, start) for blank in "\n\r\f") + 1
    indent = program.text[before:start]
    if indent.strip():
        return Edit(start, start, "".join(f"{text}; " for text in texts))
    newline = NEWLINE.search(program.text, start)
    separator = newline.group() if newline else program.module.default_newline
    return Edit(start, start, "".join(f"{text}{separator}{indent}" for text in texts))


def add_import(program: Program, text: str, first: int) -> Edit:
    """Puts an import at the top of the module, so that it has run before offset first.

    That is beside the first import of tensorflow, if that one is sure to have run.
    """
    for statement in program.bindings.imports:
        if (
            program.at_top(statement)
            and program.start(statement) < first
            and imports_tensorflow(statement)
            and not all(is_dead(program, statement, alias) for alias in aliases(statement))
        ):
            return add_after(program, statement, text)
    prologue = [] if program.notebook else _prologue(program.module)
    if prologue:
        return add_after(program, prologue[-1], text)
    place = _line_start(program, program.module.body[0])
    if program.notebook:  # anything above may be a cell magic, which has to stay first
        starts = (_line_start(program, line) for line in program.module.body)
        place = max(start for start in starts if start <= first)
    return Edit(place, place, text + program.module.default_newline)


def _line_start(program: Program, line: cst.CSTNode) -> int:
    return program.start(line.body[0] if isinstance(line, cst.SimpleStatementLine) else line)


def _prologue(module: cst.Module) -> list[cst.BaseSmallStatement]:
    """Returns the docstring and the `__future__` imports, which have to stay first."""
    found: list[cst.BaseSmallStatement] = []
    for line in module.body:
        if not isinstance(line, cst.SimpleStatementLine):
            return found
        for statement in line.body:
            docstring = (
                not found
                and isinstance(statement, cst.Expr)
                and string_value(statement.value) is not None
            )
            future = isinstance(statement, cst.ImportFrom) and module_of(statement) == "__future__"
            if not docstring and not future:
                return found
            found.append(statement)
    return found
