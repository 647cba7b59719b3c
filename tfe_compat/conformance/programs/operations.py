"""The operations of programs, and which of them each dtype has."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple, Tuple

import tensorflow as tf

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
