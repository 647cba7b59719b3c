"""Old scripts print under TF 2, after the upgrade tool, what they printed under TF 1.15.5."""

from __future__ import annotations

import ast
import math
import os
import re
import shutil
from pathlib import Path

import forked_tensorflow
import pytest
from installed_versions import HAS_LEGACY_KERAS
from recorded.run_scripts import notebook_code

from tfe_compat.namespace import NAMES
from tfe_compat.upgrade.__main__ import main as upgrade

ROOT = Path(__file__).parents[2]
RECORDED = ROOT / "tests" / "recorded"
FOLDER = RECORDED / "scripts"
SCRIPTS = sorted({*FOLDER.glob("*.py"), *FOLDER.glob("*.ipynb")} - {FOLDER / "conftest.py"})

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\bnan\b|\binf\b)")


def parts(text: str) -> tuple[str, list[str]]:
    """`text` without its numbers and spaces, and the numbers."""
    return "".join(_NUMBER.sub("#", text).split()), _NUMBER.findall(text)


def same_number(actual: str, expected: str, tolerance: float = 1e-5) -> bool:
    """Whether two numbers as printed are equal but for the last bits of what was computed."""
    decimals = len(expected.partition(".")[2]) if "e" not in expected.lower() else 0
    # Rounded, near an edge, the last bits decide about the last digit. Numbers of one or two
    # decimals are exact: NumPy prints as many as there are.
    last_digit = 1.01 * 10**-decimals if decimals > 2 else 0.0
    return math.isclose(
        float(actual), float(expected), rel_tol=tolerance, abs_tol=max(tolerance, last_digit)
    ) or (actual == expected == "nan")


def code_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return notebook_code(text) if path.suffix == ".ipynb" else text


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """Copies of the scripts, rewritten by the tool."""
    folder = tmp_path_factory.mktemp("upgraded")
    for script in SCRIPTS:
        shutil.copy(script, folder)
    assert upgrade(["--write", str(folder)]) == 1  # there were changes
    return folder


@pytest.fixture(scope="module")
def outputs(upgraded, tmp_path_factory):
    """What the rewritten scripts print."""
    folder = tmp_path_factory.mktemp("outputs")
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    process = forked_tensorflow.run(
        *(str(RECORDED / "run_scripts.py"), str(upgraded), str(folder)),
        env={**os.environ, "PYTHONPATH": path},
    )
    assert process.returncode == 0, process.stderr
    return {output.stem: output.read_text() for output in folder.iterdir()}


@pytest.mark.multiprocess
@pytest.mark.parametrize("name", [script.stem for script in SCRIPTS])
def test_prints_what_tf_1_15_printed(upgraded, outputs, name):
    (script,) = upgraded.glob(f"{name}.*")
    if "TF_USE_LEGACY_KERAS" in script.read_text(encoding="utf-8") and not HAS_LEGACY_KERAS:
        pytest.skip("needs the Keras of TF 1: pip install tf-keras")
    actual_text, actual = parts(outputs[name])
    expected_text, expected = parts((FOLDER / "printed" / f"{name}.txt").read_text())
    assert actual_text == expected_text, outputs[name]
    tolerance = 1e-4 if name.startswith("seeded") else 1e-5  # after a training of many steps
    assert [pair for pair in zip(actual, expected) if not same_number(*pair, tolerance)] == []


@pytest.mark.multiprocess
def test_tensorflows_own_tool_finds_no_contrib_eager_left(upgraded, tmp_path):
    report = tmp_path / "report.txt"
    tool = "from tensorflow.tools.compatibility.tf_upgrade_v2_main import main; main()"
    options = ["--outtree", str(tmp_path / "tree"), "--reportfile", str(report)]
    process = forked_tensorflow.run("-c", tool, "--intree", str(upgraded), *options)
    assert process.returncode == 0, process.stderr
    assert "linear_regression.py" in report.read_text()
    assert [line for line in report.read_text().splitlines() if "contrib" in line] == []


@pytest.mark.multiprocess
def test_no_reference_is_left(upgraded):
    for script in upgraded.iterdir():
        assert "contrib" not in code_of(script), script.name
        ast.parse(code_of(script))


def test_the_scripts_use_every_name_that_works():
    code = "\n".join(code_of(script) for script in SCRIPTS)
    works = set(NAMES)
    works.remove("make_vjp")  # tf.contrib.eager never had it
    works -= {"CheckpointableSaver", "IsolateTest", "SummaryWriter"}  # not in TF 1.15.5
    works -= {"enable_tracing", "flush_trace"}
    works -= {"inf_callback", "nan_callback"}  # can't be called
    assert {name for name in works if not re.search(rf"\b{name}\b", code)} == set()


@pytest.mark.parametrize(
    "form",
    [
        r"^import tensorflow\.contrib\.eager$",
        r"^import tensorflow\.contrib\.eager as tfe$",
        r"^import numpy as np, tensorflow as tf, tensorflow\.contrib\.eager as tfe$",
        r"^from tensorflow\.contrib import eager as tfe$",
        r"^try:\n    from tensorflow\.contrib import eager$",
        r"^from tensorflow\.contrib\.eager import \($",
        r"^from tensorflow\.contrib\.eager import \w+ as \w+, \\$",
        r"^from tensorflow\.contrib\.eager\.python import tfe$",
        r"^from tensorflow\.contrib\.eager\.python import tfe as \w+$",
        r"^from tensorflow\.contrib\.eager\.python\.tfe import \w+ as \w+, \\$",
        r"^from tensorflow\.contrib\.eager\.python\.tfe import \(\w+",
        r"^tfe = tf\.contrib\.eager$",
        r"\btf\.contrib\.eager\.\w+\(",
        r"\bT\.contrib\.eager\.\w+\(",
        r"^def \w+\(\):\n    import tensorflow\.contrib\.eager as e$",
        r"^class \w+\(object\):\n    from tensorflow\.contrib\.eager import defun as graph$",
        r"^if .*:\n    from tensorflow\.contrib\.eager import ASYNC, ",
    ],
)
def test_the_scripts_use_every_form_of_import(form):
    assert any(re.search(form, code_of(script), re.MULTILINE) for script in SCRIPTS)


def test_the_comparison_can_fail():
    assert parts("loss 0.1250 [1. -2e-3]") == ("loss#[##]", ["0.1250", "1.", "-2e-3"])
    assert same_number("0.125001", "0.125000")
    assert same_number("0.1249", "0.1250")
    assert not same_number("0.1248", "0.1250")
    assert not same_number("0.125020", "0.125000")
    assert not same_number("0.", "1.")
    assert not same_number("101.100", "101.000")
    assert not same_number("nan", "0.0")
    assert same_number("nan", "nan")
