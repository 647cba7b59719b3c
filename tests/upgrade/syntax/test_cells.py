"""Cells of a notebook that are not Python: reported and left, and the others rewritten."""

from __future__ import annotations

import pytest
from notebook_checks import USE, code, notebook, rewritten, sources, write_notebook
from upgrade_checks import EAGER_ALONE

from tfe_compat.upgrade.files.scripts import load
from tfe_compat.upgrade.plan import plan

NEW = "import tfe_compat as tfe\n"


def cells(tmp_path, *texts):
    """What the cells are after the rewriting, and what is reported: cell, line and message."""
    path = write_notebook(tmp_path / "a.ipynb", notebook(*map(code, texts)), indent=1)
    source = load(str(path))
    found = plan(source.program, source.cells, EAGER_ALONE).findings
    places = source.positions([finding.offset for finding in found])
    reports = [(place.cell, place.line, each.message) for place, each in zip(places, found)]
    return sources(rewritten(path)), reports


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ("!ls \\\n  -l \\ \n  /\n", 3),
        ("x = 1\nfor i in :", 2),
        ("print 'x'", 1),
        ("try: f()\nexcept OSError, e: pass", 2),
        ("x = (", 1),
    ],
)
def test_a_cell_that_is_not_python_is_reported_and_left(tmp_path, bad, line):
    after, reports = cells(tmp_path, USE, bad, "tfe.run()\n" + USE)
    assert after == [NEW, bad, "tfe.run()\n" + NEW]
    ((cell, at, message),) = reports
    assert (cell, at) == (2, line)
    assert message.startswith("not rewritten; not ")


@pytest.mark.parametrize(
    "text", [" x = [1,\n      2]\n", "  def f():\n    return 1\n", "\n\tx = '''\n\ty'''\n"]
)
def test_a_cell_that_starts_indented_is_rewritten(tmp_path, text):
    use = text + text[: len(text) - len(text.lstrip())].strip("\n") + USE
    assert cells(tmp_path, use) == ([use.replace(USE, NEW)], [])


def test_an_import_may_be_added_to_an_indented_cell(tmp_path):
    before = "  import tensorflow as tf\n  x = tf.contrib.eager.run()\n"
    ((after,), reports) = cells(tmp_path, before)
    assert reports == []
    assert after == "  import tensorflow as tf\nimport tfe_compat as tfe\n  x = tfe.run()\n"


def test_magics_and_autocall_stand_beside_what_is_rewritten(tmp_path):
    text = "%matplotlib inline\r/f x\r!ls \\\r  -l\r" + USE
    assert cells(tmp_path, text, "%%bash\nfor i in :", "tfe.run()") == (
        [text.replace(USE, NEW), "%%bash\nfor i in :", "tfe.run()"],
        [],
    )


def test_the_last_cell_may_be_in_another_language(tmp_path):
    assert cells(tmp_path, USE, "%%bash\nls\nls") == ([NEW, "%%bash\nls\nls"], [])
