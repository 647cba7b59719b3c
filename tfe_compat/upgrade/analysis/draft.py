"""The edits and findings of the stages so far, and the imports that they leave."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from tfe_compat.upgrade.analysis.destinations import is_gone
from tfe_compat.upgrade.analysis.meaning import aliases, module_assignments, module_imports, named
from tfe_compat.upgrade.analysis.places import place_of
from tfe_compat.upgrade.edits import Edit, Edits
from tfe_compat.upgrade.findings import Finding, Note
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.nodes import Chain
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import remove
from tfe_compat.upgrade.tables.paths import CONTRIB
from tfe_compat.upgrade.tables.tfe import MODULES


@dataclass
class Draft:
    """The work of the stages so far."""

    program: Program
    edits: Edits = field(default_factory=Edits)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    # The import statements that rewritten expressions need, and where the first does.
    needed: dict[str, int] = field(default_factory=dict)
    # The imports of modules that have the same name in a new place, where they have all that is
    # taken from them, and that place.
    moved_modules: dict[Alias, str] = field(default_factory=dict)
    # The imports of old modules and names that nothing reads any more. Empty until all
    # expressions are rewritten.
    unused: frozenset[Alias] = frozenset()
    # The imports that come too late for an expression, which an earlier one serves as well.
    superseded: set[Alias] = field(default_factory=set)
    removed: set[ast.stmt] = field(default_factory=set)  # the statements that are taken away

    def need(self, statement: str, offset: int) -> None:
        """Requests an import statement that runs before offset."""
        self.needed[statement] = min(offset, self.needed.get(statement, offset))

    def remove(self, statement: ast.stmt) -> Edit:
        """Returns the edit that takes a statement away."""
        self.removed.add(statement)
        return remove(self.program, statement)

    def rewrites(self, chain: Chain) -> bool:
        """Says whether an edit replaces a part of chain."""
        return self.edits.touch(self.program.start(chain.node), self.program.end(chain.node))

    def rewrites_root(self, chain: Chain) -> bool:
        """Says whether an edit replaces the root of chain."""
        if chain in self.program.misplaced:
            return False
        return self.edits.touch(self.program.start(chain.root), self.program.end(chain.root))

    def find_unused_imports(self) -> None:
        """Sets `unused`: imports that only rewritten expressions read."""
        bindings = self.program.bindings
        candidates = {
            alias
            for statement in module_imports(self.program)
            for alias in statement.names
            if (named(alias) == CONTRIB or place_of(named(alias)) is not None)
            and alias not in self.moved_modules
            and (alias.asname or statement.is_from)
            and alias.bound not in bindings.declared | bindings.deleted
        }
        needed: set[Alias] = set()
        rewritten: set[Alias] = set()
        for chain in bindings.chains if candidates else ():
            read = aliases(self.program, chain) & candidates
            assigned = module_assignments(self.program).get(chain.node)
            becomes_import = assigned is not None and assigned.name in MODULES
            goes = becomes_import or self.rewrites_root(chain)
            (rewritten if goes else needed).update(read)
        self.unused = frozenset(self.superseded).union(
            alias
            for alias in candidates - needed
            if alias in rewritten or named(alias) == CONTRIB or is_gone(self.program, named(alias))
        )
