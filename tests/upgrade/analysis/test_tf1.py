"""Which imports of tensorflow become those of tensorflow.compat.v1, and in which programs."""

from __future__ import annotations

import pytest
from upgrade_checks import KERAS, check, check_same, check_tf1

from tfe_compat.upgrade.options import Options

USE = "import tensorflow.contrib.eager as tfe\n"
NEW = "import tfe_compat as tfe\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import tensorflow as tf", "import tensorflow.compat.v1 as tf"),
        ("import tensorflow", "import tensorflow.compat.v1 as tensorflow"),
        ("import os, tensorflow as tf # c", "import os, tensorflow.compat.v1 as tf # c"),
        ("import tensorflow.train as t", "import tensorflow.compat.v1.train as t"),
        (
            "from tensorflow.train import (\n  AdamOptimizer as A,  # c\n)",
            "from tensorflow.compat.v1.train import (\n  AdamOptimizer as A,  # c\n)",
        ),
        ("from tensorflow import app, flags", "from tensorflow.compat.v1 import app, flags"),
        ("from tensorflow import *", "from tensorflow.compat.v1 import *"),
        ("import tensorflow.compat.v1 as tf", "import tensorflow.compat.v1 as tf"),
        ("import tensorflow.compat.v2 as tf", "import tensorflow.compat.v2 as tf"),
        ("from tensorflow.core import protobuf", "from tensorflow.core import protobuf"),
        (
            "from tensorflow.keras.datasets import mnist",
            "from tensorflow.keras.datasets import mnist",
        ),
        (
            "from tensorflow.python.keras.datasets import mnist",
            "from tensorflow.keras.datasets import mnist",
        ),
    ],
)
def test_an_import_of_tensorflow(before, after):
    check_tf1(f"{before}\n{USE}", f"{after}\n{NEW}")
    check(f"{before}\n", f"{after}\n", Options(all_files=True))
    check_same(f"{before}\n", Options())
    check(f"{before}\n{USE}", f"{before}\n{NEW}", Options(keep_tensorflow=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from tensorflow import keras", "from tensorflow.compat.v1 import keras"),
        (
            "from tensorflow.keras.layers import Dense",
            "from tensorflow.compat.v1.keras.layers import Dense",
        ),
        (
            "from tensorflow.python.keras import backend as K",
            "from tensorflow.compat.v1.keras import backend as K",
        ),
    ],
)
def test_an_import_of_keras(before, after):
    use = "keras.layers.Dense\n"
    check_tf1(f"{before}\n{use}{USE}", f"{KERAS}{after}\n{use}{NEW}")
    kept = before.replace("python.", "")
    check_tf1(f"{before}\n{use}{USE}", f"{kept}\n{use}{NEW}", keras3=True)


def test_a_program_of_tensorflow_2_is_left():
    check_same(
        "import tensorflow as tf\nimport tfe_compat as tfe\ntf.print(tfe.num_gpus())\n", Options()
    )


def test_a_plain_import_of_the_module_that_still_gives_tensorflow():
    check_tf1(
        """
        import tensorflow.contrib.eager
        tensorflow.contrib.eager.num_gpus(tensorflow.zeros([]))
        """,
        """
        import tensorflow.compat.v1 as tensorflow
        import tfe_compat as tfe
        tfe.num_gpus(tensorflow.zeros([]))
        """,
    )


def test_a_name_in_a_string_and_one_bound_to_something_else_are_left():
    check_tf1(
        """
        import tensorflow as tf
        tfe = tf.contrib.eager
        s = "import tensorflow as tf"
        def f(tensorflow):
            return tensorflow.contrib.signal
        """,
        """
        import tensorflow.compat.v1 as tf
        import tfe_compat as tfe
        s = "import tensorflow as tf"
        def f(tensorflow):
            return tensorflow.contrib.signal
        """,
    )
