"""The gradient functions in graphs and Sessions, as code for tensorflow.compat.v1 uses them."""

import numpy as np
import pytest
import tensorflow as tf
import tensorflow.compat.v1 as tf1

import tfe_compat as tfe


@pytest.fixture
def session():
    with tf.Graph().as_default(), tf1.Session() as session:
        yield session


@pytest.fixture
def control_flow_v1():
    tf1.disable_control_flow_v2()
    yield
    tf1.enable_control_flow_v2()


def polynomial(x, y):
    return x * x * x * y - x * y * y


def test_placeholder_is_differentiated(session):
    x = tf1.placeholder(tf.float32, ())
    both = tfe.value_and_gradients_function(polynomial)(x, 3.0)
    by_y = tfe.gradients_function(polynomial, params=["y"])(x, 3.0, dy=10.0)
    assert session.run([both, by_y], {x: 2.0}) == [(6.0, [27.0, -4.0]), [-40.0]]
    assert session.run(both, {x: 1.0}) == (-6.0, [0.0, -5.0])


def test_vjp_is_called_more_than_once(session):
    x = tf1.placeholder(tf.float32, ())
    value, vjp = tfe.make_vjp(polynomial)(x, 3.0)
    assert session.run([value, vjp(), vjp(10.0)], {x: 2.0}) == [6.0, [27.0, -4.0], [270.0, -40.0]]


def test_second_order(session):
    x = tf1.placeholder(tf.float32, ())
    first = tfe.gradients_function(lambda x: x * x * x)
    second = tfe.gradients_function(lambda x: first(x)[0])(x)
    assert session.run([second, tf1.gradients(first(x)[0], x)], {x: 2.0}) == [[12.0], [12.0]]


def test_variables_train_with_an_optimizer_of_tensorflow_1(session):
    x = tf1.placeholder(tf.float32, ())
    w = tf1.get_variable("w", initializer=2.0)
    value, pairs = tfe.implicit_value_and_gradients(lambda x: w * w * x)(x)
    assert [variable is w for _, variable in pairs] == [True]
    gradients_only = tfe.implicit_gradients(lambda x: w * w * x)(x)
    train = tf1.train.GradientDescentOptimizer(0.1).apply_gradients(pairs)
    session.run(tf1.global_variables_initializer())
    assert session.run([value, gradients_only], {x: 2.0}) == [8.0, [(8.0, 2.0)]]
    session.run(train, {x: 2.0})
    np.testing.assert_allclose(session.run(w), 1.2, rtol=1e-6)


def test_reference_variable_as_argument(session):
    w = tf1.get_variable("w", initializer=2.0, use_resource=False)
    gradients = tfe.gradients_function(lambda w: w * w)(w)
    session.run(tf1.global_variables_initializer())
    assert session.run(gradients) == [4.0]


def test_reference_variable_is_not_found_implicitly(session):
    w = tf1.get_variable("w", initializer=2.0, use_resource=False)
    with pytest.raises(ValueError, match="use_resource=True"):
        tfe.implicit_gradients(lambda: w * w)()


def test_reference_variable_beside_a_resource_variable_is_left_out(session):
    # As TF 1.15.5 does; there is no telling that f read it.
    reference = tf1.get_variable("reference", initializer=2.0, use_resource=False)
    resource = tf1.get_variable("resource", initializer=3.0)
    [(gradient, variable)] = tfe.implicit_gradients(lambda: reference * resource)()
    session.run(tf1.global_variables_initializer())
    assert variable is resource
    assert session.run(gradient) == 2.0


@pytest.mark.parametrize("make", [tf.constant, tf.Variable])
def test_eager_tensor_cannot_enter_a_graph(make):
    eager = make(2.0)
    advice = r"eager mode.*\.numpy\(\)"
    with tf.Graph().as_default():
        with pytest.raises(RuntimeError, match=advice):
            tfe.gradients_function(polynomial)(eager, 3.0)
        with pytest.raises(RuntimeError, match=advice):
            tfe.gradients_function(polynomial)(2.0, 3.0, dy=eager)


def test_other_errors_of_a_graph_pass_unchanged(session):
    session.graph.finalize()
    with pytest.raises(RuntimeError, match="finalized"):
        tfe.gradients_function(polynomial)(2.0, 3.0)


def test_control_flow(session):
    x = tf1.placeholder(tf.float32, ())

    def power(x):
        return tf1.while_loop(lambda i, z: i < 3, lambda i, z: (i + 1, z * x), [0, x])[1]

    def square_if_positive(x):
        return tf1.cond(x > 0, lambda: x * x, lambda: x)

    gradients = [tfe.gradients_function(f)(x)[0] for f in (power, square_if_positive)]
    assert session.run(gradients, {x: 2.0}) == [32.0, 4.0]


def test_control_flow_of_tensorflow_1_is_refused_as_ever(session, control_flow_v1):
    def square_if_positive(x):
        return tf1.cond(x > 0, lambda: x * x, lambda: x)

    with pytest.raises(NotImplementedError, match=r"Use tf\.gradients"):
        tfe.gradients_function(square_if_positive)(tf.constant(2.0))


def test_function_wrapped_for_tensorflow_2():
    square = tf1.wrap_function(
        tfe.value_and_gradients_function(lambda x: x * x), [tf.TensorSpec((), tf.float32)]
    )
    value, [gradient] = square(tf.constant(3.0))
    assert (value.numpy(), gradient.numpy()) == (9.0, 6.0)
