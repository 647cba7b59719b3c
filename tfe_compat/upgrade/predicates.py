"""What can be seen of a use of a name: its arguments, what is done with it, what is beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Callable

import libcst as cst

from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tree import Chain, children, string_value
from tfe_compat.upgrade.uses import Use

Predicate = Callable[[Use], bool]

_EXPECTING = ("assertRaises", "assertRaisesRegex", "assertRaisesRegexp", "raises")


def always(use: Use) -> bool:
    """Every use is affected."""
    return True


def called(use: Use) -> bool:
    """It is called."""
    return use.call is not None


def both(first: Predicate, second: Predicate) -> Predicate:
    """The two hold of the same use."""
    return lambda use: first(use) and second(use)


def argument(name: str, position: int | None = None, *harmless: str) -> Predicate:
    """The call has this argument, by keyword or by position (from 0), and it is not harmless.

    Args:
        name: The keyword.
        position: None, if it is given by keyword only.
        harmless: Values as they are written, without the module they are taken from.
    """

    def holds(use: Use) -> bool:
        for index, given in enumerate(use.call.args if use.call is not None else ()):
            if given.keyword.value == name if given.keyword is not None else index == position:
                return _written(given.value) not in harmless
        return False

    return holds


def value(*unusual: str) -> Predicate:
    """An argument of the call is one of these values."""
    return lambda use: any(
        _written(given.value) in unusual
        for given in (use.call.args if use.call is not None else ())
    )


def positional(most: int) -> Predicate:
    """The call has more arguments by position than most."""
    return lambda use: (
        most
        < sum(
            given.keyword is None and not given.star
            for given in (use.call.args if use.call is not None else ())
        )
    )


def attribute(*names: str) -> Predicate:
    """One of these is taken from it."""
    return lambda use: use.names[-1] in names


def tested_for(use: Use) -> bool:
    """It is what isinstance or issubclass tests for."""
    node: cst.CSTNode = use.node
    while not isinstance(node, (cst.Arg, cst.BaseStatement, cst.Module)):
        node = use.program.parent(node)
    call = use.program.parent(node) if isinstance(node, cst.Arg) else None
    return (
        isinstance(call, cst.Call)
        and Chain(call.func).spelling in ("isinstance", "issubclass")
        and node is not call.args[0]
    )


def beside(*words: str) -> Predicate:
    """One of these words stands anywhere in the program."""
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    return lambda use: pattern.search(use.program.text) is not None


def catches(error: str) -> Predicate:
    """The program catches this error, or a test expects it."""
    return lambda use: error in set(_caught(use.program))


def caught(use: Use) -> bool:
    """It stands where an error is caught or expected."""
    node: cst.CSTNode = use.node
    while not isinstance(node, (cst.FunctionDef, cst.Module)):
        outer = use.program.parent(node)
        if isinstance(outer, cst.Try) and node is outer.body and outer.handlers:
            return True
        if isinstance(outer, cst.With) and node is outer.body:
            for item in outer.items:
                if isinstance(item.item, cst.Call) and _expects(item.item):
                    return True
        node = outer
    return False


def subclassed_with(*attributes: str) -> Predicate:
    """It is the base of a class whose methods set or define one of these attributes."""

    def holds(use: Use) -> bool:
        argument = use.program.parent(use.node)
        definition = use.program.parent(argument) if isinstance(argument, cst.Arg) else None
        return (
            isinstance(definition, cst.ClassDef)
            and argument in definition.bases
            and not set(attributes).isdisjoint(_own(use.program, definition))
        )

    return holds


def wraps_creation(*creators: str) -> Predicate:
    """It wraps a function that calls one of these under no condition."""

    def holds(use: Use) -> bool:
        return any(
            isinstance(node, cst.Call) and Chain(node.func).spelling.rpartition(".")[2] in creators
            for function in _wrapped(use)
            for node in (function.body, *_unconditional(function.body))
        )

    return holds


def _written(node: cst.BaseExpression) -> str:
    text = string_value(node)
    return repr(text) if text is not None else Chain(node).spelling.rpartition(".")[2]


def _caught(program: Program) -> Iterator[str]:
    for handler in program.tree.nodes(cst.ExceptHandler):
        types = handler.type.elements if isinstance(handler.type, cst.Tuple) else [handler.type]
        for each in types:
            node = each.value if isinstance(each, cst.BaseElement) else each
            if node is not None:
                yield _written(node)
    for call in program.tree.nodes(cst.Call):
        if _expects(call) and call.args:
            yield _written(call.args[0].value)


def _expects(call: cst.Call) -> bool:
    return Chain(call.func).spelling.rpartition(".")[2] in _EXPECTING


def _own(program: Program, definition: cst.ClassDef) -> Iterator[str]:
    for node in _unconditional(definition.body, everything=True):
        if isinstance(node, cst.FunctionDef):
            yield node.name.value
        elif isinstance(node, cst.AssignTarget) and isinstance(node.target, cst.Attribute):
            chain = Chain(node.target)
            if chain.spelling.startswith("self.") and len(chain.names) == 1:
                yield chain.names[0]


def _wrapped(use: Use) -> Iterator[cst.FunctionDef | cst.Lambda]:
    call = use.call
    outer = use.program.parent(call or use.node)
    if isinstance(outer, cst.Decorator):
        definition = use.program.parent(outer)
        if isinstance(definition, cst.FunctionDef):
            yield definition
    elif call is not None and call.args:
        function = call.args[0].value
        if isinstance(function, cst.Lambda):
            yield function
        for binding in use.program.found(function):
            if isinstance(binding.node, cst.FunctionDef):
                yield binding.node


def _unconditional(node: cst.CSTNode, everything: bool = False) -> Iterator[cst.CSTNode]:
    for child in children(node):
        if everything or not isinstance(child, (cst.If, cst.FunctionDef, cst.Lambda, cst.IfExp)):
            yield child
            yield from _unconditional(child, everything)
