"""What the recordings can't show: words of errors, logs, garbage, threads, Keras, forward mode."""

import functools
import gc
import logging
import threading
import traceback
import weakref

import numpy as np
import pytest
import tensorflow as tf
from installed_versions import before

import tfe_compat as tfe

EXPLICIT = [tfe.value_and_gradients_function, tfe.gradients_function, tfe.make_vjp]
IMPLICIT = [tfe.implicit_value_and_gradients, tfe.implicit_gradients]


def x2y(x, y):
    return x * x * y


def each(functions):
    return pytest.mark.parametrize("transform", functions, ids=lambda f: f.__name__)


def numbers(tensors):
    return [None if t is None else t.numpy() for t in tensors]


@pytest.fixture
def tensorflow_log():
    """The records that TensorFlow and absl log while the test runs."""
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    loggers = [tf.get_logger(), logging.getLogger("absl"), logging.getLogger()]
    for logger in loggers:
        logger.addHandler(handler)
    yield records
    for logger in loggers:
        logger.removeHandler(handler)


# Names


@pytest.mark.parametrize(
    ("transform", "name"),
    [
        (tfe.value_and_gradients_function, "value_and_gradients_of_x2y"),
        (tfe.gradients_function, "gradients_of_x2y"),
        (tfe.make_vjp, "value_and_vjp_of_x2y"),
        (tfe.implicit_value_and_gradients, "value_and_gradients_by_variables_of_x2y"),
        (tfe.implicit_gradients, "gradients_by_variables_of_x2y"),
    ],
)
def test_what_we_return_is_named_after_f(transform, name):
    for f in (x2y, functools.partial(x2y, 1.0)):
        g = transform(f)
        assert g.__name__ == g.__qualname__ == name
        assert name in g.__doc__
        assert not hasattr(g, "__wrapped__")


def test_a_callable_object_is_named_after_its_class():
    class Loss:
        def __call__(self, x):
            return x

    assert tfe.gradients_function(Loss()).__name__ == "gradients_of_Loss"


def test_the_name_of_f_shows_in_a_traceback():
    def fragile(x):
        raise KeyError("x")

    with pytest.raises(KeyError) as caught:
        tfe.gradients_function(fragile)(1.0)
    assert "fragile" in "".join(traceback.format_tb(caught.value.__traceback__))


# Errors


@each(EXPLICIT)
@pytest.mark.parametrize(
    ("params", "error", "words"),
    [
        (["z"], ValueError, ["'z'", "['x', 'y']", "position"]),
        ([0, "x"], ValueError, ["all strings or all integers", "[0, 'x']"]),
        ([2], IndexError, ["argument 2", "has 2 positional", "-2 to 1"]),
        (3, TypeError, ["iterable", "names", "integers", "got 3"]),
    ],
)
def test_wrong_params_say_what_was_given_and_what_there_is(transform, params, error, words):
    g = transform(x2y, params)
    with pytest.raises(error) as caught:
        g(1.0, 2.0)
    for word in words:
        assert word in str(caught.value)


@each(EXPLICIT[:2])
def test_keyword_arguments_are_named(transform):
    with pytest.raises(ValueError, match=r"but dy; .*functools.partial: got \['scale', 'y'\]"):
        transform(x2y)(1.0, y=2.0, scale=3.0)


def test_make_vjp_refuses_keyword_arguments_as_tf_1_15_5_does():
    with pytest.raises(AssertionError, match=r"functools.partial: got \['y'\]"):
        tfe.make_vjp(x2y)(1.0, y=2.0)


@pytest.mark.parametrize("dy", [[1.0], (1.0, 2.0, 3.0), {"a": 1.0}, tf.constant([1.0, 2.0])])
def test_a_wrong_number_of_dy_gives_both_numbers_and_the_way_out(dy):
    count = len(tf.nest.flatten(dy))
    message = rf"dy has {count} tensor\(s\) but f returned 2; pass one per output, .*nest.flatten"
    with pytest.raises(ValueError, match=message):
        tfe.gradients_function(lambda x: (x, x * x))(1.0, dy=dy)


@each(EXPLICIT + IMPLICIT)
def test_none_returned_names_f(transform):
    def forgetful(x):
        tf.Variable(1.0).read_value()

    class Forgetful:
        def __call__(self, x):
            pass

    for f, name in [
        (forgetful, "forgetful"),
        (functools.partial(forgetful), "forgetful"),
        (Forgetful(), "Forgetful"),
        (Forgetful().__call__, "__call__"),
    ]:
        with pytest.raises(ValueError, match=f"returns None; did you forget .* from {name}"):
            transform(f)(1.0)


@each(IMPLICIT)
def test_no_variable_read_names_f_and_the_way_out(transform):
    with pytest.raises(ValueError, match=r"No trainable .* x2y .*value_and_gradients_function"):
        transform(x2y)(1.0, 2.0)


def test_a_vjp_that_is_not_persistent_says_so_when_it_is_called_again():
    _, vjp = tfe.make_vjp(x2y, persistent=False)(1.0, 2.0)
    vjp()
    with pytest.raises(RuntimeError, match="non-persistent"):
        vjp()


# Logs


@before("2.11.0", "GradientTape.gradient itself logs them")
@each(EXPLICIT)
def test_integers_booleans_and_strings_are_silent(transform, tensorflow_log):
    transform(lambda n, b, s, x: x)(1, True, "text", 2.0)
    transform(lambda n: n)(tf.constant([1, 2], tf.uint8))
    tfe.gradients_function(lambda n, x: (n, x * tf.cast(n, x.dtype)))(3, 2.0, dy=[1, 1.0])
    assert tensorflow_log == []


# Arguments and values


@each(EXPLICIT)
def test_keras_variables_become_tensors(transform):
    keras = pytest.importorskip("keras", "3")
    received = []

    def f(x, y):
        received.extend([x, y])
        return x * y

    v = keras.Variable(3.0)
    transform(f)(v, v)
    assert all(isinstance(x, tf.Tensor) for x in received)
    assert numbers(tfe.gradients_function(f)(v, v)) == [3.0, 3.0]
    assert numbers([tfe.value_and_gradients_function(lambda x: v)(1.0)[0]]) == [3.0]


def test_an_index_follows_the_call_and_not_the_signature():
    g = tfe.gradients_function(lambda x, *rest: x * rest[-1], params=[-1])
    assert numbers(g(3.0, 5.0)) == [3.0]
    assert numbers(g(3.0, 5.0, 7.0, 11.0)) == [3.0]


def test_params_are_read_once():
    class Indices:
        reads = 0

        def __iter__(self):
            self.reads += 1
            return iter([1, 0])

    indices = Indices()
    g = tfe.gradients_function(x2y, params=indices)
    assert indices.reads == 0
    for _ in range(3):
        assert numbers(g(3.0, 5.0)) == [9.0, 30.0]
    assert indices.reads == 1


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
@pytest.mark.parametrize("dy", [3, 3.0, True, np.float64(3), np.array(3, np.int8)], ids=repr)
def test_numbers_as_dy_take_the_dtype_of_the_output(dtype, dy):
    (gradient,) = tfe.gradients_function(lambda x: x * x)(tf.cast(2.0, dtype), dy=dy)
    assert gradient.dtype.name == dtype
    assert float(gradient) == 4.0 * float(dy)


def test_a_float64_number_as_dy_is_rounded_once():
    (gradient,) = tfe.gradients_function(lambda x: x)(tf.constant(1.0, tf.float64), dy=0.1)
    assert gradient.numpy() == 0.1


def test_an_integer_as_dy_may_be_larger_than_any_integer_dtype():
    (gradient,) = tfe.gradients_function(lambda x: x)(tf.constant(1.0, tf.float64), dy=10**25)
    assert gradient.numpy() == 1e25


def test_a_complex_dy_for_a_real_output_does_not_lose_its_imaginary_part():
    with pytest.raises(tf.errors.InvalidArgumentError):
        tfe.gradients_function(lambda x: x * x)(tf.cast(2.0, "bfloat16"), dy=1.0 + 2.0j)


def test_forward_mode_over_reverse_mode():
    x = tf.constant([1.0, 2.0], tf.float64)
    direction = tf.constant([1.0, -1.0], tf.float64)
    with tf.autodiff.ForwardAccumulator(x, direction) as accumulator:
        value, (gradient,) = tfe.value_and_gradients_function(lambda x: x**3)(x)
    np.testing.assert_allclose(accumulator.jvp(value), 3 * x**2 * direction, rtol=1e-12)
    np.testing.assert_allclose(accumulator.jvp(gradient), 6 * x * direction, rtol=1e-12)


def test_reverse_mode_over_forward_mode():
    def directional(x):
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            y = x**3
        return accumulator.jvp(y)

    (second,) = tfe.gradients_function(directional)(tf.constant([1.0, 2.0]))
    np.testing.assert_allclose(second, [6.0, 12.0], rtol=1e-6)


def test_a_persistent_outer_tape_sees_value_and_gradients():
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        value, (gradient,) = tfe.value_and_gradients_function(lambda x: x**3)(x)
    assert numbers([tape.gradient(value, x), tape.gradient(gradient, x)]) == [12.0, 12.0]


# State


def is_recorded(x):
    """Whether a tape is recording what is computed from `x`; it would keep the result alive."""
    result = weakref.ref(tf.exp(x))
    return result() is not None


def test_a_recording_tape_would_be_noticed():
    x = tf.constant(1.0)
    assert not is_recorded(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        assert is_recorded(x)
    assert not is_recorded(x)


@each(EXPLICIT + IMPLICIT)
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt, StopIteration, GeneratorExit, ZeroDivisionError]
)
def test_what_f_raises_reaches_the_caller_and_leaves_no_tape(transform, error):
    v = tf.Variable(2.0)
    raised = error()
    inside = []

    def f(x):
        inside.append(v * x)
        assert is_recorded(inside[0])
        raise raised

    with pytest.raises(error) as caught:
        transform(f)(1.0)
    assert caught.value is raised
    assert not is_recorded(inside[0])


@each(EXPLICIT + IMPLICIT)
def test_calls_leave_no_garbage(transform):
    v = tf.Variable(2.0)
    g = transform(lambda x, y: {"a": x * y * v, "b": [x, 2.0]})

    def call():
        result = g(3.0, tf.constant(4.0))
        if transform is tfe.make_vjp:
            result[1](dy=[1.0, 2.0, 3.0])

    call()
    while gc.collect():
        pass  # what other tests have left may take more than one round
    gc.disable()
    try:
        for _ in range(200):
            call()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_differentiated_function_can_be_freed():
    def f(x):
        return x * x

    g = tfe.value_and_gradients_function(f)
    g(1.0)
    reference = weakref.ref(f)
    del f, g
    assert reference() is None


def test_threads_share_a_function_and_its_params():
    g = tfe.gradients_function(lambda x, y: x * x * y, params=(i for i in [1, 0]))
    start = threading.Barrier(8)
    wrong = []

    def work(seed):
        start.wait()
        for i in range(50):
            x, y = float(seed), float(i)
            if numbers(g(x, y)) != [x * x, 2 * x * y]:
                wrong.append((x, y))

    threads = [threading.Thread(target=work, args=[seed]) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
