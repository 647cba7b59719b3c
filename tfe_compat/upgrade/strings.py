"""Findings: modules that are reached by a string (getattr, importlib, sys.modules, exec)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Finding
from tfe_compat.upgrade.paths import CONTRIB, TENSORFLOW
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tree import Chain, string_value

_EAGER_IN_CODE = re.compile(r"\bcontrib\s*\.\s*eager\b")
_MODULE = re.compile(
    r"tensorflow(\.compat\.v1)?\.contrib(\.eager(\.\w+)*)?|(tf)?\.?contrib\.eager(\.\w+)*|\.eager"
)
_ATTRIBUTES = ("getattr", "hasattr", "setattr", "delattr")
_IMPORTERS = (
    "import_module",
    "__import__",
    "import_string",
    "import_optional",
    "find_spec",
    "find_loader",
    "importorskip",
    "LazyLoader",
    "lazy_import",
    "try_import",
    "patch",
    "setattr",
)


def attribute_call(call: cst.Call) -> tuple[str, cst.BaseExpression, str | None] | None:
    """Reads getattr(module, "name") and its like.

    Returns:
        The function, what it is asked about, and the name (None if it is no literal); None for
        any other call.
    """
    if len(call.args) > 1 and isinstance(call.func, cst.Name) and call.func.value in _ATTRIBUTES:
        return call.func.value, call.args[0].value, string_value(call.args[1].value)
    return None


def report_strings(program: Program) -> Iterator[Finding]:
    """Reports each place where a string names the module, or one that it is in."""
    for call in program.tree.nodes(cst.Call):
        attribute = attribute_call(call)
        if attribute is not None:
            yield from _attribute(program, call, *attribute)
        elif call.args:
            yield from _call(program, call)
    for subscript in program.tree.nodes(cst.Subscript):
        if Chain(subscript.value).spelling in ("sys.modules", "modules"):
            yield from _loaded_module(program, subscript)


def _attribute(
    program: Program, call: cst.Call, function: str, module: cst.BaseExpression, name: str | None
) -> Iterator[Finding]:
    paths = program.paths(module)
    if CONTRIB in paths:
        if name is None or name == "eager":
            spelling = f"{function}(tf.contrib, ...)"
            yield program.unfollowed(call, spelling, "write tf.contrib.eager out")
    elif TENSORFLOW in paths and name == "contrib":
        message = "tf.contrib is gone; write tf.contrib.eager out"
        yield program.unfollowed(call, f'{function}(tf, "contrib")', message)


def _call(program: Program, call: cst.Call) -> Iterator[Finding]:
    function = Chain(call.func).spelling
    name = function.rpartition(".")[2]
    if name in _IMPORTERS and function != "setattr":
        for argument in call.args:
            string = string_value(argument.value)
            if string is not None and _MODULE.fullmatch(string):
                yield _by_string(program, argument, string)
    elif name in ("exec", "eval"):
        code = string_value(call.args[0].value)
        if code is not None and _EAGER_IN_CODE.search(code):
            yield program.unfollowed(call, f"{name}(...)", "code in a string")


def _loaded_module(program: Program, subscript: cst.Subscript) -> Iterator[Finding]:
    for element in subscript.slice:
        if isinstance(element.slice, cst.Index):
            string = string_value(element.slice.value)
            if string is not None and _MODULE.fullmatch(string):
                yield _by_string(program, subscript, string)


def _by_string(program: Program, node: cst.CSTNode, string: str) -> Finding:
    return program.unfollowed(node, string, "a module named by a string; write an import")
