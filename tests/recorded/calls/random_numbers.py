"""Random numbers of every kind under one seed, with TF 1's behaviour and its Keras."""

import functools
import re

import numpy as np
import tensorflow as tf
from recorded.outcomes import plain, tfe

v1 = tf.compat.v1
keras = v1.keras

SEED = 7
CALLS = {}


def call(name, function, *arguments, **options):
    """Registers a call under a name."""
    assert name not in CALLS, name
    CALLS[name] = functools.partial(function, *arguments, **options)


def drawn(name):
    """The numbers of a call, made twice: the second draw has another seed of its own."""
    v1.set_random_seed(SEED)
    np.random.seed(SEED)  # of which Keras draws some seeds
    return [plain(CALLS[name]()), plain(CALLS[name]())]


# Operations

call("random_uniform", v1.random_uniform, [3])
call("random_uniform, seed", v1.random_uniform, [3], seed=3)
call("random_uniform, float64", v1.random_uniform, [3], -1.0, 1.0, tf.float64)
call("random_uniform, int32", v1.random_uniform, [3], maxval=100, dtype=tf.int32)
call("random_uniform, int64", v1.random_uniform, [3], maxval=100, dtype=tf.int64)
call("random_normal", v1.random_normal, [3])
call("random_normal, float16", v1.random_normal, [3], dtype=tf.float16)
call("truncated_normal", v1.truncated_normal, [3])
call("random_gamma", v1.random_gamma, [3], [0.5, 2.0])
call("random_poisson", v1.random_poisson, [0.5, 20.0], [3])
call("multinomial", v1.multinomial, [[1.0, 2.0, 0.5]], 5)
call("random.categorical", tf.random.categorical, [[1.0, 2.0, 0.5]], 5)
call("random_shuffle", v1.random_shuffle, np.arange(8))
call("random_crop", v1.random_crop, np.arange(64).reshape([8, 8]), [2, 3])
call("stateless_uniform", tf.random.stateless_uniform, [3], [1, 2])
call("stateless_normal", tf.random.stateless_normal, [3], [1, 2])
call("nn.dropout", v1.nn.dropout, np.ones(8, np.float32), 0.5)
call("nn.dropout, rate", v1.nn.dropout, np.ones(8, np.float32), rate=0.25)


def sampled(loss):
    weights = tf.reshape(tf.linspace(-1.0, 1.0, 40), [10, 4])
    labels = tf.constant([[1], [3]], tf.int64)
    return loss(weights, tf.zeros([10]), labels, weights[:2], num_sampled=4, num_classes=10)


call("nn.nce_loss", sampled, v1.nn.nce_loss)
call("nn.sampled_softmax_loss", sampled, v1.nn.sampled_softmax_loss)
for sampler in ("uniform", "log_uniform", "learned_unigram"):
    call(
        sampler + "_candidate_sampler",
        lambda f: f(np.array([[1]], np.int64), 1, 4, True, 10).sampled_candidates,
        getattr(tf.random, sampler + "_candidate_sampler"),
    )

# Distributions

for name, arguments in {
    "Bernoulli": [0.5],
    "Beta": [2.0, 3.0],
    "Categorical": [[1.0, 2.0, 0.5]],
    "Dirichlet": [[1.0, 2.0]],
    "Exponential": [1.0],
    "Gamma": [2.0, 3.0],
    "Laplace": [0.0, 1.0],
    "Normal": [0.0, 1.0],
    "StudentT": [3.0, 0.0, 1.0],
    "Uniform": [0.0, 1.0],
}.items():
    call(
        "distributions." + name,
        lambda name, arguments: getattr(v1.distributions, name)(*arguments).sample(4),
        name,
        arguments,
    )

# Images

IMAGE = (np.arange(48) % 17 / 16.0).astype(np.float32).reshape([4, 4, 3])

call("random_flip_left_right", tf.image.random_flip_left_right, IMAGE)
call("random_flip_up_down", tf.image.random_flip_up_down, IMAGE)
call("random_brightness", tf.image.random_brightness, IMAGE, 0.5)
call("random_contrast", tf.image.random_contrast, IMAGE, 0.5, 2.0)
call("random_hue", tf.image.random_hue, IMAGE, 0.25)
call("random_saturation", tf.image.random_saturation, IMAGE, 0.5, 2.0)
call(
    "sample_distorted_bounding_box, seed",
    lambda: v1.image.sample_distorted_bounding_box(
        [40, 40, 3], [[[0.1, 0.2, 0.8, 0.9]]], seed=3, min_object_covered=0.1
    )[0],
)

# Initializers

for name in ["random_uniform", "random_normal", "truncated_normal", "orthogonal"]:
    call(name + "_initializer", lambda name: getattr(v1, name + "_initializer")()([3, 2]), name)
call("uniform_unit_scaling_initializer", lambda: v1.uniform_unit_scaling_initializer()([3, 2]))
call("variance_scaling_initializer", lambda: v1.variance_scaling_initializer()([3, 2]))
call("glorot_uniform_initializer", lambda: v1.glorot_uniform_initializer()([3, 2]))
call("glorot_normal_initializer", lambda: v1.glorot_normal_initializer()([3, 2]))
for name in ["RandomUniform", "RandomNormal", "TruncatedNormal", "VarianceScaling", "Orthogonal"]:
    call("keras.initializers." + name, lambda n: getattr(keras.initializers, n)()([3, 2]), name)
for name in ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal"]:
    call("keras " + name, lambda name: getattr(keras.initializers, name)()([3, 2]), name)
for name in ["lecun_uniform", "lecun_normal"]:
    call("keras " + name, lambda name: getattr(keras.initializers, name)()([3, 2]), name)
call("get_variable", lambda: v1.get_variable("v", [3, 2]))

# Layers

INPUTS = {
    rank: (np.arange(np.prod(shape)) % 13 / 13.0).astype(np.float32).reshape(shape)
    for rank, shape in {1: [2, 6], 2: [2, 6, 3], 3: [2, 6, 6, 2], 4: [1, 4, 4, 4, 2]}.items()
}


def weights_and_sum(make, rank, **options):
    """The weights of a layer, and what it gives in training."""
    layer = make()
    output = layer(INPUTS[rank], **options)
    return [np.sum(np.abs(v.numpy())) for v in layer.variables], tf.reduce_sum(tf.abs(output))


LAYERS = {
    "Dense": (1, lambda layers: layers.Dense(4)),
    "Dense, he_normal": (1, lambda layers: layers.Dense(4, kernel_initializer="he_normal")),
    "Conv1D": (2, lambda layers: layers.Conv1D(3, 2)),
    "SeparableConv1D": (2, lambda layers: layers.SeparableConv1D(3, 2)),
    "Conv2D": (3, lambda layers: layers.Conv2D(3, 2)),
    "Conv2DTranspose": (3, lambda layers: layers.Conv2DTranspose(3, 2)),
    "SeparableConv2D": (3, lambda layers: layers.SeparableConv2D(3, 2)),
    "Conv3D": (4, lambda layers: layers.Conv3D(3, 2)),
    "Conv3DTranspose": (4, lambda layers: layers.Conv3DTranspose(3, 2)),
    "BatchNormalization": (3, lambda layers: layers.BatchNormalization()),
    "Dropout": (3, lambda layers: layers.Dropout(0.5)),
}
OF_KERAS = {
    "LSTM": (2, lambda layers: layers.LSTM(4)),
    "GRU": (2, lambda layers: layers.GRU(4)),
    "SimpleRNN": (2, lambda layers: layers.SimpleRNN(4)),
    "LSTM, dropout": (2, lambda layers: layers.LSTM(4, dropout=0.5, recurrent_dropout=0.5)),
    "GRU, dropout": (2, lambda layers: layers.GRU(4, dropout=0.5, recurrent_dropout=0.5)),
    "Bidirectional": (2, lambda layers: layers.Bidirectional(layers.LSTM(4))),
    "RNN of two cells": (2, lambda layers: layers.RNN([layers.LSTMCell(4) for _ in range(2)])),
    "Embedding": (1, lambda layers: layers.Embedding(20, 4)),
    "TimeDistributed": (2, lambda layers: layers.TimeDistributed(layers.Dense(4))),
    "LocallyConnected1D": (2, lambda layers: layers.LocallyConnected1D(3, 2)),
    "DepthwiseConv2D": (3, lambda layers: layers.DepthwiseConv2D(2)),
    "SpatialDropout1D": (2, lambda layers: layers.SpatialDropout1D(0.5)),
    "SpatialDropout2D": (3, lambda layers: layers.SpatialDropout2D(0.5)),
    "AlphaDropout": (2, lambda layers: layers.AlphaDropout(0.5)),
    "GaussianDropout": (2, lambda layers: layers.GaussianDropout(0.5)),
    "GaussianNoise": (2, lambda layers: layers.GaussianNoise(0.5)),
}
IN_TRAINING = re.compile("Dropout|dropout|Noise|Normalization")

for name, (rank, make) in LAYERS.items():
    options = {"training": True} if IN_TRAINING.search(name) else {}
    made = functools.partial(lambda make: make(v1.layers), make)
    call("layers." + name, weights_and_sum, made, rank, **options)
for name, (rank, make) in {**LAYERS, **OF_KERAS}.items():
    options = {"training": True} if IN_TRAINING.search(name) else {}
    made = functools.partial(lambda make: make(keras.layers), make)
    call("keras.layers." + name, weights_and_sum, made, rank, **options)


def cell(name, **dropout):
    made = getattr(v1.nn.rnn_cell, name)(4)
    if dropout:
        made = v1.nn.rnn_cell.DropoutWrapper(made, **dropout)
    output, _ = made(INPUTS[1], made.zero_state(2, tf.float32))
    return [np.sum(np.abs(v.numpy())) for v in made.variables], tf.reduce_sum(tf.abs(output))


for name in ["BasicLSTMCell", "LSTMCell", "GRUCell", "BasicRNNCell"]:
    call("nn.rnn_cell." + name, cell, name)
call("nn.rnn_cell.DropoutWrapper", cell, "BasicLSTMCell", input_keep_prob=0.5)

# Datasets


def elements(dataset):
    return [element.numpy().tolist() for element in dataset]


call("Dataset.shuffle", lambda: elements(v1.data.Dataset.range(10).shuffle(10)))
call("Dataset.shuffle, seed", lambda: elements(v1.data.Dataset.range(10).shuffle(10, seed=3)))
call("Dataset.shuffle, small", lambda: elements(v1.data.Dataset.range(10).shuffle(4).batch(3)))
call("Dataset.shuffle, repeat", lambda: elements(v1.data.Dataset.range(6).shuffle(6).repeat(3)))
call(
    "Dataset.shuffle, same order",
    lambda: [
        elements(dataset)
        for dataset in [v1.data.Dataset.range(6).shuffle(6, reshuffle_each_iteration=False)]
        for _ in range(3)
    ],
)
call(
    "sample_from_datasets",
    lambda: elements(
        v1.data.experimental.sample_from_datasets(
            [v1.data.Dataset.range(4), v1.data.Dataset.range(10, 14)], [0.5, 0.5]
        )
    ),
)


@functools.partial(call, "Dataset.shuffle, later pass")
def two_passes():
    dataset = v1.data.Dataset.range(10).shuffle(10)
    return [elements(dataset) for _ in range(2)]


# Functions and graphs, where an operation without a seed of its own takes one from its place in the
# graph. TensorFlow 2 counts the places in another way.

for name, seed in {"": None, ", seed": 5}.items():
    call(
        "Dataset.map" + name,
        lambda seed: elements(
            v1.data.Dataset.range(3).map(lambda _: v1.random_uniform([2], seed=seed))
        ),
        seed,
    )
    call(
        "defun" + name,
        lambda seed: [
            function()
            for function in [tfe.defun(lambda: v1.random_normal([2], seed=seed))]
            for _ in range(2)
        ],
        seed,
    )
    call(
        "defun, dropout" + name,
        lambda seed: tfe.defun(lambda: v1.nn.dropout(tf.ones([8]), 0.5, seed=seed))(),
        seed,
    )


def in_a_graph(seed):
    with tf.Graph().as_default(), v1.Session() as session:
        v1.set_random_seed(SEED)
        initializer = v1.glorot_uniform_initializer(seed=seed)
        output = v1.layers.dense(tf.ones([1, 2]), 2, kernel_initializer=initializer)
        session.run(v1.global_variables_initializer())
        return session.run([output, v1.random_uniform([2], seed=seed)])


def fitted(seed, shuffle):
    model = keras.Sequential(
        [
            keras.layers.Dense(8, input_shape=(2,)),
            keras.layers.Dropout(0.5, seed=seed),
            keras.layers.Dense(1),
        ]
    )
    model.compile(v1.train.GradientDescentOptimizer(0.1), "mse")
    x, y = np.linspace(0.0, 1.0, 16, dtype=np.float32).reshape([8, 2]), np.ones([8, 1], np.float32)
    history = model.fit(x, y, batch_size=4, epochs=2, shuffle=shuffle, verbose=0)
    return [float(loss) for loss in history.history["loss"]]


call("in a graph", in_a_graph, None)
call("in a graph, seed", in_a_graph, 5)
call("fit", fitted, None, shuffle=False)
call("fit, seed", fitted, 5, shuffle=False)
call("fit, seed, shuffle", fitted, 5, shuffle=True)


def outcomes():
    tfe.enable_eager_execution()
    return {name: drawn(name) for name in CALLS}
