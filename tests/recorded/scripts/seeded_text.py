"""Learns to write a text, letter by letter, with an embedding and an LSTM."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.enable_eager_execution()
tfe = tf.contrib.eager

TEXT = """
The wind went over the hill and the rain went after it. The river rose, and the mill turned,
and the miller slept. In the morning the hill was green, the river was low again, and the
miller ground the wheat that the wind had left standing.
""" * 6

tf.set_random_seed(2018)

letters = sorted(set(TEXT))
number_of = {letter: number for number, letter in enumerate(letters)}
encoded = np.array([number_of[letter] for letter in TEXT])
LENGTH, BATCH, UNITS, DIMENSIONS = 12, 16, 32, 12


def cut(chunk):
    return chunk[:-1], chunk[1:]


chunks = tf.data.Dataset.from_tensor_slices(encoded).batch(LENGTH + 1, drop_remainder=True)
dataset = chunks.map(cut).shuffle(50).batch(BATCH, drop_remainder=True)


class Writer(tf.keras.Model):
    def __init__(self):
        super(Writer, self).__init__()
        self.embedding = tf.keras.layers.Embedding(len(letters), DIMENSIONS)
        self.lstm = tf.keras.layers.LSTM(
            UNITS, return_sequences=True, return_state=True, recurrent_activation="sigmoid")
        self.fc = tf.keras.layers.Dense(len(letters))

    def call(self, x, state=None):
        x, h, c = self.lstm(self.embedding(x), initial_state=state)
        return self.fc(tf.reshape(x, [-1, UNITS])), [h, c]


model = Writer()
optimizer = tf.train.AdamOptimizer(0.02)


def loss_of(inputs, targets):
    predicted, _ = model(inputs)
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels=tf.reshape(targets, [-1]), logits=predicted))


# One long pass over a longer text than there is: the dataset is repeated before it is shuffled.
batches = tfe.Iterator(chunks.repeat(4).map(cut).shuffle(50).batch(BATCH))
value_and_gradients = tfe.implicit_value_and_gradients(loss_of)
for number, (inputs, targets) in enumerate(batches):
    loss, pairs = value_and_gradients(inputs, targets)
    gradients, variables = zip(*pairs)
    clipped, norm = tf.clip_by_global_norm(gradients, 1.0)
    optimizer.apply_gradients(zip(clipped, variables))
    print("batch %d loss %.5f norm %.4f" % (number, loss.numpy(), norm.numpy()))

for weights in model.get_weights():
    print(weights.shape, "%.5f" % np.abs(weights).mean(), np.round(weights.ravel()[:3].astype(float), 5).tolist())

for inputs, targets in dataset:
    print("%.5f" % loss_of(inputs, targets).numpy(), "".join(letters[i] for i in inputs[0].numpy()))

written, state = [number_of["T"]], None
for _ in range(40):
    logits, state = model(tf.expand_dims([written[-1]], 0), state)
    written.append(tf.multinomial(logits / 0.7, num_samples=1)[0, 0].numpy())
print(repr("".join(letters[number] for number in written)))
