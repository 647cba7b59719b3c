"""enable_eager_execution brings TF 1 back: at any time, twice, with any of its arguments."""

from __future__ import annotations

import json
import os
from pathlib import Path

import forked_tensorflow
import pytest
from installed_versions import HAS_LEGACY_KERAS, KERAS_3, legacy_keras
from recorded.record import recorded

TESTS = Path(__file__).parents[1]

pytestmark = pytest.mark.multiprocess


def run(program, legacy_keras=False):
    """What a program prints in a process of its own; it must log no warning."""
    path = os.pathsep.join([str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", "")])
    process = forked_tensorflow.run(
        "-c",
        "import warnings; warnings.simplefilter('error', UserWarning)\n" + program,
        env={
            **os.environ,
            "PYTHONPATH": path,
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_USE_LEGACY_KERAS": "1" if legacy_keras else "0",
        },
    )
    assert process.returncode == 0, process.stderr
    logged = [line for line in process.stderr.splitlines() if "WARNING:tensorflow" in line]
    # AutoGraph of TensorFlow 2.11 warns of every lambda.
    assert [line for line in logged if "Analyzer.lamba_check" not in line] == []
    return process.stdout


def without_layers(value):
    """An outcome without the dtype of a layer, which Keras 3 has its own way to choose."""
    if isinstance(value, dict):
        return {key: without_layers(each) for key, each in value.items() if "layer" not in key}
    return [without_layers(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("start", ["in graph mode", "eagerly"])
@pytest.mark.parametrize("keras", ["legacy Keras", "Keras 3"])
def test_does_what_tf_1_15_did(start, keras):
    if (keras == "Keras 3" and not KERAS_3) or (keras == "legacy Keras" and not HAS_LEGACY_KERAS):
        pytest.skip(f"there is no {keras} here")
    program = f"""
import json
import tensorflow as tf
from recorded.calls import behavior
tf.get_logger().setLevel("ERROR")  # of what the calls use besides
if {start == "in graph mode"}:
    tf.compat.v1.disable_v2_behavior()
else:
    for name in behavior.OF_GRAPHS:  # TensorFlow 2 is in no graph yet
        del behavior.CALLS[name]
print(json.dumps(behavior.outcomes()))
"""
    outcomes = json.loads(run(program, keras == "legacy Keras").splitlines()[-1])
    expected = {name: recorded("behavior")[name] for name in outcomes}
    if keras == "Keras 3":
        outcomes, expected = without_layers(outcomes), without_layers(expected)
    assert outcomes == expected


STATE = """
import os, traceback
import tensorflow as tf
import tfe_compat as tfe
v1 = tf.compat.v1

def tf_1_is_back():
    return (
        tf.executing_eagerly()
        and hasattr(tf.ones([2]).shape[0], "value")
        and (tf.constant(1.0) == tf.constant(1.0)) is False
        and (tf.Variable(1.0) == tf.Variable(1.0)) is False
        and v1.resource_variables_enabled()
        and not v1.control_flow_v2_enabled()
    )

def in_a_process_of_its_own(program):
    print(end="", flush=True)
    if os.fork() == 0:
        try:
            exec(program, globals())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        print(end="", flush=True)
        os._exit(0)
    assert os.wait()[1] == 0, program
"""


@pytest.mark.parametrize("legacy", [False, pytest.param(True, marks=legacy_keras)])
def test_nothing_is_logged(legacy):
    # `run` looks at the log, in which disable_v2_behavior leaves a warning.
    assert run(STATE + "tfe.enable_eager_execution(); print(tf_1_is_back())", legacy) == "True\n"


def test_the_log_is_as_it_was():
    program = """
before = list(tf.get_logger().filters)
tfe.enable_eager_execution()
assert tf.get_logger().filters == before
import logging
seen = []
class Handler(logging.Handler):
    def emit(self, record): seen.append(record.getMessage())
tf.get_logger().addHandler(Handler())
tf.get_logger().propagate = False
tf.get_logger().handlers[:-1] = []
tf.get_logger().warning("still told")
assert seen == ["still told"]
"""
    run(STATE + program)


def test_late_after_a_program_of_tensorflow_2():
    program = """
before = [tf_1_is_back()]
v1.set_random_seed(1)
variable = tf.Variable([1.0, 2.0])
named = v1.get_variable("named", [2])
step = v1.train.get_or_create_global_step()
square = tf.function(lambda x: x * x)
square(variable)
dataset = tf.data.Dataset.range(3)
assert not tf_1_is_back()
for _ in range(2):
    tfe.enable_eager_execution(device_policy=tfe.DEVICE_PLACEMENT_SILENT)
    assert tf_1_is_back()
assert variable.numpy().tolist() == [1.0, 2.0] and named.shape.as_list() == [2]
assert v1.train.get_global_step() is step
assert square(variable).numpy().tolist() == [1.0, 4.0]
assert [element.numpy() for element in tfe.Iterator(dataset)] == [0, 1, 2]
"""
    run(STATE + program)


def test_after_what_tensorflow_itself_refuses():
    # `disable_v2_behavior` and `enable_eager_execution`, run twice with a variable in between,
    # raise "must be called at program startup"; with an argument, a TypeError comes later.
    program = """
for _ in range(2):
    tfe.enable_eager_execution(v1.ConfigProto(), tfe.DEVICE_PLACEMENT_SILENT, tfe.SYNC)
    v1.get_variable("v", [2])
    assert tf_1_is_back()
    v1.get_variable_scope().reuse_variables()
"""
    run(STATE + program)


def test_from_several_threads_at_once():
    program = """
from concurrent.futures import ThreadPoolExecutor
assert not tf_1_is_back()  # TensorFlow itself crashes at times if threads run its first operations
with ThreadPoolExecutor(8) as threads:
    for enabled in [threads.submit(tfe.enable_eager_execution) for _ in range(20)]:
        enabled.result()
    assert all(threads.map(lambda _: tf_1_is_back(), range(8)))
assert tf_1_is_back()
"""
    run(STATE + program)


def test_in_a_function_that_autograph_converts(tmp_path):
    path = tmp_path / "function.py"  # AutoGraph reads it
    path.write_text(
        STATE
        + """
@tf.function
def function(x):
    tfe.enable_eager_execution()
    return x + 1.0

assert function(tf.constant(1.0)).numpy() == 2.0
assert tf_1_is_back()
"""
    )
    run(f"import runpy; runpy.run_path({str(path)!r})")


def test_in_every_order_with_the_others():
    program = """
for first in [
    "tfe.Iterator(tf.data.Dataset.range(2)).next()",
    "tfe.implicit_gradients(lambda: tf.Variable(1.0) * 2.0)()",
    "tfe.defun(lambda: tf.constant(1.0))()",
    "tfe.metrics.Mean()(1.0)",
    "tfe.Network()",
    "tfe.num_gpus()",
    "tfe.set_execution_mode(tfe.ASYNC)",
    "tfe.seterr(tfe.ExecutionCallback.RAISE)",
    "tfe.Saver([tf.Variable(1.0)])",
    "tfe.EagerVariableStore()",
    "tfe.enable_remote_eager_execution()",
    "v1.enable_eager_execution()",
]:
    enable = "tfe.enable_eager_execution(); assert tf_1_is_back()"
    in_a_process_of_its_own("; ".join([first, enable, first, enable]))

tf.get_logger().setLevel("ERROR")  # disable_v2_behavior logs a warning
for own in [
    "v1.disable_v2_behavior()",
    "v1.disable_v2_behavior(); v1.enable_eager_execution()",
    "v1.disable_v2_tensorshape(); v1.disable_tensor_equality(); v1.enable_eager_execution()",
]:
    in_a_process_of_its_own(own + "; tfe.enable_eager_execution(); assert tf_1_is_back()")
"""
    run(STATE + program)


def test_one_warning_names_what_of_config_has_no_effect():
    program = """
import warnings
config = v1.ConfigProto(use_per_session_threads=True, device_count={"CPU": 2})
config.gpu_options.per_process_gpu_memory_fraction = 0.5
config.gpu_options.allow_growth = True
config.graph_options.rewrite_options.constant_folding = 1
config.inter_op_parallelism_threads = 7
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    tfe.enable_eager_execution(config)
(warning,) = caught
assert warning.filename == "<string>"
assert str(warning.message) == (
    "config has no effect in part: TensorFlow 2 has no use for "
    "gpu_options.per_process_gpu_memory_fraction, use_per_session_threads, "
    "graph_options.rewrite_options.constant_folding"
), warning.message
assert tf.config.threading.get_inter_op_parallelism_threads() == 7
assert len(tf.config.list_logical_devices("CPU")) == 2
"""
    run(STATE + program)


def test_one_warning_names_what_of_config_comes_too_late():
    program = """
import warnings
tf.constant(1.0)
config = v1.ConfigProto(
    device_count={"CPU": 2}, intra_op_parallelism_threads=3, log_device_placement=False,
    allow_soft_placement=True,
)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    tfe.enable_eager_execution(config)
    tfe.enable_eager_execution(config)
(warning,) = caught
assert str(warning.message) == (
    "config has no effect in part: TensorFlow has initialized its devices, too early for "
    "device_count, intra_op_parallelism_threads: call tfe.enable_eager_execution before the "
    "first operation"
), warning.message
assert tf_1_is_back()
"""
    run(STATE + program)


def test_what_is_set_already_is_not_too_late():
    program = """
tf.config.threading.set_intra_op_parallelism_threads(3)
(cpu,) = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
tf.constant(1.0)
tfe.enable_eager_execution(
    v1.ConfigProto(device_count={"CPU": 2}, intra_op_parallelism_threads=3)
)
"""
    run(STATE + program)  # where a warning is an error


GPUS = """
gpus, calls = ["first", "second", "third"], []
listed = tf.config.list_physical_devices
tf.config.list_physical_devices = lambda kind: gpus if kind == "GPU" else listed(kind)
tf.config.set_visible_devices = lambda devices, kind: calls.append([kind, *devices])
tf.config.experimental.get_memory_growth = lambda gpu: False
tf.config.experimental.set_memory_growth = lambda gpu, grows: calls.append([gpu, grows])
config = v1.ConfigProto()
"""


def test_the_options_of_gpus():
    program = """
for setting in [
    "gpu_options.visible_device_list = '2,0'",
    "device_count['GPU'] = 1",
    "device_count['GPU'] = 0",
    "gpu_options.allow_growth = True",
    "gpu_options.visible_device_list = '1'; config.gpu_options.allow_growth = True",
]:
    in_a_process_of_its_own(f"config.{setting}; tfe.enable_eager_execution(config); print(calls)")
"""
    assert run(STATE + GPUS + program).splitlines() == [
        "[['GPU', 'third', 'first']]",
        "[['GPU', 'first']]",
        "[['GPU']]",
        "[['first', True], ['second', True], ['third', True]]",
        "[['second', True], ['GPU', 'second']]",
    ]


def test_a_gpu_that_is_not_there():
    program = """
config.gpu_options.visible_device_list = "1,3"
try:
    tfe.enable_eager_execution(config)
except ValueError as error:
    print(error)
"""
    assert run(STATE + GPUS + program) == (
        "gpu_options.visible_device_list must have indices of GPUs, of which there are 3; "
        "got '1,3'\n"
    )


def test_clear_errors():
    program = """
import contextlib
for arguments in [[{}], [None, 4], [None, None, "async"]]:
    try:
        tfe.enable_eager_execution(*arguments)
    except (TypeError, ValueError) as error:
        print(error)
assert not tf_1_is_back()
v1.disable_eager_execution()
tf.constant(1.0)
try:
    tfe.enable_eager_execution()
except ValueError as error:
    print(error)
graph = v1.get_default_graph()
assert len(graph.get_operations()) == 1  # it is still there
"""
    config, policy, mode, graph = run(STATE + program).splitlines()
    assert config == "config must be a tf.compat.v1.ConfigProto or None; got dict"
    assert policy == "device_policy must be None or one of tfe.DEVICE_PLACEMENT_*; got 4"
    assert mode == "execution_mode must be None, tfe.SYNC or tfe.ASYNC; got 'async'"
    assert "can't be turned on after the default graph has been used: call tfe." in graph


def test_tf_keras_may_be_missing():
    program = """
import sys
sys.modules["tf_keras"] = sys.modules["keras"] = None
tfe.enable_eager_execution()
assert tf_1_is_back()
"""
    run(STATE + program, legacy_keras=True)


def test_a_program_of_tensorflow_2_is_unchanged():
    """It imports the package, and uses the gradient functions and more of it."""
    program = """
import tensorflow as tf
{use}
tf.random.set_seed(1)
x, v = tf.constant([1.0, 2.0]), tf.Variable(1.0)
dense = tf.keras.layers.Dense(2, kernel_initializer="ones")
print(tf.ones([2, 3]).shape, type(tf.ones([2, 3]).shape[0]).__name__, (x == x).numpy())
print(tf.random.uniform([2]).numpy(), tf.random.normal([2]).numpy(), v.__hash__ is None)
print(dense(tf.ones([1, 2], tf.float64)).dtype, tf.compat.v1.control_flow_v2_enabled())
print(list(tf.data.Dataset.range(5).shuffle(5, seed=1).as_numpy_iterator()))
print(tf.compat.v1.resource_variables_enabled(), tf.executing_eagerly())
print(tf.keras.initializers.GlorotUniform(seed=1)([2]).numpy(), tf.nn.dropout(x, 0.5).numpy())
"""
    use = """
import tfe_compat as tfe
import tfe_compat.metrics, tfe_compat.summary, tfe_compat.training
for name in tfe.__all__:
    getattr(tfe, name)
w = tf.Variable(2.0)
tfe.value_and_gradients_function(lambda x: x * x)(3.0)
tfe.implicit_value_and_gradients(lambda x: w * x)(3.0)
tfe.make_vjp(lambda x: x * x)(3.0)[1]()
tfe.defun(lambda x: x)(1.0), tfe.Iterator(tf.data.Dataset.range(2)).next()
tfe.metrics.Mean()(1.0), tfe.num_gpus(), tfe.executing_eagerly()
"""
    assert run(program.format(use=use)) == run(program.format(use=""))
