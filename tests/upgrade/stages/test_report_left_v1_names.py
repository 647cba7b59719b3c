"""Findings on names that TensorFlow 2 has in tensorflow.compat.v1 only."""

from __future__ import annotations

import operator

import pytest
import tensorflow as tf
from installed_versions import KERAS_3
from upgrade_checks import findings

from tfe_compat.upgrade.tables.public_names import V1_ONLY


@pytest.mark.parametrize("name", ["enable_eager_execution", "layers.Dense", "train.AdamOptimizer"])
def test_a_name_of_version_1_is_reported(name):
    shown = name.removesuffix(".Dense")
    assert findings(f"import tensorflow as tf\ntf.{name}\n") == [
        f"2:1: tensorflow: not rewritten; TensorFlow 2 has no tf.{shown}: import "
        "tensorflow.compat.v1 as tf"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "import tensorflow.compat.v1 as tf\ntf.enable_eager_execution()",
        "import tensorflow as tf\ntf.compat.v1.enable_eager_execution(); tf.keras.layers",
        "import tensorflow as tf\nif tf.__version__ < '2': tf.enable_eager_execution()",
        "import tensorflow as tf\nif hasattr(tf, 'layers'):\n  tf.layers",
        "import other as tf\ntf.enable_eager_execution()",
    ],
)
def test_what_runs_is_not(text):
    assert findings(text + "\n") == []


def test_it_is_one_finding_an_import():
    (finding,) = findings("import tensorflow as t\nt.log(1); t.div; t.ceil; t.erf; t.log\n")
    assert "has no tf.log, tf.div, tf.ceil and 1 more names: import" in finding


@pytest.mark.parametrize("module", V1_ONLY)
def test_the_names_are_where_the_finding_says(module):
    if module in ("losses", "metrics") and not KERAS_3:
        pytest.skip("Keras 2 has functions of its own under some of these names")
    if module:
        get = operator.attrgetter(module)
        new, old = get(tf), get(tf.compat.v1)
    else:
        new, old = tf, tf.compat.v1
    assert [name for name in V1_ONLY[module] if hasattr(new, name) or not hasattr(old, name)] == []


def test_an_import_of_several_modules():
    text = "import tensorflow as tf, numpy as np\ntf.enable_eager_execution()\n"
    (finding,) = findings(text)
    assert finding.endswith("import tensorflow.compat.v1 as tf")
