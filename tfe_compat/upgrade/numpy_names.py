"""Findings: names that NumPy has dropped since the days of TF 1."""

from __future__ import annotations

from collections.abc import Iterator

from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1

# What ruff does not rewrite, and what to write instead.
_BY_HAND = {
    "asscalar": "write x.item()",
    "asfarray": "write np.asarray(x, dtype=float)",
    "cast": "write np.asarray(x, dtype)",
    "issctype": "write issubclass(x, np.generic)",
    "long": "write int",
    "rank": "write np.ndim(x)",
    "sctypes": "list the types",
    "typeDict": "write np.sctypeDict",
}
# ruff's rules, and the names that they rewrite.
_RULES = {
    "NPY001": "bool complex float int object str unicode",
    "NPY003": "alltrue cumproduct product round_ sometrue",
    "NPY201": """
        Inf Infinity NAN NINF NZERO NaN PINF PZERO cfloat clongfloat complex_ float_ infty
        longcomplex longfloat mat singlecomplex string_ unicode_
    """,
}
_RULE_OF = {name: rule for rule, names in _RULES.items() for name in names.split()}


def report_numpy_names(program: Program) -> Iterator[Finding]:
    """Reports each such name once."""
    if not is_tf1(program):
        return
    reported: set[str] = set()
    for chain in program.bindings.chains:
        if program.paths(chain.root) != {"numpy"} or not chain.names:
            continue
        name = chain.names[0]
        rule = _RULE_OF.get(name)
        if name in reported or (rule is None and name not in _BY_HAND):
            continue
        reported.add(name)
        how = _BY_HAND.get(name) or f"`ruff check --select {rule} --fix FILE` rewrites it"
        yield program.finding(chain.node, "gone", f"np.{name}", f"gone from NumPy; {how}")
