"""AutoGraph reaches the differentiated function through ours, and has nothing to warn about."""

import functools
import logging
import os
import shutil
import sys
from pathlib import Path

import forked_tensorflow
import numpy as np
import pytest
import tensorflow as tf

import tfe_compat as tfe
from tfe_compat import summary

ALL_FEATURES = tf.autograph.experimental.Feature.ALL
WARNING = "AutoGraph could not transform"


@pytest.fixture
def tensorflow_log():
    """What TensorFlow logs, as a list of messages."""
    messages = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())
    tf.get_logger().addHandler(handler)
    yield messages
    tf.get_logger().removeHandler(handler)


@pytest.fixture(autouse=True)
def no_autograph_warning(tensorflow_log):
    yield
    assert [message for message in tensorflow_log if WARNING in message] == []


def branches(x, y):
    if x > 0.0 and not y < 0.0:
        z = x * y
    elif x > -1.0:
        z = x * x * y
    else:
        z = y
    return z


def loops(x, y):
    z = x * y
    while z < 100.0:
        z = z * x
    for i in tf.range(10):
        if i > 3:
            break
        if i == 1:
            continue
        z += tf.cast(i, tf.float32) * x
    return z


def asserts(x, y):
    assert y > 0.0, "y must be positive"
    return x * x * y


class Scaled:
    factor = 2.0

    def __call__(self, x, y):
        if x > y:
            return self.factor * x * y * y
        else:
            return self.factor * x * y


# TensorFlow converts assertions only when told to.
FUNCTIONS = [(branches, None), (loops, None), (Scaled(), None), (asserts, ALL_FEATURES)]


def test_all_features_with_one_argument():
    def graph(x):
        by_x = [tfe.gradients_function(lambda x: x * x)(x, dy=dy)[0] for dy in (None, x, 3.0)]
        return by_x, tfe.gradients_function(lambda x: tf.constant(1.0))(x)

    features = tf.function(graph, experimental_autograph_options=ALL_FEATURES)
    by_x, unconnected = features(tf.constant(3.0))
    assert floats(by_x).tolist() == [6.0, 18.0, 18.0]
    assert unconnected == [None]


def vjp_called_conditionally(f):
    def value_and_gradients(x, y):
        value, vjp = tfe.make_vjp(f)(x, y)
        gradients = vjp() if value > 0.0 else vjp(-1.0)
        return value, gradients

    return value_and_gradients


EXPLICIT = [tfe.value_and_gradients_function, tfe.gradients_function, vjp_called_conditionally]


def floats(structure):
    return np.array([leaf.numpy() for leaf in tf.nest.flatten(structure)])


@pytest.mark.parametrize(("f", "features"), FUNCTIONS)
@pytest.mark.parametrize("make", EXPLICIT)
def test_python_control_flow_on_tensors(make, f, features):
    graph = tf.function(make(f), experimental_autograph_options=features)
    for x, y in [(2.0, 3.0), (3.0, 2.0), (1.5, 0.5)]:
        np.testing.assert_allclose(
            floats(graph(tf.constant(x), tf.constant(y))),
            floats(make(f)(tf.constant(x), tf.constant(y))),
            rtol=1e-6,
        )
    assert graph.experimental_get_tracing_count() == 1


@pytest.mark.parametrize(("f", "features"), FUNCTIONS)
def test_python_control_flow_on_variables(f, features):
    variable = tf.Variable(3.0)

    def loss(x):
        return f(variable, x)

    def gradients(x):
        value, pairs = tfe.implicit_value_and_gradients(loss)(x)
        return value, pairs[0][0], tfe.implicit_gradients(loss)(x)[0][0]

    graph = tf.function(gradients, experimental_autograph_options=features)
    x = tf.constant(2.0)
    np.testing.assert_allclose(floats(graph(x)), floats(gradients(x)), rtol=1e-6)


def test_parameters_are_named_in_the_converted_function():
    by_y = tf.function(tfe.gradients_function(loops, params=["y"]))
    eager = tfe.gradients_function(loops, params=["y"])
    x, y = tf.constant(2.0), tf.constant(3.0)
    np.testing.assert_allclose(floats(by_y(x, y)), floats(eager(x, y)), rtol=1e-6)


def test_partial_is_converted():
    partial = functools.partial(loops, tf.constant(2.0))
    graph = tf.function(tfe.value_and_gradients_function(partial))
    expected = floats(tfe.value_and_gradients_function(partial)(3.0))
    np.testing.assert_allclose(floats(graph(tf.constant(3.0))), expected, rtol=1e-6)


def test_nested_functions_are_converted():
    def cube(x):
        result = x
        for _ in tf.range(2):
            result *= x
        return result

    first = tfe.gradients_function(cube)
    second = tfe.gradients_function(lambda x: first(x)[0])
    assert floats(tf.function(second)(tf.constant(2.0))) == [12.0]


@pytest.mark.parametrize("make", [tfe.value_and_gradients_function, vjp_called_conditionally])
def test_failed_assertion_is_reported_with_its_message(make):
    graph = tf.function(make(asserts), experimental_autograph_options=ALL_FEATURES)
    with pytest.raises(tf.errors.InvalidArgumentError, match="y must be positive"):
        graph(tf.constant(2.0), tf.constant(-3.0))


def test_mistakes_are_reported_from_inside_a_tf_function():
    with pytest.raises(ValueError, match="params name 'q'"):
        tf.function(tfe.gradients_function(loops, params=["q"]))(tf.constant(2.0), tf.constant(3.0))

    def nothing(x):
        del x

    with pytest.raises(ValueError, match="return a value from nothing"):
        tf.function(tfe.value_and_gradients_function(nothing))(tf.constant(2.0))


# Nothing but AutoGraph makes `if` on a tensor of a graph work, so this error says it stayed off.
UNCONVERTED = r"`tf\.Tensor` as a Python `bool`"
do_not_convert = tf.autograph.experimental.do_not_convert


@pytest.mark.parametrize("make", EXPLICIT)
def test_autograph_can_be_turned_off(make):
    x, y = tf.constant(2.0), tf.constant(3.0)
    for graph in (
        tf.function(make(branches), autograph=False),
        tf.function(do_not_convert(make(branches))),
        tf.function(make(do_not_convert(branches))),
    ):
        with pytest.raises(tf.errors.OperatorNotAllowedInGraphError, match=UNCONVERTED):
            graph(x, y)


def test_autograph_can_be_turned_off_for_the_implicit_functions():
    variable = tf.Variable(3.0)

    def loss():
        return branches(variable, 2.0)

    for make in (tfe.implicit_value_and_gradients, tfe.implicit_gradients):
        for graph in (
            tf.function(make(loss), autograph=False),
            tf.function(do_not_convert(make(loss))),
            tf.function(make(do_not_convert(loss))),
        ):
            with pytest.raises(tf.errors.OperatorNotAllowedInGraphError, match=UNCONVERTED):
                graph()


def test_unconverted_function_without_control_flow_works():
    square = do_not_convert(lambda x: x * x)
    for graph in (
        tf.function(tfe.value_and_gradients_function(square)),
        tf.function(tfe.value_and_gradients_function(square), autograph=False),
    ):
        assert floats(graph(tf.constant(3.0))).tolist() == [9.0, 6.0]


def test_a_lambda_of_defun_is_converted():
    absolute = tfe.defun(lambda x: -x if x < 0.0 else x)
    assert floats(absolute(tf.constant(-2.0))) == floats(absolute(tf.constant(2.0))) == 2.0
    assert floats(tf.function(lambda x: absolute(x) * 3.0)(tf.constant(-2.0))) == 6.0


def test_a_function_of_defun_may_have_no_source():
    assert floats(tfe.defun(eval("lambda x: x * 2.0"))(tf.constant(1.0))) == 2.0


def test_a_warning_would_be_seen(tensorflow_log):
    # AutoGraph cannot tell two lambdas on one line apart.
    two = lambda x: x * x, lambda x: x * x
    tf.function(tfe.gradients_function(two[0]))(tf.constant(1.0))
    assert [message for message in tensorflow_log if WARNING in message]
    tensorflow_log.clear()


class Count(tfe.metrics.Metric):
    def build(self, value):
        self.count = self.add_variable("count", [], tf.int64, tf.compat.v1.zeros_initializer)

    def call(self, value):
        self.count.assign_add(1)


def test_of_ours_only_what_calls_the_function_is_converted():
    """To convert the rest takes most of a second, in each process."""
    x, w = tf.constant(3.0), tf.Variable(2.0)
    count, mean, accuracy = Count(), tfe.metrics.Mean(), tfe.metrics.Accuracy()

    @tf.function
    def step():
        value, vjp = tfe.make_vjp(lambda x, y: (x * y, 1.0), params=["y"])(x, 1.0)
        (gradient,) = vjp([1.0, 1.0])
        tfe.implicit_gradients(lambda: w * x)()
        count(gradient)
        mean(gradient, weights=value[0])
        accuracy([1, 2], [1, 3])
        summary.scalar("loss", mean.result())
        return gradient

    converted = set()

    def note(frame, event, argument):
        name = frame.f_code.co_name
        if event == "call" and name.startswith("tf__"):
            owner = [type(frame.f_locals["self"]).__name__] if "self" in frame.f_locals else []
            converted.add(".".join([*owner, name[len("tf__") :]]))

    sys.setprofile(note)
    try:
        gradient = step()
    finally:
        sys.setprofile(None)
    assert floats(gradient) == 3.0
    of_user = {"step", "Count.build", "Count.call"}
    of_ours = {"make_vjp", "implicit_gradients", "implicit_value_and_gradients", "scalar"}
    of_metrics = {f"{name}.__call__" for name in ("Count", "Mean", "Accuracy")}
    of_metrics.add("Count.build_and_close")
    assert converted == of_user | of_ours | of_metrics


@pytest.mark.skipif(
    "site-packages" in tfe.__file__, reason="it is there already: the tests above ran on it"
)
@pytest.mark.multiprocess
def test_package_in_site_packages(tmp_path):
    """The first tests above, over a package that stands where pip installs it.

    One function is enough: where the package stands, AutoGraph may take what is ours for a library.
    """
    site_packages = tmp_path / "lib" / "site-packages"
    shutil.copytree(Path(tfe.__file__).parent, site_packages / "tfe_compat")
    for file in (__file__, forked_tensorflow.__file__):
        shutil.copy(file, tmp_path)
    check = "import sys, pytest, tfe_compat; print(tfe_compat.__file__); sys.exit(pytest.main())"
    run = forked_tensorflow.run(
        *("-c", check, "-q", "-k", "control_flow_on and branches", Path(__file__).name),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site_packages)},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.startswith(str(site_packages))
