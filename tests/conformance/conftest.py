"""The command, run in the process of the tests."""

import pytest
import tensorflow as tf

import tfe_compat as tfe
from tfe_compat.conformance import api, comparison
from tfe_compat.conformance.__main__ import main
from tfe_compat.conformance.test_conformance import SUBJECTS


@pytest.fixture(autouse=True)
def log_of_tensorflow():
    """As it was, for the tests that come after: the command turns warnings off for good."""
    level = tf.get_logger().level
    yield
    tf.get_logger().setLevel(level)


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command in this process on given subjects: its exit code and what it prints."""

    def run(arguments, subjects=SUBJECTS):
        monkeypatch.setattr(api, "prepare", lambda: tfe)
        monkeypatch.setattr(comparison, "subjects", lambda: iter(subjects))
        exit_code = main(arguments)
        return exit_code, capsys.readouterr().out

    return run
