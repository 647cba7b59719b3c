"""Dotted paths of modules and their names, as plain text."""

from __future__ import annotations

TENSORFLOW = "tensorflow"
CONTRIB = "tensorflow.contrib"
EAGER = "tensorflow.contrib.eager"
PYTHON = "tensorflow.contrib.eager.python"
COMPAT = "tfe_compat"
UNKNOWN = ""  # what can be anything: an argument, a loop variable, a relative import, ...

_SPELLINGS = (
    ("tensorflow.compat.v1", TENSORFLOW),
    ("tensorflow.contrib.eager.python.tfe", EAGER),
)


def canonical(path: str) -> str:
    """Returns the one spelling of a path that has several.

    Example:
        >>> canonical("tensorflow.compat.v1.contrib.eager.defun")
        'tensorflow.contrib.eager.defun'
    """
    for spelling, usual in _SPELLINGS:
        if path == spelling or path.startswith(spelling + "."):
            path = usual + path[len(spelling) :]
    return path


def join(path: str, *names: str) -> str:
    """Returns the path of what names lead to, from what path is."""
    return canonical(".".join([path, *names])) if path else UNKNOWN


def import_of(path: str, name: str) -> str:
    """Returns the statement that binds name to the module at path.

    Example:
        >>> import_of("tfe_compat", "tfe")
        'import tfe_compat as tfe'
    """
    return f"import {path}" if name == path else f"import {path} as {name}"
