"""The names of TF 1.15.5 and TensorFlow 2, as tests/recorded/record_tensorflow_names.py found."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping

with open(os.path.join(os.path.dirname(__file__), "tensorflow_names.json")) as _file:
    _RECORDED = json.load(_file)


def _sets(section: str) -> Mapping[str, frozenset[str]]:
    return {module: frozenset(names.split()) for module, names in _RECORDED[section].items()}


NEWEST = ".".join(_RECORDED["versions"].split()[-1].split(".")[:2])

# What tensorflow.compat.v1 has in the oldest and in the newest TensorFlow 2: a module ("": itself),
# and its names.
PUBLIC = _sets("public")
# Those that TF 1.15.5 had as well, and TensorFlow 2 has in tensorflow.compat.v1 only.
V1_ONLY = _sets("v1_only")
# Those that only TensorFlow 2 has, and neither TF 1.15.5 nor tensorflow.compat.v1.
V2_ONLY = _sets("v2_only")
# Those that TF 1.15.5 had, and tensorflow.compat.v1 has not.
LOST = _sets("lost")


@functools.cache
def same_in_public(module: str) -> Mapping[str, str]:
    """Returns the public names of what a module of TF 1.15.5, internal or contrib, had."""
    found = {}
    for parent, names in _RECORDED["same"].get(module, {}).items():
        for name, _, public in (each.partition("=") for each in names.split()):
            found[name] = ".".join(filter(None, [parent, public or name]))
    return found


def is_module(path: str) -> bool:
    """Says whether TF 1.15.5 had an internal module at path."""
    return path in _RECORDED["missing"]


def is_there(module: str, name: str = "") -> bool:
    """Says whether the newest TensorFlow still has an internal module, and a name in it."""
    missing = _RECORDED["missing"].get(module, "*")
    return missing != "*" and name not in missing.split()


def is_known(module: str, name: str) -> bool:
    """Says whether the newest TensorFlow has a name that the module had in TF 1.15.5."""
    return name in _RECORDED["kept"].get(module, "").split()
