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
    (f"{PYTHON}.tfe", EAGER),
    (f"{PYTHON}.saver", EAGER),
    (f"{PYTHON}.network", EAGER),
    (f"{PYTHON}.datasets", EAGER),
    (f"{PYTHON}.metrics_impl", f"{EAGER}.metrics"),
    (f"{PYTHON}.metrics", f"{EAGER}.metrics"),
)


@functools.lru_cache(maxsize=1 << 12)
def canonical(path: str) -> str:
    """Returns the one spelling of a path that has several.

    Example:
        >>> canonical("tensorflow.compat.v1.contrib.eager.defun")
        'tensorflow.contrib.eager.defun'
    """
    for spelling, usual in _SPELLINGS:
        if within(path, spelling):
            path = usual + path[len(spelling) :]
    return path


def join(path: str, *names: str) -> str:
    """Returns the path of what names lead to, from what path is."""
    return canonical(".".join([path, *names])) if path else UNKNOWN


def within(path: str, module: str) -> bool:
    """Says whether path is that of module, or of what is in it."""
    return path == module or path.startswith(module + ".")
