"""Skips, by name, the tests of what an older TensorFlow lacks or does otherwise."""

import numpy as np
import pytest
import tensorflow as tf


def before(version, reason):
    """A mark that skips a test on every TensorFlow before `version`, such as "2.6.0"."""
    old = np.lib.NumpyVersion(tf.__version__) < version
    return pytest.mark.skipif(old, reason=f"before {version}, {reason}")
