"""Import statements: where a module or a name of it has moved, they import from the new place.

This stage alone changes what an import statement names. What has moved is a matter of `moves`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import libcst as cst

from tfe_compat.upgrade.dead_imports import is_dead
from tfe_compat.upgrade.edits import Edit, Finding
from tfe_compat.upgrade.layout import add_after, line_end, remove
from tfe_compat.upgrade.moves import moved, spelled
from tfe_compat.upgrade.paths import (
    CONTRIB,
    EAGER,
    TENSORFLOW,
    canonical,
    import_of,
    within,
)
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.scopes import aliases, bound_name

_COMMA = re.compile(r"(?:\s|\\|#[^\r\n]*)*,")


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
        if alias in dead:
            continue
        start, end = program.start(alias.name), program.end(alias.name)
        path = canonical(alias.evaluated_name)
        new = spelled(program, moved(program, path))
        if alias.asname and new != path:
            yield from _replace(program, start, end, new)
        elif (not alias.asname and path == CONTRIB) or (
            alias.evaluated_name == TENSORFLOW and new != path
        ):
            yield Edit(start, end, _as_tensorflow(program))


def _as_tensorflow(program: Program) -> str:
    """Returns what `import tensorflow` imports, for the name to stay the same."""
    new = spelled(program, TENSORFLOW)
    return TENSORFLOW if new == TENSORFLOW else f"{new} as {TENSORFLOW}"


def _import_all(program: Program, statement: cst.ImportFrom) -> Iterator[Edit | Finding]:
    module = module_of(statement)
    if module == EAGER or (module == CONTRIB and "eager" in program.bindings.names):
        yield program.unfollowed(statement, f"from {module} import *", "name what is imported")
    elif statement.module is not None and not within(module, CONTRIB):
        start, end = program.start(statement.module), program.end(statement.module)
        new = spelled(program, moved(program, module))
        if new != module:
            yield from _replace(program, start, end, new)


def _import_from(program: Program, statement: cst.ImportFrom) -> Iterator[Edit]:
    if statement.module is None or statement.relative:
        return
    names = aliases(statement)
    dead = [alias for alias in names if is_dead(program, statement, alias)]
    places = {alias: _place(program, statement, alias) for alias in names if alias not in dead}
    parents = {parent for parent, _ in places.values()}
    home = _home(program, statement, parents)
    gone = [alias for alias in names if alias in dead or places[alias][0] != home]
    if home is not None:
        start, end = program.start(statement.module), program.end(statement.module)
        yield from _replace(program, start, end, home)
        for alias in names:
            if alias not in gone:
                yield from _rename(program, alias, places[alias][1])
    if not gone:
        return
    imports = _imports({alias: places[alias] for alias in gone if alias not in dead}, statement)
    if len(gone) == len(names):
        start, end = program.start(statement), program.end(statement)
        yield Edit(start, end, imports.pop(0))
        yield from _keep_comments(program, start, end)
    else:
        yield from _remove(program, names, gone)
    for text in imports:
        yield add_after(program, statement, text)


def _place(program: Program, statement: cst.ImportFrom, alias: cst.ImportAlias) -> tuple[str, str]:
    """Returns the module that has what alias imports, as it is spelled, and its name there.

    A module that is in no other is a name in "".
    """
    path = imported(statement, alias)
    there = moved(program, path)
    parent, _, name = there.rpartition(".")
    if there in (path, "list", "dict"):
        old = module_of(statement)
        new = spelled(program, old)
        kept = new == old or within(path, CONTRIB)
        return _written(program, statement) if kept else new, alias.evaluated_name
    return (spelled(program, parent), name) if parent else ("", spelled(program, there))


def _written(program: Program, statement: cst.ImportFrom) -> str:
    """Returns the module that statement names, as it does."""
    assert statement.module is not None
    return program.text[program.start(statement.module) : program.end(statement.module)]


def _home(program: Program, statement: cst.ImportFrom, parents: Collection[str]) -> str | None:
    """Returns the module that the statement itself goes on to import from, if it does."""
    usual = spelled(program, moved(program, module_of(statement)))
    ways = [usual, _written(program, statement), *(parents if len(parents) == 1 else ())]
    return next((way for way in ways if way and way in parents), None)


def _rename(program: Program, alias: cst.ImportAlias, name: str) -> Iterator[Edit]:
    old = alias.evaluated_name
    if name != old:
        start, end = program.start(alias.name), program.end(alias.name)
        yield Edit(start, end, name if alias.asname else f"{name} as {old}")


def _imports(
    places: Mapping[cst.ImportAlias, tuple[str, str]], statement: cst.ImportFrom
) -> list[str]:
    """Returns the statements that import what is at places."""
    found: dict[str, list[str]] = {}
    for alias, (parent, name) in places.items():
        bound = bound_name(statement, alias)
        if parent:
            found.setdefault(parent, []).append(name if name == bound else f"{name} as {bound}")
        else:
            found.setdefault(import_of(name, bound), [])
    return [
        f"from {key} import {', '.join(names)}" if names else key for key, names in found.items()
    ]


def _replace(program: Program, start: int, end: int, text: str) -> Iterator[Edit]:
    if program.text[start:end] != text:
        yield Edit(start, end, text)


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
