"""Which TensorFlow and Keras are installed here, and marks that skip, by name, what they lack."""

import importlib.util

import numpy as np
import pytest
import tensorflow as tf

KERAS_3 = hasattr(tf.keras, "Variable")
HAS_LEGACY_KERAS = not KERAS_3 or importlib.util.find_spec("tf_keras") is not None

keras_3 = pytest.mark.skipif(not KERAS_3, reason="this is Keras 2, whose variables are tf.Variable")
legacy_keras = pytest.mark.skipif(
    not HAS_LEGACY_KERAS, reason="tf.compat.v1.layers needs legacy Keras: pip install tf-keras"
)


def before(version, reason):
    """A mark that skips a test on every TensorFlow before `version`, such as "2.6.0"."""
    old = np.lib.NumpyVersion(tf.__version__) < version
    return pytest.mark.skipif(old, reason=f"before {version}, {reason}")
