"""Where added statements stand in the text, and what is around them."""

from __future__ import annotations

import pytest
from upgrade_checks import check, rewritten


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(end):
    before = ["import tensorflow as tf", "", "def f():", "\treturn tf.contrib.eager", "x = 1 "]
    after = [*before[:1], "import tfe_compat as tfe", *before[1:3], "\treturn tfe", "x = 1 "]
    assert rewritten(end.join(before)) == end.join(after)


def test_mixed_line_ends_are_kept():
    before = "import os\rimport tensorflow as tf\r\nx = tf.contrib.eager.defun\ny = 1"
    after = "import os\rimport tensorflow as tf\r\nimport tfe_compat as tfe\r\nx = tfe.defun\ny = 1"
    assert rewritten(before) == after


def test_the_last_line_may_have_no_end():
    check(
        "from tensorflow.contrib import eager, slim",
        "from tensorflow.contrib import slim\nimport tfe_compat as eager",
    )


def test_a_backslash_before_a_blank_line():
    before = "import tensorflow as tf \\\n\nx = tf.contrib.eager.defun\n"
    after = "import tensorflow as tf \\\n\nimport tfe_compat as tfe\nx = tfe.defun\n"
    assert rewritten(before) == after
