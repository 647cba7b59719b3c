"""`python -m tfe_compat.conformance`: its arguments, and what it prints."""

import json
import platform
import re
import shlex
import sys

import forked_tensorflow
import numpy as np
import pytest
import tensorflow as tf
from conformance.subjects import EXAMPLE, PROGRAM, mismatching

import tfe_compat as tfe
from tfe_compat.conformance import api
from tfe_compat.conformance.__main__ import main
from tfe_compat.conformance.test_conformance import SUBJECTS


@pytest.mark.multiprocess
def test_command(tmp_path):
    file = tmp_path / "outcomes.json"
    finished = forked_tensorflow.run(
        *("-m", "tfe_compat.conformance", "--verbose", "--json", str(file)),
        *("--only", "default_left_out[*", "--device", "CPU:1"),
        cwd=tmp_path,
    )
    assert finished.returncode == 0, finished.stderr
    assert "tensorflow:" in finished.stdout
    assert "CPU:0, CPU:1" in finished.stdout
    assert "known difference  default_left_out[make_vjp] (default left out)\n" in finished.stdout
    assert "0 identical, 3 known differences, 0 mismatches" in finished.stdout
    report = json.loads(file.read_text())
    assert report["summary"] == {"identical": 0, "known differences": 3, "mismatches": 0}
    assert [outcome["because"] for outcome in report["outcomes"]] == [["default left out"]] * 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--device", "CPU:7"], "'CPU:7' is none of CPU:0, CPU:1"),
        (["--device", "nonsense"], "'nonsense' is none of CPU:0, CPU:1"),
        (["--group", "nonsense"], "'nonsense' is none of documented, parameters, "),
        (["--json", "no/such/folder/file.json"], "no/such/folder/file.json can't be written"),
        (["--json", "."], ". can't be written"),
    ],
)
def test_command_refuses(arguments, words, capsys, monkeypatch):
    monkeypatch.setattr(api, "prepare", lambda: tfe)
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_command_says_that_nothing_is_called_that(capsys, monkeypatch):
    monkeypatch.setattr(api, "prepare", lambda: tfe)
    assert main(["--only", "nonsense"]) == 2
    assert "no case or program is called 'nonsense'" in capsys.readouterr().err
    assert main(["--group", "dy", "--only", "python_float[[]*"]) == 2
    assert "in the group 'dy' is called 'python_float[[]*'" in capsys.readouterr().err


def test_command_names_each_mismatch_and_how_to_run_it_alone(capsys, monkeypatch):
    class Doubled:
        @staticmethod
        def gradients_function(f, params=None):
            return lambda *args, **kwargs: tfe.gradients_function(f, params)(*args, dy=2.0)

    monkeypatch.setattr(api, "prepare", lambda: Doubled)
    assert main(["--only", "documented_example[gradients_function]"]) == 1
    printed = capsys.readouterr().out
    assert "mismatch: documented_example[gradients_function]" in printed
    assert "TF 1.15.5: {" in printed
    assert "here:      {" in printed
    assert "--only 'documented_example[gradients_function]'" in printed
    assert "1 compared" in printed
    assert "0 identical, 0 known differences, 1 mismatches" in printed


def test_command_begins_with_what_it_compares(run):
    _, printed = run([], [EXAMPLE, EXAMPLE, PROGRAM])
    assert printed.startswith(
        "comparing 2 cases and 1 programs with their recordings of TF 1.15.5, "
        f"on TensorFlow {tf.__version__}\n\n"
    )


def test_command_ends_in_a_summary_with_the_versions_and_the_options(run):
    arguments = ["--only", EXAMPLE.name, "--device", "CPU:1"]
    exit_code, printed = run(arguments)
    assert exit_code == 0
    start, *lines, last = printed.rpartition("\n\n")[2].splitlines()
    assert start == f"tfe_compat:    {tfe.__version__}"
    assert lines[:3] == [
        f"tensorflow:    {tf.__version__}",
        f"numpy:         {np.__version__}",
        f"python:        {platform.python_version()}",
    ]
    assert lines[3:] == [
        f"platform:      {platform.platform()}",
        "devices:       CPU:0, CPU:1",
        "compared with: TensorFlow 1.15.5, recorded",
        "command:       python -m tfe_compat.conformance "
        "--only 'documented_example[gradients_function]' --device CPU:1",
    ]
    counts = "1 compared in [0-9]+ s: 1 identical, 0 known differences, 0 mismatches"
    assert re.fullmatch(counts, last)
    assert printed.endswith("0 mismatches\n")
    # Each fact once.
    assert all(printed.count(line) == 1 for line in [start, *lines, last])


def test_the_summary_has_the_options_of_the_command_line(run, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["__main__.py", "--verbose"])
    _, printed = run(None, [EXAMPLE])
    assert "\ncommand:       python -m tfe_compat.conformance --verbose\n" in printed


@pytest.mark.parametrize(("count", "more"), [(1, []), (20, []), (21, ["and 1 more"])])
def test_the_summary_names_20_mismatches_at_most(run, count, more):
    names = [f"number {i}" for i in range(count)]
    exit_code, printed = run([], [EXAMPLE, *map(mismatching, names)])
    assert exit_code == 1
    listed = printed.rpartition("\nmismatches:")[2].splitlines()
    assert [line.strip() for line in listed[:-1]] == names[:20] + more
    assert listed[-1].endswith(f": 1 identical, 0 known differences, {count} mismatches")


@pytest.mark.parametrize("device", [[], ["--device", "CPU:1"]], ids=["", "device"])
@pytest.mark.parametrize(
    "name",
    ["program 0007", 'it\'s "one" [f]', "a*b", "a?b", "a[bc]", "$HOME `x` \\", "é;#!"],
)
def test_a_mismatch_says_how_to_run_exactly_it_alone(run, name, device):
    decoys = ["program 0008", "axb", "ab", name + name, name[1:], name.upper()]
    subjects = [mismatching(n) for n in (decoys[0], name, *decoys[1:])]
    _, printed = run(device, subjects)
    line = next(
        line
        for line in printed.partition(f"mismatch: {name}\n")[2].splitlines()
        if line.startswith("  alone:")
    )
    _, python, *command = shlex.split(line)
    assert [python, *command[:2]] == ["python", "-m", "tfe_compat.conformance"]
    assert command[2:] == ["--only", name, *device]
    _, alone = run(command[2:], subjects)
    assert re.findall("^mismatch: (.*)$", alone, re.MULTILINE) == [name]
    assert "\n1 compared in " in alone


def test_only_takes_brackets_as_they_are_beside_a_star(run):
    _, printed = run(["--only", "a*[bc]"], list(map(mismatching, ["a1[bc]", "ab", "abc", "a[bc]"])))
    assert re.findall("^mismatch: (.*)$", printed, re.MULTILINE) == ["a1[bc]", "a[bc]"]


@pytest.mark.parametrize("group", ["state", "programs"])
def test_command_runs_one_group(run, group):
    few = [s for s in SUBJECTS if s.group == group][:20]
    exit_code, printed = run(["--group", group], [EXAMPLE, *few])
    assert exit_code == 0
    assert f"\n{len(few)} compared in " in printed
    assert f"\ncommand:       python -m tfe_compat.conformance --group {group}\n" in printed
