"""The gradient functions around, inside and over tf.function, and compiled by XLA."""

from collections import Counter

import numpy as np
import pytest
import tensorflow as tf

import tfe_compat as tfe

X, Y = 2.0, 3.0


def polynomial(x, y):
    return x * x * x * y - x * y * y


def two_outputs(x, y):
    return {"product": tf.tanh(x) * y, "sum": [x + y]}


def powers(x, y):
    # XLA needs maximum_iterations to differentiate a loop.
    return tf.while_loop(
        lambda i, z: i < 3, lambda i, z: [i + 1, z * x], [0, y], maximum_iterations=5
    )[1]


def unconnected(x, y):
    return x * x, tf.stop_gradient(y)


def floats(structure):
    return tf.nest.map_structure(lambda t: None if t is None else t.numpy().tolist(), structure)


def vjp_thrice(f):
    """make_vjp in a function that returns tensors only, as tf.function asks for."""

    def value_and_cotangents(*args):
        value, vjp = tfe.make_vjp(f)(*args)
        twice = tf.nest.map_structure(lambda leaf: 2 * tf.ones_like(leaf), value)
        return value, vjp(), vjp(twice), vjp(dy=twice)

    return value_and_cotangents


EXPLICIT = {
    "value_and_gradients_function": tfe.value_and_gradients_function,
    "gradients_function": tfe.gradients_function,
    "by_name": lambda f: tfe.gradients_function(f, params=["y"]),
    "make_vjp": vjp_thrice,
}


class ImplicitFunctions:
    """`f` of two variables and an argument that scales it, through the implicit functions."""

    def __init__(self, f):
        self.x = tf.Variable(X, name="x")
        self.y = tf.Variable(Y, name="y")
        self.f = f

    def scaled(self, scale):
        return tf.nest.map_structure(lambda leaf: leaf * scale, self.f(self.x, self.y))

    def both(self, scale):
        value, pairs = tfe.implicit_value_and_gradients(self.scaled)(scale)
        only = tfe.implicit_gradients(self.scaled)(scale)
        assert all(variable is read for (_, variable), read in zip(pairs, self.variables))
        return value, [gradient for gradient, _ in pairs], [gradient for gradient, _ in only]

    @property
    def variables(self):
        return [self.x, self.y]


@pytest.mark.parametrize("f", [polynomial, two_outputs, powers, unconnected])
@pytest.mark.parametrize("jit_compile", [False, True], ids=["graph", "xla"])
@pytest.mark.parametrize("name", EXPLICIT)
def test_same_numbers_as_eager(name, jit_compile, f):
    function = EXPLICIT[name](f)
    compiled = tf.function(function, jit_compile=jit_compile)
    eager, graph = function(X, Y), compiled(tf.constant(X), tf.constant(Y))
    tf.nest.assert_same_structure(eager, graph)
    for expected, actual in zip(tf.nest.flatten(floats(eager)), tf.nest.flatten(floats(graph))):
        if expected is None:
            assert actual is None
        else:
            np.testing.assert_allclose(actual, expected, rtol=1e-6)
    compiled(tf.constant(5.0), tf.constant(7.0))
    assert compiled.experimental_get_tracing_count() == 1


@pytest.mark.parametrize("f", [polynomial, two_outputs, powers, unconnected])
@pytest.mark.parametrize("jit_compile", [False, True], ids=["graph", "xla"])
def test_same_numbers_as_eager_by_variables(jit_compile, f):
    implicit = ImplicitFunctions(f)
    compiled = tf.function(implicit.both, jit_compile=jit_compile)
    eager, graph = implicit.both(tf.constant(1.5)), compiled(tf.constant(1.5))
    for expected, actual in zip(tf.nest.flatten(floats(eager)), tf.nest.flatten(floats(graph))):
        if expected is None:
            assert actual is None
        else:
            np.testing.assert_allclose(actual, expected, rtol=1e-6)
    compiled(tf.constant(2.5))
    assert compiled.experimental_get_tracing_count() == 1


@pytest.mark.parametrize("jit_compile", [False, True], ids=["graph", "xla"])
def test_second_order(jit_compile):
    cube = tfe.gradients_function(lambda x: x * x * x)
    second = tfe.gradients_function(lambda x: cube(x)[0])
    w = tf.Variable(3.0)

    def mixed(x):
        # By an argument inside, by a variable outside.
        def slope():
            return tfe.gradients_function(lambda x: x * x * w * w)(x)[0]

        return tfe.implicit_gradients(slope)()[0][0]

    assert floats(tf.function(second, jit_compile=jit_compile)(tf.constant(2.0))) == [12.0]
    assert floats(tf.function(mixed, jit_compile=jit_compile)(tf.constant(2.0))) == 24.0


@pytest.mark.parametrize("f", [polynomial, two_outputs, powers, unconnected])
@pytest.mark.parametrize("jit_compile", [False, True], ids=["graph", "xla"])
def test_tf_function_as_f(jit_compile, f):
    if f is powers and jit_compile:
        pytest.skip("TensorFlow can't pass what a loop saves for its gradient out of XLA")
    compiled = tf.function(f, jit_compile=jit_compile)
    for name, make in EXPLICIT.items():
        # A tf.function gives zeros where its graph doesn't connect an output with an argument.
        expected = [
            0.0 if leaf is None else leaf for leaf in tf.nest.flatten(floats(make(f)(X, Y)))
        ]
        differentiated = make(compiled)
        given = (X, tf.constant(Y)) if name == "by_name" else (X, Y)
        actual = tf.nest.flatten(floats(differentiated(*given)))
        np.testing.assert_allclose(
            [0.0 if leaf is None else leaf for leaf in actual], expected, rtol=1e-6
        )
    traced = compiled.experimental_get_tracing_count()
    tfe.value_and_gradients_function(compiled)(5.0, 7.0)
    assert compiled.experimental_get_tracing_count() == traced


def test_tf_function_over_variables_as_f():
    implicit = ImplicitFunctions(polynomial)
    compiled = tf.function(implicit.scaled)
    value, pairs = tfe.implicit_value_and_gradients(compiled)(tf.constant(1.0))
    assert floats([value, [gradient for gradient, _ in pairs]]) == [6.0, [27.0, -4.0]]
    assert all(variable is read for (_, variable), read in zip(pairs, implicit.variables))
    tfe.implicit_gradients(compiled)(tf.constant(2.0))
    assert compiled.experimental_get_tracing_count() == 1


def test_cotangent_may_be_an_input():
    g = tf.function(tfe.value_and_gradients_function(two_outputs))
    dy = [tf.constant(10.0), tf.constant(100.0)]
    expected = tfe.value_and_gradients_function(two_outputs)(X, Y, dy=dy)
    np.testing.assert_allclose(g(tf.constant(X), tf.constant(Y), dy=dy)[1], expected[1], rtol=1e-6)


def test_eager_tensor_and_its_capture_are_one_source():
    x = tf.constant(3.0)
    eager = tfe.gradients_function(lambda y: x * y)(x)
    graph = tf.function(lambda: tfe.gradients_function(lambda y: x * y)(x))()
    assert floats(eager) == floats(graph) == [6.0]


def gathered_rows(table, weight):
    return tf.reduce_sum(tf.gather(table, [0, 2, 2]) * weight)


def matrix_product(a, b):
    return tf.linalg.matmul(a, b), tf.nn.relu(a)


def branches(x, y):
    return tf.cond(x > y, lambda: x * y, lambda: x - y)


SCALARS = [tf.TensorSpec((), tf.float32)] * 2
OPERATIONS = [
    (polynomial, SCALARS),
    (two_outputs, SCALARS),
    (powers, SCALARS),
    (branches, SCALARS),
    (unconnected, SCALARS),
    (gathered_rows, [tf.TensorSpec((4, 3), tf.float32), tf.TensorSpec((), tf.float32)]),
    (matrix_product, [tf.TensorSpec((2, 3), tf.float32), tf.TensorSpec((3, None), tf.float32)]),
]


def operations(graph):
    """How often each type of op stands in `graph` and the functions that it calls."""
    graph_def = graph.as_graph_def()
    nodes = list(graph_def.node)
    for function in graph_def.library.function:
        nodes.extend(function.node_def)
    return Counter(node.op for node in nodes)


def operations_of(function, signature):
    return operations(tf.function(function).get_concrete_function(*signature).graph)


def outputs_of(f, signature):
    result = tf.function(f).get_concrete_function(*signature).structured_outputs
    return len(tf.nest.flatten(result))


def with_tape(f, persistent=False):
    def by_hand(*args):
        with tf.GradientTape(persistent=persistent) as tape:
            tape.watch(args)
            value = f(*args)
        gradients = [tape.gradient(value, args) for _ in range(2 if persistent else 1)]
        return value, gradients

    return by_hand


def with_vjp(f):
    def twice(*args):
        value, vjp = tfe.make_vjp(f)(*args)
        return value, [vjp(), vjp()]

    return twice


@pytest.mark.parametrize(("f", "signature"), OPERATIONS)
def test_graph_is_a_tape_and_an_identity_per_output(f, signature):
    allowed = Counter(Identity=outputs_of(f, signature))
    ours = operations_of(tfe.value_and_gradients_function(f), signature)
    assert not ours - operations_of(with_tape(f), signature) - allowed
    ours = operations_of(with_vjp(f), signature)
    assert not ours - operations_of(with_tape(f, persistent=True), signature) - allowed


def test_graph_of_the_implicit_functions_is_a_tape():
    w, b = tf.Variable([[1.0], [2.0]]), tf.Variable(0.5)

    def loss(x):
        return tf.reduce_sum(tf.square(x @ w + b)), x @ w

    def by_hand(x):
        with tf.GradientTape() as tape:
            value = loss(x)
        return value, tape.gradient(value, [w, b])

    def ours(x):
        value, pairs = tfe.implicit_value_and_gradients(loss)(x)
        return value, [gradient for gradient, _ in pairs]

    signature = [tf.TensorSpec((None, 2), tf.float32)]
    assert operations_of(ours, signature) == operations_of(by_hand, signature)


def test_implicit_pairs_are_applied_inside():
    w = tf.Variable(2.0)
    optimizer = tf.compat.v1.train.GradientDescentOptimizer(0.1)

    @tf.function
    def train(x):
        value, pairs = tfe.implicit_value_and_gradients(lambda: w * w * x)()
        assert pairs[0][1] is w
        optimizer.apply_gradients(pairs)
        return value

    assert floats([train(tf.constant(2.0)), train(tf.constant(2.0))]) == pytest.approx([8.0, 2.88])
    assert train.experimental_get_tracing_count() == 1


def test_tf_function_turns_the_variables_that_leave_it_into_tensors():
    w = tf.Variable(2.0)
    [(gradient, variable)] = tf.function(tfe.implicit_gradients(lambda: w * w))()
    assert floats([gradient, variable]) == [4.0, 2.0]
    assert not isinstance(variable, tf.Variable)


def test_vjp_cannot_leave_a_tf_function():
    with pytest.raises(TypeError, match=r"return value of type (<class ')?function"):
        tf.function(tfe.make_vjp(polynomial))(tf.constant(X), tf.constant(Y))

    escaped = []

    @tf.function
    def keep(x):
        value, vjp = tfe.make_vjp(tf.square)(x)
        escaped.append(vjp)
        return value

    keep(tf.constant(2.0))
    # Three wordings: of 2.8 and newer, of 2.7, and of 2.5 and 2.6.
    words = r"out of scope|Originated from a graph execution error|leak out of the function"
    with pytest.raises(TypeError, match=words):
        escaped[0]()


def test_an_eager_tensor_that_is_argument_and_value_is_connected():
    x = tf.constant(3.0)
    value, (gradient,) = tf.function(lambda: tfe.value_and_gradients_function(lambda _: x)(x))()
    assert (value.numpy(), gradient.numpy()) == (3.0, 1.0)
