"""What programs of TF 1 did with Keras models."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, KERAS, NEW, check_tf1

from tfe_compat.upgrade.plan import plan


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "model._set_inputs(tf.zeros([1, 2]))",
            "model(tf.keras.backend.cast_to_floatx(tf.zeros([1, 2])))",
        ),
        ("m[0]._set_inputs(x)", "m[0](tf.keras.backend.cast_to_floatx(x))"),
        ("Model()._set_inputs(x)", "Model()(tf.keras.backend.cast_to_floatx(x))"),
        ("self.m._set_inputs(  x ,)", "self.m(  tf.keras.backend.cast_to_floatx(x) ,)"),
        (
            "import numpy as np\nm._set_inputs(np.asscalar(y))",
            "import numpy as np\nm(tf.keras.backend.cast_to_floatx(np.asarray(y).item()))",
        ),
    ],
)
def test_a_model_is_built_by_a_call(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{KERAS}{NEW}{after}\n")


@pytest.mark.parametrize(
    "text",
    [
        "self._set_inputs(x)",
        "super()._set_inputs(x)",
        "super(Model, self)._set_inputs(x)",
        "model._set_inputs(x, y)",
        "model._set_inputs(inputs=x)",
        "model._set_inputs([x, y])",
    ],
)
def test_what_may_take_several_inputs_is_left_and_reported(text):
    check_tf1(f"{HEAD}{text}\n", f"{KERAS}{NEW}{text}\n")
    (found,) = plan(f"{HEAD}{text}\n").findings
    assert (found.kind, found.name) == ("gone", "model._set_inputs")


def test_the_names_of_metrics_wherever_compile_lists_them():
    before = "net.compile('sgd', 'mse', ['mae', f], weighted_metrics={'out': ['accuracy']})\n"
    after = (
        "net.compile('sgd', 'mse', ['mean_absolute_error', f], weighted_metrics={'out': ['acc']})\n"
    )
    use = "net = tf.keras.Sequential()\n"
    check_tf1(HEAD + use + before, KERAS + NEW + use + after)


def test_a_method_of_the_program_is_left():
    text = "class Environment:\n    def _set_inputs(self, x): pass\ne._set_inputs(x)\n"
    check_tf1(HEAD + text, NEW + text)
    assert plan(HEAD + text).findings == ()


def test_what_the_tensorboard_callback_needs():
    notes = plan(f"{HEAD}tf.keras.callbacks.TensorBoard('logs')\n").notes
    assert "Keras' TensorBoard callback is used: pip install tensorboard" in {
        note.text for note in notes
    }
