"""Runs programs."""

from __future__ import annotations

import functools
import types
from typing import Any

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.api import IMPLICIT
from tfe_compat.conformance.outcome import Outcome, outcome_of
from tfe_compat.conformance.programs.generation import NAMES, WITHOUT_NUMBERS
from tfe_compat.conformance.programs.operations import OPERATIONS


def outcome(program: dict[str, Any], tfe: Any) -> Outcome:
    """What a program does with the functions of `tfe`."""
    return outcome_of(lambda: run(program, tfe))


def run(program: dict[str, Any], tfe: Any) -> Any:
    """Runs a program with the functions of `tfe` and returns what they gave."""
    arguments = _make_arguments(program)
    f = _make_f(program, arguments)
    if program["function"] in IMPLICIT:
        return _run_implicit(program, tfe, f, arguments)
    differentiate = functools.partial(_differentiate, tfe, program["function"])
    params = _make_params(program["params"])
    keywords = {} if program["dy"] is None else {"dy": _make_dy(program)}
    if program["way"] == "first order":
        return differentiate(f, params)(*arguments, **keywords)
    if program["way"] == "outer tape":
        return _under_outer_tape(differentiate(f, params), arguments, keywords)
    first = tfe.gradients_function(f, params)

    def gradients(*args: Any) -> list[Any]:
        return [_dense(g) for g in first(*args, **keywords) if g is not None]

    return differentiate(gradients, positions(program))(*arguments)


def _run_implicit(program: dict[str, Any], tfe: Any, f: Any, arguments: list[Any]) -> Any:
    differentiate = getattr(tfe, program["function"])
    passed = [x for x in arguments if not isinstance(x, tf.Variable)]
    if program["way"] == "first order":
        return differentiate(f)(*passed)
    if program["way"] == "outer tape":
        return _under_outer_tape(differentiate(f), passed, {})

    def gradients(*args: Any) -> list[Any]:
        return [_dense(g) for g, _ in tfe.implicit_gradients(f)(*args) if g is not None]

    return differentiate(gradients)(*passed)


def _differentiate(tfe: Any, function: str, f: Any, params: Any) -> Any:
    if function != "make_vjp":
        return getattr(tfe, function)(f, params)

    def value_and_two_gradients(*args: Any, dy: Any = None) -> Any:
        value, vjp = tfe.make_vjp(f, params)(*args)
        return value, vjp(dy), vjp()

    return value_and_two_gradients


def _under_outer_tape(g: Any, arguments: list[Any], keywords: dict[str, Any]) -> Any:
    watched = [x for x in arguments if isinstance(x, tf.Tensor) and x.dtype.is_floating]
    with tf.GradientTape() as tape:
        tape.watch(watched)
        result = g(*arguments, **keywords)
        targets = [_dense(x) for x in tf.nest.flatten(result)]
        targets = [x for x in targets if isinstance(x, tf.Tensor)]
    return result, tape.gradient(targets, watched)


def _dense(gradient: Any) -> Any:
    return tf.convert_to_tensor(gradient) if isinstance(gradient, tf.IndexedSlices) else gradient


def _tensor(array: Any, dtype: str) -> Any:
    return tf.cast(tf.constant(_complex(array, dtype)), dtype)


def _complex(array: Any, dtype: str) -> Any:
    """The numbers, with imaginary parts if the dtype is complex."""
    return array + 0.5j * array[::-1] if dtype.startswith("complex") and array.ndim else array


ARGUMENTS: dict[str, Any] = {
    "tensor": _tensor,
    "variable": lambda array, dtype: tf.Variable(_tensor(array, dtype)),
    "numpy": _complex,
    "python number": lambda array, dtype: float(array),
    "list": lambda array, dtype: array.tolist(),
    "integer": lambda array, dtype: tf.constant(int(array)),
    "boolean": lambda array, dtype: bool(array > 0),
}


def _make_arguments(program: dict[str, Any]) -> list[Any]:
    made: list[Any] = []
    for kind, *rest in program["arguments"]:
        if kind == "same":
            made.append(made[rest[0]])
        elif kind in WITHOUT_NUMBERS:
            made.append(WITHOUT_NUMBERS[kind])
        else:
            made.append(ARGUMENTS[kind](np.reshape(rest[1], rest[0]), program["dtype"]))
    return made


# Functions of each number of arguments, to have signatures of each kind.
FUNCTIONS: dict[int, Any] = {
    1: lambda body: lambda a: body(a),
    2: lambda body: lambda a, b: body(a, b),
    3: lambda body: lambda a, b, c: body(a, b, c),
    4: lambda body: lambda a, b, c, d: body(a, b, c, d),
}
DEFAULTS: dict[int, Any] = {
    1: lambda body: lambda a, extra=None: body(a),
    2: lambda body: lambda a, b, extra=None: body(a, b),
    3: lambda body: lambda a, b, c, extra=None: body(a, b, c),
    4: lambda body: lambda a, b, c, d, extra=None: body(a, b, c, d),
}
METHODS: dict[int, Any] = {
    1: lambda body: lambda self, a: body(a),
    2: lambda body: lambda self, a, b: body(a, b),
    3: lambda body: lambda self, a, b, c: body(a, b, c),
    4: lambda body: lambda self, a, b, c, d: body(a, b, c, d),
}


def _make_f(program: dict[str, Any], arguments: list[Any]) -> Any:
    """The function to differentiate; in an implicit program it closes over the variables."""
    closes_over_variables = program["function"] in IMPLICIT
    dtype = program["dtype"]

    def body(*args: Any) -> Any:
        passed = iter(args)
        values = []
        for argument, (kind, *_) in zip(arguments, program["arguments"]):
            closed_over = closes_over_variables and isinstance(argument, tf.Variable)
            value = argument if closed_over else next(passed)
            is_number = kind not in WITHOUT_NUMBERS
            values.append(tf.cast(tf.convert_to_tensor(value), dtype) if is_number else None)
        for name, *operands in program["operations"]:
            values.append(OPERATIONS[name].apply(*(values[i] for i in operands)))
        return _make_structure(program["returns"], values)

    count = len(arguments)
    if closes_over_variables or program["f"] == "rest":
        return body
    if program["f"] == "default":
        return DEFAULTS[count](body)
    if program["f"] == "function":
        return FUNCTIONS[count](body)
    method = METHODS[count](body)
    if program["f"] == "partial":
        return functools.partial(method, "filled")
    if program["f"] == "method":
        return types.MethodType(method, "self")
    return type("Callable", (), {"__call__": method})()


def _make_structure(template: Any, values: Any) -> Any:
    if isinstance(template, int):
        return values[template]
    kind, *elements = template
    made = [_make_structure(element, values) for element in elements]
    if kind == "dict":
        return dict(zip(NAMES, made))
    return tuple(made) if kind == "tuple" else made


def _make_params(params: list[Any] | None) -> Any:
    if params is None:
        return None
    kind, selected = params
    if kind == "characters":
        return "".join(selected)
    if kind == "numpy":
        return [np.int64(i) for i in selected]
    return iter(selected) if kind == "iterator" else selected


def _make_dy(program: dict[str, Any]) -> Any:
    kind, *leaves = program["dy"]
    arrays = [np.reshape(numbers, shape) for shape, numbers in leaves]
    if kind == "numpy":
        made = [_complex(array, program["dtype"]) for array in arrays]
    elif kind == "python":
        made = [float(array) for array in arrays]
    else:
        made = [_tensor(array, program["dtype"]) for array in arrays]
    if kind == "flat":
        return made
    return _make_structure(program["returns"], dict(zip(_leaves(program["returns"]), made)))


def _leaves(template: Any) -> list[Any]:
    if isinstance(template, int):
        return [template]
    return [leaf for element in template[1:] for leaf in _leaves(element)]


def positions(program: dict[str, Any]) -> list[Any]:
    """The positions of the arguments that a program differentiates, none of them negative."""
    count = len(program["arguments"])
    if program["params"] is None:
        return list(range(count))
    return [NAMES.index(p) if isinstance(p, str) else p % count for p in program["params"][1]]
