"""Which modules and names of TensorFlow expressions mean, by the imports that they go back to."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from tfe_compat.upgrade.syntax.chains import Chain
from tfe_compat.upgrade.syntax.imports import Alias, Import
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.syntax.scopes import Binding
from tfe_compat.upgrade.tables.paths import COMPAT, TENSORFLOW, UNKNOWN, canonical, join
from tfe_compat.upgrade.tables.tfe import STAND_INS

_FOLLOWED = (TENSORFLOW, COMPAT, *STAND_INS)  # through `name = module`


def module_of(statement: Import) -> str:
    """Returns the path of the module that `from module import ...` imports from."""
    return canonical(statement.module) if statement.module else UNKNOWN


def imported(alias: Alias) -> str:
    """Returns the path of what a name in an import statement binds."""
    if alias.statement.is_from:
        return join(module_of(alias.statement), alias.name)
    return canonical(alias.name if alias.asname else alias.name.partition(".")[0])


def imported_modules(program: Program) -> tuple[str, ...]:
    """Returns what the program imports, as it is written: "a.b", or ".b" for one of its package.

    What `from a import b` takes from a module may be a module itself, and is given as "a.b".
    """
    found = []
    for statement in program.imports:
        if isinstance(statement.node, ast.Import):
            found += [alias.name for alias in statement.names]
        else:
            module = "." * statement.level + (statement.node.module or "")
            separator = "" if module.endswith(".") else "."
            found += [module, *(f"{module}{separator}{alias.name}" for alias in statement.names)]
    return tuple(found)


def targets(program: Program, root: ast.expr) -> frozenset[str]:
    """Returns the paths of all that a name can be bound to; nothing if no binding is here."""
    return frozenset().union(*(target(program, each) for each in program.found(root)))


@view
def meanings(program: Program) -> Mapping[Chain, frozenset[str]]:
    """Returns the dotted expressions that begin with something imported, and the paths of that."""
    found = ((chain, targets(program, chain.root)) for chain in program.chains)
    return {chain: roots for chain, roots in found if not roots <= {UNKNOWN}}


@view
def used_paths(program: Program) -> frozenset[str]:
    """Returns the paths of all that the program's expressions mean."""
    return frozenset(
        join(root, *chain.names) for chain, roots in meanings(program).items() for root in roots
    )


def paths(program: Program, node: ast.expr) -> frozenset[str]:
    """Returns the path of all that a dotted expression can mean: "tensorflow.contrib.eager"."""
    chain = Chain(node)
    return frozenset(join(target, *chain.names) for target in targets(program, chain.root))


@view
def _targets(program: Program) -> dict[Binding, frozenset[str]]:
    return {}


def target(program: Program, binding: Binding) -> frozenset[str]:
    """Returns the paths of what binding binds its name to."""
    known = _targets(program)
    if binding not in known:
        known[binding] = frozenset()  # `tf = tf` says nothing
        known[binding] = _target(program, binding)
    return known[binding]


def _target(program: Program, binding: Binding) -> frozenset[str]:
    if binding.alias is not None:
        return frozenset([imported(binding.alias)])
    if binding.value is None:
        return frozenset([UNKNOWN])
    if isinstance(binding.value, ast.Constant) and binding.value.value in (None, False):
        return frozenset()  # the stand-in of an optional import
    found = paths(program, binding.value) or {UNKNOWN}
    return frozenset(path if path in _FOLLOWED else UNKNOWN for path in found)
