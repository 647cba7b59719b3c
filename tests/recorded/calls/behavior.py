"""Turning eager execution on: when, how often, and with which arguments."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import tensorflow as tf
from recorded.outcomes import outcome, plain, tfe

v1 = tf.compat.v1
CALLS = {}
OF_GRAPHS = set()  # those that TensorFlow 2 only compares with if it starts in graph mode


def call(function):
    CALLS[function.__name__] = function
    return function


def of_graphs(function):
    OF_GRAPHS.add(function.__name__)
    return call(function)


def enable(*arguments, **options):
    return outcome(tfe.enable_eager_execution, *arguments, **options)


def state():
    """What tells TF 1 with eager execution from everything else."""
    x = tf.constant(1.0)
    with ThreadPoolExecutor(1) as thread:
        in_a_new_thread = thread.submit(tf.executing_eagerly).result()
    return {
        "eager": [tf.executing_eagerly(), in_a_new_thread],
        "dimensions": type(tf.ones([2]).shape[0]).__name__,
        "==": type(x == tf.constant(1.0)).__name__,
        "control flow of TF 2": v1.control_flow_v2_enabled(),
        "resource variables": hasattr(v1.get_variable("w", []), "handle"),
        "dtype of a layer": v1.keras.layers.Flatten()(tf.ones([1, 2], tf.float64)).dtype.name,
    }


def settings():
    """What the arguments set."""
    tf.constant(1.0)
    return [
        tf.config.experimental.get_device_policy(),
        tf.config.experimental.get_synchronous_execution(),
        tf.config.threading.get_intra_op_parallelism_threads(),
        tf.config.threading.get_inter_op_parallelism_threads(),
        tf.config.get_soft_device_placement(),
        [device for device in tfe.list_devices() if "XLA" not in device],
    ]


@call
def once():
    return enable(), state()


@call
def twice():
    return enable(), state(), enable(), state()


@call
def one_policy_after_another():
    return [outcome(fork, lambda p=p: (enable(device_policy=p), settings())) for p in range(4)]


@call
def wrong_arguments():
    results = [enable(3), enable({}), enable("config")]
    results += [enable(device_policy=p) for p in (-1, 4, "silent")]
    results += [enable(execution_mode=m) for m in (-1, 2, "async")]
    return results, enable(), state(), settings()


@call
def truth_values():
    return enable(None, True, True), settings()


@call
def asynchronous():
    return enable(execution_mode=tfe.ASYNC), settings(), tfe.async_wait()


@call
def all_arguments():
    config = v1.ConfigProto(
        intra_op_parallelism_threads=2,
        inter_op_parallelism_threads=3,
        allow_soft_placement=True,
        device_count={"CPU": 3, "GPU": 0},
    )
    return enable(config, tfe.DEVICE_PLACEMENT_WARN, tfe.SYNC), settings(), state()


@call
def an_empty_configuration():
    return enable(v1.ConfigProto()), settings()


@call
def gpus_where_there_are_none():
    options = v1.GPUOptions(visible_device_list="5", allow_growth=True)
    return enable(v1.ConfigProto(gpu_options=options, device_count={"GPU": 2})), settings()


@call
def no_processor():
    return enable(v1.ConfigProto(device_count={"CPU": 0})), outcome(tf.constant, 1.0)


@call
def again_with_other_arguments():
    results = [enable(execution_mode=tfe.SYNC), settings()]
    config = v1.ConfigProto(intra_op_parallelism_threads=5, device_count={"CPU": 2})
    return results, enable(config, tfe.DEVICE_PLACEMENT_EXPLICIT, tfe.ASYNC), settings(), state()


@call
def again_with_wrong_arguments():
    return enable(), enable(3, 17, "async"), settings()


@call
def again_with_variables():
    enable()
    v = v1.get_variable("v", initializer=3.0)
    step = v1.train.get_or_create_global_step()
    enable(device_policy=tfe.DEVICE_PLACEMENT_SILENT)
    return v, v1.train.get_global_step() is step, state()


@call
def again_in_a_graph():
    enable()
    with tf.Graph().as_default():
        results = [enable(), tf.executing_eagerly(), tf.constant(1.0).name]
    return results, state()


@call
def again_in_a_function():
    enable()
    traced = []

    @tfe.defun
    def function():
        traced.append([enable(), tf.executing_eagerly()])
        return tf.constant(1.0)

    return function(), traced, state()


@call
def after_a_graph_of_ones_own():
    with tf.Graph().as_default():
        tf.constant(1.0)
    return enable(), state()


@of_graphs
def after_an_operation():
    tf.constant(1.0)
    return enable(), tf.executing_eagerly()


@of_graphs
def after_the_default_graph():
    v1.get_default_graph()
    return enable(), tf.executing_eagerly()


@of_graphs
def after_the_seed():
    v1.set_random_seed(1)
    return enable(), tf.executing_eagerly()


@of_graphs
def after_a_reset():
    tf.constant(1.0)
    v1.reset_default_graph()
    return enable(), state()


@of_graphs
def in_a_graph():
    with tf.Graph().as_default():
        results = [enable(), tf.executing_eagerly(), tf.constant(1.0)]
    return results, tf.executing_eagerly()


@of_graphs
def disabled_in_between():
    enable()
    v1.disable_v2_behavior()
    return tf.executing_eagerly(), enable(), state()


@of_graphs
def disabled_in_between_after_a_variable():
    enable()
    v1.get_variable("v", [])
    v1.disable_v2_behavior()
    return tf.executing_eagerly(), enable(), tf.executing_eagerly()


@call
def remote():
    return outcome(tfe.enable_remote_eager_execution, None, 1, tfe.SYNC), settings(), state()


@of_graphs
def remote_after_an_operation():
    tf.constant(1.0)
    return outcome(tfe.enable_remote_eager_execution), tf.executing_eagerly()


@call
def run():
    seen = []
    ended = outcome(tfe.run, lambda argv: seen.append([argv, state()]), ["train.py", "--steps=3"])
    return ended, seen


@call
def run_after_enabling():
    return enable(), outcome(tfe.run, len, ["train.py"]), state()


@of_graphs
def run_after_an_operation():
    tf.constant(1.0)
    return outcome(tfe.run, len, ["train.py"]), tf.executing_eagerly()


def fork(function):
    """What a function gives in a process of its own."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, json.dumps(plain(outcome(function))).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as result:
        outcome_there = json.loads(result.read() or '"ended"')
    os.wait()
    return outcome_there


def outcomes():
    return {name: fork(function) for name, function in CALLS.items()}
