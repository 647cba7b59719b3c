"""The gradient functions under vectorized_map, map_fn, while_loop and Dataset.map."""

import numpy as np
import pytest
import tensorflow as tf
from installed_versions import before

import tfe_compat as tfe

RANDOM = np.random.default_rng(3)
XS = RANDOM.standard_normal((5, 2)).astype(np.float32)
YS = RANDOM.standard_normal(5).astype(np.float32)
W = np.array([1.0, -2.0], np.float32)


def loss(w, x, y):
    return tf.square(tf.reduce_sum(w * x) - y)


LOSSES = (XS @ W - YS) ** 2
BY_W = 2 * (XS @ W - YS)[:, None] * XS
BY_X = 2 * (XS @ W - YS)[:, None] * W


def by_value_and_gradients_function(x, y):
    value, (by_w, by_x) = tfe.value_and_gradients_function(loss, params=["w", "x"])(W, x, y)
    return value, by_w, by_x


def by_gradients_function(x, y):
    by_w, by_x = tfe.gradients_function(loss, params=[0, 1])(W, x, y, dy=1.0)
    return loss(W, x, y), by_w, by_x


def by_make_vjp(x, y):
    value, vjp = tfe.make_vjp(loss, params=[0, 1])(W, x, y)
    return value, vjp()[0], vjp(2.0)[1] / 2


VARIABLE = tf.Variable(W)


def by_variable(x, y):
    value, [(by_w, variable)] = tfe.implicit_value_and_gradients(lambda x, y: loss(VARIABLE, x, y))(
        x, y
    )
    assert variable is VARIABLE
    [(again, _)] = tfe.implicit_gradients(lambda x, y: loss(VARIABLE, x, y))(x, y)
    return value, (by_w + again) / 2, tf.gradients(value, x)[0]


EXAMPLE_GRADIENTS = [
    by_value_and_gradients_function,
    by_gradients_function,
    by_make_vjp,
    by_variable,
]


def assert_gradients_of_each_example(actual):
    for one, expected in zip(actual, (LOSSES, BY_W, BY_X)):
        np.testing.assert_allclose(one, expected, rtol=2e-5, atol=1e-6)


@pytest.fixture(params=EXAMPLE_GRADIENTS, ids=lambda function: function.__name__)
def example_gradients(request):
    return lambda example: request.param(*example)


@pytest.fixture(
    params=[
        by_value_and_gradients_function,
        by_gradients_function,
        by_make_vjp,
        pytest.param(
            by_variable,
            marks=before("2.6.0", "vectorized_map refuses what tf.gradients notes on operations"),
        ),
    ],
    ids=lambda function: function.__name__,
)
def vectorizable(request):
    return lambda example: request.param(*example)


def test_vectorized_map(vectorizable):
    assert_gradients_of_each_example(tf.vectorized_map(vectorizable, (XS, YS)))


def test_vectorized_map_in_tf_function(vectorizable):
    @tf.function(jit_compile=True)
    def all_gradients(xs, ys):
        return tf.vectorized_map(vectorizable, (xs, ys))

    assert_gradients_of_each_example(all_gradients(XS, YS))


def test_vectorized_map_leaves_no_loop(vectorizable):
    graph = tf.function(lambda: tf.vectorized_map(vectorizable, (XS, YS)))
    operations = graph.get_concrete_function().graph.get_operations()
    assert not {operation.type for operation in operations} & {"While", "StatelessWhile"}


def test_map_fn(example_gradients):
    signature = (tf.TensorSpec((), tf.float32),) + (tf.TensorSpec((2,), tf.float32),) * 2
    all_gradients = tf.function(
        lambda: tf.map_fn(example_gradients, (XS, YS), fn_output_signature=signature)
    )
    assert_gradients_of_each_example(all_gradients())


def test_dataset_map(example_gradients):
    dataset = tf.data.Dataset.from_tensor_slices((XS, YS))
    mapped = list(dataset.map(lambda x, y: example_gradients((x, y)), num_parallel_calls=2))
    assert_gradients_of_each_example([np.stack(column) for column in zip(*mapped)])


def test_dataset_stacks_a_list_inside_a_tuple():
    # tf.data's rule: gradients of several shapes have to go in as a tuple.
    dataset = tf.data.Dataset.from_tensor_slices((XS, YS))
    by_w_and_x = tfe.value_and_gradients_function(loss, params=["w", "x"])
    _, stacked = next(iter(dataset.map(lambda x, y: by_w_and_x(W, x, y))))
    np.testing.assert_allclose(stacked, [BY_W[0], BY_X[0]], rtol=2e-5)

    by_all = tfe.value_and_gradients_function(loss)
    with pytest.raises((TypeError, ValueError)):
        dataset.map(lambda x, y: by_all(W, x, y))

    def with_tuple(x, y):
        value, gradients = by_all(W, x, y)
        return value, tuple(gradients)

    _, (by_w, by_x, by_y) = next(iter(dataset.map(with_tuple)))
    np.testing.assert_allclose(by_w, BY_W[0], rtol=2e-5)
    np.testing.assert_allclose(by_x, BY_X[0], rtol=2e-5)
    assert by_y.shape == ()


def test_while_loop(example_gradients):
    def step(i, total_loss, total_by_w):
        value, by_w, _ = example_gradients((tf.gather(XS, i), tf.gather(YS, i)))
        return i + 1, total_loss + value, total_by_w + by_w

    sums = tf.function(
        lambda: tf.while_loop(lambda i, *_: i < len(XS), step, (0, 0.0, tf.zeros(2)))
    )
    _, total_loss, total_by_w = sums()
    np.testing.assert_allclose(total_loss, LOSSES.sum(), rtol=2e-5)
    np.testing.assert_allclose(total_by_w, BY_W.sum(axis=0), rtol=2e-5)


@pytest.mark.parametrize(
    "wrapped", [lambda f: f, tf.function, lambda f: tf.function(f, jit_compile=True)]
)
def test_descent_in_a_while_loop(wrapped):
    gradients = tfe.gradients_function(lambda w: tf.reduce_sum(tf.square(w - 3.0)))

    @wrapped
    def minimum():
        return tf.while_loop(
            lambda w: tf.reduce_max(tf.abs(gradients(w)[0])) > 1e-3,
            lambda w: [w - 0.25 * gradients(w)[0]],
            [tf.zeros(4)],
        )

    np.testing.assert_allclose(minimum()[0], np.full(4, 3.0), atol=1e-3)


def test_gradient_of_a_function_that_maps():
    def total(w):
        return tf.reduce_sum(tf.vectorized_map(lambda example: loss(w, *example), (XS, YS)))

    [gradient] = tfe.gradients_function(total)(W)
    np.testing.assert_allclose(gradient, BY_W.sum(axis=0), rtol=2e-5)


def test_jacobian_row_by_row():
    value, vjp = tfe.make_vjp(lambda x: tf.linalg.matvec(XS, x))(W)
    jacobian = tf.vectorized_map(lambda dy: vjp(dy)[0], tf.eye(len(XS)))
    np.testing.assert_allclose(value, XS @ W, rtol=1e-6)
    np.testing.assert_allclose(jacobian, XS, rtol=1e-6)
