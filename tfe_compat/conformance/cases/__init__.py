"""Hand-written cases: one small use of the gradient functions each, named after what it shows.

They run unchanged on TF 1.15.5 and on TF 2. Each subject is a module, whose cases form a group.
Most cases run with several of the functions: an `explicit` one with the three that differentiate by
arguments, under ids like `one_tensor_as_two_arguments[make_vjp]`, an `implicit` one with the two
that differentiate by variables. They get `differentiate`, which maps `f` and perhaps `params`
to the differentiated function, and `tfe`, which has all five.
"""

from __future__ import annotations

import importlib

from tfe_compat.conformance.cases.registration import CASES, GROUP_OF, outcome

__all__ = ["CASES", "GROUPS", "GROUP_OF", "outcome"]

# One module each, in the order in which they are recorded and compared.
GROUPS = (
    "documented",
    "parameters",
    "callables",
    "arguments",
    "values",
    "gradients",
    "higher_order",
    "dy",
    "make_vjp",
    "variables",
    "state",
    "placement",
    "inputs",
)

for _group in GROUPS:
    importlib.import_module(f"{__name__}.{_group}")
