"""Calls of tfe.metrics, as old guides and programs made them."""

# ruff: noqa: UP008
# super() names its class, as in Python 2.

import glob
import inspect
import json
import os

import numpy as np
import tensorflow as tf
from recorded.outcomes import outcome, temporary_folder, tfe_of_installed
from recorded.outcomes import plain as arrays_to_lists
from recorded.record import checkpoint as recorded_checkpoint

CALLS = {}
ACCURACIES = ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseAccuracy")

v1 = tf.compat.v1
summary = tf.compat.v2.summary


def call(function):
    """Registers a function of `metrics` and of a function that compiles a graph."""
    CALLS[function.__name__] = function
    return function


def plain(value):
    """`value` as JSON has it; NaN, which equals nothing, as a string, as are infinities."""
    return json.loads(json.dumps(arrays_to_lists(value), default=str), parse_constant=str)


def state(metric):
    return plain([(v.name, v.dtype.name, v) for v in metric.variables])


def typed(value):
    """What a call returned: values, with their types."""
    if isinstance(value, (tuple, list)):
        return [typed(element) for element in value]
    if isinstance(value, (tf.Tensor, tf.Variable)):
        return value.dtype.name, plain(value)
    return type(value).__name__, value


def called(metric, *args, **kwargs):
    """What one call of a new metric returns, and the metric's state and result after it."""

    def once():
        returned = metric(*args, **kwargs)
        return typed(returned), state(metric), typed(metric.result())

    return outcome(once)


def in_graph(function):
    """What `function` of a session returns, in a graph of its own."""

    def call_in_graph():
        with tf.Graph().as_default(), v1.Session() as session:
            return function(session)

    return outcome(call_in_graph)


def events(logdir):
    """The scalars in the one file of `logdir`: step, tag and value."""
    (path,) = glob.glob(os.path.join(logdir, "*"))
    found = [v1.Event.FromString(r) for r in v1.io.tf_record_iterator(path)]
    return [(e.step, v.tag, v.simple_value) for e in found for v in e.summary.value]


@call
def signatures(metrics, function):
    found = {}
    for name in ("Mean", "Metric", *ACCURACIES):
        for method in ("__init__", "build", "call", "result", "add_variable", "aggregate"):
            signature = inspect.signature(getattr(getattr(metrics, name), method))
            found[name + "." + method] = [
                (p.name, p.kind.name, getattr(p.default, "name", repr(p.default)))
                for p in signature.parameters.values()
            ]
    return found


@call
def names(metrics, function):
    results = []
    for name in (
        None,
        "",
        "loss",
        "has space",
        "a/b",
        "a.b-c",
        "train_loss",
        "_x",
        "1st",
        5,
        "loss",
    ):
        metric = outcome(metrics.Mean, name)
        if isinstance(metric, str):
            results.append(metric)
            continue
        results.append((metric.name, outcome(metric.build), [v.name for v in metric.variables]))
    results.append([getattr(metrics, name)().name for name in ACCURACIES if name[0] != "B"])
    with v1.variable_scope("outer"):
        metric = metrics.Mean("inner")
    metric(1.0)
    results.append((metric.name, [v.name for v in metric.variables]))
    with v1.name_scope("scope"):
        metric = metrics.Mean("inner")
        metric(1.0)
    results.append((metric.name, [v.name for v in metric.variables]))
    results.append(outcome(setattr, metric, "name", "new"))
    results.append(outcome(setattr, metric, "variables", []))
    return results


@call
def names_in_a_graph(metrics, function):
    def one(name):
        def body(session):
            metric = metrics.Mean(name)
            metric(1.0)
            return metric.name, [v.name for v in metric.variables]

        return body

    def scopes(session):
        found = []
        for use in range(2):
            with v1.variable_scope(f"outer{use}"):
                metric = metrics.Mean("inner")
            metric(1.0)
            found.append((metric.name, [v.name for v in metric.variables]))
        with v1.name_scope("scope"):
            metric = metrics.Mean("other")
            metric(1.0)
        return [*found, (metric.name, [v.name for v in metric.variables])]

    def twice(session):
        metrics.Mean("same")(1.0)
        second = metrics.Mean("same")
        return second.name, outcome(second, 2.0)

    kinds = [in_graph(one(name)) for name in (None, "", "has space", "a/b", "_x", "1st")]
    return [*kinds, in_graph(scopes), in_graph(twice)]


@call
def mean_of_values(metrics, function):
    values = [
        [1, 10, 100], 1000, [10000.0, 100000.0], [], [[1, 2], [3, 4]],
        np.float32([1.5, 2.5]), np.int64([1, 2]), np.arange(6.0).reshape(2, 3), np.float16(0.1),
        tf.constant([1, 2]), tf.constant([0.1, 0.2]), tf.constant([], tf.float32), None, [None],
        tf.constant([250, 250], tf.uint8), tf.Variable([1.0, 2.0]), [tf.constant(1.0), 2.0],
        1 + 2j, float("nan"), float("inf"), 2**40, [1, 2.5], tf.fill([3], 3e38),
    ]  # fmt: skip
    return [called(metrics.Mean(), value) for value in values]


@call
def weighted_mean(metrics, function):
    pairs = [
        ([1, 100, 100000], [1, 0.2, 0.3]), ([1.0, 2.0], 2.0), ([1.0, 2.0], [3]), (5.0, [1.0, 2.0]),
        ([[1.0, 2.0], [3.0, 4.0]], [[1.0], [0.0]]), ([1.0, 2.0], [1.0, 2.0, 3.0]), ([1.0], 0),
        ([1, 2], [True, False]), ([True, False], [1.0, 3.0]), (tf.constant([1, 2]), np.ones(2)),
        ([1.0, 2.0], []), ([], []), ([1.0], "text"), (["text"], [1.0]), ([1.0], -1.0),
        (tf.constant([0.1, 0.2]), tf.constant([1.0, 3.0])), ([1.0], np.float16(0.1)),
    ]  # fmt: skip
    results = [called(metrics.Mean(), values, weights=weights) for values, weights in pairs]
    results += [called(metrics.Mean(), [1.0], None), called(metrics.Mean(), [1.0], [2.0])]
    return [*results, called(metrics.Mean(), values=[1.0]), called(metrics.Mean())]


@call
def dtypes(metrics, function):
    results = []
    for dtype in (tf.float32, "float32", np.float32, tf.float16, tf.int32, None, "x"):
        metric = metrics.Mean(dtype=dtype)
        name = getattr(metric.dtype, "name", getattr(metric.dtype, "__name__", metric.dtype))
        results.append((name, called(metric, [0, 3])))
    results.append(called(metrics.Mean("m", tf.float32), [1.0, 0.1], weights=[0.1, 0.2]))
    results.append(called(metrics.Accuracy("m", tf.float32), [0, 0], [0, 1]))
    results.append(called(metrics.BinaryAccuracy(0.5, "m", tf.float32), [0, 0], [0.0, 1.0]))
    return results


@call
def accumulation(metrics, function):
    mean = metrics.Mean()
    mean([1, 10, 100])
    mean(1000)
    mean([10000.0, 100000.0])
    results = [mean.result(), plain([mean.numer, mean.denom]), mean.result()]
    mean([1, 2], weights=[0.5, 0.25])
    results += [state(mean), mean.result(), mean.value()(), mean.result(write_summary=False)]
    results += [mean.init_variables(), state(mean), mean.result(), mean(7), mean.result()]
    results += [mean.result(write) for write in (0, 1, tf.constant(False))]
    new = metrics.Mean()
    results += [
        new.variables,
        new.init_variables(),
        outcome(new.result),
        outcome(new.value()),
        new(1),
    ]
    first, second = metrics.Mean(), metrics.Mean()
    first(0)
    second(2)
    return [*results, first.result(), second.result(), type(second.variables).__name__]


@call
def accuracy(metrics, function):
    pairs = [
        ([0, 1, 2, 3], [0, 0, 0, 0]), ([4], [4]), (1, 1), ([0.5, 1.0], [0.5, 2.0]), ([], []),
        ([[0], [0]], [0, 1]), ([0, 1], [0, 1, 2]), ([0, 1], 0), ([[1, 2], [3, 4]], [1, 2]),
        (np.int64([1, 2]), np.int64([1, 3])), (np.int64([1]), np.int32([1])), ([1], [1.0]),
        (np.int64([1, 2]), [1, 3]), (tf.constant([1, 2]), np.int64([1, 2])), (["a"], ["a"]),
        (tf.constant([1]), tf.constant([1], tf.int64)), ([True], [False]), ([True], [1]),
        (np.float32([1, 2]), [1, 3]), ([[[1]]], [[1]]), (tf.constant([1.0]), np.float64([1.0])),
        ([1], None), (tf.zeros([2, 3]), tf.zeros([3, 2])),
    ]  # fmt: skip
    results = [called(metrics.Accuracy(), *pair) for pair in pairs]
    for weights in ([1, 1, 0, 0], [0.5], 2.0, [1, 2, 3]):
        results.append(called(metrics.Accuracy(), [0, 1, 2, 3], [0, 1, 0, 0], weights=weights))
    results.append(called(metrics.Accuracy(), labels=[1], predictions=[1]))
    accuracy = metrics.Accuracy()
    for labels, predictions, weights in [([4], [4], 0.5), ([5], [0], None), ([6], [6], [2.0])]:
        accuracy(labels, predictions, weights=weights)
    return [*results, accuracy.result(), state(accuracy)]


@call
def binary_accuracy(metrics, function):
    triples = [
        (0, [[0, 0, 0, 0]], [[-4.2, 4.5, 1.2, -1.1]]), (0.5, [0, 1, 1], [0.4, 0.6, 0.5]),
        (0.5, [1, 0], [1, 0]), (0, [1, 0], [1, 0]), (0, [0, 2], [0.0, 1.0]), (0.5, [1.0], [0.7]),
        (0.5, [True], [0.7]), (0.5, [[1]], [0.7]), (0.5, [1, 0], [0.7]), (None, [1], [0.7]),
        (tf.constant(0.5), [1], [0.7]), (0.5, [1], np.float64([0.7])), (0.5, ["a"], [0.7]),
        (0.5, tf.constant([1, 0]), tf.constant([0.7, 0.7])),
    ]  # fmt: skip
    results = [called(metrics.BinaryAccuracy(t), *pair) for t, *pair in triples]
    results.append(called(metrics.BinaryAccuracy(0.5), [1, 0], [0.7, 0.7], weights=[1.0, 3.0]))
    metric = metrics.BinaryAccuracy(threshold=0.25)
    return [*results, metric.threshold, metric.name, outcome(metrics.BinaryAccuracy)]


@call
def categorical_accuracy(metrics, function):
    pairs = [
        ([[1, 0, 0, 0], [0, 1, 0, 0]], [[0.6, 0.1, 0.25, 0.05], [0.4, 0.05, 0.45, 0.0]]),
        ([[0, 0, 1]], [[0.5, 0.5, 0.0]]), ([0, 1], [0.2, 0.8]), ([[0, 1]], [0.2, 0.8]), (1, 1.0),
        ([[0, 1]], [[0.2, 0.3, 0.5]]), ([[[0, 1]]], [[[0.2, 0.8]]]),
        (tf.one_hot([0, 1], 2), tf.constant([[0.9, 0.1], [0.8, 0.2]])), ([[0, 1]], [[1, 1]]),
        (np.eye(2), np.float32([[1, 0], [1, 0]])), ([[0, 1], [1, 0]], [[0, 1], [1, 0], [1, 0]]),
    ]  # fmt: skip
    results = [called(metrics.CategoricalAccuracy(), *pair) for pair in pairs]
    weighted = called(
        metrics.CategoricalAccuracy(), [[0, 1], [1, 0]], [[0.1, 0.9], [0.1, 0.9]], [1.0, 3.0]
    )
    return [*results, weighted]


@call
def sparse_accuracy(metrics, function):
    pairs = [
        ([0, 2], [[0.6, 0.1, 0.25, 0.05], [0.4, 0.05, 0.45, 0.0]]), ([1], [[0.2, 0.9, 0.2, 0.0]]),
        ([0.0, 1.0], [[0.9, 0.1], [0.2, 0.8]]), ([[0], [1]], [[0.9, 0.1], [0.2, 0.8]]),
        ([[0]], [[0.9, 0.1]]), ([0, 1], [[0.9, 0.1]]), (0, [0.9, 0.1]), (0, [[0.9, 0.1]]),
        (np.uint8([1]), tf.constant([[0.1, 0.9]])), (np.int64([1]), np.float64([[0, 1]])),
        ([True], [[0.1, 0.9]]), ([0, 0], [[[0.9, 0.1]], [[0.9, 0.1]]]), (["a"], [[0.9, 0.1]]),
        ([0], 1.0), (tf.constant(1), tf.constant(0.9)),
        ([1.7], [[0.1, 0.9]]), ([5], [[0.1, 0.9]]), ([[0, 1], [0, 1]], [[[0.9, 0.1]] * 2] * 2),
    ]  # fmt: skip
    results = [called(metrics.SparseAccuracy(), *pair) for pair in pairs]
    weighted = called(metrics.SparseAccuracy(), [1, 1], [[0.1, 0.9], [0.9, 0.1]], [1.0, 3.0])
    return [*results, weighted]


@call
def build(metrics, function):
    mean = metrics.Mean()
    results = [hasattr(mean, "numer"), mean.build(), state(mean)]
    numer = mean.numer
    mean(3.0)
    results += [mean.numer is numer, state(mean), outcome(mean.add_variable, "late", shape=())]
    results += [outcome(mean.build), mean.numer is numer, len(mean.variables)]
    other = metrics.Mean()
    other.build(1, 2, key=3)
    return [*results, state(other)]


def mean_of(metrics, *values, **kwargs):
    metric = metrics.Mean(**kwargs)
    for value in values:
        metric(value)
    return metric


@call
def aggregate(metrics, function):
    total = mean_of(metrics, 1.0)
    results = [total.aggregate([mean_of(metrics, 2.0), mean_of(metrics, 3.0, 4.0)]), state(total)]
    results += [total.aggregate((mean_of(metrics, 1.0),)), total.result()]
    other = mean_of(metrics, 1.0, name="other")
    for wrong in ([metrics.Accuracy()], [], [5], total, [total, other]):
        results.append(outcome(total.aggregate, wrong))
    results.append(state(total))
    total.aggregate([total])
    results.append(state(total))
    return [*results, mean_of(metrics).aggregate([mean_of(metrics)])]


@call
def aggregate_an_iterator(metrics, function):
    total = mean_of(metrics, 1.0)
    return outcome(total.aggregate, iter([mean_of(metrics, 2.0)])), state(total)


@call
def aggregate_what_is_not_built(metrics, function):
    built = mean_of(metrics, 1.0)
    return [
        outcome(built.aggregate, [mean_of(metrics)]),
        outcome(mean_of(metrics).aggregate, [built]),
    ]


def subclasses(metrics):
    """Metrics as people derived them."""

    class Largest(metrics.Metric):
        def __init__(self, start=0.0, **kwargs):
            super(Largest, self).__init__(**kwargs)
            self.start = start

        def build(self, *args, **kwargs):
            self.extra = tf.Variable(1.0, name="extra")  # not one of the metric's
            self.largest = self.add_variable(
                name="value", shape=(), dtype=tf.float32,
                initializer=v1.constant_initializer(self.start),
            )  # fmt: skip
            self.calls = self.add_variable("calls", [], tf.int64, v1.zeros_initializer())

        def call(self, value):
            self.calls.assign_add(1)
            self.largest.assign(tf.maximum(self.largest, value))

        def result(self):
            return self.largest

    class Shaped(metrics.Metric):
        def build(self, values, scale=1.0):
            self.total = self.add_variable(
                "total", shape=values.shape, dtype=values.dtype, initializer=v1.zeros_initializer
            )

        def call(self, values, scale=1.0):
            return self.total.assign_add(values * scale)

        def result(self):
            return tf.identity(self.total)

    class SquaredError(metrics.Mean):
        def __init__(self, name="squared_error", dtype=tf.float32):
            super(SquaredError, self).__init__(name=name, dtype=dtype)

        def call(self, labels, predictions, weights=None):
            super(SquaredError, self).call((labels - predictions) ** 2, weights=weights)
            return labels, predictions

        def result(self):
            return tf.sqrt(super(SquaredError, self).result())

    class MoreState(metrics.Mean):
        def build(self, *args, **kwargs):
            super(MoreState, self).build(*args, **kwargs)
            self.calls = self.add_variable("calls", shape=(), dtype=tf.int32,
                                           initializer=v1.zeros_initializer)  # fmt: skip

        def call(self, values):
            self.calls.assign_add(1)
            return super(MoreState, self).call(values)

    class Twice(metrics.Metric):
        def build(self):
            self.add_variable("v", shape=[])
            self.add_variable("v", shape=[])

    return Largest, Shaped, SquaredError, MoreState, Twice


@call
def subclassing(metrics, function):
    Largest, Shaped, SquaredError, MoreState, Twice = subclasses(metrics)
    largest = Largest(start=-5.0, name="top")
    results = [largest(-1.0), largest(tf.constant(-2.0)), largest.result(), state(largest)]
    results += [largest.init_variables(), state(largest), largest.name]
    results += [Largest().name, called(Shaped(), tf.constant([1, 2]), scale=2)]
    error = SquaredError()
    results += [called(error, tf.constant([1.0]), tf.constant([4.0])), error.name, error.dtype.name]
    more = MoreState()
    results += [called(more, [1, 2]), called(more, 3), outcome(Twice())]
    bare = metrics.Metric()
    results += [
        bare.name,
        outcome(bare),
        outcome(bare.call),
        outcome(bare.result),
        outcome(bare.build),
    ]
    results += [bare.variables]
    late = metrics.Metric("late")
    variables = [late.add_variable("v", shape=[2]), late.add_variable("w", [3], initializer=None)]
    results += [[(v.name, v.dtype.name, v.shape.as_list(), v.trainable) for v in variables]]
    return [*results, outcome(late.add_variable), outcome(late.add_variable, "u")]


@call
def in_a_function(metrics, function):
    mean, accuracy = metrics.Mean(), metrics.Accuracy("a")

    @function
    def step(values):
        mean(values)
        accuracy(tf.constant([1, 2]), tf.constant([1, 3]))
        return mean.result(), mean.value()

    results = [step(tf.constant([1.0, 2.0])), step(tf.constant([4.0, 5.0])), state(mean)]
    results += [
        accuracy.result(),
        mean.init_variables(),
        state(mean),
        step(tf.constant([6.0, 7.0])),
    ]

    class Largest(metrics.Metric):
        def build(self, value):
            zeros = v1.zeros_initializer()
            self.largest = self.add_variable("largest", value.shape, value.dtype, zeros)

        def call(self, value):
            self.largest.assign(tf.maximum(self.largest, value))

        def result(self):
            return self.largest + 0.0

    largest = Largest("built inside")
    update = function(lambda value: largest(value))
    results += [update(tf.constant([1.0, 3.0])), update(tf.constant([2.0, 2.0])), largest.result()]
    return [*results, state(largest)]


def graph_mean(metrics, session, **kwargs):
    mean = metrics.Mean(**kwargs)
    placeholder = v1.placeholder(tf.float32)
    return mean, placeholder, mean(placeholder)


@call
def placeholders(metrics, function):
    def body(session):
        mean, placeholder, update = graph_mean(metrics, session)
        init, result = mean.init_variables(), mean.result()
        results = [isinstance(init, tf.Operation), isinstance(update, tf.Tensor)]
        results += [isinstance(mean.value(), tf.Tensor), update.dtype.name, session.run(init)]
        for values in ([1, 10, 100], 1000, [10000, 100000]):
            results.append(session.run(update, {placeholder: values}))
        results += [session.run(result), session.run([mean.numer, mean.denom, mean.value()])]
        session.run(init)
        session.run(update, {placeholder: 7})
        return [*results, session.run(result), session.run(mean.init_variables())]

    def weighted(session):
        mean, accuracy = metrics.Mean(), metrics.Accuracy()
        p = v1.placeholder(tf.float32, [None])
        updates = [mean(p, weights=[1, 0, 2]), accuracy(tf.cast(p, tf.int64), np.int64([1, 2, 4]))]
        session.run([mean.init_variables(), accuracy.init_variables()])
        results = [session.run(updates, {p: [1, 2, 3]}), session.run(mean.result())]
        session.run(updates[0][0], {p: [4, 5, 6]})  # one part of what was returned: every update
        return results + session.run([mean.result(), mean.denom, accuracy.result()])

    def other_accuracies(session):
        p = v1.placeholder(tf.float32, [None, 2])
        binary, sparse = metrics.BinaryAccuracy(0.5), metrics.SparseAccuracy()
        categorical = metrics.CategoricalAccuracy()
        updates = [binary([[1, 0], [1, 1]], p), sparse([1, 0], p), categorical([[0, 1], [0, 1]], p)]
        session.run([v1.local_variables_initializer()])
        results = session.run(updates, {p: [[0.2, 0.8], [0.7, 0.3]]})
        return results, session.run([m.result() for m in (binary, sparse, categorical)])

    def constants(session):
        mean = metrics.Mean()
        update = mean([1, 2, 6])
        session.run(v1.local_variables_initializer())
        session.run(update)
        mean.aggregate([])  # raises

    return [in_graph(each) for each in (body, weighted, other_accuracies, constants)]


@call
def collections(metrics, function):
    keys = ("GLOBAL_VARIABLES", "LOCAL_VARIABLES", "METRIC_VARIABLES", "TRAINABLE_VARIABLES")

    def body(**kwargs):
        def names(session):
            graph_mean(metrics, session, **kwargs)
            found = [v1.get_collection(getattr(v1.GraphKeys, key)) for key in keys]
            return [[v.name for v in variables] for variables in found]

        return names

    return [in_graph(body()), in_graph(body(use_global_variables=True))]


@call
def graph_errors(metrics, function):
    def static(session):
        metrics.Accuracy()([[0], [0]], [0, 1])

    def static_ranks(session):
        metrics.Accuracy()([[[1]]], [[1]])

    def static_sparse(session):
        metrics.SparseAccuracy()([0, 1], [[0.9, 0.1]])

    def static_sparse_scalars(session):
        metrics.SparseAccuracy()(tf.constant(1), tf.constant(0.9))

    def dynamic(session):
        p = v1.placeholder(tf.int32)
        accuracy = metrics.Accuracy()
        update = accuracy(p, [0, 1])
        session.run(accuracy.init_variables())
        session.run(update, {p: [0, 1, 2]})

    def after_dynamic(session):
        p = v1.placeholder(tf.int32)
        accuracy = metrics.Accuracy()
        update = accuracy(p, [0, 1])
        session.run(accuracy.init_variables())
        failed = outcome(session.run, update, {p: [0, 1, 2]})
        return failed, session.run(accuracy.variables)  # what failed has changed nothing

    def uninitialized(session):
        session.run(metrics.Mean()(1.0))

    def dtypes(session):
        metrics.Accuracy()(tf.constant([1]), tf.constant([1.0]))

    def not_built(session):
        mean = metrics.Mean()
        return (
            outcome(mean.result),
            outcome(mean.value),
            mean.variables,
            type(mean.init_variables()).__name__,
        )

    bodies = (
        static,
        static_ranks,
        static_sparse,
        static_sparse_scalars,
        dynamic,
        after_dynamic,
        uninitialized,
        dtypes,
        not_built,
    )
    return [in_graph(body) for body in bodies]


@call
def while_loop_and_chain(metrics, function):
    def loop(session):
        mean = metrics.Mean()

        def body(i):
            with tf.control_dependencies([mean(i)]):
                return i + 1

        last = v1.while_loop(lambda i: i < 3, body, [tf.constant(1)])
        result = mean.result()
        session.run(mean.init_variables())
        return session.run(last), session.run(result), [v.name for v in mean.variables]

    def chain(session):
        first, second = metrics.Mean(), metrics.Mean(name="second")
        updates = [second(3.0), second(first(1.0))]
        session.run([first.init_variables(), second.init_variables()])
        return [session.run(update) for update in updates], session.run(
            [first.result(), second.result()]
        )

    def no_loop():
        mean = metrics.Mean()

        def body(i):
            mean(i)
            return i + 1

        v1.while_loop(lambda i: i < 3, body, [tf.constant(1)])
        return mean.result()

    return in_graph(loop), in_graph(chain), no_loop()


@call
def subclassing_in_a_graph(metrics, function):
    Largest, Shaped, SquaredError, MoreState, Twice = subclasses(metrics)

    def largest(session):
        metric = Largest(start=-5.0)
        p = v1.placeholder(tf.float32, [])
        update = metric(p)
        session.run(v1.global_variables_initializer())
        session.run(metric.init_variables())
        results = [session.run(update, {p: value}) for value in (-1.0, -2.0)]
        results += [isinstance(update, tf.Operation)]
        return [*results, session.run(metric.result()), session.run(metric.variables)]

    def mean(session):
        metric = SquaredError()
        update = metric(tf.constant([1.0]), tf.constant([4.0]))
        more = MoreState()
        second = more([1, 2])
        session.run(v1.local_variables_initializer())
        session.run(second)
        return session.run(update), session.run(metric.result()), session.run(more.variables)

    def shaped(session):
        metric = Shaped()
        update = metric(tf.constant([1, 2]), scale=2)
        session.run(metric.init_variables())
        return session.run(update), session.run(metric.result())

    def returned(session):
        class Counts(metrics.Metric):
            def build(self):
                zeros = v1.zeros_initializer()
                self.calls = self.add_variable("calls", [], tf.int32, zeros)

            def call(self):
                return tf.group(tf.identity(self.calls.assign_add(1)))

            def result(self):
                return self.calls

        metric = Counts()
        update = metric()
        session.run(metric.init_variables())
        session.run(update)
        return session.run(metric.result())

    def branches(session):
        """A call with Python control flow on a tensor, which AutoGraph converts."""

        class Positive(metrics.Mean):
            def call(self, value):
                if value > 0:
                    self.numer.assign_add(value)
                self.denom.assign_add(1.0)
                return value

        metric = Positive()
        p = v1.placeholder(tf.float64, [])
        update = metric(p)
        session.run(metric.init_variables())
        return [session.run(update, {p: v}) for v in (3.0, -1.0)], session.run(metric.result())

    return [
        in_graph(each) for each in (largest, mean, shaped, returned, branches, lambda s: Twice()())
    ]


@call
def checkpoints(metrics, function):
    Largest, _, _, MoreState, _ = subclasses(metrics)
    results = []
    with temporary_folder() as folder:
        for metric, value in (
            (metrics.Mean(), 100.0),
            (Largest(), 3.0),
            (MoreState("has space"), 4.0),
        ):
            metric(value)
            metric.other = metrics.Mean()  # not a dependency: only add_variable makes them
            metric.other(1.0)
            checkpoint = v1.train.Checkpoint(metric=metric)
            path = checkpoint.save(os.path.join(folder, "saved"))
            metric(7.0)
            checkpoint.restore(path).assert_consumed().run_restore_ops()
            results += [tf.train.list_variables(path), state(metric)]
        metric(10.0)
        path = v1.train.Checkpoint(metric=metric).save(os.path.join(folder, "saved"))
        before = MoreState()
        status = v1.train.Checkpoint(metric=before).restore(path)
        results += [outcome(lambda: status.assert_existing_objects_matched() and None)]
        results += [
            before([20.0]),
            outcome(lambda: status.assert_consumed() and None),
            state(before),
        ]
        before.init_variables()
        return [*results, state(before)]


@call
def checkpoints_in_a_graph(metrics, function):
    with temporary_folder() as folder:

        def save(session):
            mean = metrics.Mean()
            updates = mean(100.0), mean(200.0)
            checkpoint = v1.train.Checkpoint(mean=mean)
            session.run(mean.init_variables())
            session.run(updates[0])
            session.run(updates[1])
            session.run(checkpoint.save_counter.initializer)
            path = checkpoint.save(os.path.join(folder, "saved"), session=session)
            session.run(updates[0])
            checkpoint.restore(path).assert_consumed().run_restore_ops(session)
            return os.path.basename(path), tf.train.list_variables(path), session.run(mean.result())

        def restore(session):
            mean = metrics.Mean()
            status = v1.train.Checkpoint(mean=mean).restore(os.path.join(folder, "saved-1"))
            update = mean(300.0)
            status.assert_consumed().run_restore_ops(session)
            return session.run(update), session.run(mean.result())

        def saver(session):
            mean = metrics.Mean()
            update = mean(100.0)
            session.run(mean.init_variables())
            session.run(update)
            path = v1.train.Saver(mean.variables).save(session, os.path.join(folder, "named"))
            return tf.train.list_variables(path)

        return [in_graph(each) for each in (save, restore, saver)]


@call
def restored_and_then_initialized_in_a_graph(metrics, function):
    def body(session):
        mean = metrics.Mean()
        checkpoint = v1.train.Checkpoint(mean=mean)
        status = checkpoint.restore(recorded_checkpoint("metrics", "graph-1"))
        mean(300.0)
        session.run(mean.init_variables())
        initialized = session.run(mean.variables)
        status.run_restore_ops(session)
        return initialized, session.run(mean.variables)

    return in_graph(body)


@call
def summaries(metrics, function):
    step = v1.train.get_or_create_global_step()
    step.assign(5)
    mean = metrics.Mean("loss")
    mean([1, 10, 100])
    results = []

    def logged(condition, *calls):
        with temporary_folder() as folder:
            writer = summary.create_file_writer(folder)
            with writer.as_default(), summary.record_if(condition):
                for each in calls:
                    each()
            writer.close()
            return events(folder)

    results.append(logged(True, mean.result, lambda: step.assign(6), mean.result))
    results.append(logged(True, lambda: mean.result(write_summary=False)))
    results.append(logged(True, lambda: mean.result(write_summary=tf.constant(True))))
    results.append(logged(False, mean.result))
    results.append(logged(True, mean.value()))
    compiled = function(lambda: mean.result())
    results.append(logged(True, compiled, lambda: step.assign(7), compiled))
    spaced = metrics.Mean("has space/and <more>")
    spaced(2.0)
    results.append(logged(True, spaced.result))

    def scoped():
        with v1.name_scope("train"):
            mean.result()

    results.append(logged(True, scoped))
    step.assign(0)
    return results


@call
def summary_in_a_graph(metrics, function):
    with temporary_folder() as folder:

        def body(session):
            step = v1.train.get_or_create_global_step()
            writer = summary.create_file_writer(folder)
            session.run([writer.init(), step.initializer])
            mean = metrics.Mean("loss")
            update = mean([1.0, 3.0])
            with writer.as_default(), summary.record_if(True):
                result = mean.result()
            session.run(mean.init_variables())
            session.run(update)
            session.run(step.assign_add(3))
            session.run(v1.summary.all_v2_summary_ops())
            session.run(writer.close())
            return session.run(result)

        return in_graph(body), events(folder)


def write_checkpoints(folder):
    metrics = tfe_of_installed().metrics
    mean = metrics.Mean("has space")
    mean([100.0, 200.0])
    accuracy = metrics.Accuracy(dtype=tf.float32)
    accuracy([1, 2, 3, 4], [1, 2, 3, 0])
    checkpoint = v1.train.Checkpoint(mean=mean, accuracy=accuracy)
    checkpoint.save(os.path.join(folder, "eager"))
    with tf.Graph().as_default(), v1.Session() as session:
        mean = metrics.Mean()
        update = mean([100.0, 200.0])
        session.run(mean.init_variables())
        session.run(update)
        checkpoint = v1.train.Checkpoint(mean=mean)
        session.run(checkpoint.save_counter.initializer)
        checkpoint.save(os.path.join(folder, "graph"), session=session)
        saver = v1.train.Saver(mean.variables)
        path = os.path.join(folder, "named")
        saver.save(session, path, write_meta_graph=False, write_state=False)


def outcomes():
    tfe = tfe_of_installed()
    return {name: plain(CALLS[name](tfe.metrics, tfe.defun)) for name in sorted(CALLS)}
