"""`tf.contrib.eager.metrics`: metrics that keep their state in variables.

    import tfe_compat as tfe

    loss = tfe.metrics.Mean("loss")
    for batch in batches:
        loss(loss_of(batch))
    print(loss.result())

In a graph, a call returns what to run to update the metric. Running any part of it updates the
whole metric. The first call creates the variables, so call `init_variables()` and `result()` after
it:

    update, initialize, result = loss(values), loss.init_variables(), loss.result()
    with tf.compat.v1.Session() as session:
        session.run(initialize)
        session.run(update, feed_dict)
        print(session.run(result))

`tfe.Checkpoint(metric=metric)` saves and restores a metric, in files like those of TF 1.15.5.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterable
from typing import Any, Callable

import tensorflow as tf

from tfe_compat import summary
from tfe_compat.autograph import unconverted

__all__ = [
    "Accuracy",
    "BinaryAccuracy",
    "CategoricalAccuracy",
    "Mean",
    "Metric",
    "SparseAccuracy",
]


class Metric(tf.Module):  # type: ignore[misc]
    """The base class of metrics.

    A subclass defines `build`, which creates the variables; `call`, which updates them; and
    `result`, which computes the metric from them.

    >>> class Largest(Metric):
    ...     def build(self, value):
    ...         lowest = tf.compat.v1.constant_initializer(value.dtype.min)
    ...         self.largest = self.add_variable("largest", [], value.dtype, lowest)
    ...
    ...     def call(self, value):
    ...         self.largest.assign(tf.maximum(self.largest, value))
    ...
    ...     def result(self):
    ...         return self.largest.read_value()
    >>> largest = Largest()
    >>> largest(tf.constant(3.0))
    >>> largest(tf.constant(2.0))
    >>> print(largest.result().numpy())
    3.0

    Args:
        name: The metric's name; by default that of its class. With every character but letters,
            digits and "." replaced by "_", it is the scope of the variables' names. In a graph, a
            second metric with the same name raises ValueError when it creates its variables.
        use_global_variables: Whether the variables of a graph belong to
            `tf.compat.v1.GraphKeys.GLOBAL_VARIABLES` rather than `LOCAL_VARIABLES`.
    """

    def __init__(self, name: str | None = None, use_global_variables: bool = False) -> None:
        super().__init__()
        self._name = name or type(self).__name__
        self._use_global_variables = use_global_variables
        self._built = False
        self._variables: list[tf.Variable] = []
        self._initial_values: list[tf.Tensor] = []  # of variables that are not in a graph
        scope_name = re.sub("[^A-Za-z0-9.]", "_", self._name)
        with tf.compat.v1.variable_scope(scope_name, use_resource=True, reuse=False) as scope:
            self._scope = scope

        build = self.build

        @functools.wraps(build)
        def build_and_close(*args: Any, **kwargs: Any) -> None:
            build(*args, **kwargs)
            self._built = True

        self.build = build_and_close  # type: ignore[method-assign]
        if not tf.executing_eagerly():
            self.call = _one_operation(self.call)  # type: ignore[method-assign]

    def __setattr__(self, name: str, value: object) -> None:
        # Checkpoints hold what add_variable created, not all attributes as for a tf.Module.
        object.__setattr__(self, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Updates the metric; calls `build` first if it has not been called.

        Args:
            *args: Passed to `call` and, by the first call, to `build`.
            **kwargs: Passed likewise.

        Returns:
            What `call` returns; in a graph, what to run to update the metric.
        """
        if not self._built:
            # Variables must not belong to the function or the loop that calls the metric.
            with tf.init_scope(), tf.compat.v1.variable_scope(self._scope):
                self.build(*args, **kwargs)
        return self.call(*args, **kwargs)

    @property
    def name(self) -> str:
        """The metric's name."""
        return self._name

    @property
    def variables(self) -> list[tf.Variable]:
        """The variables that `add_variable` has created, in this order."""
        return self._variables

    def init_variables(self) -> tf.Operation | None:
        """Sets the variables to their initial values.

        The initial value of a variable that `tfe.Checkpoint` restored as it was created is the
        restored one; in a graph, it is that of the initializer.

        Returns:
            In a graph, the operation to run; otherwise None.
        """
        if not self._initial_values:
            return tf.group([variable.initializer for variable in self._variables]) or None
        for variable, value in zip(self._variables, self._initial_values):
            variable.assign(value)
        return None

    def build(self, *args: Any, **kwargs: Any) -> None:
        """Creates the variables with `add_variable`; called once, with the arguments of `call`."""
        raise NotImplementedError(f"{type(self).__name__} must define build(self, *args, **kwargs)")

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Updates the variables; users call the metric itself."""
        raise NotImplementedError(f"{type(self).__name__} must define call(self, *args, **kwargs)")

    def result(self) -> Any:
        """The value of the metric."""
        raise NotImplementedError(f"{type(self).__name__} must define result(self)")

    def value(self) -> Any:
        """`result` itself in eager mode; its tensor in a graph."""
        return self.result if tf.executing_eagerly() else self.result()

    def aggregate(self, metrics: Iterable[Metric]) -> None:
        """Adds the variables of other metrics to those of this one.

        >>> total, other = Mean(), Mean()
        >>> _ = total(1.0), other(3.0)
        >>> total.aggregate([other])
        >>> print(total.result().numpy())
        2.0

        Args:
            metrics: Metrics of the same class and name, which have been called like this one.

        Raises:
            TypeError: One of them is of another class.
            ValueError: One of them has other variables, or `metrics` is empty.
        """
        metrics = list(metrics)
        names = [variable.name for variable in self.variables]
        for metric in metrics:
            if type(metric) is not type(self):
                raise TypeError(
                    f"Metrics must be of one class to be added: {type(self).__name__}; "
                    f"got {type(metric).__name__}"
                )
            if [variable.name for variable in metric.variables] != names:
                raise ValueError(
                    "Metrics must have the same variables to be added: give them the same name, "
                    f"and call or build each before; got {[v.name for v in metric.variables]}, not "
                    f"{names}"
                )
        for variable, *others in zip(self.variables, *(metric.variables for metric in metrics)):
            variable.assign_add(tf.add_n(others))

    @unconverted
    def add_variable(
        self,
        name: str,
        shape: Any = None,
        dtype: tf.DType | None = None,
        initializer: Any = None,
    ) -> tf.Variable:
        """Creates a variable of the metric; may be called in `build` only.

        Args:
            name: The name of the variable, within the metric's scope and in checkpoints.
            shape: As in `tf.compat.v1.get_variable`.
            dtype: Likewise; None means float32.
            initializer: Likewise; None means Glorot's initializer, whose numbers are random.

        Raises:
            RuntimeError: The metric has been built.
        """
        if self._built:
            raise RuntimeError(
                f"{self.name} is built: call add_variable({name!r}) in its build(), which runs once"
            )
        collections = None
        if not tf.executing_eagerly():
            keys = tf.compat.v1.GraphKeys
            scope = keys.GLOBAL_VARIABLES if self._use_global_variables else keys.LOCAL_VARIABLES
            collections = [scope, keys.METRIC_VARIABLES]
        variable = tf.compat.v1.get_variable(
            name, shape, dtype, initializer, trainable=False, collections=collections,
            use_resource=True,
        )  # fmt: skip
        self._track(name, variable)
        self._variables.append(variable)
        if tf.executing_eagerly():
            self._initial_values.append(variable.read_value())
        return variable

    def _track(self, name: str, variable: tf.Variable) -> None:
        """Makes checkpoints hold `variable` under its own name, without changing the attributes."""
        attributes = dict(self.__dict__)
        with contextlib.suppress(AttributeError):  # a property of this name takes no value
            super().__setattr__(name, variable)
            object.__delattr__(self, name)
        if name in attributes:
            self.__dict__[name] = attributes[name]


def _one_operation(call: Callable[..., Any]) -> Callable[..., Any]:
    """`call` as a graph function: running any part of its result runs all of its updates."""

    def call_and_finish(*args: Any, **kwargs: Any) -> tuple[Any, tf.Tensor]:
        return call(*args, **kwargs), tf.constant(True)

    function = tf.function(call_and_finish)

    @functools.wraps(call)
    def call_in_graph(*args: Any, **kwargs: Any) -> Any:
        returned, finished = function(*args, **kwargs)
        return finished.op if returned is None else returned

    return call_in_graph


class Mean(Metric):
    """The weighted mean of all values.

    >>> mean = Mean()
    >>> _ = mean([1, 10, 100])
    >>> _ = mean(1000, weights=2)
    >>> print(mean.result().numpy())
    422.2
    >>> [variable.name for variable in mean.variables]
    ['Mean/numer:0', 'Mean/denom:0']

    Args:
        name: As in `Metric`.
        dtype: The dtype of the variables `numer` and `denom`, and of the result.
        use_global_variables: As in `Metric`.
    """

    def __init__(
        self,
        name: str | None = None,
        dtype: tf.DType = tf.float64,
        use_global_variables: bool = False,
    ) -> None:
        super().__init__(name=name, use_global_variables=use_global_variables)
        self.dtype = dtype

    @unconverted
    def build(self, *args: Any, **kwargs: Any) -> None:
        """Creates the variables: `numer`, the sum of values, and `denom`, the sum of weights."""
        zeros = tf.compat.v1.zeros_initializer
        self.numer = self.add_variable("numer", (), self.dtype, zeros)
        self.denom = self.add_variable("denom", (), self.dtype, zeros)

    @unconverted
    def call(self, values: Any, weights: Any = None) -> Any:
        """Adds values to the mean.

        Args:
            values: Numbers of any shape. Without weights, they are summed in their own dtype.
            weights: The weight of each value, 1 by default. Their shape broadcasts with that of
                `values`, but `denom` grows only by their own sum.

        Returns:
            The sum of `values`; with weights, the weighted values and the weights, as two tensors.
        """
        if weights is None:
            values = tf.convert_to_tensor(values)
            size = values.shape.num_elements()
            # Of a known size a constant, of a number itself: the operations that would compute them
            # take longer than the update of the variables.
            count = tf.size(values) if size is None else tf.constant(size, self.dtype)
            is_number = values.shape.rank == 0 and values.dtype.is_floating
            returned = total = values if is_number else tf.reduce_sum(values)
        else:
            weights = tf.cast(weights, self.dtype)
            values = tf.cast(values, self.dtype) * weights
            total, count = tf.reduce_sum(values), tf.reduce_sum(weights)
            returned = values, weights
        self.denom.assign_add(tf.cast(count, self.dtype), read_value=False)
        self.numer.assign_add(tf.cast(total, self.dtype), read_value=False)
        return returned

    @unconverted
    def result(self, write_summary: bool | tf.Tensor = True) -> tf.Tensor:
        """The mean of all values so far, a scalar of the metric's dtype; NaN if there are none.

        Args:
            write_summary: Whether to write it as a scalar summary, too, under the metric's name and
                the step `tf.compat.v1.train.get_or_create_global_step()`, if summaries are
                recorded: a bool or a scalar bool tensor.

        Raises:
            AttributeError: The metric has no variables, because it was never called.
        """
        if not self._built:
            raise AttributeError(f"{self.name} has no variables yet: call it before its result()")
        # The operation reads the variables itself, in a third of the time; "/" casts integers.
        divide = tf.raw_ops.RealDiv if self.numer.dtype.is_floating else tf.truediv
        mean = divide(x=self.numer, y=self.denom, name="truediv")
        recording = tf.summary.should_record_summaries()
        if tf.get_static_value(recording) in (True, None):  # None: not known before the graph runs
            recording = tf.logical_and(recording, tf.cast(write_summary, tf.bool))
            with tf.summary.record_if(recording), tf.name_scope("summary") as scope:
                outer_scope = scope[: scope[:-1].rfind("/") + 1]
                tag = outer_scope + summary.clean_tag(self.name)
                summary.write(tf.raw_ops.ScalarSummary(tags=tf.constant(tag), values=mean))
        return mean


class _MeanOfMatches(Mean):
    """The base class of the accuracies."""

    def __init__(self, name: str | None = None, dtype: tf.DType = tf.float64) -> None:
        super().__init__(name=name, dtype=dtype)

    @unconverted
    def call(self, labels: Any, predictions: Any, weights: Any = None) -> Any:  # type: ignore[override]
        """Adds predictions to the accuracy.

        Args:
            labels: The true labels, as the class describes them.
            predictions: The predictions, likewise.
            weights: As in `Mean.call`, one for each prediction.

        Returns:
            What was compared: the labels and the predictions; then the weights if there are any.

        Raises:
            tf.errors.InvalidArgumentError: The shapes of labels and predictions do not fit.
        """
        labels, predictions = self._comparable(labels, predictions)
        super().call(tf.cast(tf.equal(labels, predictions), self.dtype), weights=weights)
        return (labels, predictions) if weights is None else (labels, predictions, weights)

    def _comparable(self, labels: Any, predictions: Any) -> tuple[Any, Any]:
        if not _known_to_be_equal(_known_shape(labels), _known_shape(predictions)):
            _check_equal(
                tf.shape(labels),
                tf.shape(predictions),
                "labels and predictions must have the same shape; tf.squeeze drops axes of 1, and "
                "tf.argmax turns scores of classes into labels",
            )
        return labels, predictions


def _known_shape(value: Any) -> tf.TensorShape:
    return value.shape if isinstance(value, tf.Tensor) else tf.TensorShape(None)


def _known_to_be_equal(shape: tf.TensorShape, other: tf.TensorShape) -> bool:
    """Whether no operation has to compare these shapes, which would take longer than the update."""
    return bool(shape.is_fully_defined() and shape == other)


def _check_equal(labels: tf.Tensor, predictions: tf.Tensor, message: str) -> None:
    try:
        tf.debugging.assert_equal(labels, predictions, message=message)
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        given = [tf.get_static_value(shape) for shape in (labels, predictions)]
        message = f"{message}; got {given[0]} and {given[1]}"
        if isinstance(error, ValueError):  # in a graph, where the ranks cannot be compared
            raise ValueError(message) from None
        raise tf.errors.InvalidArgumentError(None, None, message) from None


class Accuracy(_MeanOfMatches):
    """How often predictions are equal to labels of the same shape and dtype.

    >>> accuracy = Accuracy()
    >>> _ = accuracy(labels=[1, 2, 3, 4], predictions=[0, 2, 3, 4])
    >>> print(accuracy.result().numpy())
    0.75

    `name` and `dtype` are as in `Mean`.
    """


class BinaryAccuracy(_MeanOfMatches):
    """How often scores are above a threshold if, and only if, labels of the same shape are 1.

    >>> accuracy = BinaryAccuracy(threshold=0.5)
    >>> _ = accuracy(labels=[0, 1, 1, 1], predictions=[0.1, 0.9, 0.8, 0.4])
    >>> print(accuracy.result().numpy())
    0.75

    Take 0.5 as the threshold for probabilities, 0.0 for logits; `name` and `dtype` are as in
    `Mean`.
    """

    def __init__(
        self, threshold: float, name: str | None = None, dtype: tf.DType = tf.float64
    ) -> None:
        super().__init__(name=name, dtype=dtype)
        self.threshold = threshold

    def _comparable(self, labels: Any, predictions: Any) -> tuple[tf.Tensor, tf.Tensor]:
        labels, predictions = super()._comparable(labels, predictions)
        return tf.cast(labels, tf.bool), tf.convert_to_tensor(predictions) > self.threshold


class CategoricalAccuracy(_MeanOfMatches):
    """How often the class of the highest score is that of a one-hot label of the same shape.

    >>> accuracy = CategoricalAccuracy()
    >>> _ = accuracy(labels=[[1, 0, 0], [0, 1, 0]], predictions=[[0.6, 0.1, 0.3], [0.5, 0.2, 0.3]])
    >>> print(accuracy.result().numpy())
    0.5

    `name` and `dtype` are as in `Mean`.
    """

    def _comparable(self, labels: Any, predictions: Any) -> tuple[tf.Tensor, tf.Tensor]:
        labels, predictions = super()._comparable(labels, predictions)
        return tf.argmax(labels, axis=-1), tf.argmax(predictions, axis=-1)


class SparseAccuracy(_MeanOfMatches):
    """How often the class of the highest score is the label.

    Labels are class numbers of shape (batch,), predictions scores of shape (batch, classes).

    >>> accuracy = SparseAccuracy()
    >>> _ = accuracy(labels=[0, 2], predictions=[[0.6, 0.1, 0.3], [0.5, 0.2, 0.3]])
    >>> print(accuracy.result().numpy())
    0.5

    `name` and `dtype` are as in `Mean`.
    """

    def _comparable(self, labels: Any, predictions: Any) -> tuple[tf.Tensor, tf.Tensor]:
        shape = _known_shape(labels)
        if shape.rank != 1 or not _known_to_be_equal(shape, _known_shape(predictions)[:1]):
            _check_equal(
                tf.shape(labels),
                tf.shape(predictions)[0],
                "labels must have the shape (batch,) where predictions have (batch, classes); "
                "tf.squeeze drops axes of 1",
            )
        return tf.cast(labels, tf.int64), tf.argmax(predictions, axis=-1)
