"""TF 1's Keras is asked for before Keras is loaded."""

from __future__ import annotations

import pytest
from upgrade_checks import KERAS, check_same, check_tf1

from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan

BEFORE = """
from __future__ import division
try:
    import tensorflow as tf
except ImportError:
    tf = None
tfe = tf.contrib.eager
layer = {}
"""
AFTER = """
from __future__ import division
{}try:
    import tensorflow.compat.v1 as tf
except ImportError:
    tf = None
import tfe_compat as tfe
layer = {}
"""


@pytest.mark.parametrize(
    "use",
    [
        "tf.layers.Dense(1)",
        "tf.keras.Model",
        "tf.nn.rnn_cell.LSTMCell(2)",
        "tfe.Network",
        "tf.keras",
    ],
)
def test_what_needs_it(use):
    check_tf1(BEFORE.format(use), AFTER.format(KERAS, use))
    check_tf1(BEFORE.format(use), AFTER.format("", use), keras3=True)
    assert [note.text for note in plan(BEFORE.format(use)).notes] == [
        "TF 1's Keras is used: on TensorFlow 2.16 and newer, pip install tf-keras"
    ]


@pytest.mark.parametrize(
    "use", ["tf.keras.datasets.mnist.load_data()", "tf.nn.relu(1)", "layers.x"]
)
def test_what_does_not(use):
    check_tf1(BEFORE.format(use), AFTER.format("", use))
    assert plan(BEFORE.format(use)).notes == ()


def test_os_is_imported_once_and_statements_on_one_line_stay_there():
    check_tf1(
        "import os; import tensorflow as tf; tfe = tf.contrib.eager; tf.layers.Dense(1)\n",
        'import os; os.environ.setdefault("TF_USE_LEGACY_KERAS", "1"); '
        "import tensorflow.compat.v1 as tf; import tfe_compat as tfe; tf.layers.Dense(1)\n",
    )


def test_an_import_in_a_function():
    check_tf1(
        """
        def f():
            import tensorflow as tf
            return tf.contrib.eager.num_gpus(), tf.layers
        """,
        """
        import os
        os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
        import tfe_compat as tfe
        def f():
            import tensorflow.compat.v1 as tf
            return tfe.num_gpus(), tf.layers
        """,
    )


def test_a_choice_of_the_program_itself_is_left():
    text = 'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "0"\nimport tensorflow.compat.v1 as tf\n'
    check_same(text + "tf.layers.Dense\n", Options(all_files=True))


@pytest.mark.parametrize(
    ("module", "asked"), [("import numpy", ""), ("import model", KERAS), ("from . import m", KERAS)]
)
def test_a_main_program_asks_for_its_modules_too(module, asked):
    text = "import tensorflow{} as tf\n{}\n{}\nif __name__ == '__main__': main()\n"
    before = text.format("", "tfe = tf.contrib.eager", module)
    check_tf1(before, asked + text.format(".compat.v1", "import tfe_compat as tfe", module))
