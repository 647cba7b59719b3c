"""Import statements: where a module or a name of it has moved, they import from the new place.

This stage alone changes what an import statement names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from tfe_compat.upgrade.analysis.destinations import (
    as_tensorflow,
    gone_finding,
    is_old,
    new_path,
    row,
    spelled,
)
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import imported, meanings, module_of
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.findings import Finding, unfollowed
from tfe_compat.upgrade.syntax.imports import Alias, Import, import_of
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_after, line_end, remove, remove_names
from tfe_compat.upgrade.tables.paths import CONTRIB, EAGER, TENSORFLOW, canonical, join, within
from tfe_compat.upgrade.tables.tfe import MODULES

_BUILTINS = ("list", "dict")


def rewrite_imports(program: Program, draft: Draft) -> Iterator[Edit | Finding]:
    """Rewrites each import statement whose module or names have moved; reports what is gone."""
    for statement in program.imports:
        if statement.names and draft.unused.issuperset(statement.names):
            yield remove(program, statement.node)
        elif not statement.is_from:
            yield from _import(program, draft, statement)
        elif statement.names:
            yield from _import_from(program, draft, statement)
        else:
            yield from _import_all(program, statement)
        for alias in statement.names if is_tf1(program) else ():
            if alias not in draft.unused:
                yield from _report(program, alias)


def _import(program: Program, draft: Draft, statement: Import) -> Iterator[Edit]:
    unused = [alias for alias in statement.names if alias in draft.unused]
    if unused:
        yield from remove_names(program, statement.names, unused)
    for alias in statement.names:
        if alias in unused:
            continue
        path = canonical(alias.name)
        new = spelled(program, new_path(program, path))
        if alias.asname and new != path:
            yield from _replace(program, alias.start, alias.name_end, new)
        elif not alias.asname and (
            path in (CONTRIB, *MODULES) or (alias.name == TENSORFLOW and new != path)
        ):
            yield Edit(alias.start, alias.name_end, as_tensorflow(program))


def _import_all(program: Program, statement: Import) -> Iterator[Edit | Finding]:
    module = module_of(statement)
    if module == EAGER or (module == CONTRIB and "eager" in program.bindings.names):
        yield unfollowed(statement.start, f"from {module} import *", "name what is imported")
    elif module and not within(module, CONTRIB):
        new = spelled(program, new_path(program, module))
        if new != module:
            yield from _replace(program, statement.module_start, statement.module_end, new)


def _import_from(program: Program, draft: Draft, statement: Import) -> Iterator[Edit]:
    if not statement.module:
        return
    names = statement.names
    places = {a: _place(program, a) for a in names if a not in draft.unused}
    home = _home(program, statement, {parent for parent, _ in places.values()})
    leaving = [a for a in names if a not in places or places[a][0] != home]
    if home is not None:
        yield from _replace(program, statement.module_start, statement.module_end, home)
        for alias in names:
            if alias not in leaving:
                yield from _rename(program, alias, places[alias][1])
    if not leaving:
        return
    imports = _imports({alias: places[alias] for alias in leaving if alias in places})
    if len(leaving) == len(names):
        yield Edit(statement.start, statement.end, imports.pop(0))
        yield from _keep_comments(program, statement)
    else:
        yield from remove_names(program, names, leaving)
    for text in imports:
        yield add_after(program, statement.node, text)


def _place(program: Program, alias: Alias) -> tuple[str, str]:
    """Returns the module that has what alias imports, as it is spelled, and its name there.

    A module that is in no other is a name in "".
    """
    path = imported(alias)
    new = new_path(program, path)
    parent, _, name = new.rpartition(".")
    if new in (path, *_BUILTINS):
        old = module_of(alias.statement)
        module = spelled(program, old)
        kept = module == old or within(path, CONTRIB)
        return _written(program, alias.statement) if kept else module, alias.name
    return (spelled(program, parent), name) if parent else ("", spelled(program, new))


def _written(program: Program, statement: Import) -> str:
    """Returns the module that statement names, as it does."""
    return program.text[statement.module_start : statement.module_end]


def _home(program: Program, statement: Import, parents: Collection[str]) -> str | None:
    """Returns the module that the statement itself goes on to import from, if it does."""
    usual = spelled(program, new_path(program, module_of(statement)))
    ways = [usual, _written(program, statement), *(parents if len(parents) == 1 else ())]
    return next((way for way in ways if way and way in parents), None)


def _rename(program: Program, alias: Alias, name: str) -> Iterator[Edit]:
    if name != alias.name:
        text = name if alias.asname else f"{name} as {alias.name}"
        yield Edit(alias.start, alias.name_end, text)


def _imports(places: Mapping[Alias, tuple[str, str]]) -> list[str]:
    """Returns the statements that import what is at places."""
    found: dict[str, list[str]] = {}
    for alias, (parent, name) in places.items():
        bound = alias.bound
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


def _keep_comments(program: Program, statement: Import) -> Iterator[Edit]:
    """Moves the comments of a parenthesised import to the end of the line it becomes."""
    comments = re.findall(r"#[^\r\n]*", program.text[statement.start : statement.end])
    if comments:
        alone = re.compile(r"[ \t]*(?=[#\r\n]|$)").match(program.text, statement.end)
        place = statement.end if alone else line_end(program.text, statement.end)
        yield Edit(place, place, "".join(f"  {comment.rstrip()}" for comment in comments))


def _report(program: Program, alias: Alias) -> Iterator[Finding]:
    """Reports an import of what is nowhere."""
    path = imported(alias) if alias.statement.is_from or alias.asname else canonical(alias.name)
    if not is_old(path) or new_path(program, path) not in (path, *_BUILTINS):
        return
    module = module_of(alias.statement) if alias.statement.is_from else ""
    if module and path != new_path(program, path) and module != new_path(program, module):
        return  # it goes where its module goes
    taken = [
        join(path, *chain.names)
        for chain, roots in meanings(program).items()
        if chain.names and path in roots
    ]
    name = taken[0] if len(taken) == 1 else path
    found = row(name)
    if found is None or not found[1].path:  # else rewrite_names says where it is
        yield gone_finding(alias.start, name)
