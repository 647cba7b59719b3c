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
        "GradientTape": Name("same", "tf.GradientTape"),
        "Variable": Name("same", "tf.Variable", note="expected_shape is gone"),
        "defun": Name("rebuilt", "tfe_compat.rebuilt.functions"),
        "list_devices": Name("rebuilt", "tfe_compat.rebuilt.devices"),
        "metrics": Name("rebuilt", "tfe_compat.metrics"),
        "metrics.Mean": Name("rebuilt", "tfe_compat.metrics"),
        "num_gpus": Name("rebuilt", "tfe_compat.rebuilt.devices"),
    }
    monkeypatch.setattr("tfe_compat.upgrade.public_names.NAMES", table)
