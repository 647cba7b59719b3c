"""How a function becomes a case, or several cases: one for each of several functions under test."""

from __future__ import annotations

from typing import Any, Callable

from tfe_compat.conformance.api import EXPLICIT, IMPLICIT
from tfe_compat.conformance.outcome import Outcome, outcome_of

# id -> the case, which receives the functions under test and returns what they returned.
CASES: dict[str, Callable[[Any], Any]] = {}

# id -> the name of the case's module.
GROUP_OF: dict[str, str] = {}


def outcome(name: str, tfe: Any) -> Outcome:
    """What a case does with the functions of `tfe`."""
    return outcome_of(lambda: CASES[name](tfe))


def single(case: Callable[[Any], Any]) -> None:
    """Registers a case that calls the functions itself."""
    _register(case.__name__, case.__module__, case)


def explicit(case: Callable[[Any, Any], Any]) -> None:
    """Registers a case for each of the functions that differentiate by arguments."""
    for name in EXPLICIT:

        def run(tfe: Any, name: str = name) -> Any:
            return case(tfe, _called_vjp(tfe) if name == "make_vjp" else getattr(tfe, name))

        _register(f"{case.__name__}[{name}]", case.__module__, run)


def implicit(case: Callable[[Any, Any], Any]) -> None:
    """Registers a case for each of the functions that differentiate by variables."""
    for name in IMPLICIT:

        def run(tfe: Any, name: str = name) -> Any:
            return case(tfe, getattr(tfe, name))

        _register(f"{case.__name__}[{name}]", case.__module__, run)


def _register(name: str, module: str, case: Callable[[Any], Any]) -> None:
    assert name not in CASES, name
    CASES[name] = case
    GROUP_OF[name] = module.rpartition(".")[2]


def _called_vjp(tfe: Any) -> Callable[..., Any]:
    """`make_vjp` in the shape of `value_and_gradients_function`."""

    def differentiate(f: Any, params: Any = None) -> Callable[..., Any]:
        value_and_vjp = tfe.make_vjp(f, params)

        def value_and_gradients(*args: Any, **kwargs: Any) -> Any:
            dy = kwargs.pop("dy", None)
            value, vjp = value_and_vjp(*args, **kwargs)
            return value, vjp(dy)

        return value_and_gradients

    return differentiate
