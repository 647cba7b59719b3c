"""The documented example."""

from __future__ import annotations

from tfe_compat.conformance.cases.examples import documented
from tfe_compat.conformance.cases.registration import explicit, single


@explicit
def documented_example(tfe, differentiate):
    return differentiate(documented)(2.0, 3.0)


@explicit
def documented_example_with_params(tfe, differentiate):
    return differentiate(documented, params=[1])(2.0, 3.0)


@explicit
def documented_example_by_name(tfe, differentiate):
    return differentiate(documented, params=["y"])(2.0, 3.0)


@single
def documented_second_order(tfe):
    first = tfe.gradients_function(documented)
    return tfe.gradients_function(lambda x, y: first(x, y)[0])(2.0, 3.0)
