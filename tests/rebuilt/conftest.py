"""What the calls of a subject do in processes of other kinds than that of the tests."""

import functools
import json
import os
from pathlib import Path

import forked_tensorflow
import pytest
from installed_versions import HAS_LEGACY_KERAS

TESTS = Path(__file__).parents[1]


@functools.cache
def outcomes(subject, start, legacy_keras):
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    program = f"{start}; from recorded.record import main; main(['--print', {subject!r}])"
    keras = "1" if legacy_keras else "0"
    environment = {**os.environ, "TF_USE_LEGACY_KERAS": keras, "PYTHONPATH": path}
    process = forked_tensorflow.run("-c", program, env=environment)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


@pytest.fixture
def outcomes_with_legacy_keras():
    return functools.partial(outcomes, start="pass", legacy_keras=True)


@pytest.fixture
def outcomes_in_tf_1():
    """After `tfe.enable_eager_execution`, and with TF 1's Keras if it is installed."""
    start = "import tfe_compat; tfe_compat.enable_eager_execution()"
    return functools.partial(outcomes, start=start, legacy_keras=HAS_LEGACY_KERAS)
