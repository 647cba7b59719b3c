"""Sets TensorFlow up for all tests: two logical CPU devices, as the recordings have."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import pytest

from tfe_compat.conformance import api
from tfe_compat.namespace import Name

api.prepare()


@pytest.fixture
def table_of_names(monkeypatch):
    """A table of its own keeps the upgrade tests from hanging on the words of the real one."""
    table = {
        "GradientTape": Name("same"),
        "Network": Name("gone", note="subclass tf.keras.Model"),
        "Variable": Name("same", note="expected_shape is gone"),
        "defun": Name("same"),
        "list_devices": Name("rebuilt"),
        "metrics": Name("gone", note="use tf.keras.metrics"),
        "metrics.Mean": Name("gone", note="use tf.keras.metrics.Mean"),
        "num_gpus": Name("rebuilt"),
    }
    monkeypatch.setattr("tfe_compat.upgrade.public_names.NAMES", table)
