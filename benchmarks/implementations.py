"""The ways to compute a value and its gradients that the benchmarks compare.

Each is a function `build(f, argument_count, dy) -> g`, with `g(*args) -> (value, gradients)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable

import tensorflow as tf
from tensorflow.python import pywrap_tfe
from tensorflow.python.eager import backprop

import tfe_compat
import tfe_compat.gradients

try:
    import tensorflow_probability as tfp
except ImportError:
    tfp = None

Gradients = Callable[..., tuple[Any, Any]]
Build = Callable[[Callable[..., Any], int, Any], Gradients]

REFERENCE = "hand-written tape"
OURS = "tfe_compat"
TFP = "tfp.math"
INTERNAL = "TF internal"
FLOOR = "C++ floor"
UNGUARDED = "no guard"


def hand_written_tape(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
    """What a user would write; for one argument there is no list to write."""

    def of_one(x: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            tape.watch(x)
            value = f(x)
        return value, tape.gradient(value, x, output_gradients=dy)

    def of_several(*args: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            tape.watch(args)
            value = f(*args)
        return value, tape.gradient(value, args, output_gradients=dy)

    return of_one if argument_count == 1 else of_several


def hand_written_tape_on_numbers(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
    """What a user would write where the arguments are Python numbers: a tape takes tensors."""
    on_tensors = hand_written_tape(f, argument_count, dy)

    def value_and_gradients(*args: Any) -> tuple[Any, Any]:
        return on_tensors(*[tf.constant(arg) for arg in args])

    return value_and_gradients


def ours(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
    g = tfe_compat.value_and_gradients_function(f)
    return g if dy is None else lambda *args: g(*args, dy=dy)


def unguarded(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
    """Ours without the walk over what a caller passes."""
    g = ours(f, argument_count, dy)
    core = tfe_compat.gradients
    guards = core.leaves, core.tensor_of

    def value_and_gradients(*args: Any) -> tuple[Any, Any]:
        core.leaves, core.tensor_of = tf.nest.flatten, tf.convert_to_tensor
        try:
            return g(*args)
        finally:
            core.leaves, core.tensor_of = guards

    return value_and_gradients


def tensorflow_probability(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
    return lambda *args: tfp.math.value_and_gradient(f, *args, output_gradients=dy)


def internal(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
    # The positions spare it the reading of a signature, which it can't do for `*args`.
    g = backprop.val_and_grad_function(f, params=list(range(argument_count)))
    return g if dy is None else lambda *args: g(*args, dy=dy)


def floor(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
    """The recorder and the backward pass of TensorFlow's C++ layer and nothing else."""
    output_gradients = None if dy is None else [dy]

    def value_and_gradients(*args: Any) -> tuple[Any, Any]:
        sources = [tf.convert_to_tensor(arg) for arg in args]
        tape = pywrap_tfe.TFE_Py_TapeSetNew(False, False)
        try:
            for source in sources:
                pywrap_tfe.TFE_Py_TapeWatch(tape, source)
            value = f(*sources)
        finally:
            pywrap_tfe.TFE_Py_TapeSetRemove(tape)
        return value, pywrap_tfe.TFE_Py_TapeGradient(
            tape, [value], sources, output_gradients, None, "none"
        )

    return value_and_gradients


def hand_written_tape_by_variables(variables: Sequence[tf.Variable]) -> Build:
    def build(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
        def value_and_gradients(*args: Any) -> tuple[Any, Any]:
            with tf.GradientTape() as tape:
                value = f(*args)
            return value, tape.gradient(value, variables)

        return value_and_gradients

    return build


def _without_variables(implicit: Callable[..., Any]) -> Build:
    """`implicit` with the variables left out of its result, which is then like the others'."""

    def build(f: Callable[..., Any], argument_count: int, dy: Any) -> Gradients:
        g = implicit(f)

        def value_and_gradients(*args: Any) -> tuple[Any, Any]:
            value, pairs = g(*args)
            return value, [gradient for gradient, _ in pairs]

        return value_and_gradients

    return build


def by_arguments(on_numbers: bool = False) -> dict[str, Build]:
    builds = {
        REFERENCE: hand_written_tape_on_numbers if on_numbers else hand_written_tape,
        OURS: ours,
        TFP: tensorflow_probability,
        INTERNAL: internal,
        FLOOR: floor,
    }
    if tfp is None:
        del builds[TFP]
    return builds


def with_and_without_guard() -> dict[str, Build]:
    return {REFERENCE: hand_written_tape_on_numbers, OURS: ours, UNGUARDED: unguarded}


def by_variables(variables: Sequence[tf.Variable]) -> dict[str, Build]:
    return {
        REFERENCE: hand_written_tape_by_variables(variables),
        OURS: _without_variables(tfe_compat.implicit_value_and_gradients),
        INTERNAL: _without_variables(backprop.implicit_val_and_grad),
    }
