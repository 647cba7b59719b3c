"""Functions that are gone, and the expressions that do the same as a call of them: data.

Measured on TF 1.15.5, which has both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Expression(NamedTuple):
    """A function.

    Attributes:
        parameters: Its parameters, with their defaults. One that has no field in the expression
            may only be passed its default.
        expression: With a field for each argument, in their order; {tf} is tensorflow, and {of}
            what the function is taken from.
        of_dataset: Whether `dataset.apply(call)` as a whole becomes `dataset.expression`.
    """

    parameters: str
    expression: str
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
    "tensorflow.contrib.layers.l2_regularizer": Expression(
        "scale", "{tf}.keras.regularizers.l2(0.5 * ({scale}))"
    ),
    "tensorflow.contrib.layers.variance_scaling_initializer": Expression(
        "factor=2.0 mode='FAN_IN' uniform=False seed=None",
        # 1.3 and 1 / 0.8796 ** 2 make up for what each cuts off the distribution.
        "{tf}.variance_scaling_initializer(({factor}) * 1.3 * 0.87962566 ** 2, seed={seed})",
    ),
    "tensorflow.contrib.rnn.LSTMBlockCell": Expression(
        "num_units forget_bias=1.0 use_peephole=False",
        "{tf}.nn.rnn_cell.LSTMCell({num_units}, forget_bias={forget_bias})",
    ),
    "tensorflow.python.eager.tape.stop_recording": Expression("", "{tf}.init_scope()"),
    "tensorflow.python.framework.test_util.use_gpu": Expression("", "{tf}.device(None)"),
}
