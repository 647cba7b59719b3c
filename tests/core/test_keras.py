"""Keras 3 layers, models, variables, optimizers and mixed precision with the gradient functions."""

import numpy as np
import pytest
import tensorflow as tf

import tfe_compat as tfe

keras = pytest.importorskip("keras", "3", reason="Keras 3 comes with TensorFlow 2.16 and newer")

RANDOM = np.random.default_rng(5)
X = RANDOM.standard_normal((6, 3)).astype(np.float32)
Y = RANDOM.standard_normal((6, 1)).astype(np.float32)


def close(actual, expected, rtol=1e-6):
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=1e-6)


def dense(units=1, **options):
    layer = keras.layers.Dense(units, kernel_initializer=keras.initializers.Ones(), **options)
    layer.build((None, X.shape[1]))
    return layer


def network():
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(4, activation="tanh"), keras.layers.Dense(1)]
    )


def squared_error(model):
    def loss(x, y):
        return tf.reduce_mean(tf.square(model(x) - y))

    return loss


def gradients_by_tape(model):
    with tf.GradientTape() as tape:
        value = squared_error(model)(X, Y)
    return tape.gradient(value, [variable.value for variable in model.trainable_variables])


def test_layer_and_model_as_f():
    layer = dense(2)
    value, [gradient] = tfe.value_and_gradients_function(layer)(X)
    close(value, X.sum(axis=1, keepdims=True).repeat(2, axis=1))
    close(gradient, np.full_like(X, 2.0))

    model = network()
    with tf.GradientTape() as tape:
        x = tf.constant(X)
        tape.watch(x)
        expected = model(x)
    expected_gradient = tape.gradient(expected, x)
    value, vjp = tfe.make_vjp(model)(X)
    close(value, expected)
    close(vjp()[0], expected_gradient)
    close(vjp(2 * np.ones((6, 1)))[0], 2 * expected_gradient)
    close(tfe.gradients_function(model)(X)[0], expected_gradient)


def test_model_in_training_mode():
    normalization = keras.layers.BatchNormalization()
    model = keras.Sequential(
        [keras.Input((3,)), normalization, keras.layers.Dropout(0.5), keras.layers.Dense(1)]
    )
    pairs = tfe.implicit_gradients(lambda x: model(x, training=True))(X)
    assert len(pairs) == len(model.trainable_variables) == 4
    assert all(read is v.value for (_, read), v in zip(pairs, model.trainable_variables))
    close(normalization.moving_mean.numpy(), 0.01 * X.mean(axis=0))


@pytest.mark.parametrize("make", [keras.Variable, tf.Variable])
def test_variables_as_arguments(make):
    w = make([1.0, 2.0])

    def f(w, x):
        assert isinstance(w, tf.Tensor)
        return tf.reduce_sum(w * w * x)

    value, gradients = tfe.value_and_gradients_function(f)(w, 3.0)
    close([value, gradients[1]], [15.0, 5.0])
    close(gradients[0], [6.0, 12.0])
    close(tfe.gradients_function(f, params=["w"])(w, 3.0, dy=2.0)[0], [12.0, 24.0])
    close(tfe.make_vjp(f)(w, 3.0)[1]()[0], [6.0, 12.0])
    close(tfe.gradients_function(lambda x: x * x)([1.0, 2.0], dy=w)[0], [2.0, 8.0])
    close(tf.function(lambda: tfe.gradients_function(f)(w, 3.0))()[0], [6.0, 12.0])


def test_weights_of_a_layer_as_arguments():
    layer = dense()

    def loss(kernel, bias, x):
        output, _ = layer.stateless_call([kernel, bias], [], x)
        return tf.reduce_sum(tf.square(output))

    gradients = tfe.gradients_function(loss, params=["kernel", "bias"])(*layer.weights, X)
    residual = 2 * X.sum(axis=1)
    close(gradients[0], (residual @ X)[:, None], rtol=1e-5)
    close(gradients[1], [residual.sum()], rtol=1e-5)


def test_outputs_may_be_keras_variables():
    w = keras.Variable([1.0, 2.0])
    value, gradients = tfe.value_and_gradients_function(lambda x: (w, x * x))(3.0)
    close(value[0], [1.0, 2.0])
    close(gradients[0], 6.0)


OPTIMIZERS = [
    lambda: keras.optimizers.SGD(0.1, momentum=0.9),
    lambda: keras.optimizers.Adam(0.1),
    lambda: keras.optimizers.AdamW(0.1, weight_decay=0.1, clipnorm=1.0),
    lambda: keras.optimizers.SGD(0.1, use_ema=True, gradient_accumulation_steps=2),
    lambda: keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.1), initial_scale=8.0),
]


@pytest.mark.parametrize("make", [tfe.implicit_gradients, tfe.implicit_value_and_gradients])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("built", [False, True], ids=["new", "built"])
def test_pairs_go_into_a_keras_optimizer(built, optimizer, make):
    """As Keras's own apply, with its own variables, does it."""
    ours, theirs = network(), network()
    optimizer_of_ours, optimizer_of_theirs = optimizer(), optimizer()
    if built:
        optimizer_of_ours.build(ours.trainable_variables)
    differentiated = make(squared_error(ours))

    @tf.function
    def train():
        result = differentiated(X, Y)
        optimizer_of_ours.apply_gradients(result if make is tfe.implicit_gradients else result[1])

    for _ in range(3):
        if built:
            train()
        else:
            train.python_function()
        optimizer_of_theirs.apply(gradients_by_tape(theirs), theirs.trainable_variables)
    for variable, expected in zip(ours.variables, theirs.variables):
        close(variable.numpy(), expected.numpy(), rtol=1e-5)


@pytest.mark.parametrize("wrapped", [lambda f: f, tf.function], ids=["eager", "tf.function"])
def test_pairs_go_into_an_optimizer_of_tensorflow_1(wrapped):
    model = network()
    before = [variable.numpy() for variable in model.trainable_variables]
    expected = [old - 0.1 * new for old, new in zip(before, gradients_by_tape(model))]
    optimizer = tf.compat.v1.train.GradientDescentOptimizer(0.1)

    @wrapped
    def train():
        optimizer.apply_gradients(tfe.implicit_gradients(squared_error(model))(X, Y))

    train()
    for variable, value in zip(model.trainable_variables, expected):
        close(variable.numpy(), value)


def test_sparse_gradients_of_an_embedding():
    layer = keras.layers.Embedding(10, 2, embeddings_initializer="ones")
    layer.build()
    optimizer = keras.optimizers.SGD(0.5)
    pairs = tfe.implicit_gradients(lambda ids: tf.reduce_sum(layer(ids)))(tf.constant([1, 1, 3]))
    assert isinstance(pairs[0][0], tf.IndexedSlices)
    optimizer.apply_gradients(pairs)
    expected = np.ones((10, 2))
    expected[1], expected[3] = 0.0, 0.5
    close(layer.embeddings.numpy(), expected)


def test_constraints_need_the_keras_variables():
    # The pairs hold the tf.Variable inside; what Keras keeps on its own variable stays there.
    def constrained():
        return dense(kernel_constraint=keras.constraints.MaxNorm(1.0), use_bias=False)

    layer = constrained()
    optimizer = keras.optimizers.SGD(1e-6)
    optimizer.apply_gradients(tfe.implicit_gradients(layer)(X))
    close(layer.kernel.numpy(), np.ones((3, 1)), rtol=1e-4)

    layer = constrained()
    optimizer = keras.optimizers.SGD(1e-6)
    gradients = [gradient for gradient, _ in tfe.implicit_gradients(layer)(X)]
    optimizer.apply(gradients, layer.trainable_variables)
    close(np.linalg.norm(layer.kernel.numpy()), 1.0, rtol=1e-4)


def test_unconnected_variable_has_no_gradient():
    layer = dense()
    pairs = tfe.implicit_gradients(lambda x: (layer(x), layer.bias * 0)[1])(X)
    assert [gradient is None for gradient, _ in pairs] == [True, False]


def test_frozen_layer_has_to_be_left_out_by_hand():
    # Keras freezes its own variable, not the tf.Variable inside: TensorFlow's tape watches on.
    model = network()
    model.layers[0].trainable = False
    optimizer = keras.optimizers.SGD(0.1)
    optimizer.build(model.trainable_variables)
    pairs = tfe.implicit_gradients(squared_error(model))(X, Y)
    with pytest.raises(ValueError, match="Unknown variable"):
        optimizer.apply_gradients(pairs)

    trainable = {id(variable.value) for variable in model.trainable_variables}
    pairs = [(gradient, variable) for gradient, variable in pairs if id(variable) in trainable]
    assert [variable.shape for _, variable in pairs] == [(4, 1), (1,)]
    frozen = model.layers[0].kernel.numpy()
    optimizer.apply_gradients(pairs)
    close(model.layers[0].kernel.numpy(), frozen, rtol=0)


@pytest.fixture
def mixed_float16():
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    yield
    keras.config.set_dtype_policy(before)


def test_mixed_precision(mixed_float16):
    model = network()
    value, [by_input] = tfe.value_and_gradients_function(model)(X)
    assert (value.dtype, by_input.dtype) == (tf.float16, tf.float32)
    value, vjp = tfe.make_vjp(model)(X)
    assert vjp(dy=np.ones((6, 1)))[0].dtype == tf.float32
    value, pairs = tfe.implicit_value_and_gradients(model)(X)
    assert value.dtype == tf.float16
    assert all(gradient.dtype == variable.dtype == tf.float32 for gradient, variable in pairs)
    for (gradient, _), variable in zip(pairs, model.trainable_variables):
        assert gradient.shape == variable.shape


def test_mixed_precision_with_loss_scaling(mixed_float16):
    model = network()
    before = [variable.numpy() for variable in model.trainable_variables]
    gradients = gradients_by_tape(model)
    optimizer = keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.1), initial_scale=1024.0)
    optimizer.build(model.trainable_variables)

    @tf.function
    def train():
        differentiated = tfe.implicit_gradients(
            lambda: optimizer.scale_loss(tf.cast(squared_error(model)(X, Y), tf.float32))
        )
        optimizer.apply_gradients(differentiated())

    train()
    for variable, old, gradient in zip(model.trainable_variables, before, gradients):
        # float16 has 11 bits.
        np.testing.assert_allclose(variable.numpy(), old - 0.1 * gradient, rtol=5e-3, atol=5e-4)
        assert np.abs(variable.numpy() - old).max() > 1e-3


def test_symbolic_keras_tensor_is_refused():
    with pytest.raises(ValueError, match="KerasTensor cannot be used as input"):
        tfe.gradients_function(lambda x: x * x)(keras.Input((3,)))


def test_gradient_as_a_layer():
    class Slope(keras.layers.Layer):
        def call(self, x):
            return tfe.gradients_function(lambda x: x**3)(x)[0]

    inputs = keras.Input((3,))
    model = keras.Model(inputs, Slope()(inputs))
    close(model.predict(X, verbose=0), 3 * X**2, rtol=1e-5)


def test_train_step_of_a_model():
    class Trained(keras.Model):
        def __init__(self):
            super().__init__()
            self.network = network()

        def call(self, x):
            return self.network(x)

        def train_step(self, batch):
            x, y = batch
            value, pairs = tfe.implicit_value_and_gradients(squared_error(self))(x, y)
            self.optimizer.apply_gradients(pairs)
            return {"squared_error": value}

    model = Trained()
    model.compile(optimizer=keras.optimizers.Adam(0.05))
    history = model.fit(X, Y, epochs=30, batch_size=6, verbose=0).history["squared_error"]
    assert history[-1] < history[0] / 2
