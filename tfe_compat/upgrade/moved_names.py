"""Names of tf.contrib and of TensorFlow's internal modules: to where they are now, or reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from tfe_compat.upgrade.dead_imports import is_dead
from tfe_compat.upgrade.edits import Edit, Finding
from tfe_compat.upgrade.homes import HOMES
from tfe_compat.upgrade.moved_calls import rewritten_calls
from tfe_compat.upgrade.moves import moved, place
from tfe_compat.upgrade.paths import (
    CONTRIB,
    EAGER,
    EXAMPLES,
    PYTHON,
    TENSORFLOW,
    canonical,
    join,
    within,
)
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.references import all_references
from tfe_compat.upgrade.scopes import aliases
from tfe_compat.upgrade.tf1 import is_tf1
from tfe_compat.upgrade.tree import Chain

_OLD = (CONTRIB, f"{TENSORFLOW}.python", f"{TENSORFLOW}.examples")
_LEFT = "gone; tf.contrib is no longer part of TensorFlow"


def rewrite_moved_names(program: Program) -> Iterator[Edit | Finding]:
    """Rewrites what is spelled from `tf` on, and reports what is nowhere."""
    if not is_tf1(program):
        return
    for statement in program.bindings.imports:
        for alias in aliases(statement):
            if not is_dead(program, statement, alias):
                yield from _import(program, statement, alias)
    known = {reference.chain.node for reference in all_references(program)}
    known.update(rewritten_calls(program))
    for chain in program.bindings.chains:
        targets = program.targets(chain.root)
        if chain.node not in known and len(targets) == 1:
            (target,) = targets
            yield from _chain(program, chain, target)


def _import(program: Program, statement: cst.CSTNode, alias: cst.ImportAlias) -> Iterator[Finding]:
    if isinstance(statement, cst.ImportFrom) or alias.asname:
        path = imported(statement, alias)
    else:
        path = canonical(alias.evaluated_name)
    if not _is_old(path) or moved(program, path) not in (path, "list", "dict"):
        return
    if isinstance(statement, cst.ImportFrom) and _serves(program, path, module_of(statement)):
        return
    taken = [
        join(path, *chain.names)
        for chain in program.bindings.chains
        if chain.names and path in program.targets(chain.root)
    ]
    name = taken[0] if len(taken) == 1 else path
    found = place(name)
    if found is not None and found[1].path:
        return  # _chain says where it is
    yield _finding(program, alias, name)


def _serves(program: Program, path: str, module: str) -> bool:
    """Says whether path goes where its module goes."""
    return moved(program, path) != path and moved(program, module) != module


def _chain(program: Program, chain: Chain, target: str) -> Iterator[Edit | Finding]:
    path = join(target, *chain.names)
    if not _is_old(path) or (within(path, EXAMPLES) and moved(program, path) != path):
        return
    found = place(path)
    if found is None or not found[1].path:
        # What is taken from a module that is nowhere itself is reported with its import.
        if target in (TENSORFLOW, CONTRIB) or moved(program, target) != target:
            yield _finding(program, chain.node, path)
        return
    module, there = found
    if within(module, EAGER):
        return
    length = _length(target, module, chain.names)
    if there.arguments is not None and not _fits(program, chain, length, *there.arguments):
        yield _finding(program, chain.node, path)
    elif target == TENSORFLOW:
        yield from _rewrite(program, chain, length, there.path)
    elif length:
        yield from _rename(program, chain, length, moved(program, target), there.path)


def _is_old(path: str) -> bool:
    """Says whether path is one of those that this stage is about."""
    found = place(path)
    if found is not None and found[1].remark:
        return True
    if path in _OLD or any(within(path, home) for home in (*HOMES, PYTHON)):
        return False
    return any(within(path, old) for old in _OLD)


def _length(target: str, module: str, names: Sequence[str]) -> int:
    """Returns how many of names lead from target to module; 0 if target is in it."""
    lengths = range(len(names) + 1)
    return next((n for n in lengths if join(target, *names[:n]) == module), 0)


def _fits(program: Program, chain: Chain, length: int, positional: int, keywords: str) -> bool:
    """Says whether chain is called with no other arguments than these."""
    call = program.parent(chain.node)
    if not isinstance(call, cst.Call) or call.func is not chain.node or length < len(chain.names):
        return False
    named = [argument.keyword.value for argument in call.args if argument.keyword]
    plain = all(not argument.star for argument in call.args)
    few = len(call.args) - len(named) <= positional
    return plain and few and set(named) <= set(keywords.split())


def _rewrite(program: Program, chain: Chain, length: int, path: str) -> Iterator[Edit | Finding]:
    start, end = program.end(chain.root), program.end(chain.attributes[length - 1])
    names = path.split(".")
    if names[0] == TENSORFLOW and "#" not in program.text[start:end]:
        yield Edit(start, end, "".join(f".{name}" for name in names[1:]))
    elif len(names) == 1 and not program.found(chain.root, path):  # list, dict
        yield Edit(program.start(chain.root), end, path)
    else:
        yield _elsewhere(program, chain, path)


def _rename(
    program: Program, chain: Chain, length: int, home: str, path: str
) -> Iterator[Edit | Finding]:
    """Renames what is taken from a module that is imported under a name of its own."""
    attribute = chain.attributes[length - 1]
    if path == f"{home}.{attribute.attr.value}":
        return
    if path.rpartition(".")[0] == home and length == 1:
        name = path.rpartition(".")[2]
        yield Edit(program.start(attribute.attr), program.end(attribute.attr), name)
    else:
        yield _elsewhere(program, chain, path)


def _elsewhere(program: Program, chain: Chain, path: str) -> Finding:
    return program.unfollowed(chain.node, chain.spelling, f"it is {path} today")


def _finding(program: Program, node: cst.CSTNode, path: str) -> Finding:
    found = place(path)
    remark = found[1].remark if found else ""
    name = path.replace(f"{TENSORFLOW}.", "tf.", 1) if within(path, CONTRIB) else path
    message = f"gone; {remark}" if remark else _LEFT
    return program.finding(node, "gone", name, message)
