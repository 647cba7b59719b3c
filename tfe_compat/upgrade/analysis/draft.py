"""What the stages have made of a program so far, and which imports that leaves without a use."""

from __future__ import annotations

from dataclasses import dataclass, field

from tfe_compat.upgrade.analysis.destinations import is_gone, new_path
from tfe_compat.upgrade.analysis.meaning import imported
from tfe_compat.upgrade.edits import Edits
from tfe_compat.upgrade.findings import Finding, Note
from tfe_compat.upgrade.syntax.chains import Chain
from tfe_compat.upgrade.syntax.imports import Alias
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import CONTRIB, TENSORFLOW, within


@dataclass
class Draft:
    """What the stages have made so far.

    Attributes:
        program: Of what.
        edits: Their edits.
        findings: Their findings.
        notes: Their notes.
        unused: The imports of tf.contrib's modules that nothing reads any more. Empty until all
            expressions are rewritten.
    """

    program: Program
    edits: Edits = field(default_factory=Edits)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unused: frozenset[Alias] = frozenset()

    def rewrites(self, chain: Chain) -> bool:
        """Says whether an edit replaces a part of chain."""
        return self.edits.touch(self.program.start(chain.node), self.program.end(chain.node))

    def rewrites_root(self, chain: Chain) -> bool:
        """Says whether an edit replaces what chain begins with."""
        if chain in self.program.misplaced:
            return False
        return self.edits.touch(self.program.start(chain.root), self.program.end(chain.root))

    def find_unused_imports(self) -> None:
        """Sets `unused`: what only rewritten expressions read."""
        candidates = {
            alias
            for statement in self.program.imports
            for alias in statement.names
            if _may_be_unused(self.program, alias)
            and alias.bound not in self.program.bindings.declared | self.program.bindings.deleted
        }
        needed: set[Alias] = set()
        served: set[str] = set()
        for chain in self.program.bindings.chains if candidates else ():
            found = (each.alias for each in self.program.found(chain.root))
            aliases = {alias for alias in found if alias in candidates}
            if aliases and self.rewrites_root(chain):
                served.update(map(imported, aliases))
            else:
                needed.update(aliases)
        self.unused = frozenset(
            alias
            for alias in candidates - needed
            if imported(alias) == CONTRIB
            or imported(alias) in served
            or is_gone(self.program, imported(alias))
        )


def _may_be_unused(program: Program, alias: Alias) -> bool:
    path = imported(alias)
    if path == CONTRIB:
        return True
    return within(path, TENSORFLOW) and path != TENSORFLOW and new_path(program, path) == path
