"""Functions that are gone, and expressions that do what a call of them did: data.

Measured on TF 1.15.5, which has both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Expression(NamedTuple):
    """What replaces a call of a function."""

    # Its parameters, with their defaults. One that has no field in the expression may only be
    # passed its default.
    parameters: str
    # With a field for each argument, in their order; {tf} is tensorflow, and {of} what the
    # function is taken from.
    expression: str
    # Whether `dataset.apply(call)` as a whole becomes `dataset.expression`.
    of_dataset: bool = False

    @property
    def defaults(self) -> dict[str, str]:
        """The default of each parameter; empty where it has none."""
        return dict(each.partition("=")[::2] for each in self.parameters.split())


CALLS: Mapping[str, Expression] = {
    "numpy.asscalar": Expression("a", "{of}.asarray({a}).item()"),
    "tensorflow.contrib.cudnn_rnn.CudnnCompatibleLSTMCell": Expression(
        "num_units reuse=None",
        "{tf}.nn.rnn_cell.LSTMCell({num_units}, forget_bias=0.0, reuse={reuse}, "
        'name="cudnn_compatible_lstm_cell")',
    ),
    "tensorflow.contrib.data.batch_and_drop_remainder": Expression(
        "batch_size", "batch({batch_size}, drop_remainder=True)", of_dataset=True
    ),
    "tensorflow.contrib.data.padded_batch_and_drop_remainder": Expression(
        "batch_size padded_shapes padding_values=None",
        "padded_batch({batch_size}, {padded_shapes}, {padding_values}, drop_remainder=True)",
        of_dataset=True,
    ),
    "tensorflow.contrib.layers.l1_l2_regularizer": Expression(
        "scale_l1=1.0 scale_l2=1.0 scope=None",
        "{tf}.keras.regularizers.l1_l2({scale_l1}, 0.5 * ({scale_l2}))",
    ),
    "tensorflow.contrib.layers.l1_regularizer": Expression(
        "scale scope=None", "{tf}.keras.regularizers.l1({scale})"
    ),
    "tensorflow.contrib.layers.l2_regularizer": Expression(
        "scale scope=None", "{tf}.keras.regularizers.l2(0.5 * ({scale}))"
    ),
    "tensorflow.contrib.layers.variance_scaling_initializer": Expression(
        "factor=2.0 mode='FAN_IN' uniform=False seed=None",
        # 1.3 and 1 / 0.8796 ** 2 make up for what each cuts off the distribution.
        "{tf}.variance_scaling_initializer(({factor}) * 1.3 * 0.87962566 ** 2, seed={seed})",
    ),
    "tensorflow.python.eager.tape.stop_recording": Expression("", "{tf}.init_scope()"),
}

# Methods that are gone, by their name: they take no argument. {of} is the object.
METHODS: Mapping[str, str] = {
    "initialized_value": (
        "{tf}.cond({tf}.is_variable_initialized({of}), {of}.read_value, lambda: {of}.initial_value)"
    )
}

# Names of metrics in Keras' `compile`, and those that TF 1.15.5 gave their values in the history.
METRICS: Mapping[str, str] = {
    "accuracy": "acc",
    "crossentropy": "ce",
    "mae": "mean_absolute_error",
    "MAE": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "MAPE": "mean_absolute_percentage_error",
    "mse": "mean_squared_error",
    "MSE": "mean_squared_error",
    "msle": "mean_squared_logarithmic_error",
    "MSLE": "mean_squared_logarithmic_error",
}
