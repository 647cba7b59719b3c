"""How a comparison is shown: as text, and as the JSON that docs/conformance.md describes."""

from __future__ import annotations

import json
import platform
import shlex
from collections import Counter
from typing import Any

import numpy as np
import tensorflow as tf

import tfe_compat
from tfe_compat.conformance import comparison
from tfe_compat.conformance.comparison import Comparison

# More of them would bury the versions above, in a summary that is meant to be pasted.
MOST_NAMES = 20


def command(*arguments: str) -> str:
    return shlex.join(["python", "-m", "tfe_compat.conformance", *arguments])


def mismatch(c: Comparison, device: str | None) -> str:
    """Both outcomes, where they differ, and how to run this case or program alone."""
    alone = command("--only", c.name, *(["--device", device] if device else []))
    lines = [
        f"mismatch: {c.name}",
        f"TF 1.15.5: {json.dumps(c.recorded)}",
        f"here:      {json.dumps(c.actual)}",
        *c.because,
        f"alone:     {alone}",
    ]
    return "\n  ".join(lines)


def as_json(command: str, compared: list[Comparison]) -> dict[str, Any]:
    """What --json writes."""
    counts = Counter(c.verdict for c in compared)
    return {
        "schema": 1,
        "versions": _versions(),
        "command": command,
        "summary": {
            "identical": counts[comparison.IDENTICAL],
            "known differences": counts[comparison.KNOWN],
            "mismatches": counts[comparison.MISMATCH],
        },
        "outcomes": [c._asdict() for c in compared],
    }


def _versions() -> dict[str, str]:
    recorded_with = comparison.recording("cases")["recorded_with"]
    return {
        "tfe_compat": tfe_compat.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "devices": ", ".join(comparison.devices()),
        "compared with": f"TensorFlow {recorded_with['tensorflow']}, recorded",
    }


def summary(report: dict[str, Any], seconds: float) -> str:
    """The end of the command's output, to paste into a bug report."""
    names = [o["name"] for o in report["outcomes"] if o["verdict"] == comparison.MISMATCH]
    facts = {**report["versions"], "command": report["command"]}
    if names:
        more = [f"and {len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
        facts["mismatches"] = ("\n" + " " * 15).join(names[:MOST_NAMES] + more)
    lines = [f"{fact + ':':<15}{value}" for fact, value in facts.items()]
    counts = ", ".join(f"{count} {what}" for what, count in report["summary"].items())
    lines.append(f"{len(report['outcomes'])} compared in {seconds:.0f} s: {counts}")
    return "\n".join(lines)
