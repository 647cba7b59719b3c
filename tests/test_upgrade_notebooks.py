"""Notebooks: their code cells as one program."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("libcst")

from notebook_checks import USE, code, notebook, rewritten, sources, write_notebook

from tfe_compat.upgrade.edits import Edit, Place
from tfe_compat.upgrade.files import Unprocessable
from tfe_compat.upgrade.notebooks import Notebook
from tfe_compat.upgrade.sources import load


def test_all_cells_are_one_program(tmp_path):
    path = write_notebook(
        tmp_path / "a.ipynb",
        notebook(
            code(["!pip install x\n", "import tensorflow as tf"]), code("tf.contrib.eager.run()")
        ),
    )
    assert sources(rewritten(path)) == [
        ["!pip install x\n", "import tensorflow as tf\n", "import tfe_compat as tfe"],
        "tfe.run()",
    ]


def test_the_worksheets_of_format_3(tmp_path):
    cell = {"cell_type": "code", "input": [USE], "language": "python"}
    path = write_notebook(tmp_path / "a.ipynb", {"worksheets": [{"cells": [cell]}], "nbformat": 3})
    after = json.loads(rewritten(path))["worksheets"][0]["cells"][0]["input"]
    assert after == ["import tfe_compat as tfe\n"]


def test_what_is_in_a_magic_is_reported():
    data = json.dumps(notebook(code("x = 1"), code("y = %time tf.contrib.eager.f()")))
    source = Notebook(data.encode(), data, "utf-8")
    (finding,) = source.findings
    assert finding.name == "tf.contrib.eager"
    assert source.places([finding.offset]) == [Place(line=1, column=11, cell=2)]


def test_a_place_is_that_of_the_file_as_it_is_left(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", notebook(code("a"), code("bc\nd")))
    source = load(str(path))
    offset = source.program.index("d")
    assert source.places([offset]) == [Place(line=2, column=1, cell=2)]
    edits = [Edit(0, 0, "\n\n"), Edit(offset - 1, offset - 1, "\nx")]
    assert source.places([offset], edits) == [Place(line=3, column=1, cell=2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a notebook: Expecting property name"),
        ("[]", "not a notebook: no JSON object"),
        ("{}", "not a notebook: no cells"),
        ('{"cells": [{"cell_type": "code", "source": 3}]}', "not a notebook: a list was expected"),
        ('{"cells": [{"cell_type": "code", "source": [3]}]}', "source that is no text"),
        ("[" * 100_000, "not a notebook"),
        (
            json.dumps(notebook(code(USE), kernelspec={"language": "R"})),
            "language is R, not Python",
        ),
    ],
)
def test_what_is_no_notebook_of_python(tmp_path, text, message):
    (tmp_path / "a.ipynb").write_text(text)
    with pytest.raises(Unprocessable, match=message):
        load(str(tmp_path / "a.ipynb"))
