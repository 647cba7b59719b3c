"""The modules and names of TensorFlow that expressions refer to, through imports.

An assignment such as `nest = tf.contrib.framework.nest` counts as an import.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from tfe_compat.upgrade.analysis.places import public_module
from tfe_compat.upgrade.syntax.imports import Alias, Import
from tfe_compat.upgrade.syntax.nodes import Chain
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.syntax.scopes import Binding
from tfe_compat.upgrade.tables.paths import (
    COMPAT,
    CONTRIB,
    TENSORFLOW,
    UNKNOWN,
    canonical,
    join,
    within,
)
from tfe_compat.upgrade.tables.public_names import is_module
from tfe_compat.upgrade.tables.tfe import MODULES, STAND_INS

_FOLLOWED = (TENSORFLOW, COMPAT, *STAND_INS)  # through `name = module`


def module_of(statement: Import) -> str:
    """Returns the path of the module that `from module import ...` imports from."""
    return canonical(statement.module) if statement.module else UNKNOWN


def imported(alias: Alias) -> str:
    """Returns the path of what a name in an import statement binds."""
    if alias.statement.is_from:
        return join(module_of(alias.statement), alias.name)
    return canonical(alias.name if alias.asname else alias.name.partition(".")[0])


def named(alias: Alias) -> str:
    """Returns the path that a name in an import statement spells: all of "a.b"."""
    return imported(alias) if alias.statement.is_from or alias.asname else canonical(alias.name)


def is_own(program: Program, statement: Import) -> bool:
    """Says whether statement imports from files of the program that use TensorFlow."""
    return any(module in program.options.own_modules for module in modules_of(statement))


def modules_of(statement: Import) -> list[str]:
    """Returns the modules that statement imports, as written: "a.b", or ".b" if relative.

    What `from a import b` takes from a module may be a module itself, and is given as "a.b".
    """
    node = statement.node
    if not isinstance(node, ast.ImportFrom):
        return [alias.name for alias in statement.names]
    module = "." * node.level + (node.module or "")
    separator = "" if module.endswith(".") else "."
    return [module, *(f"{module}{separator}{alias.name}" for alias in statement.names)]


def targets(program: Program, root: ast.expr) -> frozenset[str]:
    """Returns the paths of everything that a name can be bound to."""
    return frozenset().union(*(target(program, each) for each in program.found(root)))


@view
def meanings(program: Program) -> Mapping[Chain, frozenset[str]]:
    """Returns the dotted expressions whose root is imported, and the paths of the root."""
    found = ((chain, targets(program, chain.root)) for chain in program.chains)
    return {chain: roots for chain, roots in found if not roots <= {UNKNOWN}}


@view
def used_paths(program: Program) -> frozenset[str]:
    """Returns the paths of everything that the program's expressions refer to."""
    return frozenset(
        join(root, *chain.names) for chain, roots in meanings(program).items() for root in roots
    )


def paths(program: Program, node: ast.expr) -> frozenset[str]:
    """Returns the paths that a dotted expression can refer to: "tensorflow.contrib.eager"."""
    chain = Chain(node)
    return frozenset(join(target, *chain.names) for target in targets(program, chain.root))


@view
def _targets(program: Program) -> dict[Binding, frozenset[str]]:
    return {}


def target(program: Program, binding: Binding) -> frozenset[str]:
    """Returns the paths of what binding can bind its name to."""
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
    return frozenset(
        path if path in _FOLLOWED or is_old_module(path) else UNKNOWN for path in found
    )


def is_old_module(path: str) -> bool:
    """Says whether path is a module of tf.contrib or an internal one."""
    return is_module(path) or (within(path, CONTRIB) and path.count(".") == 2)


@view
def module_assignments(program: Program) -> Mapping[ast.AST, Alias]:
    """Returns the assigned values that are old modules, each with the import it amounts to.

    The name must mean nothing else, but for the new place of the module in another branch; or
    tfe_compat stands in for the module.
    """
    found: dict[ast.AST, Alias] = {}
    for assign in program.nodes(ast.Assign):
        target = assign.targets[0]
        if len(assign.targets) != 1 or not isinstance(target, ast.Name):
            continue
        path, *others = paths(program, assign.value) or {UNKNOWN}
        values = [binding.value for binding in program.found(target)]
        meant = {each for value in values for each in (paths(program, value) if value else "?")}
        is_attribute = program.bindings.scopes[target].kind == "class"  # read as `self.nest`
        followed = is_old_module(path) and not is_attribute and meant <= {path, public_module(path)}
        if others or not (followed or path in MODULES) or "#" in program.source(assign):
            continue
        if isinstance(assign.value, ast.Attribute):
            start, end = program.start(assign), program.end(assign)
            alias = Alias(Import(assign, start, end), path, target.id, start, end, end)
            alias.statement.names.append(alias)
            found[assign.value] = alias
    return found


def module_imports(program: Program) -> Sequence[Import]:
    """Returns the import statements and the assignments that amount to one."""
    return [*program.imports, *(alias.statement for alias in module_assignments(program).values())]


def aliases(program: Program, chain: Chain) -> set[Alias]:
    """Returns the imports that the root of chain may come from."""
    assigned = module_assignments(program)
    found = set()
    for binding in program.found(chain.root):
        alias = binding.alias or assigned.get(binding.value)  # type: ignore[arg-type]
        if alias is not None:
            found.add(alias)
    return found


@view
def readings(program: Program) -> Mapping[Alias, Sequence[Chain]]:
    """Returns, for each import that is used, the dotted expressions whose root may come from it."""
    found: dict[Alias, list[Chain]] = {}
    for chain in program.bindings.chains:
        for alias in aliases(program, chain):
            found.setdefault(alias, []).append(chain)
    return found
