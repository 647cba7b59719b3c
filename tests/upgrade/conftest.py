"""What the tests of the upgrade tool share."""

from __future__ import annotations

import pytest

from tfe_compat.namespace import Difference, Name


@pytest.fixture
def table_of_names(monkeypatch):
    """A table of its own keeps the upgrade tests from hanging on the words of the real one."""
    table = {
        "GradientTape": Name("same", "tf.GradientTape"),
        "Variable": Name("same", "tf.Variable", [Difference("expected_shape is gone")]),
        "defun": Name("rebuilt", "tfe_compat.rebuilt.functions"),
        "list_devices": Name("rebuilt", "tfe_compat.rebuilt.devices"),
        "metrics": Name("rebuilt", "tfe_compat.metrics"),
        "metrics.Mean": Name("rebuilt", "tfe_compat.metrics"),
        "num_gpus": Name("rebuilt", "tfe_compat.rebuilt.devices"),
    }
    monkeypatch.setattr("tfe_compat.upgrade.stages.report_differences.NAMES", table)
