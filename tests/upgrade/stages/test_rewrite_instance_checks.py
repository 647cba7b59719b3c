"""Tests of a class that variables have another one of today."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, NEW, check_same, check_tf1

from tfe_compat.upgrade.options import Options

V2 = "tf.compat.v2.Variable"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("isinstance(x, tf.Variable)", f"isinstance(x, {V2})"),
        ("issubclass(x, tf.Variable)", f"issubclass(x, {V2})"),
        (
            "isinstance(x, (tf.Tensor, (tf.Variable, int)))",
            f"isinstance(x, (tf.Tensor, ({V2}, int)))",
        ),
        (
            "T = (tf.Variable, int)\ndef f(x): isinstance(x, T)",
            f"T = ({V2}, int)\ndef f(x): isinstance(x, T)",
        ),
        ("v = tf.Variable(1)\nf(tf.Variable)", "v = tf.Variable(1)\nf(tf.Variable)"),
        ("isinstance(tf.Variable, type)", "isinstance(tf.Variable, type)"),
        ("isinstance(x, tf.Tensor)", "isinstance(x, tf.Tensor)"),
    ],
)
def test_a_test_of_the_class_of_variables(before, after):
    check_tf1(f"{HEAD}{before}\n", f"{NEW}{after}\n")


def test_the_class_by_its_name():
    before = f"{HEAD}from tensorflow import Variable\nisinstance(x, Variable), Variable(1)\n"
    after = f"{NEW}from tensorflow.compat.v1 import Variable\nisinstance(x, {V2}), Variable(1)\n"
    check_tf1(before, after)


def test_a_program_of_tensorflow_2_is_left():
    check_same("import tensorflow as tf\nisinstance(x, tf.Variable)\n", Options())
