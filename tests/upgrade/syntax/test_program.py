"""The parsed text: where things stand in it, and what is not Python 3."""

from __future__ import annotations

import pytest
from upgrade_checks import findings, rewritten

from tfe_compat.upgrade.plan import plan
from tfe_compat.upgrade.syntax.parsing import NotPython

pytestmark = pytest.mark.usefixtures("table_of_names")


def test_form_feeds_are_kept_and_counted():
    before = "\fimport tensorflow as tf\n\f\ndef f():\n\f  pass\n\fx = tf.contrib.eager.Network\f\n"
    after = (
        "\fimport tensorflow as tf\nimport tfe_compat as tfe\n"
        "\f\ndef f():\n\f  pass\n\fx = tfe.Network\f\n"
    )
    assert rewritten(before) == after
    assert findings(before) == [
        "5:6: tfe.Network: no public name of tf.contrib.eager in TensorFlow 1.15.5"
    ]


def test_python_2_except_is_no_python_3():
    with pytest.raises(NotPython, match=r"parenthes|python -m fissix"):
        plan("import tensorflow.contrib.eager as tfe\ntry: tfe.run()\nexcept OSError, e: pass\n")


@pytest.mark.parametrize("end", ["\n   ", "\n\n \t", "\n\n  \n  ", "\n    # c", "  "])
def test_the_last_line_may_be_blank_and_have_no_end(end):
    assert rewritten(f"import tensorflow.contrib.eager as tfe{end}") == (
        f"import tfe_compat as tfe{end}"
    )
