"""Dotted paths of modules, and the one spelling of those that have several."""

from __future__ import annotations

import functools

TENSORFLOW = "tensorflow"
CONTRIB = "tensorflow.contrib"
EAGER = "tensorflow.contrib.eager"
PYTHON = "tensorflow.contrib.eager.python"
EXAMPLES = "tensorflow.contrib.eager.python.examples"
SUMMARY = "tensorflow.contrib.summary"
COMPAT = "tfe_compat"
KERAS = "tensorflow.keras"
V1 = "tensorflow.compat.v1"
UNKNOWN = ""  # what can be anything: an argument, a loop variable, a relative import, ...

_SPELLINGS = (
    (V1, TENSORFLOW),
    (f"{SUMMARY}.summary", SUMMARY),
    (f"{SUMMARY}.summary_ops", SUMMARY),
    (f"{CONTRIB}.framework.nest", f"{TENSORFLOW}.python.util.nest"),
    (f"{CONTRIB}.tpu.python.tpu", f"{TENSORFLOW}.python.tpu"),
    (f"{CONTRIB}.tpu.python.ops", f"{TENSORFLOW}.python.tpu.ops"),
    (f"{PYTHON}.tfe", EAGER),
    (f"{PYTHON}.saver", EAGER),
    (f"{PYTHON}.network", EAGER),
    (f"{PYTHON}.datasets", EAGER),
    (f"{PYTHON}.metrics_impl", f"{EAGER}.metrics"),
    (f"{PYTHON}.metrics", f"{EAGER}.metrics"),
)


@functools.lru_cache(maxsize=1 << 12)
def canonical(path: str) -> str:
    """Returns the one spelling of a path that has several."""
    for spelling, usual in _SPELLINGS:
        if within(path, spelling):
            path = usual + path[len(spelling) :]
    return path


def join(path: str, *names: str) -> str:
    """Returns the path of an attribute of what is at path."""
    return canonical(".".join([path, *names])) if path else UNKNOWN


def within(path: str, module: str) -> bool:
    """Says whether path is the path of module or of something in it."""
    return path == module or path.startswith(module + ".")
