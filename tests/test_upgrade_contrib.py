"""What is left of tf.contrib: imports that go, and findings on the rest."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import check, findings

IMPORTS = ["import tensorflow.contrib as c", "from tensorflow import contrib as c"]


@pytest.mark.parametrize("statement", IMPORTS)
def test_an_import_that_only_eager_needed_goes(statement):
    before = f"import os\n{statement}\ntfe = c.eager\ntfe.num_gpus()\n"
    check(before, "import os\nimport tfe_compat as tfe\ntfe.num_gpus()\n")
    check(
        f"import os\n{statement}\nc.eager.num_gpus()\n",
        "import tfe_compat as tfe\nimport os\ntfe.num_gpus()\n",
    )
    assert findings(before) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from tensorflow import contrib, keras", "from tensorflow import keras"),
        ("from tensorflow import keras, contrib", "from tensorflow import keras"),
        ("import os, tensorflow.contrib as contrib", "import os"),
        ("if x: from tensorflow import contrib", "if x: pass"),
        ("import os; from tensorflow import contrib", "import os; pass"),
        (
            "try:\n    from tensorflow import contrib\nfinally: pass",
            "try:\n    pass\nfinally: pass",
        ),
        ("if x:\n    a\n    from tensorflow import contrib  # c\n    b", "if x:\n    a\n    b"),
        ("def f():\n    a\n    from tensorflow import contrib", "def f():\n    a"),
    ],
)
def test_nothing_else_of_the_text_changes(before, after):
    tail = "\nimport tfe_compat as tfe\ntfe\n"
    check(before + tail, after + tail)


@pytest.mark.parametrize(("statement", "column"), [*zip(IMPORTS, (8, 24))])
def test_an_import_that_something_else_needs_is_reported(statement, column):
    text = f"{statement}\nc.eager.num_gpus()\nc.layers.flatten(x)\n"
    assert [each.split(": not")[0] for each in findings(text)] == [
        f"1:{column}: tensorflow.contrib",
        "3:1: tensorflow.contrib.layers.flatten",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "from tensorflow.contrib import eager as tfe, summary",
            "1:46: tensorflow.contrib.summary",
        ),
        ("import tensorflow.contrib.slim as slim", "1:8: tensorflow.contrib.slim"),
        ("from tensorflow.contrib.slim import *", "1:1: tensorflow.contrib.slim"),
        (
            "import tensorflow as tf\ntf.contrib.summary.scalar('a', x)",
            "2:1: tensorflow.contrib.summary.scalar",
        ),
    ],
)
def test_parts_of_contrib_are_reported(text, found):
    assert [each.split(": not")[0] for each in findings(text + "\n")] == [found]
