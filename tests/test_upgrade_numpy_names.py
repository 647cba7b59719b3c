"""Names that NumPy has dropped are reported, once each."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest

pytest.importorskip("libcst")

from upgrade_checks import findings

from tfe_compat.upgrade.numpy_names import _BY_HAND, _RULES
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.rewrite import plan

HEAD = "import tensorflow.contrib.eager as tfe\nimport numpy as np\n"


def test_a_name_is_reported_once_with_what_to_do():
    assert findings(
        f"{HEAD}f(np.asscalar)\nnp.float(2), np.float32(2)\nnp.float(3)\n", Options()
    ) == [
        "3:3: np.asscalar: gone from NumPy; write x.item()",
        "4:1: np.float: gone from NumPy; `ruff check --select NPY001 --fix FILE` rewrites it",
    ]
    (*_, found) = plan(f"{HEAD}np.float\nnp.float\n").findings
    assert len(found.also) == 1


def test_a_name_that_is_imported():
    (found,) = findings(f"{HEAD}from numpy import asscalar\nasscalar(x)\n", Options())
    assert found.startswith("4:1: np.asscalar: gone from NumPy; ")


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < "2.0.0", reason="NumPy 1 has some")
def test_numpy_has_none_of_them():
    names = {name for names in _RULES.values() for name in names.split()} | set(_BY_HAND)
    assert not names & vars(np).keys()


@pytest.mark.skipif(not shutil.which("ruff"), reason="needs ruff")
@pytest.mark.parametrize("rule", _RULES)
def test_ruff_rewrites_them(tmp_path, rule):
    path = tmp_path / "a.py"
    path.write_text(
        "import numpy as np\n" + "".join(f"np.{name}\n" for name in _RULES[rule].split())
    )
    subprocess.run(
        ["ruff", "check", "--isolated", "--quiet", "--select", rule, "--fix", str(path)],
        check=False,
    )
    text = path.read_text().splitlines()
    assert not [name for name in _RULES[rule].split() if f"np.{name}" in text]
