"""What the calls of a subject do in a process with legacy Keras."""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def outcomes_with_legacy_keras():
    @functools.cache
    def outcomes(subject):
        path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
        printed = subprocess.run(
            [sys.executable, "-m", "recorded.record", "--print", subject],
            stdout=subprocess.PIPE,
            check=True,
            timeout=300,
            env={**os.environ, "TF_USE_LEGACY_KERAS": "1", "PYTHONPATH": path},
        ).stdout
        return json.loads(printed)

    return outcomes
