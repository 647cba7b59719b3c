"""Version checks choose what TensorFlow 1 chose."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, NEW, check_same, check_tf1


@pytest.mark.parametrize(
    "condition",
    [
        "LooseVersion({}) < LooseVersion('2.0.0')",
        "{} < '2.0'",
        "{}[0] == '1'",
        "int({}.split('.')[0]) < 2",
        "not {}.startswith('2.')",
    ],
)
@pytest.mark.parametrize("version", ["tf.__version__", "tf.VERSION"])
def test_a_comparison_with_a_literal(condition, version):
    text = "if {}:\n    Adam = tf.train.AdamOptimizer\n"
    check_tf1(
        HEAD + text.format(condition.format(version)),
        NEW + text.format(condition.format('"1.15.5"')),
    )


@pytest.mark.parametrize(
    "use",
    [
        "print(tf.__version__)",
        "'{}'.format(tf.__version__)",
        "saved_by != tf.__version__",
        "saved['version'] != tf.__version__",
        "assert tf.__version__ >= '1.8'",
        "float(tf.__version__[:3]) < 1.5",
    ],
)
def test_what_is_no_choice_is_left(use):
    check_tf1(f"{HEAD}{use}\n", f"{NEW}{use}\n")


def test_a_program_of_tensorflow_2_is_left():
    check_same("import tensorflow as tf\nif tf.__version__ > '2.1': pass\n")


def test_the_contrib_that_tensorflow_1_has():
    text = "if {}:\n    tfe = {}\nelse:\n    tfe = None\n"
    check_tf1(
        HEAD + text.format("hasattr(tf, 'contrib')", "tf.contrib.eager"),
        (NEW + text.format("True", "tf.contrib.eager")).replace(
            "tfe = tf.contrib.eager", "import tfe_compat as tfe"
        ),
    )
