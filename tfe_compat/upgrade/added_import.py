"""The import of tfe_compat that rewritten expressions need, added or made of what is there."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.layout import add_after, add_import, on_own_line
from tfe_compat.upgrade.module_name import first_use, module_name, unaliased
from tfe_compat.upgrade.moves import spelled
from tfe_compat.upgrade.paths import COMPAT, TENSORFLOW, import_of
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.references import Reach, all_references
from tfe_compat.upgrade.scopes import Binding


def provide_import(program: Program) -> Iterator[Edit]:
    """Imports the module once for all expressions; `import tensorflow.contrib.eager` goes."""
    provided = module_name(program)
    if provided.missing:
        yield add_import(program, import_of(COMPAT, provided.name), first_use(program))
    for statement, alias in unaliased(program):
        if alias in provided.serving:
            yield from _rename(program, statement, alias, provided.name)
        else:
            yield Edit(program.start(alias), program.end(alias), _tensorflow(program))


def _rename(
    program: Program, statement: cst.Import, alias: cst.ImportAlias, name: str
) -> Iterator[Edit]:
    start, end = program.start(alias), program.end(alias)
    new = import_of(COMPAT, name)
    if not _still_read(program, statement):
        yield Edit(start, end, new[len("import ") :])
    elif len(statement.names) == 1 and on_own_line(program, statement):
        yield Edit(start, end, _tensorflow(program))
        yield add_after(program, statement, new)
    else:
        yield Edit(start, end, f"{_tensorflow(program)}, {new[len('import ') :]}")


def _tensorflow(program: Program) -> str:
    """Returns what an import statement names to bind `tensorflow`."""
    path = spelled(program, TENSORFLOW)
    return path if path == TENSORFLOW else f"{path} as {TENSORFLOW}"


def _still_read(program: Program, statement: cst.Import) -> bool:
    """Says whether the name `tensorflow` is still needed of statement, and of no other."""
    if TENSORFLOW in program.bindings.declared:
        return True
    kept = _kept(program)
    statements = {each for each, _ in unaliased(program)}
    return any(binding.node is statement for binding in kept) and not any(
        binding.alias is not None
        and binding.node not in statements
        and program.at_top(binding.node)
        and program.start(binding.node) < program.start(statement)
        for binding in kept
    )


def _kept(program: Program) -> set[Binding]:
    """Returns the bindings of `tensorflow` that are still read after the rewriting."""
    rewritten = {each.chain for each in all_references(program) if each.reach is Reach.SPELLED}
    return {
        binding
        for chain in program.bindings.chains
        if chain not in rewritten
        for binding in program.found(chain.root)
        if binding.name == TENSORFLOW
    }
