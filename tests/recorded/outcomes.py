"""What the calls of a subject do, as plain data.

A subject is a module of `calls/`. Its functions `outcomes()` and, if it has one,
`write_checkpoints(folder)` run on TF 1.15.5, where `record.py` keeps what they give, and on
TensorFlow 2, where the tests compare it.
"""

import contextlib
import shutil
import tempfile

import numpy as np
import tensorflow as tf

TF1 = tf.__version__.startswith("1.")
if TF1:
    tfe = tf.contrib.eager
else:
    import tfe_compat as tfe


def tfe_of_installed():
    """tf.contrib.eager or tfe_compat, whichever is there, with two CPU devices."""
    from tfe_compat.conformance import api

    api.prepare()
    return tfe


def outcome(function, *args, **kwargs):
    """What a call returns; where it raises, the name of the exception."""
    try:
        return function(*args, **kwargs)
    except (Exception, SystemExit) as error:
        return type(error).__name__


def plain(value):
    """`value` with lists in the place of tuples, and of the arrays in tensors and variables."""
    if isinstance(value, dict):
        return {key: plain(element) for key, element in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, (tf.Tensor, tf.Variable)):
        return plain(value.numpy())
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    return value


def of_tensorflow(variable):
    """What the optimizers of TF 1 take: of a Keras 3 variable, the tf.Variable inside."""
    return variable.value if hasattr(variable, "path") else variable


@contextlib.contextmanager
def temporary_folder():
    path = tempfile.mkdtemp()
    try:
        yield path
    finally:
        shutil.rmtree(path)
