"""Every name of TF 1.15.5: the tool gives it a place where it is, or says that it has none."""

from __future__ import annotations

import os

import forked_tensorflow
import pytest
import tensorflow as tf
from installed_versions import legacy_keras

# The tables hold for the oldest and the newest TensorFlow. In 2.10, at least, nothing can be
# imported from tensorflow.compat.v1.layers, where the names are attributes all the same.
IS_BETWEEN = 5 < int(tf.__version__.split(".")[1]) < 15


@pytest.mark.skipif(IS_BETWEEN, reason="tensorflow.compat.v1.layers is no module there")
@pytest.mark.multiprocess
@legacy_keras
def test_no_name_is_broken_in_silence():
    program = os.path.join(os.path.dirname(__file__), "every_name.py")
    done = forked_tensorflow.run(program, env={**os.environ, "TF_USE_LEGACY_KERAS": "1"})
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == []
