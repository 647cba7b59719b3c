"""Objects of tfe.Checkpointable and tfe.Iterator, of which TF 1.15.5 wrote checkpoints."""

import os

import tensorflow as tf
from recorded.outcomes import of_tensorflow, plain, temporary_folder, tfe_of_installed
from recorded.record import checkpoint as recorded_checkpoint


def awkward_names(tfe, start):
    """An object whose variables count from `start` and have names that TensorFlow 2 uses itself."""

    class Awkward(tfe.Checkpointable):
        def __init__(self):
            numbers = iter(range(start, start + 20))

            def variable():
                return tfe.Variable(float(next(numbers)))

            self.name = variable()
            self.variables = [variable(), variable()]
            self.trainable_variables = {"a": variable()}
            self.submodules = tfe.Checkpointable()
            self.submodules.save = variable()
            self.restore = [[variable()], {"b": variable()}]
            self.pair = (variable(), variable())
            self.write = self.name

    return Awkward()


def values(awkward):
    return [
        variable.numpy().item()
        for variable in [
            awkward.name,
            *awkward.variables,
            awkward.trainable_variables["a"],
            awkward.submodules.save,
            awkward.restore[0][0],
            awkward.restore[1]["b"],
            *awkward.pair,
            awkward.write,
        ]
    ]


def nested_model():
    """A model with layers in all that a model may have."""
    layers = tf.keras.layers

    def lstm(units):
        return layers.LSTM(units, recurrent_activation="sigmoid")  # the default has changed

    class Block(tf.keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.parts = [layers.Dense(2), {"last": layers.Dense(3)}]

        def build(self, input_shape):
            self.scale = self.add_weight(name="scale", shape=(), initializer="ones")
            self.built = True

        def call(self, x):
            return self.parts[1]["last"](self.parts[0](x)) * self.scale

    class Nested(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.blocks = [Block(), [Block(), layers.Dropout(0.5)]]
            self.named = {"conv": layers.Conv1D(2, 2), "lstm": lstm(2)}
            self.both_ways = layers.Bidirectional(lstm(1))
            self.table = layers.Embedding(4, 2)
            self.sequence = tf.keras.Sequential([layers.Dense(2), layers.BatchNormalization()])
            inputs = tf.keras.Input((2,))
            self.functional = tf.keras.Model(inputs, layers.Dense(1)(layers.Dense(3)(inputs)))
            self._private = layers.Dense(1)
            self.own = [tf.Variable(2.0, trainable=False)]

        def call(self, x):
            x = self.blocks[1][1](self.blocks[1][0](self.blocks[0](x)))
            x = tf.stack([x, x, x], axis=1)
            x = self.named["lstm"](self.named["conv"](x)) + self.both_ways(x)
            x = self.sequence(x + self.table(tf.constant([1])))
            return self._private(self.functional(x)) * self.own[0]

    return Nested()


def checkpoint_of_model(tfe):
    """A checkpoint with a model and an optimizer, neither of which has been used."""
    optimizer = tf.compat.v1.train.AdamOptimizer(0.1)
    return tfe.Checkpoint(model=nested_model(), optimizer=optimizer)


def train(checkpoint):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(checkpoint.model(tf.ones([1, 3])) ** 2)
    variables = [of_tensorflow(each) for each in checkpoint.model.trainable_variables]
    gradients = tape.gradient(loss, variables)
    checkpoint.optimizer.apply_gradients(zip(gradients, variables))


def content(path):
    """The values in a checkpoint. Which of its two names the layer of a Sequential has, varies."""
    reader = tf.train.load_checkpoint(path)
    names = sorted(reader.get_variable_to_shape_map())[1:]
    return {
        name.replace("sequence/layer_with_weights-", "sequence/layer-"): plain(
            reader.get_tensor(name)
        )
        for name in names
        if not name.startswith("save_counter")
    }


def restored(tfe, used):
    """The values after restoring a used model, or a new one that then goes on with training."""
    checkpoint = checkpoint_of_model(tfe)
    if used:
        train(checkpoint)
    status = checkpoint.restore(recorded_checkpoint("checkpointable", "model-1"))
    if not used:
        train(checkpoint)
    status.assert_consumed()
    with temporary_folder() as folder:
        return content(checkpoint.save(os.path.join(folder, "model")))


def outcomes():
    tfe = tfe_of_installed()
    return {"used": restored(tfe, used=True), "new": restored(tfe, used=False)}


def write_checkpoints(folder):
    tfe = tfe_of_installed()
    checkpoint = checkpoint_of_model(tfe)
    train(checkpoint)
    checkpoint.save(os.path.join(folder, "model"))
    tfe.Checkpoint(awkward=awkward_names(tfe, 1)).save(os.path.join(folder, "awkward_names"))
    iterator = tfe.Iterator(tf.data.Dataset.range(9))
    iterator.next()
    line = tfe.Checkpoint(iterator=iterator, slope=tfe.Variable(2.0))
    line.save(os.path.join(folder, "iterator"))
