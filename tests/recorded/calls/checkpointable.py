"""Objects of tfe.Checkpointable and tfe.Iterator, of which TF 1.15.5 wrote checkpoints."""

import os

import tensorflow as tf
from recorded.outcomes import tfe_of_installed


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


def write_checkpoints(folder):
    tfe = tfe_of_installed()
    tfe.Checkpoint(awkward=awkward_names(tfe, 1)).save(os.path.join(folder, "awkward_names"))
    iterator = tfe.Iterator(tf.data.Dataset.range(9))
    iterator.next()
    line = tfe.Checkpoint(iterator=iterator, slope=tfe.Variable(2.0))
    line.save(os.path.join(folder, "iterator"))
