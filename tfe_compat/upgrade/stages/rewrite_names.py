"""Names of tf.contrib and of TensorFlow's internal modules are taken from where they are now."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tfe_compat.upgrade.analysis.destinations import gone_finding, is_old, new_path, row
from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import meanings
from tfe_compat.upgrade.analysis.references import all_references
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.findings import Finding, unfollowed
from tfe_compat.upgrade.syntax.chains import Chain
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import CONTRIB, EAGER, EXAMPLES, TENSORFLOW, join, within


def rewrite_names(program: Program, draft: Draft) -> Iterator[Edit | Finding]:
    """Rewrites each dotted expression whose new place the tables have, and reports what is gone."""
    if not is_tf1(program):
        return
    known = {reference.chain for reference in all_references(program)}
    for chain, roots in meanings(program).items():
        if len(roots) == 1 and chain not in known and not draft.rewrites(chain):
            (root,) = roots
            yield from _rewrite(program, chain, root)


def _rewrite(program: Program, chain: Chain, root: str) -> Iterator[Edit | Finding]:
    path = join(root, *chain.names)
    if not is_old(path) or (within(path, EXAMPLES) and new_path(program, path) != path):
        return
    found = row(path)
    if found is None or not found[1].path:
        # What is taken from a module that is nowhere itself is reported with its import.
        if root in (TENSORFLOW, CONTRIB) or new_path(program, root) != root:
            yield gone_finding(program.start(chain.node), path)
        return
    module, destination = found
    if within(module, EAGER):
        return
    length = _length(root, module, chain.names)
    if destination.arguments and not _fits(program, chain, length, *destination.arguments):
        yield gone_finding(program.start(chain.node), path)
    elif root == TENSORFLOW:
        yield _from_tensorflow(program, chain, length, destination.path)
    elif length:
        yield from _from_module(program, chain, length, new_path(program, root), destination.path)


def _length(root: str, module: str, names: Sequence[str]) -> int:
    """Returns how many of names lead from root to module; 0 if root is in it."""
    lengths = range(len(names) + 1)
    return next((n for n in lengths if join(root, *names[:n]) == module), 0)


def _fits(program: Program, chain: Chain, length: int, positional: int, keywords: str) -> bool:
    """Says whether chain is called with no other arguments than these."""
    call = program.parent(chain.node)
    if not isinstance(call, ast.Call) or call.func is not chain.node or length < len(chain.names):
        return False
    plain = not any(isinstance(argument, ast.Starred) for argument in call.args)
    named = {keyword.arg for keyword in call.keywords}
    return plain and len(call.args) <= positional and named <= set(keywords.split())


def _from_tensorflow(program: Program, chain: Chain, length: int, path: str) -> Edit | Finding:
    """Rewrites what is spelled from tensorflow on, which keeps its name."""
    start = program.end_of_value(chain.attributes[0])
    end = program.end(chain.attributes[length - 1])
    names = path.split(".")
    if names[0] == TENSORFLOW and "#" not in program.text[start:end]:
        return Edit(start, end, "".join(f".{name}" for name in names[1:]))
    if len(names) == 1 and not program.found(chain.root, path):  # list, dict
        return Edit(program.start(chain.node), end, path)
    return _elsewhere(program, chain, path)


def _from_module(
    program: Program, chain: Chain, length: int, home: str, path: str
) -> Iterator[Edit | Finding]:
    """Renames what is taken from a module that is imported under a name of its own."""
    attribute = chain.attributes[length - 1]
    parent, _, name = path.rpartition(".")
    if path == f"{home}.{attribute.attr}":
        return
    if parent == home and length == 1:
        end = program.end(attribute)
        yield Edit(end - len(attribute.attr), end, name)
    else:
        yield _elsewhere(program, chain, path)


def _elsewhere(program: Program, chain: Chain, path: str) -> Finding:
    return unfollowed(program.start(chain.node), chain.spelling, f"it is {path} today")
