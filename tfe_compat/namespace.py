"""Placeholder for the table of names; the branch `namespace` has the real one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """What became of one public name of tf.contrib.eager."""

    kind: str
    note: str = ""


NAMES = {
    "GradientTape": Name("same"),
    "Iterator": Name("rebuilt"),
    "Network": Name("gone", note="subclass tf.keras.Model"),
    "Variable": Name("same", note="the keyword expected_shape is gone"),
    "defun": Name("same"),
    "enable_eager_execution": Name("same"),
    "gradients_function": Name("ours"),
    "implicit_gradients": Name("ours"),
    "list_devices": Name("rebuilt"),
    "metrics": Name("gone", note="use tf.keras.metrics"),
    "metrics.Mean": Name("gone", note="use tf.keras.metrics.Mean"),
    "num_gpus": Name("rebuilt"),
    "py_func": Name("same"),
}
