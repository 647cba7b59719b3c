"""The command line: what it prints, what it changes, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from fresh_process import loaded_by

from tfe_compat.upgrade import __main__ as command
from tfe_compat.upgrade.plan import plan_program

USE = "import tensorflow.contrib.eager as tfe\n"
NEW = "import tfe_compat as tfe\n"


def run(*arguments):
    return command.main([str(argument) for argument in arguments])


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.py").write_text("x = 1\n")
    (tmp_path / "used.py").write_text(USE + "x = tfe.num_gpus()\n")
    return tmp_path


def test_by_default_it_prints_a_diff_and_changes_nothing(tree, capsys):
    assert run(".") == 1
    assert capsys.readouterr().out == (
        "--- a/used.py\n+++ b/used.py\n@@ -1,2 +1,2 @@\n"
        f"-{USE}+{NEW} x = tfe.num_gpus()\n"
        "2 files: 1 to rewrite, 0 findings, 0 not processed\n"
    )
    assert (tree / "used.py").read_text() == USE + "x = tfe.num_gpus()\n"


def test_check_only_reports(tree, capsys):
    assert run("--check", ".") == 1
    assert capsys.readouterr().out.splitlines()[0] == "./used.py: to rewrite"
    assert (tree / "used.py").read_text() == USE + "x = tfe.num_gpus()\n"


def test_write_changes_files_and_the_second_time_nothing(tree, capsys):
    assert run("--write", ".") == 1
    assert capsys.readouterr().out.splitlines()[0] == "./used.py: rewritten"
    assert (tree / "used.py").read_text() == NEW + "x = tfe.num_gpus()\n"
    assert run("--write", ".") == 0
    assert capsys.readouterr().out == "2 files: 0 rewritten, 0 findings, 0 not processed\n"


def test_findings_alone_are_worth_a_1(tree, capsys):
    (tree / "a.py").write_text("import tfe_compat as tfe\n\n  # c\nx = tfe.Variable(1, True, [])\n")
    assert run("a.py") == 1
    assert capsys.readouterr().out.startswith("a.py:4:5: tfe.Variable: differs")


def test_a_finding_has_the_place_it_has_after_the_run(tree, capsys):
    (tree / "a.py").write_text("import tensorflow as tf\nx = tf.contrib.eager.Netwrok\n")
    run("a.py")
    assert "a.py:2:5: tfe.Netwrok" in capsys.readouterr().out
    run("--write", "a.py")
    assert "a.py:3:5: tfe.Netwrok" in capsys.readouterr().out


def test_a_file_that_cannot_be_processed_is_worth_a_2_and_the_rest_is_done(tree, capsys):
    (tree / "old.py").write_text(USE + "print 'x'\n")
    (tree / "binary.py").write_bytes(b"\0")
    assert run("--write", ".") == 2
    errors = capsys.readouterr().err.splitlines()
    assert errors[0] == "./binary.py:1: not processed: binary, not text"
    assert errors[1].startswith("./old.py:2: not processed: not Python 3: ")
    assert (tree / "old.py").read_text() == USE + "print 'x'\n"
    assert (tree / "used.py").read_text().startswith(NEW)


def test_what_is_no_python_is_reported_if_it_is_named_or_could_use_the_module(tree, capsys):
    (tree / "other.py").write_text("no python at all")
    assert run("--check", ".") == 1
    assert run("--check", "other.py") == 2
    assert capsys.readouterr().err.startswith("other.py:1: not processed: not Python 3: ")


def test_an_error_in_a_notebook_names_the_cell_and_the_rest_is_done(tree, capsys):
    cells = [
        {"cell_type": "code", "source": text}
        for text in (USE + "tfe.enable_eager_execution()", "x = 1\nprint 'x'")
    ]
    (tree / "a.ipynb").write_text(json.dumps({"cells": cells}))
    assert run("--write", "a.ipynb") == 1
    assert "a.ipynb:cell 2:2:1: (cell): not rewritten; not Python 3: " in capsys.readouterr().out
    assert [cell["source"] for cell in json.loads((tree / "a.ipynb").read_text())["cells"]] == [
        NEW + "tfe.enable_eager_execution()",
        "x = 1\nprint 'x'",
    ]


def test_a_write_that_fails_is_reported(tree, capsys, monkeypatch):
    monkeypatch.setattr("tfe_compat.upgrade.files.disk.os.access", lambda path, mode: False)
    assert run("--write", ".") == 2
    assert capsys.readouterr().err == "./used.py: not processed: read-only; not written\n"


def test_json(tree, capsys):
    (tree / "a.py").write_text("\n" + USE + "tfe.Netwrok\n")
    (tree / "b.py").write_bytes(b"\0")
    assert run("--json", ".") == 2
    report = json.loads(capsys.readouterr().out)
    (finding,) = report["findings"]
    assert finding.pop("message").startswith("no public name")
    assert finding == {
        "path": "./a.py",
        "line": 3,
        "column": 1,
        "cell": None,
        "kind": "unknown",
        "name": "tfe.Netwrok",
        "also": [],
    }
    assert report["changed"] == ["./a.py", "./used.py"]
    assert report["not_processed"] == [
        {"path": "./b.py", "cell": None, "line": 1, "message": "binary, not text"}
    ]
    assert (report["files"], report["written"]) == (4, False)


def test_a_diff_says_where_the_last_line_has_no_end(tree, capsys):
    (tree / "a.py").write_text(USE.rstrip())
    run("a.py")
    assert f"+{NEW}\\ No newline at end of file\n" in capsys.readouterr().out


def test_with_diff_only_the_diff_is_on_standard_output(tree, capsys):
    (tree / "a.py").write_text("import tfe_compat as tfe\ntfe.Variable(1, True, [])\n")
    assert run("--diff", ".") == 1
    output, errors = capsys.readouterr()
    assert output.startswith("--- a/used.py\n")
    assert output.count("\n") == 6
    assert errors.splitlines()[0].startswith("./a.py:2:1: tfe.Variable: differs; ")
    assert errors.splitlines()[1] == "3 files: 1 to rewrite, 1 finding, 0 not processed"


def test_check_fails_for_what_fails_on_tensorflow_2(tree, capsys):
    for text in ("tf.enable_eager_execution()", "tf.layers.Dense(1)", "tf.contrib.summary.scalar"):
        (tree / "a.py").write_text(f"import tensorflow as tf\n{text}\n")
        assert run("--check", "a.py") == 1


def test_no_path_is_a_usage_error(capsys):
    with pytest.raises(SystemExit) as stop:
        run()
    assert stop.value.code == 2


def test_ctrl_c(tree, capsys, monkeypatch):
    def interrupt(program):
        raise KeyboardInterrupt

    monkeypatch.setattr("tfe_compat.upgrade.run.plan_program", interrupt)
    assert run(".") == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_fault_of_the_tool_leaves_that_file_and_does_the_others(tree, capsys, monkeypatch):
    (tree / "z.py").write_text(USE)

    def plan(program):
        return plan_program(program) if "num_gpus" in program.text else 1 / 0

    monkeypatch.setattr("tfe_compat.upgrade.run.plan_program", plan)
    assert run("--write", ".") == 2
    assert "./z.py: not processed: a fault of tfe-upgrade, please report it: ZeroDivisionError" in (
        capsys.readouterr().err
    )
    assert (tree / "used.py").read_text().startswith(NEW)


@pytest.mark.multiprocess
def test_the_command_as_a_whole(tree):
    (tree / "deep.py").write_text(USE + "x = " + "(" * 60_000 + ")" * 60_000)
    (tree / "long.py").write_text(USE + "x = y" + ".z" * 200_000)
    (tree / "z.py").write_text(USE + "x = " + "1 + " * 500 + "1\n")
    root = os.path.dirname(os.path.dirname(command.__file__))
    done = subprocess.run(
        [sys.executable, "-m", "tfe_compat.upgrade", "--write", "."],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.path.dirname(root)},
    )
    assert done.returncode == 2
    assert done.stderr == (
        "./deep.py:2: not processed: not Python 3: too many nested parentheses\n"
        "./long.py: not processed: nested too deeply\n"
    )
    assert (tree / "used.py").read_text().startswith(NEW)
    assert (tree / "z.py").read_text().startswith(NEW)


@pytest.mark.multiprocess
def test_it_needs_nothing_but_python_and_never_loads_tensorflow():
    loaded = loaded_by("import tfe_compat.upgrade.__main__")
    assert not loaded & {"tensorflow", "numpy", "libcst"}
