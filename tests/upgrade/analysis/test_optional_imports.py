"""What is gone and only used in some cases does not keep the program from running."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, NEW, check_tf1, findings, rewritten

from tfe_compat.upgrade.options import Options

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
    (left,) = findings(NEW + after, Options())
    assert "gone; use tf.keras.layers.LSTM" in left


@pytest.mark.parametrize(
    "text",
    [
        "cudnn_rnn.CudnnLSTM(1)",
        "if cudnn_rnn.CudnnLSTM(1): pass",
        "while cudnn_rnn.CudnnLSTM(1): pass",
        "if True: cudnn_rnn.CudnnLSTM(1)",
        "if __name__ == '__main__': cudnn_rnn.CudnnLSTM(1)",
    ],
)
def test_other_uses(text):
    text = f"from tensorflow.contrib import cudnn_rnn\n{text}\n"
    check_tf1(HEAD + text, NEW + text)
    assert len(findings(HEAD + text, Options())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "x = 1; from tensorflow.contrib import cudnn_rnn\nif x: cudnn_rnn.y\n",
        "def f(x):\n    from tensorflow.contrib import cudnn_rnn\n    if x: cudnn_rnn.y\n",
        "from tensorflow.contrib import (  # c\n    cudnn_rnn)\nif x: cudnn_rnn.y\n",
    ],
)
def test_other_imports(text):
    check_tf1(HEAD + text, NEW + text)
    assert findings(HEAD + text, Options())


def test_what_stands_for_it_starts_no_program():
    text = "from tensorflow.contrib import slim\nif training: slim.conv2d(x)\n"
    after = "slim = None  # tensorflow.contrib.slim is gone\nif training: slim.conv2d(x)\n"
    assert rewritten(HEAD + text, options=Options(all_files=True)) == NEW + after
