"""Whether a program is a TF 1 program."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from tfe_compat.upgrade.analysis.meaning import (
    imported,
    is_own,
    meanings,
    module_of,
    named,
    used_paths,
)
from tfe_compat.upgrade.syntax.imports import Alias, Import
from tfe_compat.upgrade.syntax.nodes import Chain, last_name
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.tables.paths import (
    COMPAT,
    CONTRIB,
    EAGER,
    TENSORFLOW,
    V1,
    join,
    within,
)
from tfe_compat.upgrade.tables.public_names import V1_ONLY, V2_ONLY

_CHOICE = re.compile(r"version|hasattr", re.IGNORECASE)
_ABSENT = {"ImportError", "ModuleNotFoundError", "AttributeError", "Exception"}


@view
def is_tf1(program: Program) -> bool:
    """Says whether the program uses TensorFlow as TF 1.

    Code that only runs if tf.contrib exists says nothing about the rest.
    """
    if program.options.keep_tensorflow:
        return False
    if program.options.all_files:
        return any(map(imports_tensorflow, program.imports)) and not _has_v2_names(program)
    imported_here = (
        (path, statement.node)
        for statement in program.imports
        for path in (module_of(statement), *map(named, statement.names))
    )
    taken = (
        (path, chain.node)
        for chain, roots in meanings(program).items()
        for root in roots
        for path in (join(root, *chain.names[:1]), join(root, *chain.names))
    )
    return any(
        within(path, EAGER) or (within(path, CONTRIB) and not is_chosen(program, node))
        for path, node in (*imported_here, *taken)
    )


def _has_v2_names(program: Program) -> bool:
    """Says whether the program takes names from tensorflow that only TensorFlow 2 has."""
    return any(
        roots == {TENSORFLOW} and _name_in(V2_ONLY, chain) and not is_chosen(program, chain.node)
        for chain, roots in meanings(program).items()
    )


def uses_eager(program: Program) -> bool:
    """Says whether the program uses tf.contrib.eager."""
    return any(within(path, EAGER) for path in used_paths(program)) or any(
        within(named(alias), EAGER) for statement in program.imports for alias in statement.names
    )


def is_of_tf1(program: Program) -> bool:
    """Says whether the program is a TF 1 program, or only imports modules that are."""
    options = program.options
    starts_one = options.all_files and any(is_own(program, each) for each in program.imports)
    return is_tf1(program) or (starts_one and not options.keep_tensorflow)


def was_upgraded(program: Program) -> bool:
    """Says whether the program may be a TF 1 program that has been rewritten already."""
    return not program.options.keep_tensorflow and any(
        within(path, V1) or within(path, COMPAT)
        for statement in program.imports
        for path in (statement.module, *(alias.name for alias in statement.names))
    )


def imports_tensorflow(statement: Import) -> bool:
    """Says whether statement imports tensorflow, or anything in it."""
    if statement.is_from:
        found = [module_of(statement)]
    else:
        found = [imported(alias) for alias in statement.names]
    return any(path.partition(".")[0] == TENSORFLOW for path in found)


@view
def v1_uses(program: Program) -> Mapping[Alias, Sequence[Chain]]:
    """Returns each `import tensorflow` with the expressions that take such names from it.

    Expressions under a condition that asks which TensorFlow this is are left out.
    """
    uses: defaultdict[Alias, list[Chain]] = defaultdict(list)
    for chain in program.bindings.chains:
        for binding in program.found(chain.root) if v1_name(chain) else ():
            alias = binding.alias
            if (
                alias is not None
                and alias.name == TENSORFLOW
                and not is_chosen(program, chain.node)
            ):
                uses[alias].append(chain)
    return uses


def v1_name(chain: Chain) -> str:
    """Returns the name that chain takes from its root if only tensorflow.compat.v1 has it."""
    return _name_in(V1_ONLY, chain)


def _name_in(table: Mapping[str, Collection[str]], chain: Chain) -> str:
    if not chain.names:
        return ""
    first, *others = chain.names
    if first in table[""]:
        return first
    return f"{first}.{others[0]}" if others and others[0] in table.get(first, ()) else ""


def is_chosen(program: Program, node: ast.AST) -> bool:
    """Says whether node depends on the TensorFlow installed: its version is checked, or tried."""
    for outer, part in program.ancestors(node):
        if isinstance(outer, (ast.If, ast.IfExp)) and _CHOICE.search(program.source(outer.test)):
            return True
        if isinstance(outer, ast.Try) and part in outer.body:
            types = [handler.type for handler in outer.handlers]
            names = {last_name(each) for each in _flat(types)}
            if None in types or not names.isdisjoint(_ABSENT):
                return True
    return False


def _flat(types: list[ast.expr | None]) -> list[ast.expr]:
    found: list[ast.expr] = []
    for each in types:
        if each is not None:
            found += each.elts if isinstance(each, ast.Tuple) else [each]
    return found
