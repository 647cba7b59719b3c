"""Names of tf.contrib and of TensorFlow's internal modules are taken from their new places."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.calls import fits, is_called
from tfe_compat.upgrade.analysis.destinations import not_moved
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import (
    aliases,
    imported,
    meanings,
    module_assignments,
    module_imports,
)
from tfe_compat.upgrade.analysis.module_names import name_of
from tfe_compat.upgrade.analysis.places import Place, place_of, public_module
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.findings import Finding
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.nodes import Chain
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import COMPAT, EAGER, TENSORFLOW, join, within
from tfe_compat.upgrade.tables.public_names import is_module


def rewrite_names(program: Program, draft: Draft) -> Iterator[Edit | Finding]:
    """Rewrites each dotted expression whose new place is known.

    report_left reports the others.
    """
    found: list[tuple[Chain, str, Place]] = []
    for chain, roots in meanings(program).items():
        if chain.node in module_assignments(program):
            continue  # rewrite_assignments does that
        if not draft.rewrites(chain):
            for root in roots:
                place = place_of(join(root, *chain.names))
                if place is not None and (is_tf1(program) or within(place.row, EAGER)):
                    found.append((chain, root, place))
    if is_tf1(program):
        draft.moved_modules.update(_moved_modules(program, found))
    for chain, root, place in found:
        if len(meanings(program)[chain]) == 1 and fits(program, chain, root, place):
            yield from _rewrite(program, draft, chain, root, place)
            if place.arguments and place.remark and not is_called(program, chain):
                message = f"it is {place.new} today; {place.remark}"
                yield Finding(program.start(chain.node), "differs", chain.spelling, message)


def _moved_modules(
    program: Program, found: list[tuple[Chain, str, Place]]
) -> Iterator[tuple[Alias, str]]:
    """Yields the imports of modules that TensorFlow 2 has under the same name, and their new path.

    The new module must have everything that the program takes from the old one.
    """
    homes = {
        alias: set(filter(None, [public_module(imported(alias))]))
        for statement in module_imports(program)
        for alias in statement.names
        if statement.is_from or isinstance(statement.node, ast.Assign)
    }
    for chain, root, place in found:
        home, _, name = place.new.rpartition(".")
        whole = place.row == f"{root}.{name}" and len(chain.names) == 1 and not place.arguments
        for alias in aliases(program, chain):
            if alias in homes and (chain.names or root != imported(alias)):
                homes[alias].add(home if whole else "")
    for alias, found_homes in homes.items():
        home = next(iter(found_homes), "") if len(found_homes) == 1 else ""
        is_assigned = home and isinstance(alias.statement.node, ast.Assign)
        if is_assigned or home.rpartition(".")[2] in (alias.bound, alias.name):
            yield alias, home


def _rewrite(
    program: Program, draft: Draft, chain: Chain, root: str, place: Place
) -> Iterator[Edit | Finding]:
    is_below = place.row.startswith(root + ".")
    if not is_below or not draft.moved_modules.keys().isdisjoint(aliases(program, chain)):
        return  # a matter of the import
    if not place.new:
        if place.is_there and root == TENSORFLOW:
            yield from _import_internal(program, draft, chain, root, place.row)
        return
    length, new = len(chain.names), place.new.split(".")
    while length and len(new) > 1 and chain.names[length - 1] == new[-1]:
        length, new = length - 1, new[:-1]
    replaced = chain.attributes[length - 1] if length else chain.root
    start, end = program.start(replaced), program.end(replaced)
    is_set = length == len(chain.names) and chain.node in program.bindings.written
    if "#" in program.text[start:end] or is_set:
        return
    module, *names = new
    if module in (TENSORFLOW, COMPAT):
        module = name_of(module, program, draft, chain.node)
    elif program.found(chain.root, module):  # list, dict
        return
    if module:
        # `return(tf).contrib.eager` has no space that would keep the two words apart.
        joined = program.text[start] == "(" and re.match(r"\w", program.text[start - 1 : start])
        yield Edit(start, end, " " * bool(joined) + ".".join([module, *names]))


def _import_internal(
    program: Program, draft: Draft, chain: Chain, root: str, path: str
) -> Iterator[Edit | Finding]:
    """Imports an internal module that is no attribute of tensorflow.compat.v1."""
    module = path if is_module(path) else path.rpartition(".")[0]
    lengths = range(len(chain.names) + 1)
    length = next((n for n in lengths if join(root, *chain.names[:n]) == module), 0)
    parent, _, name = module.rpartition(".")
    if length and name not in program.bindings.names:
        start = program.start(chain.node)
        draft.need(f"from {parent} import {name}", start)
        yield not_moved(start, path)
        yield Edit(start, program.end(chain.attributes[length - 1]), name)
