"""Edits in a notebook, which keep the layout of its JSON text."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("libcst")

from notebook_checks import USE, code, notebook, rewritten, sources, write_notebook


@pytest.mark.parametrize(
    "layout",
    [
        {"indent": 1},
        {"indent": 4, "sort_keys": True},
        {"separators": (",", ":")},
        {"indent": "\t", "ensure_ascii": False},
    ],
)
def test_only_changed_lines_of_a_notebook_change(tmp_path, layout):
    before = ["import tensorflow as tf\n", "x = 'é'; y = tf.contrib.eager.defun('é')\n", "z = 'é'"]
    after = [before[0], "import tfe_compat as tfe\n", "x = 'é'; y = tfe.defun('é')\n", before[2]]
    rest = {"cell_type": "markdown", "metadata": {"é": [1.50, 1e3]}, "source": "tf.contrib.eager"}
    path = write_notebook(tmp_path / "a.ipynb", notebook(rest, code(before)), **layout)
    expected = json.dumps(notebook(rest, code(after)), **layout) + "\n"
    assert rewritten(path) == expected.encode()


def test_a_source_that_is_one_string_stays_one(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", notebook(code("x = 1\n" + USE)))
    assert sources(rewritten(path)) == ["x = 1\nimport tfe_compat as tfe\n"]


def test_a_source_of_one_line_grows_in_the_layout_of_the_list(tmp_path):
    path = write_notebook(
        tmp_path / "a.ipynb",
        notebook(code(["from tensorflow.contrib import eager, slim"])),
        indent=1,
    )
    after = notebook(code(["from tensorflow.contrib import slim\n", "import tfe_compat as eager"]))
    assert rewritten(path).decode() == json.dumps(after, indent=1) + "\n"


def test_an_import_over_several_lines_of_the_list(tmp_path):
    lines = ["from tensorflow.contrib import (\n", "    eager as tfe\n", ")\n", "x = 1"]
    path = write_notebook(tmp_path / "a.ipynb", notebook(code(lines)), indent=1)
    assert rewritten(path).decode() == (
        json.dumps(notebook(code(["import tfe_compat as tfe\n", "x = 1"])), indent=1) + "\n"
    )


def test_a_notebook_may_hold_a_number_that_python_refuses_to_read(tmp_path):
    path = tmp_path / "a.ipynb"
    source = '"cells": [{"cell_type": "code", "source": "import tensorflow.contrib.eager as tfe"}]'
    path.write_text('{"n": ' + "1" * 5000 + ", " + source + "}")
    assert b"import tfe_compat as tfe" in rewritten(path)
    assert b"1" * 5000 in rewritten(path)
