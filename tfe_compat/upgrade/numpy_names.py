"""Findings: names that NumPy has dropped since the days of TF 1.

NumPy 2 has np.bool and np.long again.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.moved_calls import rewritten_calls
from tfe_compat.upgrade.paths import join
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1

# What ruff does not rewrite, and what to write instead.
_BY_HAND = {
    "asscalar": "write x.item()",
    "asfarray": "write np.asarray(x, dtype=float)",
    "cast": "write np.asarray(x, dtype)",
    "issctype": "write issubclass(x, np.generic)",
    "rank": "write np.ndim(x)",
    "sctypes": "list the types",
    "typeDict": "write np.sctypeDict",
}
# ruff's rules, and the names that they rewrite.
_RULES = {
    "NPY001": "complex float int object str unicode",
    "NPY003": "alltrue cumproduct product round_ sometrue",
    "NPY201": """
        Inf Infinity NAN NINF NZERO NaN PINF PZERO cfloat clongfloat complex_ float_ infty
        longcomplex longfloat mat singlecomplex string_ unicode_
    """,
}
_RULE_OF = {name: rule for rule, names in _RULES.items() for name in names.split()}


def report_numpy_names(program: Program) -> Iterator[Finding]:
    """Reports each such name, but for calls that are rewritten."""
    if not is_tf1(program):
        return
    for chain in program.bindings.chains:
        for target in program.targets(chain.root):
            module, _, name = join(target, *chain.names[:1]).partition(".")
            known = name in _BY_HAND or name in _RULE_OF
            if module == "numpy" and known and chain.node not in rewritten_calls(program):
                rule = f"`ruff check --select {_RULE_OF.get(name)} --fix FILE` rewrites it"
                message = f"gone from NumPy; {_BY_HAND.get(name, rule)}"
                yield program.finding(chain.node, "gone", f"np.{name}", message)
