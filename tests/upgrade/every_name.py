"""Prints which names of TF 1.15.5 the tool breaks in silence, on the TensorFlow that is installed.

A name is broken if the tool has neither reported it nor given it a place where it is. This runs in
a process of its own, with TF 1's Keras where that can be had.
"""

from __future__ import annotations

import ast
import importlib
import json
import pathlib
import re
import warnings

import tensorflow.compat.v1 as tf

from tfe_compat.upgrade.edits import apply
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan
from tfe_compat.upgrade.tables.paths import canonical

RECORDED = pathlib.Path(__file__).parents[1] / "recorded" / "tensorflow_1_15_names.json"
HEAD = """\
import tensorflow as tf
import tensorflow.contrib.eager as tfe
tfe.enable_eager_execution()
"""


def broken_imports(module, names):
    """Yields what can't be imported by the statement that imports names from module."""
    text = f"{HEAD}from {module} import (\n" + "".join(f"    {name},\n" for name in names)
    text += f")\nuse = [{', '.join(names)}]\n"
    changes = plan(text, options=Options())
    reported = {re.sub(r"^tf\.", "tensorflow.", each.name) for each in changes.findings}
    after = apply(text, changes.edits)
    for statement in ast.parse(after).body:
        if not isinstance(statement, ast.ImportFrom) or statement.module.startswith("tfe_compat"):
            continue
        for alias in statement.names:
            path = f"{statement.module}.{alias.name}"
            if canonical(path) not in reported and not exists(path):
                yield f"{module}.{alias.asname or alias.name} -> {path}"


def broken_expressions(root, names):
    """Yields what is not there of the expressions that names become, taken from root."""
    text = HEAD + "".join(f"use({root}.{name})\n" for name in names)
    changes = plan(text, options=Options())
    reported = {
        text.count("\n", 0, offset) for f in changes.findings for offset in (f.offset, *f.also)
    }
    lines = apply(text, changes.edits).splitlines()[-len(names) :]
    for number, (line, name) in enumerate(zip(lines, names), start=HEAD.count("\n")):
        if number in reported or not line.startswith("use(tf."):
            continue
        try:
            eval(line[len("use(") : -1], {"tf": tf})
        except Exception as error:
            yield f"{root}.{name} -> {line} ({type(error).__name__})"


def exists(path):
    module, _, name = path.rpartition(".")
    try:
        return hasattr(importlib.import_module(module), name)
    except ImportError:
        return False


def every_broken_name():
    """Yields all of them."""
    recorded = json.loads(RECORDED.read_text())
    for module, names in recorded["v1"].items():
        yield from broken_expressions(f"tf.{module}".rstrip("."), names.split())
    for part, names in recorded["contrib"].items():
        yield from broken_expressions(f"tf.contrib.{part}", names.split())
        yield from broken_imports(f"tensorflow.contrib.{part}", names.split())
    for module, names in recorded["internal"].items():
        yield from broken_imports(module, names.split())


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    tf.logging.set_verbosity(tf.logging.FATAL)
    for broken in every_broken_name():
        print(broken)
