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
    new = f"{TF1}tf.disable_v2_behavior()\nimport densenet\ndensenet.DenseNet()\n"
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


GRAPH = "tf.disable_v2_behavior()\n"
KERAS = 'import os\nos.environ.setdefault("TF_USE_LEGACY_KERAS", "1")\n'
CONTRIB = "x = tf.contrib.framework.nest.flatten(y)\n"


def test_all_of_a_package_with_eager_in_it_and_only_of_that(write, upgraded, tmp_path):
    for folder in ("package/inner", "other", "flat"):
        (tmp_path / folder).mkdir(parents=True)
    write(**{"package/__init__": "", "package/inner/__init__": "", "other/__init__": ""})
    write(**{"package/inner/net": f"{TF}{TFE}", "package/layers": TF, "package/plain": "x = 1\n"})
    write(**{"other/new": TF, "flat/new": TF})
    assert upgraded(".") == ["package/inner/net", "package/layers"]


def test_a_file_with_nothing_but_other_parts_of_contrib_is_one_of_tf_1(write, upgraded, tmp_path):
    write(
        test_nest=f"{TF}import net\n{CONTRIB}",
        net=TF,
        horovod=f"{TF}if hasattr(tf, 'contrib'): {CONTRIB}",
    )
    assert upgraded(".") == ["net", "test_nest"]
    assert (tmp_path / "test_nest.py").read_text() == (
        f"{TF1}{GRAPH}import net\nx = tf.nest.flatten(y)\n"
    )


def test_where_a_program_starts_it_gets_the_behavior_of_tf_1(write, upgraded, tmp_path):
    write(
        main="import runner\nrunner.run()\nprint(1)\n",
        runner="import model\ndef run(): model.net()\n",
        model=f"{TF}{TFE}def net(): pass\nprint(2)\n",
        conftest=TF,
        model_test=f"{TF}import model\nclass T(tf.test.TestCase): pass\n",
        setup="import plain\nprint(plain)\n",
        plain="",
    )
    assert upgraded(".") == ["conftest", "main", "model", "model_test"]
    begin = "from tensorflow.compat.v1 import disable_v2_behavior\ndisable_v2_behavior()\n"
    assert (tmp_path / "main.py").read_text().startswith(f"{begin}import runner\n")
    assert (tmp_path / "model.py").read_text().startswith(f"{TF1}import tfe_compat as tfe\ndef")
    assert (tmp_path / "model_test.py").read_text().startswith(f"{TF1}{GRAPH}import model\n")
    assert upgraded(".") == []


def test_a_program_whose_module_turns_eager_execution_on(write, upgraded, tmp_path):
    write(main=f"{TF}import mode\nprint(1)\n", mode=f"{TF}{TFE}tf.enable_eager_execution()\n")
    write(later=f"{TF}import late\nprint(1)\n", late=f"{TF}{TFE}def f(): tfe.run(f)\n")
    upgraded(".")
    assert (tmp_path / "main.py").read_text() == f"{TF1}import mode\nprint(1)\n"
    assert (tmp_path / "later.py").read_text() == f"{TF1}{GRAPH}import late\nprint(1)\n"


def test_a_file_that_needs_tensorflow_2_is_left(write, upgraded, tmp_path):
    new = f"{TF}import model\nclass Adam(tf.optimizers.Adam): pass\nl = tf.metrics.Mean()\n"
    write(main=f"{TF}import model\nimport new\n", model=f"{TF}{TFE}", new=new)
    assert upgraded(".") == ["main", "model"]


def test_what_conftest_does_is_done_for_the_tests_below_it(write, upgraded, tmp_path):
    for folder in ("package", "tests/deep"):
        (tmp_path / folder).mkdir(parents=True)
    write(**{"package/__init__": f"{TF}{TFE}tf.layers.Dense\n", "package/net": TF})
    write(**{"tests/conftest": f"{TF}def pytest_configure(config): tf.enable_eager_execution()\n"})
    write(**{"tests/deep/test_net": f"{TF}import package.net\ndef test(): pass\n"})
    write(test_other=f"{TF}import package.net\ndef test(): pass\n")
    upgraded(".")
    conftest = (tmp_path / "tests/conftest.py").read_text()
    assert conftest == (
        f"{KERAS}{TF1}import tfe_compat as tfe\n"
        "def pytest_configure(config): tfe.enable_eager_execution()\n"
    )
    assert GRAPH not in (tmp_path / "tests/deep/test_net.py").read_text()
    assert GRAPH in (tmp_path / "test_other.py").read_text()
    assert upgraded(".") == []


def test_each_file_that_can_be_the_first_asks_for_the_keras_of_the_program(
    write, upgraded, tmp_path
):
    (tmp_path / "package").mkdir()
    write(
        **{"package/__init__": '"""A package."""\n', "package/net": f"{TF}{TFE}tf.layers.Dense\n"}
    )
    write(**{"package/loss": TF, "package/net_test": f"{TF}from package import net, loss\n"})
    write(main=f"{TF}from package import net\nif __name__ == '__main__': net\n", other=TF)
    upgraded(".")
    asking = [path.stem for path in tmp_path.rglob("*.py") if KERAS in path.read_text()]
    assert sorted(asking) == ["__init__", "main", "net_test"]
    assert upgraded(".") == []


def test_scripts_without_a_suffix(write, upgraded, tmp_path, capsys):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/train").write_text(f"#!/usr/bin/env python\n{TF}{TFE}import model\n")
    (tmp_path / "bin/notes").write_text(f"{TF}{TFE}")
    write(model=TF)
    command.main(["--check", "."])
    assert capsys.readouterr().out.splitlines()[:2] == [
        "./bin/train: to rewrite",
        "./model.py: to rewrite",
    ]
