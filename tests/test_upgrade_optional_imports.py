"""What is gone and only used in some cases does not keep the program from running."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import check_tf1, findings

from tfe_compat.upgrade.options import Options

HEAD = "import tensorflow as tf\nimport tensorflow.contrib.eager as tfe\n"
NEW = "import tensorflow.compat.v1 as tf\nimport tfe_compat as tfe\n"
USE = """\
class Model:
    def __init__(self, cudnn):
        {}cudnn_rnn.CudnnLSTM(1)
"""


@pytest.mark.parametrize("condition", ["if cudnn: ", "self.rnn = None if cudnn is None else "])
def test_uses_under_a_condition(condition):
    before = f"from tensorflow.contrib import cudnn_rnn  # c\n{USE.format(condition)}"
    after = (
        f"cudnn_rnn = None  # tensorflow.contrib.cudnn_rnn is gone  # c\n{USE.format(condition)}"
    )
    check_tf1(HEAD + before, NEW + after)
    (found,) = findings(HEAD + before, Options())
    assert "gone; use tf.keras.layers.LSTM" in found


@pytest.mark.parametrize("use", ["{}", "x = {}", "if {}: pass", "while {}: pass"])
def test_other_uses(use):
    text = f"from tensorflow.contrib import cudnn_rnn\n{use.format('cudnn_rnn.CudnnLSTM(1)')}\n"
    check_tf1(HEAD + text, NEW + text)
    assert len(findings(HEAD + text, Options())) == 1
