"""TF 1's Keras is asked for before Keras is loaded."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, KERAS, NEW, check, check_same, check_tf1

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
        "TF 1's Keras is used: on TensorFlow 2.15 and newer, pip install tf-keras"
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


def test_an_import_of_os_that_comes_too_late_moves():
    check_tf1(
        """
        import tensorflow as tf
        import os
        tfe = tf.contrib.eager
        layer = tf.layers.Dense(1)
        """,
        """
        import os
        os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
        import tensorflow.compat.v1 as tf
        import tfe_compat as tfe
        layer = tf.layers.Dense(1)
        """,
    )


LAYER = f"{HEAD}layer = tf.layers.Dense(1)\n"
NEW_LAYER = f"{NEW}layer = tf.layers.Dense(1)\n"
MAIN = "def main(): pass\nif __name__ == '__main__': main()\n"


def test_a_module_that_is_only_imported_comes_too_late_to_ask():
    check_tf1(LAYER, NEW_LAYER, is_imported=True)
    assert [note.text[:14] for note in plan(LAYER, options=Options(is_imported=True)).notes] == [
        "TF 1's Keras i"
    ]
    check_tf1(LAYER + MAIN, KERAS + NEW_LAYER + MAIN, is_imported=True)
    check_tf1(LAYER, KERAS + NEW_LAYER, is_imported=True, file_name="conftest.py")


def test_what_starts_a_program_asks_for_its_files_too():
    check_tf1(HEAD, KERAS + NEW, legacy_keras=True)
    check_tf1(HEAD, NEW, legacy_keras=True, is_imported=True)
    check_tf1(
        "import sys\nimport model\n",
        f"import sys\n{KERAS}import model\n",
        all_files=True,
        legacy_keras=True,
        own_modules=frozenset(["model"]),
    )


@pytest.mark.parametrize("text", ["", "# A licence.\n", '"""A package."""\n', "x = 1\n"])
def test_a_package_asks_for_its_modules(text):
    after = KERAS + text if text.startswith("x") else text + KERAS
    check_tf1(text, after, legacy_keras=True, is_package=True, is_imported=True)


def test_an_import_of_os_that_moves_is_the_last_import():
    check(
        "import tensorflow as tf\nimport os\n\ntf.layers.dense\ntf.contrib.x\nprint(1)\n",
        f"{KERAS}import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n\n"
        "tf.layers.dense\ntf.contrib.x\nprint(1)\n",
        Options(),
    )
