"""What programs of TF 1 did with Keras models."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import check_tf1

from tfe_compat.upgrade.rewrite import plan

HEAD = "import tensorflow as tf\nimport tensorflow.contrib.eager as tfe\n"
NEW = "import tensorflow.compat.v1 as tf\nimport tfe_compat as tfe\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "model._set_inputs(tf.zeros([1, 2]))",
            "model(tf.keras.backend.cast_to_floatx(tf.zeros([1, 2])))",
        ),
        ("m[0]._set_inputs(  x ,)", "m[0](  tf.keras.backend.cast_to_floatx(x) ,)"),
        ("self._set_inputs(x)", "self._set_inputs(x)"),
        ("model._set_inputs(x, y)", "model._set_inputs(x, y)"),
        ("(model)._set_inputs(x)", "(model)._set_inputs(x)"),
    ],
)
def test_a_model_is_built_by_a_call(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{NEW}{after}\n", keras3=True)


def test_what_the_tensorboard_callback_needs():
    notes = plan(f"{HEAD}tf.keras.callbacks.TensorBoard('logs')\n").notes
    assert [note.text for note in notes][1:] == [
        "Keras' TensorBoard callback is used: pip install tensorboard"
    ]
