"""Objects that `checkpoints/` holds as TF 1.15.5 saved them, written by

    python tests/checkpointed_objects.py tests/checkpoints

Runs on both.
"""

import os
import sys

import tensorflow as tf


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


if __name__ == "__main__":
    tf.compat.v1.enable_eager_execution()
    eager = tf.contrib.eager
    awkward = awkward_names(eager, 1)
    eager.Checkpoint(awkward=awkward).save(os.path.join(sys.argv[1], "awkward_names"))
    iterator = eager.Iterator(tf.data.Dataset.range(9))
    iterator.next()
    line = eager.Checkpoint(iterator=iterator, slope=eager.Variable(2.0))
    line.save(os.path.join(sys.argv[1], "iterator"))
