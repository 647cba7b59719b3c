"""Which modules a program imports, and which files beside it those are."""

from __future__ import annotations

import os
import sys

import pytest

from tfe_compat.upgrade.analysis.meaning import modules_of
from tfe_compat.upgrade.files.local_imports import local_files
from tfe_compat.upgrade.syntax.program import Program


def test_what_a_program_imports_as_it_is_written():
    text = (
        "import a.b, c as d\n"
        "from e.f import g as h, i\n"
        "def f():\n"
        "    from . import j\n"
        "    from ..k import l\n"
        "from m import *\n"
    )
    assert [each for statement in Program(text).imports for each in modules_of(statement)] == (
        ["a.b", "c", "e.f", "e.f.g", "e.f.i", ".", ".j", "..k", "..k.l", "m"]
    )


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name in (
        "main.py",
        "model.py",
        "package/__init__.py",
        "package/train.py",
        "package/layers/__init__.py",
        "package/layers/dense.py",
        "package/random.py",
        "scripts/run.py",
        "scripts/model.py",
        "scripts/model/network.py",
        "scripts/tensorflow/losses.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("path", "module", "expected"),
    [
        ("main.py", "model", ["model.py"]),
        ("main.py", "model.Network", ["model.py"]),
        ("main.py", "numpy", []),
        pytest.param(
            *("package/train.py", "random", []),
            marks=pytest.mark.skipif(
                sys.version_info < (3, 10), reason="Python 3.9 does not name its own modules"
            ),
        ),
        ("package/train.py", ".random", ["package/random.py", "package/__init__.py"]),
        ("scripts/run.py", "model.network", ["scripts/model.py"]),  # a folder is no package
        ("main.py", "package", ["package/__init__.py"]),
        (
            "main.py",
            "package.layers.dense",
            ["package/__init__.py", "package/layers/__init__.py", "package/layers/dense.py"],
        ),
        ("./main.py", "model", ["model.py"]),
        ("package/train.py", ".layers", ["package/layers/__init__.py", "package/__init__.py"]),
        ("package/layers/dense.py", "..train", ["package/train.py", "package/__init__.py"]),
        ("package/layers/dense.py", ".", ["package/layers/__init__.py"]),
        (
            "package/train.py",
            "package.layers",
            ["package/__init__.py", "package/layers/__init__.py"],
        ),
        ("package/train.py", "model", ["model.py"]),  # the package lies beside it
        ("scripts/tensorflow/losses.py", "tensorflow.losses", []),  # the installed one
    ],
)
def test_the_files_that_an_import_loads(tree, path, module, expected):
    assert list(local_files(path, module, [])) == [os.path.normpath(each) for each in expected]


def test_a_folder_that_may_be_on_the_path(tree):
    assert list(local_files("scripts/run.py", "main", [])) == []
    assert list(local_files("scripts/run.py", "main", ["."])) == ["main.py"]
    assert list(local_files("scripts/run.py", "main", ["scripts", "package"])) == []


def test_a_link_to_a_folder(tree, tmp_path):
    (tmp_path / "package" / "link").symlink_to(tmp_path / "scripts")
    (tmp_path / "package" / "main.py").write_text("")
    found = list(local_files("package/link/run.py", "main", ["package/link"]))
    assert found == []
