"""What the benchmarks compute."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any, Callable

import implementations
import tensorflow as tf
from implementations import Build


@dataclasses.dataclass(frozen=True)
class Case:
    """A function at a point, and the implementations that differentiate it there."""

    name: str
    f: Callable[..., Any]
    args: Sequence[Any]
    builds: dict[str, Build] = dataclasses.field(default_factory=implementations.by_arguments)
    dy: tf.Tensor | None = None
    target: float | None = None  # of the ratio to the hand-written tape
    order: int = 1
    in_graph: bool = False
    first_use: bool = False  # measures the building of `g` together with its first call

    def calls(self) -> dict[str, Callable[[], Any]]:
        """For each implementation a call that returns a value and its gradients."""
        return {name: self._call(build) for name, build in self.builds.items()}

    def graphs(self) -> dict[str, tf.Graph]:
        """For each implementation the graph of the call, where it is one of a `tf.function`."""
        if not self.in_graph:
            return {}
        return {
            name: _in_graph(self._g(build)).get_concrete_function(*self.args).graph
            for name, build in self.builds.items()
        }

    def _call(self, build: Build) -> Callable[[], Any]:
        args = self.args
        if self.first_use:
            return lambda: self._g(build)(*args)
        g = self._g(build)
        if self.in_graph:
            g = _in_graph(g)
        return lambda: g(*args)

    def _g(self, build: Build) -> Callable[..., Any]:
        count = len(self.args)
        f = self.f
        for _ in range(self.order - 1):
            f = _only_gradient(build(f, count, None))
        return build(f, count, self.dy)


def _in_graph(g: Callable[..., Any]) -> Callable[..., Any]:
    # One signature for all: tf.function takes time to bind the `dy` of some at every call.
    return tf.function(lambda *args: g(*args))


def _only_gradient(g: Callable[..., Any]) -> Callable[..., Any]:
    """The gradient by the one argument of `g`, which may come alone or in a list."""

    def gradient(x: Any) -> Any:
        (only,) = tf.nest.flatten(g(x)[1])
        return only

    return gradient


def chain(length: int) -> Callable[[tf.Tensor], tf.Tensor]:
    def f(x: tf.Tensor) -> tf.Tensor:
        for _ in range(length):
            x = tf.sin(x)
        return x

    return f


def one_op(x: tf.Tensor) -> tf.Tensor:
    return x * x


def five_ops(x: tf.Tensor) -> tf.Tensor:
    return tf.exp(-x * x) * tf.sin(x) + x


def sum_of_arguments(*args: tf.Tensor) -> tf.Tensor:
    return tf.add_n(args)


def two_numbers(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    return x * x * y


def ten_tensors(x: tf.Tensor) -> dict[str, tf.Tensor]:
    return {f"output {index}": x * x for index in range(10)}


def mlp_loss(w1: Any, b1: Any, w2: Any, b2: Any) -> tf.Tensor:
    """The cross entropy of a 784-128-10 network on a batch of 32."""
    hidden = tf.nn.relu(tf.matmul(_IMAGES, w1) + b1)
    logits = tf.matmul(hidden, w2) + b2
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=_LABELS, logits=logits)
    return tf.reduce_mean(losses)


def lstm_loss(w1: tf.Tensor, b1: tf.Tensor, w2: tf.Tensor, b2: tf.Tensor) -> tf.Tensor:
    """The mean square of what two LSTM layers of 64 units give after 20 steps."""
    h1 = c1 = h2 = c2 = tf.zeros([16, 64])
    for inputs in _SEQUENCE:
        h1, c1 = _lstm_step(inputs, h1, c1, w1, b1)
        h2, c2 = _lstm_step(h1, h2, c2, w2, b2)
    return tf.reduce_mean(h2 * h2)


def _lstm_step(
    inputs: tf.Tensor, h: tf.Tensor, c: tf.Tensor, w: tf.Tensor, b: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    gates = tf.matmul(tf.concat([inputs, h], axis=1), w) + b
    i, f, o, update = tf.split(gates, 4, axis=1)
    c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(update)
    return tf.sigmoid(o) * tf.tanh(c), c


def _random(*shape: int, seed: int) -> tf.Tensor:
    return tf.random.stateless_normal(shape, seed=[seed, 0], stddev=0.1)


_IMAGES = _random(32, 784, seed=1)
_LABELS = tf.range(32) % 10
_SEQUENCE = [_random(16, 32, seed=100 + step) for step in range(20)]
_MLP = [_random(784, 128, seed=2), tf.zeros(128), _random(128, 10, seed=3), tf.zeros(10)]
_LSTM = [
    _random(32 + 64, 4 * 64, seed=4),
    tf.zeros(4 * 64),
    _random(64 + 64, 4 * 64, seed=5),
    tf.zeros(4 * 64),
]


def cases() -> Iterator[Case]:
    x = tf.constant(0.7)
    yield Case("one op", one_op, [x], target=1.09)
    yield Case("five ops", five_ops, [x], target=1.06)
    yield Case("chain of 100 ops", chain(100), [x], target=1.02)
    yield Case("MLP", mlp_loss, _MLP, target=1.02)
    yield Case("LSTM", lstm_loss, _LSTM, target=1.02)
    for count, target in ((10, 1.07), (100, None), (1000, 1.05)):
        yield _with_arguments(count, target)
    on_numbers = implementations.by_arguments(on_numbers=True)
    yield Case("Python floats", two_numbers, [2.0, 3.0], on_numbers, target=1.08)
    guards = implementations.with_and_without_guard()
    for count in (3, 1000, 100_000):
        yield _with_list(count, guards)
    yield Case("dict of 10 tensors", ten_tensors, [x], guards)
    yield Case("with dy", one_op, [x], dy=tf.constant(3.0), target=1.10)
    yield Case("second order", five_ops, [x], order=2)
    variables = [tf.Variable(value) for value in _MLP]
    builds = implementations.by_variables(variables)
    yield Case("MLP by variables", lambda: mlp_loss(*variables), [], builds, target=1.02)
    yield Case("five ops in tf.function", five_ops, [x], target=1.0, in_graph=True)
    yield Case("MLP in tf.function", mlp_loss, _MLP, target=1.0, in_graph=True)
    yield Case("first use", one_op, [x], first_use=True, target=1.15)


def growing_cases() -> dict[str, dict[int, Case]]:
    """What grows, and a case for each of its sizes."""
    on_lists = implementations.by_arguments(on_numbers=True)
    on_lists.pop(implementations.TFP, None)  # for which a list is several arguments
    arguments = (1, 3, 10, 30, 100, 300, 1000, 3000)
    lengths = (1, 10, 100, 1000, 10_000, 100_000)
    return {
        "arguments": {count: _with_arguments(count) for count in arguments},
        "floats in a list": {count: _with_list(count, on_lists) for count in lengths},
    }


def _with_arguments(count: int, target: float | None = None) -> Case:
    args = [tf.constant(float(index)) for index in range(count)]
    return Case(f"{count:,} arguments", sum_of_arguments, args, target=target)


def _with_list(count: int, builds: dict[str, Build]) -> Case:
    numbers = [float(index) for index in range(count)]
    return Case(f"list of {count:,} floats", one_op, [numbers], builds)
