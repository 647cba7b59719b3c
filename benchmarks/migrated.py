"""What a migrated program does, on TF 1.15.5 and on TensorFlow 2, and the process that times it.

`beside_tf_1.py` runs this file once with each. Python 3.7 has to read it, for TF 1.15.5.
"""

from __future__ import annotations

import functools
import gc
import importlib.util
import itertools
import json
import os
import sys
import tempfile
from typing import Any, Callable, Dict

import numpy as np
import tensorflow as tf
from timing import repeats_of, seconds

# The ways to do what a case is about; OWN is what a program for TensorFlow 2 would do. It has a
# process of its own, without the behavior of TF 1.
EAGER, DEFUN, FUNCTION, OWN = "eager", "tfe.defun", "tf.function", "own"
IS_OWN = sys.argv[1:] == [OWN]
IS_TF_1 = tf.__version__.startswith("1.")
tf.compat.v1.logging.set_verbosity("ERROR")
if IS_TF_1:
    tf.compat.v1.enable_eager_execution()
    tfe, summary = tf.contrib.eager, tf.contrib.summary
else:
    import tfe_compat as tfe
    from tfe_compat import summary

    if not IS_OWN:
        tfe.enable_eager_execution()  # as tfe-upgrade writes it

Ways = Dict[str, Callable[[], Any]]  # a tuple of what a call returns is compared


def one_op(x: tf.Tensor) -> tf.Tensor:
    return x * x


def five_ops(x: tf.Tensor) -> tf.Tensor:
    return tf.exp(-x * x) * tf.sin(x) + x


def mlp_loss(batch: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> tf.Tensor:
    """The cross entropy of a 784-128-10 network."""
    images, labels = batch
    hidden = tf.nn.relu(tf.matmul(images, w1) + b1)
    logits = tf.matmul(hidden, w2) + b2
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_mean(losses)


_RANDOM = np.random.RandomState(0)
_IMAGES = _RANDOM.normal(size=[320, 784]).astype(np.float32)
_LABELS = np.arange(320) % 10
_BATCH = tf.constant(_IMAGES[:32]), tf.constant(_LABELS[:32])
_WEIGHTS = [
    _RANDOM.normal(scale=0.1, size=shape).astype(np.float32)
    for shape in ([784, 128], [128], [128, 10], [10])
]


def plain_op() -> Ways:
    x = tf.constant(0.7)
    return {EAGER: lambda: x * x}


def by_arguments(f: Callable[..., Any], *args: Any) -> Ways:
    value_and_gradients = tfe.value_and_gradients_function(f)

    def tape() -> Any:
        sources = [tf.constant(arg) if isinstance(arg, list) else arg for arg in args]
        watched = sources[0] if len(sources) == 1 else sources
        with tf.GradientTape() as tape:
            tape.watch(watched)
            value = f(*sources)
        return value, tape.gradient(value, watched)

    return {EAGER: lambda: value_and_gradients(*args), OWN: tape}


def second_order() -> Ways:
    x = tf.constant(0.7)
    gradient = tfe.gradients_function(five_ops)
    second = tfe.gradients_function(lambda x: gradient(x)[0])

    def tapes() -> Any:
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                value = five_ops(x)
            gradient = inner.gradient(value, x)
        return outer.gradient(gradient, x)

    return {EAGER: lambda: second(x), OWN: tapes}


def by_variables() -> Ways:
    variables = [tf.Variable(weight) for weight in _WEIGHTS]

    value_and_gradients = tfe.implicit_value_and_gradients(mlp_loss)

    def implicit() -> Any:
        value, pairs = value_and_gradients(_BATCH, *variables)
        return value, [gradient for gradient, _ in pairs]

    def tape() -> Any:
        with tf.GradientTape() as tape:
            value = mlp_loss(_BATCH, *variables)
        return value, tape.gradient(value, tape.watched_variables())

    return {EAGER: implicit, OWN: tape}


def mean() -> Ways:
    values = tf.constant(_IMAGES[0, :32])
    ours, keras = tfe.metrics.Mean(), tf.keras.metrics.Mean()

    def with_ours() -> Any:
        ours(values)
        return ours.result()

    def with_keras() -> Any:
        keras.update_state(values)
        return keras.result()

    return {EAGER: with_ours, OWN: with_keras}


def elements() -> Ways:
    dataset = tf.data.Dataset.from_tensors(tf.constant(0.7)).repeat()

    def next_100(iterator: Any) -> Any:
        for element in itertools.islice(iterator, 100):  # noqa: B007
            pass
        return element

    ours, own = tfe.Iterator(dataset), iter(dataset)
    return {EAGER: lambda: next_100(ours), OWN: lambda: next_100(own)}


def summaries() -> Ways:
    value = tf.constant(0.7)
    step = tf.compat.v1.train.get_or_create_global_step()
    writer = summary.create_file_writer(tempfile.mkdtemp())

    def with_ours() -> None:
        with writer.as_default(), summary.always_record_summaries():
            for _ in range(100):
                summary.scalar("loss", value)

    if IS_TF_1 or not importlib.util.find_spec("tensorboard"):  # which tf.summary.scalar needs
        return {EAGER: with_ours}
    own_writer = tf.summary.create_file_writer(tempfile.mkdtemp())

    def with_own() -> None:
        with own_writer.as_default():
            for _ in range(100):
                tf.summary.scalar("loss", value, step=step)

    return {EAGER: with_ours, OWN: with_own}


def training() -> Ways:
    return {
        EAGER: training_step(lambda step: step),
        DEFUN: training_step(tfe.defun),
        FUNCTION: training_step(tf.function),
        OWN: own_training_step(),
    }


def training_step(compiled: Callable[..., Any]) -> Callable[[], Any]:
    """A step on the next batch of 32, which returns the loss."""
    variables = [tf.Variable(weight) for weight in _WEIGHTS]
    optimizer = tf.compat.v1.train.MomentumOptimizer(0.01, momentum=0.9)
    mean = tfe.metrics.Mean("loss")
    value_and_gradients = tfe.implicit_value_and_gradients(
        lambda *batch: mlp_loss(batch, *variables)
    )

    @compiled
    def step(images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        value, gradients = value_and_gradients(images, labels)
        optimizer.apply_gradients(gradients)
        mean(value)
        return value

    iterator = tfe.Iterator(_batches())
    return lambda: step(*iterator.next())


def own_training_step() -> Callable[[], Any]:
    variables = [tf.Variable(weight) for weight in _WEIGHTS]
    optimizer = tf.keras.optimizers.SGD(0.01, momentum=0.9)
    mean = tf.keras.metrics.Mean()
    iterator = iter(_batches())

    def step() -> tf.Tensor:
        batch = next(iterator)
        with tf.GradientTape() as tape:
            value = mlp_loss(batch, *variables)
        optimizer.apply_gradients(zip(tape.gradient(value, variables), variables))
        mean.update_state(value)
        return value

    return step


def _batches() -> tf.data.Dataset:
    return tf.data.Dataset.from_tensor_slices((_IMAGES, _LABELS)).repeat().batch(32)


CASES: dict[str, Callable[[], Ways]] = {
    "`x * x`, no gradient": plain_op,
    "one op": lambda: by_arguments(one_op, tf.constant(0.7)),
    "five ops": lambda: by_arguments(five_ops, tf.constant(0.7)),
    "second order": second_order,
    "MLP": lambda: by_arguments(functools.partial(mlp_loss, _BATCH), *map(tf.constant, _WEIGHTS)),
    "list of 1,000 floats": lambda: by_arguments(one_op, [float(n) for n in range(1000)]),
    "MLP by variables": by_variables,
    "`Mean`, a call and its result": mean,
    "100 elements of an `Iterator`": elements,
    "100 scalar summaries": summaries,
    "training step": training,
}


class Process:
    """What `beside_tf_1.py` asks for, each a method."""

    ways: Ways

    def description(self) -> dict[str, Any]:
        python = ".".join(map(str, sys.version_info[:3]))
        return {"tensorflow": tf.__version__, "python": python, "cases": list(CASES)}

    def start(self, case: str) -> dict[str, list[float]]:
        """For each way the numbers that its first two calls return."""
        ways = CASES[case]()
        self.ways = {name: ways[name] for name in ways if (name == OWN) == IS_OWN}
        numbers = {name: _numbers([way(), way()]) for name, way in self.ways.items()}
        self._repeats = {name: repeats_of(way) for name, way in self.ways.items()}
        gc.collect()
        gc.freeze()  # as in measure.py
        return numbers

    def sample(self, way: str) -> float:
        """The microseconds that a call takes."""
        repeats = self._repeats[way]
        return seconds(self.ways[way], repeats) / repeats * 1e6

    def end(self) -> None:
        gc.unfreeze()
        self.ways = {}


def _numbers(results: Any) -> list[float]:
    return [
        float(number)
        for leaf in tf.nest.flatten(results)
        if leaf is not None
        for number in np.ravel(leaf)[:10]
    ]


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    process = Process()
    for line in sys.stdin:
        request, *arguments = json.loads(line)
        answers.write(json.dumps(getattr(process, request)(*arguments)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
