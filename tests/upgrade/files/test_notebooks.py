"""Notebooks: their code cells as one program."""

from __future__ import annotations

import json

import pytest
from notebook_checks import USE, code, notebook, rewritten, sources, write_notebook

from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.files.disk import Unprocessable
from tfe_compat.upgrade.files.notebooks import Notebook
from tfe_compat.upgrade.files.scripts import load
from tfe_compat.upgrade.findings import Position


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


def test_the_worksheets_of_format_3_are_left():
    data = json.dumps({"worksheets": [{"cells": []}], "nbformat": 3})
    with pytest.raises(Unprocessable, match="format 3, of 2013: open and save it with Jupyter"):
        Notebook(data.encode(), data, "utf-8")


def test_what_is_in_a_magic_is_reported():
    data = json.dumps(notebook(code("x = 1"), code("y = %time tf.contrib.eager.f()")))
    source = Notebook(data.encode(), data, "utf-8")
    (finding,) = source.findings
    assert finding.name == "tf.contrib.eager"
    assert source.positions([finding.offset]) == [Position(line=1, column=11, cell=2)]


def test_a_place_is_that_of_the_file_as_it_is_left(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", notebook(code("a"), code("bc\nd")))
    source = load(str(path))
    offset = source.program.index("d")
    assert source.positions([offset]) == [Position(line=2, column=1, cell=2)]
    edits = [Edit(0, 0, "\n\n"), Edit(offset - 1, offset - 1, "\nx")]
    assert source.positions([offset], edits) == [Position(line=3, column=1, cell=2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a notebook: Expecting property name"),
        ("[]", "not a notebook: no JSON object"),
        ("{}", "not a notebook: no cells"),
        ('{"cells": [{"cell_type": "code", "source": 3}]}', "source that is no text"),
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


@pytest.mark.parametrize(
    "layout",
    [
        {"indent": 1},
        {"indent": 4, "sort_keys": True},
        {"separators": (",", ":")},
        {"separators": (", ", ": ")},
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


def test_a_layout_that_nothing_writes_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(notebook(code(USE)), indent=1).replace('"cells":', '"cells" :'))
    with pytest.raises(Unprocessable, match="open and save it with Jupyter first"):
        rewritten(path)


def test_what_colab_escapes_stays_escaped(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", notebook(code([USE, "x < y > z & 'é'"])), indent=2)
    text = path.read_text().replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")
    path.write_text(text)
    assert rewritten(path).decode() == text.replace(USE.strip(), "import tfe_compat as tfe")


def test_a_line_at_the_end_of_a_cell_is_removed(tmp_path):
    first = "import tensorflow as tf\nfrom tensorflow import contrib"
    path = write_notebook(tmp_path / "a.ipynb", notebook(code(first), code("contrib.eager.run()")))
    assert sources(rewritten(path)) == [
        "import tensorflow as tf\nimport tfe_compat as tfe\n",
        "tfe.run()",
    ]
