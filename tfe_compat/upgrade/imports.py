"""Import statements: where a module or a name of it has moved, they import from the new place.

This stage alone changes what an import statement names. What has moved is a matter of RULES: a
new kind of move is a rule there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Callable, Optional

import libcst as cst

from tfe_compat.upgrade.dead_imports import is_dead
from tfe_compat.upgrade.edits import Edit, Finding
from tfe_compat.upgrade.layout import add_after, line_end, remove
from tfe_compat.upgrade.paths import COMPAT, CONTRIB, EAGER, TENSORFLOW, canonical, import_of
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.scopes import aliases, bound_name

Rule = Callable[[str], Optional[str]]  # the path of a module or name: where it is now, if it moved

_MODULES: Mapping[str, str] = {EAGER: COMPAT}
RULES: Sequence[Rule] = (_MODULES.get,)

_COMMA = re.compile(r"(?:\s|\\|#[^\r\n]*)*,")


def moved(path: str) -> str:
    """Returns where what was at path is now: path, if no rule knows it."""
    return next(filter(None, (rule(path) for rule in RULES)), path)


def rewrite_imports(program: Program) -> Iterator[Edit | Finding]:
    """Rewrites every import statement whose module or names have moved."""
    for statement in program.bindings.imports:
        names = aliases(statement)
        if names and all(is_dead(program, statement, alias) for alias in names):
            yield remove(program, statement)
        elif isinstance(statement, cst.Import):
            yield from _import(program, statement)
        elif aliases(statement):
            yield from _import_from(program, statement)
        else:
            yield from _import_all(program, statement)


def _import(program: Program, statement: cst.Import) -> Iterator[Edit]:
    dead = [alias for alias in statement.names if is_dead(program, statement, alias)]
    if dead:
        yield from _remove(program, statement.names, dead)
    for alias in statement.names:
        path = imported(statement, alias)
        if alias.asname and moved(path) != path:
            yield Edit(program.start(alias.name), program.end(alias.name), moved(path))
        elif not alias.asname and canonical(alias.evaluated_name) == CONTRIB:
            yield Edit(program.start(alias), program.end(alias), TENSORFLOW)


def _import_all(program: Program, statement: cst.ImportFrom) -> Iterator[Finding]:
    module = module_of(statement)
    if module == EAGER or (module == CONTRIB and "eager" in program.bindings.names):
        yield program.unfollowed(statement, f"from {module} import *", "name what is imported")


def _import_from(program: Program, statement: cst.ImportFrom) -> Iterator[Edit]:
    names = aliases(statement)
    module = module_of(statement)
    dead = [alias for alias in names if is_dead(program, statement, alias)]
    gone = [alias for alias in names if alias in dead or _moved_alone(statement, alias)]
    if len(gone) < len(names) and moved(module) != module and statement.module is not None:
        start, end = program.start(statement.module), program.end(statement.module)
        yield Edit(start, end, moved(module))
    if not gone:
        return
    new = (
        import_of(moved(imported(statement, each)), bound_name(statement, each))
        for each in gone
        if each not in dead
    )
    imports = list(dict.fromkeys(new))
    if len(gone) == len(names):
        start, end = program.start(statement), program.end(statement)
        yield Edit(start, end, imports.pop(0))
        yield from _keep_comments(program, start, end)
    else:
        yield from _remove(program, names, gone)
    for text in imports:
        yield add_after(program, statement, text)


def _moved_alone(statement: cst.ImportFrom, alias: cst.ImportAlias) -> bool:
    """Says whether a rule knows the name itself; else it goes where its module goes."""
    path = imported(statement, alias)
    return moved(path) != path


def _keep_comments(program: Program, start: int, end: int) -> Iterator[Edit]:
    """Moves the comments of a parenthesised import to the end of the line it becomes."""
    comments = re.findall(r"#[^\r\n]*", program.text[start:end])
    if comments:
        alone = re.compile(r"[ \t]*(?=[#\r\n]|$)").match(program.text, end)
        place = end if alone else line_end(program, end)
        yield Edit(place, place, "".join(f"  {comment.rstrip()}" for comment in comments))


def _remove(
    program: Program, names: Sequence[cst.ImportAlias], gone: Sequence[cst.ImportAlias]
) -> Iterator[Edit]:
    """Takes some of the names out of an import statement, with the commas beside them."""
    last = max(index for index, alias in enumerate(names) if alias not in gone)
    done = 0
    for index, alias in enumerate(names):
        if alias not in gone:
            continue
        start, end = program.start(alias), program.end(alias)
        if index < last:
            gap = (end, program.start(names[index + 1]))
            whole = (start, gap[1])
        else:
            gap = (max(done, program.end(names[index - 1])), start)
            whole = (gap[0], end)
        if "#" not in program.text[slice(*gap)]:
            yield Edit(*whole, "")
            continue
        yield Edit(start, end, "")
        comma = _COMMA.match(program.text, end)
        if comma:
            done = comma.end()
            yield Edit(done - 1, done, "")
