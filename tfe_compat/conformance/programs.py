"""Random programs: expressions over many operations, differentiated in every way.

A program is plain data, made from a seed by `generate` and stored with the recordings; `run` runs
one. The module runs unchanged on TF 1.15.5 and on TF 2. A program is an object such as

    {
        "function": "value_and_gradients_function",
        "way": "first order",
        "f": "function",
        "dtype": "float32",
        "arguments": [["tensor", [2], [0.5, -1.25]], ["python number", [], [2.0]], ["same", 0]],
        "params": ["names", ["b", "a"]],
        "operations": [["multiply", 0, 1], ["sin", 3]],
        "returns": ["tuple", 4, ["list", 3]],
        "dy": ["nested", [[2], [1.0, 0.5]], [[2], [2.0, -1.0]]]
    }

Operations and `returns` refer to values by number: first the arguments, then the results of the
operations in order. All numbers are sums of a few powers of two, which every dtype represents
exactly, and every operation keeps its result small enough for rounding errors to stay comparable.
"""

from __future__ import annotations

import functools
import random
import types
from typing import Any, Callable, NamedTuple, Tuple

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.api import EXPLICIT, IMPLICIT
from tfe_compat.conformance.outcome import Outcome, outcome_of

NAMES = "abcd"
LARGEST = 8.0  # no value exceeds it: operations that could are not chosen


Shape = Tuple[int, ...]


class Operation(NamedTuple):
    """What an operation does to values, to their shapes and to the bounds on their size."""

    arity: int
    apply: Callable[..., Any]
    shape: Callable[..., Shape | None]  # None: not for these operands
    bound: Callable[..., float]


def same(shape: Shape) -> Shape:
    return shape


def vector(shape: Shape) -> Shape | None:
    return shape if shape else None


def broadcast(one: Shape, other: Shape) -> Shape | None:
    return max(one, other, key=len) if one == other or not one or not other else None


def equal(one: Shape, other: Shape) -> Shape | None:
    return one if one == other else None


def unary(apply: Any, bound: Any, shape: Any = same) -> Operation:
    return Operation(1, apply, shape, bound if callable(bound) else lambda _: bound)


def binary(apply: Any, bound: Any, shape: Any = broadcast) -> Operation:
    return Operation(2, apply, shape, bound)


def unchanged(bound: float) -> float:
    return bound


def branch(x: Any) -> Any:
    return x * 0.5 if tf.reduce_sum(x) > 0 else -x


def loop(x: Any) -> Any:
    for i in range(3):
        x = tf.sin(x) * 0.5 + x * (0.25 * i)
    return x


# The identity with half its gradient.
damped = tf.custom_gradient(lambda x: (tf.identity(x), lambda dy: dy * 0.5))


def with_first_axis(size: Callable[[int], int]) -> Callable[[Shape], Shape | None]:
    return lambda shape: (size(shape[0]), *shape[1:]) if shape and shape[0] > 1 else None


# For every dtype.
ALGEBRAIC = {
    "negative": unary(lambda x: -x, unchanged),
    "square": unary(lambda x: x * x, lambda b: b * b),
    "halve": unary(lambda x: x * 0.5, lambda b: b * 0.5),
    "identity": unary(tf.identity, unchanged),
    "stop_gradient": unary(tf.stop_gradient, unchanged),
    "add": binary(lambda x, y: x + y, lambda a, b: a + b),
    "subtract": binary(lambda x, y: x - y, lambda a, b: a + b),
    "multiply": binary(lambda x, y: x * y, lambda a, b: a * b),
}

# For complex dtypes too.
ARRAYS = {
    "reduce_sum": unary(tf.reduce_sum, lambda b: 6 * b, lambda shape: () if shape else None),
    "reduce_sum_of_rows": unary(
        lambda x: tf.reduce_sum(x, axis=0), lambda b: 3 * b, lambda s: s[1:] if s else None
    ),
    "transpose": unary(tf.transpose, unchanged, lambda s: s[::-1] if len(s) == 2 else None),
    "flatten": unary(
        lambda x: tf.reshape(x, [-1]), unchanged, lambda s: (s[0] * s[1],) if len(s) == 2 else None
    ),
    "first_row": unary(lambda x: x[0], unchanged, lambda s: s[1:] if s else None),
    "reverse": unary(lambda x: tf.reverse(x, [0]), unchanged, vector),
    "gather": unary(lambda x: tf.gather(x, [1, 0, 1]), unchanged, with_first_axis(lambda n: 3)),
    "gather_one": unary(
        lambda x: tf.gather(x, 1), unchanged, lambda s: s[1:] if s and s[0] > 1 else None
    ),
    "tile": unary(
        lambda x: tf.tile(x, [2] + [1] * (len(x.shape) - 1)),
        unchanged,
        with_first_axis(lambda n: 2 * n),
    ),
    "expand_dims": unary(lambda x: tf.expand_dims(x, 0), unchanged, lambda s: (1, *s)),
    "concat": binary(
        lambda x, y: tf.concat([x, y], 0),
        max,
        lambda s, t: (s[0] + t[0], *s[1:]) if s and t and s[1:] == t[1:] else None,
    ),
    "stack": binary(lambda x, y: tf.stack([x, y]), max, lambda s, t: (2, *s) if s == t else None),
    "matmul": binary(
        tf.matmul,
        lambda a, b: 3 * a * b,
        lambda s, t: (s[0], t[1]) if len(s) == len(t) == 2 and s[1] == t[0] else None,
    ),
}

COMPLEX = {
    "conj": unary(tf.math.conj, unchanged),
    "multiply_by_i": unary(lambda x: x * tf.cast(1j, x.dtype), unchanged),
    "real_part": unary(lambda x: tf.cast(tf.math.real(x), x.dtype), unchanged),
}

REAL = {
    "sin": unary(tf.sin, 1.0),
    "cos": unary(tf.cos, 1.0),
    "tanh": unary(tf.tanh, 1.0),
    "sigmoid": unary(tf.sigmoid, 1.0),
    "softplus": unary(tf.nn.softplus, lambda b: b + 0.7),
    "exp": unary(lambda x: tf.exp(x * 0.25), lambda b: 2.0 ** (0.37 * b)),
    "log": unary(lambda x: tf.math.log(1.0 + x * x), lambda b: b),
    "sqrt": unary(lambda x: tf.sqrt(1.0 + x * x), lambda b: 1.0 + b),
    "rsqrt": unary(lambda x: tf.math.rsqrt(1.0 + x * x), 1.0),
    "atan": unary(tf.atan, 1.6),
    "erf": unary(tf.math.erf, 1.0),
    "abs": unary(tf.abs, unchanged),
    "relu": unary(tf.nn.relu, unchanged),
    "elu": unary(tf.nn.elu, unchanged),
    "clip": unary(lambda x: tf.clip_by_value(x, -1.0, 1.0), 1.0),
    "power": unary(lambda x: tf.pow(1.0 + tf.abs(x), 1.5), lambda b: (1.0 + b) ** 1.5),
    "branch": unary(branch, unchanged),
    "loop": unary(loop, lambda b: b + 1.5),
    "damped": unary(damped, unchanged),
    "cast": unary(lambda x: tf.cast(tf.cast(x, tf.float64), x.dtype), unchanged),
    "softmax": unary(tf.nn.softmax, 1.0, vector),
    "log_softmax": unary(tf.nn.log_softmax, lambda b: 2 * b + 2.0, vector),
    "cumsum": unary(tf.cumsum, lambda b: 6 * b, vector),
    "reduce_mean": unary(tf.reduce_mean, unchanged, lambda s: () if s else None),
    "reduce_max": unary(tf.reduce_max, unchanged, lambda s: () if s else None),
    # Not of zeros, where TensorFlow's second derivative has changed.
    "reduce_prod": unary(
        lambda x: tf.reduce_prod(1.5 + 0.5 * tf.sin(x)),
        LARGEST,
        lambda s: () if s in ((2,), (3,)) else None,
    ),
    "divide": binary(lambda x, y: x / (2.0 + tf.sin(y)), lambda a, b: a),
    "maximum": binary(tf.maximum, max),
    "minimum": binary(tf.minimum, max),
    "squared_difference": binary(tf.math.squared_difference, lambda a, b: (a + b) ** 2),
    "where": binary(lambda x, y: tf.where(x > y, x, y * 0.5), max, equal),
    "add_n": binary(lambda x, y: tf.add_n([x, y, x]), lambda a, b: 2 * a + b, equal),
}

OPERATIONS = {**ALGEBRAIC, **ARRAYS, **COMPLEX, **REAL}

OPERATIONS_OF = {
    "float32": {**ALGEBRAIC, **ARRAYS, **REAL},
    "float64": {**ALGEBRAIC, **ARRAYS, **REAL},
    # TF 1.15.5 has no float16 atan for the CPU.
    "float16": {name: op for name, op in {**ALGEBRAIC, **ARRAYS, **REAL}.items() if name != "atan"},
    "bfloat16": ALGEBRAIC,
    "complex64": {**ALGEBRAIC, **ARRAYS, **COMPLEX},
    "complex128": {**ALGEBRAIC, **ARRAYS, **COMPLEX},
}

SHAPES = [(), (2,), (3,), (2, 2), (2, 3)]

WITHOUT_NUMBERS = {"string": "text", "nothing": None}

SHAREABLE = ("tensor", "variable", "numpy")


# Generation


def generate(seed: int, count: int) -> list[Any]:
    """Makes `count` programs, always the same ones for the same seed.

    >>> generate(seed=1, count=2) == generate(seed=1, count=3)[:2]
    True
    """
    return [_generate_one(random.Random(f"{seed} {i}")) for i in range(count)]


def _weighted(rng: random.Random, **weights: int) -> str:
    return rng.choices([name.replace("_", " ") for name in weights], list(weights.values()))[0]


def _numbers(rng: random.Random, shape: Shape) -> list[Any]:
    return [rng.randint(-32, 32) / 16.0 for _ in range(int(np.prod(shape, dtype=int)))]


def _generate_one(rng: random.Random) -> dict[str, Any]:
    function = rng.choices(
        [*EXPLICIT, *IMPLICIT],
        [35, 20, 20, 15, 10],
    )[0]
    dtype = rng.choices(list(OPERATIONS_OF), [60, 18, 8, 4, 6, 4])[0]
    params_kind = _weighted(
        rng, none=35, names=18, indices=18, characters=5, negative=8, numpy=4, iterator=4, empty=3
    )
    f = _weighted(rng, function=60, rest=12, method=8, object=6, partial=8, default=6)
    if f == "rest" and params_kind in ("names", "characters"):
        f = "function"
    arguments = _generate_arguments(rng, function in IMPLICIT, params_kind)
    operations, shapes = _generate_operations(rng, dtype, arguments)
    leaves = _generate_leaves(rng, shapes)
    dy = None
    if function not in IMPLICIT and rng.random() < 0.45:
        dy = _generate_dy(rng, [shapes[leaf] for leaf in leaves])
    return {
        "function": function,
        "way": _weighted(rng, first_order=65, second_order=20, outer_tape=15),
        "f": f,
        "dtype": dtype,
        "arguments": arguments,
        "params": _generate_params(rng, params_kind, arguments),
        "operations": operations,
        "returns": _generate_structure(rng, leaves),
        "dy": dy,
    }


def _generate_arguments(rng: random.Random, implicit: bool, params_kind: str) -> list[Any]:
    arguments: list[Any] = []
    for position in range(rng.randint(1, len(NAMES))):
        kind = _weighted(
            rng,
            tensor=38,
            variable=10,
            numpy=9,
            python_number=12,
            list=6,
            integer=5,
            boolean=2,
            same=12,
            string=3,
            nothing=3,
        )
        shared = [i for i, other in enumerate(arguments) if other[0] in SHAREABLE]
        if position == 0:
            kind = "variable" if implicit else "tensor"
        elif (kind == "same" and not shared) or (kind == "nothing" and params_kind == "none"):
            kind = "tensor"
        if kind == "same":
            arguments.append([kind, rng.choice(shared)])
        elif kind in WITHOUT_NUMBERS:
            arguments.append([kind])
        else:
            shape = rng.choice(SHAPES)
            if kind in ("python number", "integer", "boolean"):
                shape = ()
            elif kind == "list":
                shape = (rng.choice([2, 3]),)
            arguments.append([kind, list(shape), _numbers(rng, shape)])
    return arguments


def _generate_params(rng: random.Random, kind: str, arguments: list[Any]) -> list[Any] | None:
    if kind == "none":
        return None
    if kind == "empty":
        return ["indices", []]
    selectable = [i for i, argument in enumerate(arguments) if argument[0] != "nothing"]
    selected = rng.sample(selectable, rng.randint(1, len(selectable)))
    if rng.random() < 0.2:
        selected.append(rng.choice(selected))
    if kind in ("names", "characters"):
        return [kind, [NAMES[i] for i in selected]]
    if kind == "negative":
        selected = [i - len(arguments) if rng.random() < 0.7 else i for i in selected]
    return [kind, selected]


def _generate_operations(rng: random.Random, dtype: str, arguments: list[Any]) -> tuple[Any, Any]:
    """Operations, and the shape of every value: None for arguments that are not numbers."""
    shapes: list[Any] = []
    for argument in arguments:
        if argument[0] == "same":
            shapes.append(shapes[argument[1]])
        else:
            shapes.append(None if argument[0] in WITHOUT_NUMBERS else tuple(argument[1]))
    bounds = [2.0] * len(shapes)
    numeric = [i for i, shape in enumerate(shapes) if shape is not None]
    operations: list[Any] = []
    for _ in range(20 * rng.randint(1, 8)):  # most tries fail: the shapes don't fit
        name, operation = rng.choice(list(OPERATIONS_OF[dtype].items()))
        # Prefer what was computed last, so that programs are deep and not only wide.
        operands = [
            numeric[-1 - min(int(rng.expovariate(0.5)), len(numeric) - 1)]
            for _ in range(operation.arity)
        ]
        shape = operation.shape(*(shapes[i] for i in operands))
        bound = operation.bound(*(bounds[i] for i in operands))
        if shape is None or len(shape) > 3 or bound > LARGEST:
            continue
        operations.append([name, *operands])
        numeric.append(len(shapes))
        shapes.append(shape)
        bounds.append(bound)
        if len(operations) == 8:
            break
    return operations, shapes


def _generate_leaves(rng: random.Random, shapes: list[Any]) -> list[Any]:
    """The values that f returns: the last one, which depends on most others, and a few more."""
    numeric = [i for i, shape in enumerate(shapes) if shape is not None]
    leaves = rng.sample(numeric[:-1], min(rng.choice([0, 0, 1, 2]), len(numeric) - 1))
    leaves.insert(rng.randint(0, len(leaves)), numeric[-1])
    return leaves


def _generate_structure(rng: random.Random, leaves: list[Any]) -> Any:
    """The leaves nested, in order: a leaf, ["tuple" or "list" or "dict", element, ...]."""
    if len(leaves) == 1 and rng.random() < 0.7:
        return leaves[0]
    kind = rng.choice(["tuple", "list", "dict"])
    if len(leaves) == 1:
        return [kind, leaves[0]]
    split = rng.randint(1, len(leaves) - 1)
    return [kind, *leaves[:split], _generate_structure(rng, leaves[split:])]


def _generate_dy(rng: random.Random, shapes: list[Any]) -> list[Any]:
    kind = rng.choice(["nested", "flat", "nested", "flat", "numpy", "python"])
    if kind == "python" and any(shapes):
        kind = "nested"
    return [kind, *([list(shape), _numbers(rng, shape)] for shape in shapes)]


# Execution


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


# Known differences


def deviations(program: dict[str, Any]) -> dict[str, Any]:
    """The known differences that a program may show, each with changes that avoid it.

    The changes make the program ask for the same thing in a way that TF 1.15.5 handles correctly.
    What it then does is what we do with the unchanged program.
    """
    found: dict[str, Any] = {}
    if program["function"] in IMPLICIT:
        return found
    kind = "none" if program["params"] is None else program["params"][0]
    by_signature = kind in ("none", "names", "characters")
    if program["f"] in ("method", "object") and by_signature:
        found["self counted as an argument"] = {"f": "function"}
    if program["f"] == "default" and kind == "none":
        found["default left out"] = {"f": "function"}
    if kind in ("iterator", "numpy", "negative"):
        name = {
            "iterator": "iterator as params",
            "numpy": "NumPy integers as params",
            "negative": "negative index",
        }[kind]
        found[name] = {"params": ["indices", positions(program)]}
    if program["dy"] is not None and program["dy"][0] in ("numpy", "python"):
        found["number as dy"] = {"dy": ["nested", *program["dy"][1:]]}
    return found


def in_other_words(program: dict[str, Any]) -> dict[str, Any]:
    """The program with all its deviations expressed in a way that TF 1.15.5 handles correctly."""
    for changes in deviations(program).values():
        program = {**program, **changes}
    return program
