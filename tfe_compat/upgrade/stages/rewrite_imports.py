"""Import statements: a module or name that has moved is imported from its new place.

This stage alone changes what an import statement names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from tfe_compat.upgrade.analysis.destinations import as_tensorflow, new_path, spelled
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import imported, module_of
from tfe_compat.upgrade.analysis.optional_imports import instead, is_optional
from tfe_compat.upgrade.analysis.places import place_of
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.imports import Alias, Import, import_from, import_of
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_after, line_end, remove_names
from tfe_compat.upgrade.tables.paths import CONTRIB, TENSORFLOW, canonical, within
from tfe_compat.upgrade.tables.tfe import MODULES


def rewrite_imports(program: Program, draft: Draft) -> Iterator[Edit]:
    """Rewrites each import statement whose module or names have moved or are gone."""
    for statement in program.imports:
        if statement.names and draft.unused.issuperset(statement.names):
            yield draft.remove(statement.node)
        elif not statement.is_from:
            yield from _import(program, draft, statement)
        elif statement.module and statement.names:
            yield from _import_from(program, draft, statement)
        elif statement.module and not within(module_of(statement), CONTRIB):  # import *
            new = spelled(program, module_of(statement))
            if new != module_of(statement):
                yield from _replace(program, statement.module_start, statement.module_end, new)


def _import(program: Program, draft: Draft, statement: Import) -> Iterator[Edit]:
    unused = [alias for alias in statement.names if alias in draft.unused]
    if unused:
        yield from remove_names(program, statement.names, unused)
    for alias in statement.names:
        if alias in unused:
            continue
        if len(statement.names) == 1 and is_optional(program, draft, alias):
            yield Edit(statement.start, statement.end, instead(alias))
            return
        path = canonical(alias.name)
        new = spelled(program, new_path(program, path))
        if alias.asname and (new != path or within(alias.name, CONTRIB)):
            yield from _replace(program, alias.start, alias.name_end, new)
        elif not alias.asname and (
            path in (CONTRIB, *MODULES) or (alias.name == TENSORFLOW and new != path)
        ):
            yield Edit(alias.start, alias.name_end, as_tensorflow(program))


def _import_from(program: Program, draft: Draft, statement: Import) -> Iterator[Edit]:
    names = statement.names
    optional = [alias for alias in names if is_optional(program, draft, alias)]
    staying = [alias for alias in names if alias not in draft.unused and alias not in optional]
    places = {alias: _new_place(program, draft, alias) for alias in staying}
    home = _home(program, statement, {parent for parent, _ in places.values()})
    leaving = [a for a in names if a not in places or places[a][0] != home]
    if home is not None:
        yield from _replace(program, statement.module_start, statement.module_end, home)
        for alias in names:
            if alias not in leaving:
                yield from _rename(alias, places[alias][1])
    if not leaving:
        return
    imports = _statements({alias: places[alias] for alias in leaving if alias in places})
    imports += map(instead, optional)
    if len(leaving) == len(names):
        yield Edit(statement.start, statement.end, imports.pop(0))
        yield from _keep_comments(program, statement)
    else:
        yield from remove_names(program, names, leaving)
    for text in imports:
        yield add_after(program, statement.node, text)


def _new_place(program: Program, draft: Draft, alias: Alias) -> tuple[str, str]:
    """Returns the module that has what alias imports, spelled for the program, and its name.

    A module that is in no other is a name in "".
    """
    path = imported(alias)
    new = draft.moved_modules.get(alias) or new_path(program, path)
    place = place_of(path)
    as_it_was = _written(program, alias.statement), alias.name
    if place is not None and place.is_there and (new == path or not _is_importable(new)):
        parent, _, name = path.rpartition(".")
        return as_it_was if parent == alias.statement.module else (parent, name)
    there = spelled(program, new)
    if there == path:
        return as_it_was
    parent, _, name = there.rpartition(".")
    return (parent, alias.name if new == path else name) if parent else ("", there)


def _is_importable(path: str) -> bool:
    """Says whether path can be imported from its parent: some modules are attributes only."""
    return path.rpartition(".")[0] not in ("tensorflow.flags", "tensorflow.flags.tf_decorator")


def _written(program: Program, statement: Import) -> str:
    """Returns the module as the statement spells it."""
    return program.text[statement.module_start : statement.module_end]


def _home(program: Program, statement: Import, parents: Collection[str]) -> str | None:
    """Returns the module that the statement will import from; None if it is replaced."""
    usual = spelled(program, new_path(program, module_of(statement)))
    ways = [usual, _written(program, statement), *(parents if len(parents) == 1 else ())]
    return next((way for way in ways if way and way in parents), None)


def _rename(alias: Alias, name: str) -> Iterator[Edit]:
    if name != alias.name:
        text = name if name == alias.bound else f"{name} as {alias.bound}"
        yield Edit(alias.start, alias.end, text)


def _statements(places: Mapping[Alias, tuple[str, str]]) -> list[str]:
    """Returns the statements that import names from their new places."""
    found: dict[str, list[tuple[str, str]]] = {}
    for alias, (parent, name) in places.items():
        if name in ("list", "dict"):
            found[f"{alias.bound} = {name}"] = []
        elif parent:
            found.setdefault(parent, []).append((name, alias.bound))
        else:
            found[import_of(name, alias.bound)] = []
    return [import_from(key, names) if names else key for key, names in found.items()]


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
