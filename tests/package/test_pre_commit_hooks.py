"""The hook that pre-commit installs from this repository."""

import configparser
import importlib.metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"

pytestmark = pytest.mark.skipif(not HOOKS.exists(), reason="the tests stand alone")


def test_the_hook_runs_a_command_that_is_installed():
    yaml = pytest.importorskip("yaml")
    (hook,) = yaml.safe_load(HOOKS.read_text())
    assert (hook["id"], hook["language"]) == ("tfe-upgrade", "python")
    assert hook["types_or"] == ["python", "jupyter"]
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    command, *arguments = hook["entry"].split()
    commands = setup["options.entry_points"]["console_scripts"].split("\n")
    (entry,) = (line.split("=")[1].strip() for line in commands if line.startswith(f"{command} ="))
    assert arguments == ["--write"]
    assert callable(importlib.metadata.EntryPoint(command, entry, "console_scripts").load())
    assert "additional_dependencies" not in hook
    assert not setup["options.extras_require"]["upgrade"].split()
