"""Calls of the names of tf.contrib.eager, as old guides and programs made them."""

import functools
import json
import os
import unittest

import numpy as np
import tensorflow as tf
from recorded.outcomes import outcome, plain, temporary_folder, tfe_of_installed

CALLS = {}
NEGATIVE = [[-0.5, 1.0], [2.0, -3.0]]


def call(*names):
    """Registers a function of `tfe` as a call of these names."""

    def register(function):
        for name in names:
            assert name not in CALLS, name
            CALLS[name] = functools.partial(function, name) if len(names) > 1 else function
        return function

    return register


def synchronous():
    return tf.config.experimental.get_synchronous_execution()


@call("ASYNC", "SYNC", "DEVICE_PLACEMENT_EXPLICIT", "DEVICE_PLACEMENT_SILENT")
def constant(name, tfe):
    return getattr(tfe, name)


@call("DEVICE_PLACEMENT_WARN")
def placement(tfe):
    tfe.enable_eager_execution(device_policy=tfe.DEVICE_PLACEMENT_WARN)
    return tfe.DEVICE_PLACEMENT_WARN


@call("value_and_gradients_function")
def value_and_gradients(tfe):
    return tfe.value_and_gradients_function(lambda x, y: x * x * y)(3.0, 2.0)


@call("gradients_function")
def gradients(tfe):
    return tfe.gradients_function(lambda x, y: x * x * y, params=["y"])(3.0, 2.0)


@call("implicit_value_and_gradients", "implicit_gradients")
def implicit(name, tfe):
    w = tfe.Variable([1.0, 2.0], name="w")
    result = getattr(tfe, name)(lambda x: tf.reduce_sum(x * w * w))(3.0)
    value, pairs = result if name == "implicit_value_and_gradients" else (None, result)
    return value, [(gradient, variable.name) for gradient, variable in pairs]


@call("GradientTape")
def tape(tfe):
    x = tf.constant(3.0)
    with tfe.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
    return tape.gradient(y, x), tape.gradient(y * 2.0, x)


@call("custom_gradient")
def custom_gradient(tfe):
    cubed = tfe.custom_gradient(lambda x: (x**3, lambda dy: 7.0 * dy))
    return tfe.value_and_gradients_function(cubed)(2.0)


@call("enable_eager_execution")
def enable(tfe):
    tfe.enable_eager_execution(config=tf.compat.v1.ConfigProto())
    return tfe.enable_eager_execution(
        device_policy=tfe.DEVICE_PLACEMENT_SILENT, execution_mode=tfe.SYNC
    )


@call("enable_remote_eager_execution")
def enable_remote(tfe):
    return tfe.enable_remote_eager_execution(), tfe.executing_eagerly()


@call("executing_eagerly", "in_eager_mode", "in_graph_mode")
def mode(name, tfe):
    # TF 1.15.5 no longer has in_graph_mode.
    f = getattr(tfe, name, lambda: not tfe.executing_eagerly())
    with tf.Graph().as_default():
        in_graph = f()
    traced = []
    tfe.defun(lambda: traced.append(f()))()
    return f(), in_graph, traced


@call("run")
def run(tfe):
    seen = []

    def main(argv):
        seen.append((argv, tf.executing_eagerly()))

    return outcome(tfe.run, main=main, argv=["train.py", "--unknown=1", "word"]), seen


def failing():
    return tf.debugging.check_numerics(tf.constant([1.0]) / tf.constant([0.0]), "failing")


@call("set_execution_mode")
def set_execution_mode(tfe):
    results = []
    for mode in (tfe.ASYNC, tfe.SYNC, tfe.ASYNC, None, True, 1.0, False, 7, "sync", -1):
        results.append((outcome(tfe.set_execution_mode, mode), synchronous()))
    tfe.set_execution_mode(tfe.ASYNC)
    failing()
    results.append((outcome(tfe.set_execution_mode, tfe.SYNC), synchronous()))
    tfe.async_clear_error()
    tfe.set_execution_mode(tfe.SYNC)
    return results, synchronous()


@call("execution_mode")
def execution_mode(tfe):
    def inside(mode, body=lambda: None):
        with tfe.execution_mode(mode) as target:
            body()
            return target, synchronous()

    def nested():
        modes = []
        with tfe.execution_mode(tfe.ASYNC):
            modes.append(synchronous())
            with tfe.execution_mode(tfe.SYNC):
                modes.append(synchronous())
            modes.append(synchronous())
            with tfe.execution_mode(tfe.ASYNC):
                modes.append(synchronous())
            modes.append(synchronous())
        return modes

    def body_and_operation_fail():
        failing()
        raise KeyError

    decorated = tfe.execution_mode(tfe.ASYNC)(synchronous)
    results = [outcome(inside, mode) for mode in (tfe.ASYNC, tfe.SYNC, None, 7, "async")]
    results += [nested(), decorated(), synchronous()]
    results += [outcome(inside, tfe.ASYNC, failing), synchronous()]
    results += [outcome(inside, tfe.ASYNC, {}.popitem), synchronous()]
    results += [outcome(inside, tfe.ASYNC, body_and_operation_fail), synchronous()]
    results += [outcome(tfe.execution_mode), (tf.constant(1.0) + 1.0)]
    return results


@call("async_wait")
def async_wait(tfe):
    results = [tfe.async_wait(), synchronous()]
    tfe.set_execution_mode(tfe.ASYNC)
    total = tf.constant(1.0) + 2.0
    results += [tfe.async_wait(), synchronous(), total]
    failing()
    results += [outcome(tfe.async_wait), synchronous()]
    tfe.async_clear_error()
    results += [tfe.async_wait(), tf.constant(1.0) + 2.0]
    tfe.set_execution_mode(tfe.SYNC)
    return results


FIRST_CALLS = {
    "Checkpoint": lambda tfe: tfe.Checkpoint().restore(None) is None,
    "GradientTape": lambda tfe: tfe.GradientTape().__enter__().watched_variables(),
    "TensorSpec": lambda tfe: tfe.TensorSpec([1], tf.float32).shape.as_list(),
    "Variable": lambda tfe: tfe.Variable(1.0),
    "async_clear_error": lambda tfe: tfe.async_clear_error(),
    "async_wait": lambda tfe: tfe.async_wait(),
    "clear_execution_callbacks": lambda tfe: tfe.clear_execution_callbacks(),
    "connect_to_remote_host": lambda tfe: outcome(tfe.connect_to_remote_host),
    "custom_gradient": lambda tfe: tfe.custom_gradient(lambda x: (x, lambda dy: dy))(1.0),
    "defun": lambda tfe: tfe.defun(lambda x: x)(1.0),
    "enable_eager_execution": lambda tfe: tfe.enable_eager_execution(),
    "executing_eagerly": lambda tfe: tfe.executing_eagerly(),
    "function": lambda tfe: tfe.function(lambda: None)(),
    "make_template": lambda tfe: tfe.make_template("a", lambda: 1)(),
    "num_gpus": lambda tfe: tfe.num_gpus() >= 0,
    "py_func": lambda tfe: tfe.py_func(lambda: 1.0, [], tf.float32),
    "run": lambda tfe: outcome(tfe.run, main=len, argv=["train.py"]),
    "set_execution_mode": lambda tfe: (tfe.set_execution_mode(tfe.ASYNC), synchronous()),
    "seterr": lambda tfe: [action.name for action in tfe.seterr().values()],
}


def first_calls(tfe):
    """What each of these gives as the first call in a process: by a fork, before any other call."""
    results = {}
    for name, function in sorted(FIRST_CALLS.items()):
        read, write = os.pipe()
        if os.fork() == 0:
            os.write(write, json.dumps(plain(outcome(function, tfe))).encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as result:
            results[name] = json.loads(result.read() or '"ended"')
        os.wait()
    return results


@call("async_clear_error")
def async_clear_error(tfe):
    with tfe.execution_mode(tfe.ASYNC):
        failing()
        results = [outcome(tfe.async_wait), tfe.async_clear_error(), tf.constant(1.0) + 2.0]
    return results, tfe.async_clear_error()


@call("list_devices")
def list_devices(tfe):
    devices = tfe.list_devices()
    with tf.device(devices[0]):
        placed = tf.constant(1.0).device
    return [device for device in devices if "XLA" not in device], placed


@call("num_gpus")
def num_gpus(tfe):
    return tfe.num_gpus() == sum("device:GPU" in device for device in tfe.list_devices())


# scripts/remote_worker.py connects to servers; here this would leave the process connected.
@call("connect_to_remote_host")
def connect_to_remote_host(tfe):
    return outcome(tfe.connect_to_remote_host)


@call("set_server_def")
def set_server_def(tfe):
    return outcome(tfe.set_server_def, None)


@call("defun", "function")
def functions(name, tfe):
    compiled = getattr(tfe, name)
    traced = []

    @compiled
    def double(x):
        traced.append(x.shape.as_list())
        return 2.0 * x

    @compiled(input_signature=[tfe.TensorSpec([None], tf.float32)], autograph=False)
    def total(x):
        traced.append(x.shape.as_list())
        return tf.reduce_sum(x)

    results = [double(tf.constant(NEGATIVE)), double(x=tf.constant(1.0)), double(tf.constant(2.0))]
    results += [total(tf.ones([3])), total(np.ones(2, np.float32)), compiled(lambda: None)()]
    results += [double.python_function.__name__, traced]
    results += [compiled(lambda x: x, None, True, tf.autograph.experimental.Feature.ALL)(1.0)]
    relaxed = compiled(lambda x: traced.append(x.shape.as_list()), None, True, None, True)
    relaxed(tf.ones([1]))
    return results, tfe.gradients_function(double)(tf.constant(3.0))


@call("TensorSpec")
def tensor_spec(tfe):
    spec = tfe.TensorSpec([None, 2], name="x")
    return spec.shape.as_list(), spec.dtype.name, spec.name


@call("make_template")
def make_template(tfe):
    def scaled(x, factor):
        constant = tf.compat.v1.constant_initializer
        return x * factor * tf.compat.v1.get_variable("w", [], initializer=constant(2.0))

    template = tfe.make_template("scaled", scaled, factor=10.0)
    results = [template(3.0), template(4.0), template.name]
    return results, [v.name for v in template.variables], len(template.trainable_variables)


@call("py_func")
def py_func(tfe):
    results = [tfe.py_func(lambda a, b: a * b.numpy(), [2.0, 3.0], tf.float32)]
    results += tfe.py_func(lambda a: (a, a + 1.0), inp=[2.0], Tout=[tf.float32, tf.float32])
    results += [tfe.py_func(lambda a: None, [2.0], [])]
    results += [outcome(tfe.py_func, lambda a: a, [2.0], tf.int32)]
    squared = tfe.defun(lambda x: tfe.py_func(lambda a: a * a, [x], tf.float32))
    return results, tfe.gradients_function(squared)(tf.constant(3.0))


@call("Variable")
def variable(tfe):
    v = tfe.Variable(3.0, name="v")
    w = tfe.Variable(lambda: np.ones(2), False, dtype=tf.float32)
    named = tf.compat.v1.get_variable("named", [1])
    results = [v.name, v.dtype.name, v.trainable, w, w.dtype.name, w.trainable]
    results += [tfe.Variable(3).dtype.name, v.assign_add(1.0), v]
    return results, [isinstance(x, tfe.Variable) for x in (v, named, tf.constant(1.0))]


class Base:
    def __init__(self, size, scale=1):
        self.size = size
        self.scale = scale


@call("Checkpointable")
def checkpointable(tfe):
    class Line(tfe.Checkpointable):
        def __init__(self):
            self.slope = tfe.Variable(1.0)
            self.rest = [tfe.Variable(2.0)]

    class Config(tfe.Checkpointable, Base):
        pass

    class Dynamic(tfe.Checkpointable):
        def __getattr__(self, name):
            return name.upper()

    config = Config(3, scale=2)
    config.pair = (config.size, tfe.Variable(1.0))
    names = ["name", "variables", "submodules", "name_scope", "save", "restore", "write"]
    results = [
        config.size,
        config.scale,
        type(config.pair).__name__,
        outcome(tfe.Checkpointable, 3),
    ]
    results += [any(hasattr(config, name) for name in names), Dynamic().save]
    for name in names:
        setattr(config, name, tfe.Variable(1.0))
    config.removed = tfe.Variable(1.0)
    del config.removed

    with temporary_folder() as folder:
        path = tfe.Checkpoint(line=Line(), c=config).write(os.path.join(folder, "line"))
        return results, tf.train.list_variables(path)


@call("Checkpoint")
def checkpoint(tfe):
    with temporary_folder() as folder:
        v = tfe.Variable(5.0)
        iterator = tfe.Iterator(tf.data.Dataset.range(9))
        iterator.next()
        checkpoint = tfe.Checkpoint(v=v, iterator=iterator)
        path = checkpoint.save(os.path.join(folder, "saved"))
        v.assign(0.0)
        iterator.next()
        checkpoint.restore(path).assert_consumed().run_restore_ops()
        results = [os.path.basename(path), checkpoint.save_counter, v, iterator.next()]
        results += [outcome(tfe.Checkpoint, v=3), outcome(tfe.Checkpoint, v)]
        w = tfe.Variable(1.0)
        tfe.Checkpoint(v=w).restore(tf.train.latest_checkpoint(folder))
        return results, w


@call("Iterator")
def iterator(tfe):
    iterator = tfe.Iterator(tf.data.Dataset.range(4))
    results = [iterator.next(), iterator.get_next(), list(iterator), list(iterator)]
    results += [outcome(iterator.next), outcome(iterator.get_next)]
    results += [iterator.output_types.name, iterator.output_shapes.as_list()]
    results += [isinstance(iterator, tfe.Iterator), iter(iterator) is iterator]
    results += [isinstance(element, tfe.Iterator) for element in (iterator.output_types, [], None)]
    results += [tfe.Iterator(dataset=tf.data.Dataset.range(2)).get_next(name="first")]

    class Scaled(tfe.Iterator):
        def __init__(self, dataset, scale):
            super().__init__(dataset)
            self.scale = scale

        def next(self):
            return self.scale * super().next()

    results += [list(Scaled(tf.data.Dataset.range(3), 10))]
    iterator = tfe.Iterator(tf.data.Dataset.range(3))
    results += [tfe.defun(iterator.get_next)(), tfe.defun(lambda it: it.get_next())(iterator)]
    with tf.Graph().as_default():
        results += [tfe.Iterator(tf.data.Dataset.range(3)).get_next().dtype.name]
    pairs = tf.data.Dataset.from_tensor_slices({"x": [1.0, 2.0], "y": [3, 4]})
    return results, [(pair["x"], pair["y"]) for pair in tfe.Iterator(pairs.batch(2))]


@call("get_optimizer_variables")
def get_optimizer_variables(tfe):
    results = []
    for optimizer in (
        tf.compat.v1.train.GradientDescentOptimizer(0.1),
        tf.compat.v1.train.MomentumOptimizer(0.1, momentum=0.9),
        tf.compat.v1.train.AdamOptimizer(0.1),
    ):
        optimizer.apply_gradients([(tf.constant(2.0), tfe.Variable(1.0, name="v"))])
        variables = tfe.get_optimizer_variables(optimizer)
        results.append((type(variables).__name__, [v.name for v in variables], variables))
    return results


@call("run_test_in_graph_and_eager_modes", "run_all_tests_in_graph_and_eager_modes")
def test_decorators(name, tfe):
    log, folders = [], set()

    class Case(tf.test.TestCase):
        def setUp(self):
            super().setUp()
            log.append("setUp")

        def tearDown(self):
            log.append("tearDown")
            super().tearDown()

        def test_sum(self):
            folders.add(self.get_temp_dir())
            log.append(("sum", tfe.executing_eagerly(), len(folders)))
            self.assertAllEqual(self.evaluate(tf.add([1, 2], 3)), [4, 5])

        def test_skips_graph(self):
            log.append(("skips", tfe.executing_eagerly()))
            if not tfe.executing_eagerly():
                self.skipTest("not in a graph")

        def testSkipEagerOnce(self):
            log.append("once")

        def test_fails(self):
            log.append(("fails", tfe.executing_eagerly()))
            self.assertEqual(tfe.executing_eagerly(), True)  # noqa: PT009

    decorator = getattr(tfe, name)
    if name == "run_all_tests_in_graph_and_eager_modes":
        assert decorator(Case) is Case
    else:
        Case.test_sum = decorator(Case.test_sum)
        Case.test_skips_graph = decorator(use_gpu=False, reset_test=False)(Case.test_skips_graph)
        log.append(outcome(decorator, Case))
    for test in ("test_sum", "test_skips_graph", "testSkipEagerOnce", "test_fails"):
        result = unittest.TestResult()
        Case(test).run(result)
        log.append([test, len(result.errors), len(result.failures), len(result.skipped)])
    return log


@call("run_nested_tests")
def nested_test_decorators(tfe):
    once = tfe.run_test_in_graph_and_eager_modes
    log = []

    class Case(tf.test.TestCase):
        def setUp(self):
            super().setUp()
            log.append(("setUp", tfe.executing_eagerly()))

        def tearDown(self):
            log.append(("tearDown", tfe.executing_eagerly()))
            super().tearDown()

        @once
        def test_sum(self):
            log.append(("sum", tfe.executing_eagerly()))
            self.assertAllEqual(self.evaluate(tf.add([1, 2], 3)), [4, 5])

        @once(use_gpu=False, reset_test=False, config=tf.compat.v1.ConfigProto())
        def test_variable(self):
            v = tfe.Variable(2.0)
            self.evaluate(tf.compat.v1.global_variables_initializer())
            log.append((tfe.executing_eagerly(), self.evaluate(v * 2.0)))

        def test_in_graph(self):
            with tf.Graph().as_default() as graph:
                self.test_variable()
                log.append((tfe.executing_eagerly(), bool(graph.get_operations())))

        @once
        def test_fails(self):
            self.check()

        @once(reset_test=False)
        def check(self):
            log.append(("check", tfe.executing_eagerly()))
            self.assertEqual(tfe.executing_eagerly(), False)  # noqa: PT009

    Derived = type("Derived", (Case,), {"test_sum": lambda self: Case.test_sum(self)})
    tfe.run_all_tests_in_graph_and_eager_modes(Derived)
    for case, test in [
        (Derived, "test_sum"),
        (Derived, "test_variable"),
        (Case, "test_in_graph"),
        (Case, "test_fails"),
    ]:
        result = unittest.TestResult()
        case(test).run(result)
        log.append([test, len(result.errors), len(result.failures), len(result.skipped)])
    return log


@call("assert_no_eager_garbage")
def no_eager_garbage(tfe):
    kept = []

    class Case(tf.test.TestCase):
        @tfe.run_test_in_graph_and_eager_modes(assert_no_eager_garbage=True)
        def test_clean(self):
            self.evaluate(tfe.Variable(1.0).initializer)

        @tfe.run_test_in_graph_and_eager_modes(assert_no_eager_garbage=True)
        def test_cycle(self):
            cycle = []
            cycle.append(cycle)

        @tfe.run_test_in_graph_and_eager_modes(assert_no_eager_garbage=True)
        def test_keeps(self):
            kept.append(tf.constant(1.0))

    results = []
    for test in ("test_clean", "test_cycle", "test_keeps"):
        result = unittest.TestResult()
        Case(test).run(result)
        results.append([len(result.errors), len(result.failures)])
    return results


def infinite():
    return bool(tf.math.is_inf(tf.constant(1.0) / tf.constant(0.0)))


def raises(function):
    """The error's own class differs."""
    try:
        return function()
    except Exception:
        return "raises"


def action(tfe):
    """What is set: "ignore" or "raise"."""
    (value,) = tfe.seterr().values()
    return value.value


@call("ExecutionCallback")
def execution_callback(tfe):
    callback = tfe.ExecutionCallback
    members = [(member.name, member.value) for member in callback]
    return members, callback("raise") is callback.RAISE, outcome(callback, "RAISE")


@call("seterr")
def seterr(tfe):
    callback = tfe.ExecutionCallback
    results = []
    for arguments in ([], ["raise"], [None], [callback.IGNORE], ["ignore"], [callback.RAISE]):
        old = outcome(tfe.seterr, *arguments)
        results.append(([(key, value.name) for key, value in old.items()], raises(infinite)))
    results += [outcome(tfe.seterr, value) for value in ("RAISE", 3, "")]
    results += [outcome(tfe.seterr, inf_or_nan=callback.IGNORE)["inf_or_nan"].name, infinite()]
    return results


@call("errstate")
def errstate(tfe):
    def inside(value):
        with tfe.errstate(inf_or_nan=value) as target:
            return target, action(tfe), raises(infinite)

    values = ("raise", tfe.ExecutionCallback.RAISE, None, "ignore", "bad")
    results = [(outcome(inside, value), action(tfe)) for value in values]
    with tfe.errstate("raise"), tfe.errstate("ignore"):
        results += [infinite()]
    results += [tfe.errstate("raise")(lambda: raises(infinite))(), infinite()]
    with tf.Graph().as_default(), tfe.errstate("raise"):
        results += [action(tfe)]
    return results


@call("add_execution_callback", "clear_execution_callbacks", "inf_nan_callback")
def callbacks(name, tfe):
    results = [tfe.add_execution_callback(tfe.inf_nan_callback), action(tfe), raises(infinite)]
    results += [raises(lambda: bool(tf.sqrt(tf.constant(-1.0)) == 0.0))]
    results += [tfe.clear_execution_callbacks(), action(tfe), infinite()]
    tfe.seterr("raise")
    return results, tfe.clear_execution_callbacks(), action(tfe), infinite()


def outcomes():
    tfe = tfe_of_installed()
    first = first_calls(tfe)
    return {"first calls": first, **{name: plain(CALLS[name](tfe)) for name in sorted(CALLS)}}
