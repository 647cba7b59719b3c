"""Compares what the installed TensorFlow does with the recordings of TF 1.15.5."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any, NamedTuple

import tensorflow as tf

from tfe_compat.conformance import cases, programs
from tfe_compat.conformance.known_differences import KnownDifference, SameAs, differences_by_case
from tfe_compat.conformance.outcome import Outcome, Tolerance, differences

IDENTICAL = "identical"
KNOWN = "known difference"
MISMATCH = "mismatch"

# Most cases compute exactly; where they don't, kernels differ by an ulp or two between releases.
CASE_TOLERANCE = Tolerance(ulps=4)

# Programs keep their values below 8, so rounding errors are measured against 1, not against results
# that nearly cancel. Between TF 1.15.5 and 2.21 the tanh kernels differ most: by 60 float32 ulps in
# a second derivative, and by 2 ulps in half precision.
PROGRAM_ULPS = {"bfloat16": 4.0, "float16": 8.0}
OTHER_PROGRAM_ULPS = 128.0


# Each module of cases is a group, and the programs are another.
PROGRAMS = "programs"
GROUPS = (*cases.GROUPS, PROGRAMS)


class Comparison(NamedTuple):
    """The result of comparing one case or program."""

    name: str
    verdict: str
    recorded: Outcome
    actual: Outcome
    # Why it is a mismatch, or the names of the known differences.
    because: list[str]


class Subject(NamedTuple):
    """A case or a program, with what was recorded for it."""

    name: str
    recorded: Outcome
    tolerance: Tolerance
    program: dict[str, Any] | None = None
    instead: Outcome | None = None

    @property
    def group(self) -> str:
        return cases.GROUP_OF[self.name] if self.program is None else PROGRAMS

    def run(self, tfe: Any) -> Outcome:
        if self.program is not None:
            return programs.outcome(self.program, tfe)
        return cases.outcome(self.name, tfe)


def recording(name: str) -> dict[str, Any]:
    """One of the recordings: "cases", "programs" or "names"."""
    file = resources.files("tfe_compat.conformance").joinpath("recordings", f"{name}.json")
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def subjects() -> Iterator[Subject]:
    """Everything that was recorded."""
    recorded = recording("cases")["cases"]
    for name in recorded:
        yield Subject(name, recorded[name], CASE_TOLERANCE)
    for i, entry in enumerate(recording("programs")["programs"]):
        dtype = entry["program"]["dtype"]
        ulps = PROGRAM_ULPS.get(dtype, OTHER_PROGRAM_ULPS)
        yield Subject(
            name=f"program {i:04}",
            recorded=entry["outcome"],
            tolerance=Tolerance(ulps, size=1.0, precision=dtype),
            program=entry["program"],
            instead=entry.get("instead"),
        )


def devices() -> list[str]:
    """The names of TensorFlow's devices, such as "CPU:0"."""
    return [device.name.partition("device:")[2] for device in tf.config.list_logical_devices()]


class Comparer:
    """Runs subjects, on `device` if one is given, and compares the outcomes with the recordings.

    Raises:
      ValueError: There is no such device.
    """

    def __init__(self, tfe: Any, device: str | None = None) -> None:
        # TensorFlow itself would silently use another device.
        if device and device.lstrip("/").upper() not in devices():
            raise ValueError(f"{device!r} is none of {', '.join(devices())}")
        self._tfe = tfe
        self.device = device
        self._recorded_cases = recording("cases")["cases"]
        self._known = differences_by_case()

    def compare(self, subject: Subject) -> Comparison:
        with tf.device(self.device) if self.device else contextlib.nullcontext():
            actual = subject.run(self._tfe)
        known = self._known.get(subject.name.partition("[")[0])
        lines = self._differences(subject, subject.recorded, actual)
        if not lines:
            if not subject.instead and (not known or known.depends_on_tensorflow):
                return Comparison(subject.name, IDENTICAL, subject.recorded, actual, [])
            lines = ["it is listed as a known difference but no longer differs"]
        elif subject.instead:
            lines = self._differences(subject, subject.instead, actual)
        elif known:
            lines = self._differences_from_ours(subject, known, actual)
        if lines:
            return Comparison(subject.name, MISMATCH, subject.recorded, actual, lines)
        names = [known.name] if known else list(programs.deviations(subject.program or {}))
        return Comparison(subject.name, KNOWN, subject.recorded, actual, names)

    def _differences(self, subject: Subject, expected: Outcome, actual: Outcome) -> list[str]:
        placements = self.device is None
        return list(differences(expected, actual, subject.tolerance, placements))

    def _differences_from_ours(
        self, subject: Subject, known: KnownDifference, actual: Outcome
    ) -> list[str]:
        case, bracket, function = subject.name.partition("[")
        ours = known.cases[case]
        if isinstance(ours, SameAs):
            expected = self._recorded_cases[ours.case + bracket + function]
            return self._differences(subject, expected, actual)
        raised, message = actual.get("raised", ""), actual.get("message", "")
        if re.fullmatch(ours.name, raised) and re.search(ours.message, message, re.DOTALL):
            return []
        return [f"expected {ours.name} with a message like {ours.message!r}"]
