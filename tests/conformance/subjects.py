"""Cases and programs for the tests of the comparison and its command."""

import tfe_compat as tfe
from tfe_compat.conformance import comparison
from tfe_compat.conformance.test_conformance import SUBJECTS

COMPARER = comparison.Comparer(tfe)

EXAMPLE = next(s for s in SUBJECTS if s.name == "documented_example[gradients_function]")

# Programs take any name.
PROGRAM = next(
    s for s in SUBJECTS if s.program and COMPARER.compare(s).verdict == comparison.IDENTICAL
)


def mismatching(name):
    return PROGRAM._replace(name=name, recorded={"raised": "ValueError", "message": ""})
