"""`pytest --pyargs tfe_compat.conformance`, as users run it, and the plugin with its option."""

import configparser
import re
import subprocess
import sys
import types
from pathlib import Path
from xml.etree import ElementTree

import forked_tensorflow
import pytest
from conformance.subjects import COMPARER, EXAMPLE

import tfe_compat as tfe
from tfe_compat.conformance import pytest_plugin, report, test_conformance

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run_pytest(tmp_path, monkeypatch):
    """Runs pytest in an empty folder, with the package on the path; it need not be installed."""
    package_parent = Path(tfe.__file__).parent.parent
    monkeypatch.setenv("PYTHONPATH", str(package_parent))

    def run_pytest(*arguments, tensorflow_is_imported):
        command = ["-m", "pytest", "-p", pytest_plugin.__name__, *arguments]
        if tensorflow_is_imported:
            return forked_tensorflow.run(*command, cwd=tmp_path)
        command = [sys.executable, *command]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    return run_pytest


def run_one(subject):
    """What the test of a subject tells pytest to record."""
    recorded = {}
    test_conformance.test_same_as_tf_1_15_5(subject, COMPARER, recorded.__setitem__)
    return recorded


def test_the_same_passes():
    assert run_one(EXAMPLE) == {}


def test_a_known_difference_passes_with_its_name_recorded():
    name = "default_left_out[make_vjp]"
    (subject,) = (s for s in test_conformance.SUBJECTS if s.name == name)
    assert run_one(subject) == {"known difference": "default left out"}


def test_a_mismatch_fails_in_the_words_of_the_command_and_without_a_traceback():
    wrong = EXAMPLE._replace(recorded={"raised": "ValueError", "message": ""})
    with pytest.raises(pytest.fail.Exception) as failed:
        run_one(wrong)
    assert str(failed.value) == report.mismatch(COMPARER.compare(wrong), None)
    assert not failed.value.pytrace


@pytest.mark.multiprocess
def test_a_run_on_another_device_with_warnings_as_errors(run_pytest, tmp_path):
    finished = run_pytest(
        *("--pyargs", "tfe_compat.conformance", "--device", "CPU:1", "-W", "error"),
        *("-W", "ignore:the imp module:DeprecationWarning"),  # TensorFlow before 2.7 imports it
        *("-k", "default_left_out and make_vjp or second_device and vjp or 0007"),
        "--junit-xml=report.xml",
        tensorflow_is_imported=True,
    )
    assert finished.returncode == 0, finished.stdout
    tests = ElementTree.parse(tmp_path / "report.xml").iter("testcase")
    known = {
        test.get("name"): [(p.get("name"), p.get("value")) for p in test.iter("property")]
        for test in tests
    }
    assert known["test_same_as_tf_1_15_5[default_left_out[make_vjp]]"] == [
        ("known difference", "default left out")
    ]
    assert known["test_same_as_tf_1_15_5[second_order_on_the_second_device[make_vjp]]"] == []
    assert "test_same_as_tf_1_15_5[program 0007]" in known


@pytest.mark.multiprocess
def test_a_run_by_two_workers(run_pytest):
    pytest.importorskip("xdist")
    # They refuse to run what they do not collect in the same order.
    finished = run_pytest(
        *("--pyargs", "tfe_compat.conformance", "-n", "2", "-k", "documented_example or 0007"),
        tensorflow_is_imported=True,  # in the process that hands the tests out
    )
    assert finished.returncode == 0, finished.stdout
    assert re.search(r"^\d+ passed", finished.stdout.splitlines()[-1].strip("= ")), finished.stdout


def test_a_device_that_is_not_there_is_a_usage_error(pytestconfig, monkeypatch):
    monkeypatch.setattr(pytestconfig.option, "tfe_compat_device", "CPU:7", raising=False)
    with pytest.raises(pytest.UsageError, match="--device: 'CPU:7' is none of CPU:0, CPU:1"):
        pytest_plugin.pytest_sessionstart(types.SimpleNamespace(config=pytestconfig))


@pytest.mark.multiprocess
def test_other_sessions_keep_their_own_option(run_pytest, tmp_path):
    (tmp_path / "conftest.py").write_text(
        "def pytest_addoption(parser):\n    parser.addoption('--device')\n"
    )
    (tmp_path / "test_own.py").write_text(
        "import sys\n"
        "def test_own(pytestconfig):\n"
        "    assert pytestconfig.getoption('device') == 'mine'\n"
        "    assert 'tensorflow' not in sys.modules\n"
    )
    finished = run_pytest("--device", "mine", tensorflow_is_imported=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_the_plugin_is_announced_to_pytest():
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    name, module = settings["options.entry_points"]["pytest11"].split("=")
    # The name -p knows it by, so that it is loaded once.
    assert name.strip() == module.strip() == pytest_plugin.__name__
