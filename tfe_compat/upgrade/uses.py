"""Where a program uses the names of tf.contrib.eager, or of tfe_compat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import libcst as cst

from tfe_compat.upgrade.paths import COMPAT, EAGER, join
from tfe_compat.upgrade.program import Program, module_of
from tfe_compat.upgrade.references import Reach, references
from tfe_compat.upgrade.scopes import aliases
from tfe_compat.upgrade.strings import attribute_call


class Use(NamedTuple):
    """Names that are taken from a module, one from the other.

    Attributes:
        program: The program.
        node: Where: an expression, or the name in an import statement.
        module: tf.contrib.eager, or tfe_compat.
        names: The names.
    """

    program: Program
    node: cst.CSTNode
    module: str
    names: Sequence[str]

    @property
    def call(self) -> cst.Call | None:
        """The call of what is taken; None where it is not called right away."""
        parent = self.program.parent(self.node)
        return parent if isinstance(parent, cst.Call) and parent.func is self.node else None


def uses_of_modules(program: Program) -> Iterator[Use]:
    """Yields each place where a name is taken from one of the modules."""
    for statement in program.bindings.imports:
        if isinstance(statement, cst.ImportFrom) and module_of(statement) in (EAGER, COMPAT):
            for alias in aliases(statement):
                yield Use(program, alias, module_of(statement), [alias.evaluated_name])
    found = {reference.chain: reference for reference in references(program)}
    for chain in program.bindings.chains:
        reference = found.get(chain)
        if reference is None:
            if COMPAT in program.targets(chain.root):
                yield Use(program, chain.node, COMPAT, chain.names)
        elif reference.reach in (Reach.BOUND, Reach.SPELLED):
            yield Use(program, chain.node, EAGER, reference.names)
    for call in program.tree.nodes(cst.Call):
        yield from _getattr(program, call)


def uses_of_imported(program: Program) -> Iterator[Use]:
    """Yields each place where a name is used that an import statement took from a module."""
    for chain in program.bindings.chains:
        for target in program.targets(chain.root):
            for module in (EAGER, COMPAT):
                if target.startswith(module + "."):
                    names = join(target, *chain.names)[len(module) + 1 :].split(".")
                    yield Use(program, chain.node, module, names)


def _getattr(program: Program, call: cst.Call) -> Iterator[Use]:
    attribute = attribute_call(call)
    if attribute is None:
        return
    function, module, name = attribute
    paths = program.paths(module)
    if name is not None and EAGER in paths:
        yield Use(program, call, EAGER, [name])
    elif name is not None and COMPAT in paths and function != "hasattr":
        yield Use(program, call, COMPAT, [name])
