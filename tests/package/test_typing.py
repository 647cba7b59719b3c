"""The annotations as a user's type checker sees them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tfe_compat

ROOT = Path(tfe_compat.__file__).parents[1]
USER_CODE = Path(__file__).with_name("typed_user_code.py")


@pytest.mark.skipif(
    np.lib.NumpyVersion(np.__version__) < "1.20.0", reason="before 1.20, NumPy has no types"
)
@pytest.mark.multiprocess
def test_mypy_reports_exactly_the_marked_lines(tmp_path):
    shutil.copy(USER_CODE, tmp_path)
    # mypy does not see editable installs, but takes a folder in PYTHONPATH for one of installed
    # packages: it demands py.typed and reports nothing within them.
    mypy = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", USER_CODE.name],
        cwd=tmp_path,  # its cache comes here
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert mypy.returncode == 1, mypy.stdout + mypy.stderr
    reported = re.findall(r"^(.+?):(\d+): error: .*\[(.+)\]$", mypy.stdout, re.M)
    expected = [
        (USER_CODE.name, str(line), code)
        for line, text in enumerate(USER_CODE.read_text().splitlines(), 1)
        for code in re.findall(r"# expect: (.+)", text)
    ]
    assert set(reported) == set(expected), mypy.stdout


@pytest.fixture
def completions(tmp_path, monkeypatch):
    """What an editor offers at the end of a program."""
    jedi = pytest.importorskip("jedi")
    monkeypatch.setattr(jedi.settings, "cache_directory", str(tmp_path))
    project = jedi.Project(tmp_path, added_sys_path=[str(ROOT)])

    def completions(program):
        return {completion.name for completion in jedi.Script(program, project=project).complete()}

    return completions


def test_an_editor_completes_every_name(completions):
    names = completions("import tfe_compat as tfe\ntfe.")
    assert set(tfe_compat.__all__) - names == set()


@pytest.mark.skipif(sys.version_info < (3, 10), reason="on Python 3.9, jedi does not follow list[]")
def test_an_editor_completes_on_values_and_gradients(completions):
    program = """
import tfe_compat as tfe
value, gradients = tfe.value_and_gradients_function(abs)(2.0)
"""
    # Not `numpy`: TensorFlow defines it on a subclass of tf.Tensor that is not public.
    for tensor in ("value", "gradients[0]"):
        assert {"dtype", "shape"} <= completions(f"{program}{tensor}.")
    assert {"append", "index"} <= completions(f"{program}gradients.")
