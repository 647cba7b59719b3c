"""Files that are of one program with one that uses tf.contrib.eager are rewritten with it."""

from __future__ import annotations

import json

import pytest

from tfe_compat.upgrade import __main__ as command

TF = "import tensorflow as tf\n"
TF1 = "import tensorflow.compat.v1 as tf\n"
TFE = "import tensorflow.contrib.eager as tfe\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def files(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.py").write_text(text)

    return files


@pytest.fixture
def upgraded(tmp_path, capsys):
    """Runs the tool, and returns the names of the files that it has changed."""

    def run(*arguments):
        before = {path: path.read_bytes() for path in tmp_path.rglob("*.py")}
        command.main([*arguments, "--write"])
        said = capsys.readouterr()
        reported = {line.partition(": rewritten")[0] for line in said.out.splitlines()[:-1]}
        changed = [path for path in before if path.read_bytes() != before[path]]
        assert {tmp_path / each for each in reported if each.endswith(".py")} == {*changed}
        assert not said.err
        return sorted(str(path.relative_to(tmp_path).with_suffix("")) for path in changed)

    return run


def test_what_it_imports(write, upgraded, tmp_path):
    write(
        main=f"{TF}{TFE}from layers import dense\nimport plain\n",
        layers=f"{TF}import losses\n",
        losses=TF,
        plain="import metrics\n",
        metrics=TF,
        unrelated=TF,
    )
    assert upgraded(".") == ["layers", "losses", "main", "metrics"]
    assert (tmp_path / "losses.py").read_text() == TF1
    assert upgraded(".") == []


def test_what_it_imports_when_it_alone_is_named(write, upgraded):
    write(main=f"{TF}{TFE}import layers\n", layers=TF, unrelated=TF)
    assert upgraded("main.py") == ["layers", "main"]


def test_what_imports_it(write, upgraded):
    write(
        model=f"{TF}{TFE}",
        train=f"{TF}from model import (  # a comment\n    Net,\n)\nimport data\n",
        run=f"{TF}import train, numpy\n",
        data=TF,
        unrelated=f"{TF}def model(): pass\n",
        later=f"{TF}import data\n",  # has not only run on TF 1
    )
    assert upgraded(".") == ["data", "model", "run", "train"]


def test_what_imports_a_module_of_it_and_has_names_of_tensorflow_1(write, upgraded):
    write(
        main=f"{TF}{TFE}import layers\n",
        layers=TF,
        graphs=f"{TF}import layers, data\ntf.placeholder(tf.float32)\n",
        data=TF,
        new=f"{TF}import layers\n",
    )
    assert upgraded(".") == ["data", "graphs", "layers", "main"]


@pytest.mark.parametrize(
    "statement",
    ["import os, \\\n    model", "try: import model\nfinally: pass", "if 1: from model import *"],
)
def test_the_ways_to_import_it(write, upgraded, statement):
    write(model=f"{TF}{TFE}", train=f"{TF}{statement}\n")
    assert upgraded(".") == ["model", "train"]


def test_what_imports_a_module_of_a_package_that_uses_it(write, upgraded, tmp_path):
    (tmp_path / "package").mkdir()
    write(**{"package/__init__": f"{TF}{TFE}", "package/data": TF})
    write(**{"package/train": f"{TF}from . import data\n"})
    write(**{"package/run": f"{TF}from .data import x\n"})
    assert upgraded(".") == ["package/__init__", "package/data", "package/run", "package/train"]


def test_files_of_a_program_that_are_named_from_the_folder_around_them(write, upgraded, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "train").mkdir()
    write(**{"models/net": f"{TF}{TFE}", "train/run": f"{TF}from models import net\n"})
    assert upgraded("models/net.py", "train/run.py") == ["models/net", "train/run"]


def test_a_notebook_and_the_module_that_it_imports(write, upgraded, tmp_path):
    write(layers=TF)
    cells = [{"cell_type": "code", "source": [TF, TFE, "import layers\n"], "outputs": []}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}))
    assert upgraded("a.ipynb") == ["layers"]


def test_a_program_of_tensorflow_2_keeps_its_modules(write, upgraded):
    write(main=f"{TF}import tfe_compat as tfe\nimport layers\n", layers=TF)
    assert upgraded(".") == []


def test_only_what_is_asked_for(write, upgraded):
    write(main=f"{TF}{TFE}import layers\n", layers=f"{TF}tf.layers.Dense\n")
    assert upgraded(".", "--keep-tensorflow") == ["main"]


def test_all_of_a_program_whatever_it_uses(write, upgraded):
    write(main=f"{TF}import layers\n", layers=TF)
    assert upgraded("main.py", "--all") == ["layers", "main"]


def test_examples_of_tensorflow_that_lie_side_by_side(write, upgraded, tmp_path):
    examples = "tensorflow.contrib.eager.python.examples"
    write(
        densenet=TF,
        densenet_test=f"{TF}from {examples}.densenet import densenet\ndensenet.DenseNet()\n",
        main=f"{TF}import {examples}.densenet.densenet as d\n",
        other=f"from {examples}.densenet.densenet import DenseNet\n",
    )
    assert upgraded(".") == ["densenet", "densenet_test", "main", "other"]
    new = f"{TF1}import densenet\ndensenet.DenseNet()\n"
    assert (tmp_path / "densenet_test.py").read_text() == new
    assert (tmp_path / "main.py").read_text() == f"{TF1}import densenet as d\n"
    assert (tmp_path / "other.py").read_text() == "from densenet import DenseNet\n"


def test_modules_that_import_each_other(write, upgraded):
    write(a=f"{TF}{TFE}import b\n", b=f"{TF}import a\n")
    assert upgraded("a.py") == ["a", "b"]


def report_of(capsys, *arguments):
    code = command.main([*arguments])
    assert code == 2
    said = capsys.readouterr()
    assert said.out.splitlines()[-1].endswith("1 not processed")
    (line,) = said.err.splitlines()
    return line


def test_a_module_that_can_not_be_parsed_is_reported_once(write, capsys):
    write(
        main=f"{TF}{TFE}import layers, data\n",
        data="import layers\n",
        layers=f"{TF}print 1\n",
    )
    line = report_of(capsys, "main.py")
    assert line.startswith("layers.py:2: not processed: ")
    assert line.endswith("fix it, then run tfe-upgrade --all on it")
    assert report_of(capsys, ".").startswith("./layers.py:2: not processed: ")


def test_a_module_that_can_not_be_read_is_reported_once(write, capsys, tmp_path):
    write(main=f"{TF}{TFE}import layers\n")
    (tmp_path / "layers.py").write_bytes(b"# \xe9\n")
    assert report_of(capsys, "main.py").startswith("layers.py:1: not processed: invalid")
    assert report_of(capsys, ".").startswith("./layers.py:1: not processed: ")
