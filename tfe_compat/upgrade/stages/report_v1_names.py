"""Findings: names that only TensorFlow 1 has, in a program that imports TensorFlow 2."""

from __future__ import annotations

from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.v1_names import v1_name, v1_uses
from tfe_compat.upgrade.findings import Finding, unfollowed
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import TENSORFLOW

_SHOWN = 3


def report_v1_names(program: Program, draft: Draft) -> Iterator[Finding]:
    """Reports once for each `import tensorflow as tf` which names it does not have any more."""
    for alias, chains in v1_uses(program).items():
        if not draft.edits.touch(alias.start, alias.name_end):
            names = list(dict.fromkeys(f"tf.{v1_name(chain)}" for chain in chains))
            more = f" and {len(names) - _SHOWN} more names" if len(names) > _SHOWN else ""
            message = (
                f"TensorFlow 2 has no {', '.join(names[:_SHOWN])}{more}: import "
                f"tensorflow.compat.v1 as {alias.bound}"
            )
            yield unfollowed(program.start(chains[0].node), TENSORFLOW, message)
