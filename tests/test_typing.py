"""The annotations as a user's type checker sees them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tfe_compat

USER_CODE = Path(__file__).with_name("typed_user_code.py")


@pytest.mark.multiprocess
def test_mypy_reports_exactly_the_marked_lines(tmp_path):
    shutil.copy(USER_CODE, tmp_path)
    # mypy does not see editable installs, but takes a folder in PYTHONPATH for one of installed
    # packages: it demands py.typed and reports nothing within them.
    installed = Path(tfe_compat.__file__).parents[1]
    mypy = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", USER_CODE.name],
        cwd=tmp_path,  # its cache comes here
        env={**os.environ, "PYTHONPATH": str(installed)},
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
