"""Many threads at once get right answers, and memory is given back."""

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import tensorflow as tf

import tfe_compat as tfe

THREADS, CALLS = 8, 500


def calls_of_thread(number):
    """One function for each of ours, from x and y to what it gives and what it should."""
    n = number + 1
    variable = tf.Variable(float(n))

    def f(x, y):
        return n * x * x * y + y

    def g(x, y):
        return variable * variable * x + y

    def from_value_and_gradients(x, y):
        value, gradients = tfe.value_and_gradients_function(f)(x, y)
        return [value, *gradients], [n * x * x * y + y, 2 * n * x * y, n * x * x + 1]

    by_y = tfe.gradients_function(f, params=["y"])

    def from_gradients(x, y):
        return by_y(x, y, dy=3.0), [3 * (n * x * x + 1)]

    def from_vjp(x, y):
        value, vjp = tfe.make_vjp(f)(x, y)
        return [value, *vjp(2.0)], [n * x * x * y + y, 4 * n * x * y, 2 * (n * x * x + 1)]

    def from_implicit(x, y):
        value, [(gradient, read)] = tfe.implicit_value_and_gradients(g)(x, y)
        assert read is variable
        return [value, gradient], [n * n * x + y, 2 * n * x]

    implicit = tfe.implicit_gradients(g)

    def from_implicit_gradients(x, y):
        [(gradient, read)] = implicit(x, y)
        assert read is variable
        return [gradient], [2 * n * x]

    return [
        from_value_and_gradients,
        from_gradients,
        from_vjp,
        from_implicit,
        from_implicit_gradients,
    ]


def in_threads(targets):
    """Runs all at once; raises what one of them raised."""
    errors = []
    start = threading.Barrier(len(targets))

    def run(target):
        try:
            start.wait()
            target()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(target,)) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_threads_with_functions_of_their_own():
    def calls(number):
        def target():
            functions = calls_of_thread(number)
            for call in range(CALLS):
                x, y = float(call % 11 + number), float(call % 7 + 1)
                actual, expected = functions[call % len(functions)](x, y)
                assert [float(leaf) for leaf in actual] == expected

        return target

    in_threads([calls(number) for number in range(THREADS)])


@pytest.mark.parametrize("wrapped", [lambda f: f, tf.function], ids=["eager", "tf.function"])
def test_threads_that_share_a_function(wrapped):
    """The first calls, which read the signature of `f` or trace it, come at the same time."""
    weight = tf.Variable(3.0)
    shared = wrapped(tfe.value_and_gradients_function(lambda x, y: x * x * y, params=["y", "x"]))
    implicit = wrapped(lambda x: tfe.implicit_gradients(lambda x: weight * weight * x)(x)[0][0])

    def calls(number):
        def target():
            for call in range(CALLS // 2):
                x, y = tf.constant(float(number)), tf.constant(float(call % 7))
                value, (by_y, by_x) = shared(x, y)
                assert [float(value), float(by_y), float(by_x)] == [
                    number * number * (call % 7),
                    number * number,
                    2 * number * (call % 7),
                ]
                assert float(implicit(x)) == 6.0 * number

        return target

    in_threads([calls(number) for number in range(THREADS)])


# Memory is measured in fresh processes: that of this one moves with the other tests.

MEGABYTE = 1 << 20
MEASURE = """
import os
import tensorflow as tf
import tfe_compat as tfe

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
"""

CALLS_OF_EACH = """
x, w = tf.constant([1.0, 2.0]), tf.Variable([3.0, 4.0])

def f(x, y):
    return tf.reduce_sum(x * y)

def call():
    tfe.value_and_gradients_function(f)(x, 2.0)
    tfe.gradients_function(f, params=["y"])(x, x, dy=1.0)
    value, vjp = tfe.make_vjp(f)(x, 2.0)
    vjp(), vjp(2.0)
    tfe.implicit_value_and_gradients(lambda x: f(x, w))(x)
    tfe.implicit_gradients(lambda x: f(x, w))(x)

for _ in range(400):
    call()
before = resident()
for _ in range(4000):
    call()
print(resident() - before)
"""

ACTIVATIONS = """
import gc
gc.disable()  # Nothing may wait for it.

def deep(x):
    # tanh keeps its output for its gradient: four activations of 52 MB.
    for _ in range(4):
        x = tf.tanh(x)
    return tf.reduce_sum(x)

def explicit(differentiate):
    return lambda: differentiate(deep)(x)

def implicit(differentiate):
    return lambda: differentiate(lambda: deep(w))()

functions = [
    explicit(tfe.value_and_gradients_function),
    explicit(tfe.gradients_function),
    explicit(tfe.make_vjp),
    implicit(tfe.implicit_value_and_gradients),
    implicit(tfe.implicit_gradients),
]
x = tf.ones(13 << 20)
w = tf.Variable(x)
for function in functions:
    function()
before = resident()
held = tfe.make_vjp(deep)(x)
print("held by a vjp", resident() - before)
del held
for function in functions:
    result = function()
    del result
    print("kept", resident() - before)
"""


def output_of(program):
    if not Path("/proc/self/statm").exists():
        pytest.skip("measures memory in /proc")
    run = subprocess.run(
        [sys.executable, "-c", MEASURE + program],
        env={
            **os.environ,
            "PYTHONPATH": str(Path(tfe.__file__).parents[1]),
            # With oneDNN, TensorFlow keeps what is freed in a pool, out of sight of the system.
            "TF_ENABLE_ONEDNN_OPTS": "0",
        },
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_20000_calls_keep_no_memory():
    assert int(output_of(CALLS_OF_EACH)) < 5 * MEGABYTE


def test_activations_are_given_back():
    held, *kept = [int(line.split()[-1]) for line in output_of(ACTIVATIONS).splitlines()]
    # Proof that there is something to give back, and that it would be seen.
    assert held > 200 * MEGABYTE
    assert len(kept) == 5
    assert max(kept) < 5 * MEGABYTE


def test_no_garbage_is_left_to_the_collector():
    weight = tf.Variable(2.0)
    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            tfe.value_and_gradients_function(lambda x: weight * x)(3.0)
            tfe.make_vjp(lambda x: weight * x)(3.0)[1]()
            tfe.implicit_gradients(lambda x: weight * x)(3.0)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        tensors = [kept for kept in gc.garbage if isinstance(kept, tf.Tensor)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert tensors == []
