"""Every name of tf.contrib.eager has its place, works where it should, and says so where not."""

from __future__ import annotations

import importlib
import json
import operator
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import forked_tensorflow
import printed_from_code
import pytest
import tensorflow as tf
from fresh_process import loaded_by
from installed_versions import before
from recorded.calls.namespace import CALLS, FIRST_CALLS
from recorded.comparison import same
from recorded.outcomes import plain
from recorded.record import recorded

import tfe_compat as tfe
from tfe_compat.conformance.comparison import recording
from tfe_compat.namespace import NAMES

# TensorFlow itself leaves errors of asynchronous operations in destructors.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

TESTS = Path(__file__).parents[1]
PACKAGE = Path(tfe.__file__).parent

TF_1_15 = recording("names")["names"]
# dir(tf.contrib.eager.metrics), likewise
METRICS = "Accuracy BinaryAccuracy CategoricalAccuracy Mean Metric SparseAccuracy".split()  # noqa: SIM905
# The "@@" names in tfe.py of TF 1.4 to 1.14 that TF 1.15.5 lacks.
EARLIER = ["CheckpointableSaver", "IsolateTest", "SummaryWriter"]
EARLIER += ["enable_tracing", "flush_trace", "in_graph_mode"]

WORKS = sorted(name for name in NAMES if "." not in name)
SAME = sorted(name for name, entry in NAMES.items() if entry.kind == "same")

# What they do is recorded, and compared, in a file of its own.
ELSEWHERE = {"EagerVariableStore", "Saver", "restore_variables_on_create"}  # test_stores.py
ELSEWHERE |= {"Network", "Sequential"}  # test_network.py
ELSEWHERE |= {"restore_network_checkpoint", "save_network_checkpoint"}

# These do so for the rest of the process.
BRING_TF_1_BACK = {"DEVICE_PLACEMENT_WARN", "enable_eager_execution"}
BRING_TF_1_BACK |= {"enable_remote_eager_execution", "run"}

RECORDED = recorded("namespace")


def tensorflow_path(path):
    """What `tf.some.path` names, or an AttributeError."""
    return operator.attrgetter(path.removeprefix("tf."))(tf)


def test_the_table_has_every_name():
    names = {*TF_1_15, *EARLIER, *(f"metrics.{metric}" for metric in METRICS), "make_vjp"}
    assert set(NAMES) == names


def test_the_entries_are_whole():
    for name, entry in NAMES.items():
        assert entry.kind in ("ours", "same", "rebuilt"), name
        assert entry.target, name
        assert not re.search(r"[\n|]", entry.note), f"{name} would break the table"


def test_all_and_the_type_checkers_see_what_works():
    assert sorted(tfe.__all__) == WORKS
    assert printed_from_code.STUB.read_text() == printed_from_code.stub(), (
        f"run: {printed_from_code.COMMAND}"
    )


def test_no_module_of_the_package_has_a_public_name():
    # Of those that are no module themselves: importing it would set the attribute.
    modules = {path.stem for path in PACKAGE.iterdir()} - {"metrics"}
    assert modules & {name.split(".")[0] for name in NAMES} == set()


@pytest.mark.parametrize("name", SAME)
def test_is_the_thing_itself(name):
    assert getattr(tfe, name) is tensorflow_path(NAMES[name].target)


def test_the_calls_use_every_name_that_tf_1_15_had():
    elsewhere = {"make_vjp", "metrics", *ELSEWHERE, *EARLIER, "inf_callback", "nan_callback"}
    assert set(WORKS) - set(CALLS) == elsewhere - {"in_graph_mode"}


CALLED = [
    pytest.param(name, marks=before("2.6.0", "no gradient of py_func in a tf.function is computed"))
    if name == "py_func"
    else name
    for name in CALLS
]


@pytest.mark.parametrize("name", CALLED)
def test_does_what_tf_1_15_did(name):
    if name in BRING_TF_1_BACK:
        pytest.skip("would change how the tests after it run; the next one calls it")
    try:
        result = plain(CALLS[name](tfe))
    finally:
        tfe.set_execution_mode(tfe.SYNC)
        tfe.clear_execution_callbacks()
    actual, expected = json.loads(json.dumps(result)), RECORDED[name]
    assert same(actual, expected), (actual, expected)


@pytest.mark.multiprocess
@pytest.mark.parametrize("name", CALLED)
def test_does_what_tf_1_15_did_with_its_behavior(name, outcomes_in_tf_1):
    actual, expected = outcomes_in_tf_1("namespace")[name], RECORDED[name]
    assert same(actual, expected), (actual, expected)


@pytest.mark.multiprocess
def test_the_first_call_of_a_process_does_what_tf_1_15_did():
    program = (
        "import json, tfe_compat; from recorded.calls.namespace import first_calls; "
        "print(json.dumps(first_calls(tfe_compat)))"
    )
    path = os.pathsep.join([str(TESTS), str(TESTS.parent), os.environ.get("PYTHONPATH", "")])
    process = forked_tensorflow.run("-c", program, env={**os.environ, "PYTHONPATH": path})
    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout.splitlines()[-1]) == RECORDED["first calls"]


def test_every_name_handed_through_is_tried_as_the_first_call():
    # in_eager_mode is executing_eagerly.
    assert set(SAME) <= {*FIRST_CALLS, "in_eager_mode"}


def test_an_unknown_name_is_a_plain_attribute_error():
    with pytest.raises(AttributeError, match=r"^module 'tfe_compat' has no attribute 'Netwrok'$"):
        tfe.Netwrok  # noqa: B018


@pytest.mark.parametrize("name", [name for name in NAMES if NAMES[name].note])
def test_a_note_names_what_tensorflow_has(name):
    note = NAMES[name].note
    pages = re.findall(r"https://www\.tensorflow\.org/api_docs/python/([\w/]+)", note)
    for path in re.findall(r"(?<![\w/.])tf(?:\.\w+)+", note):
        tensorflow_path(path)
    for page in pages:
        tensorflow_path(page.replace("/", "."))


def test_clear_errors_of_the_rebuilt():
    with pytest.raises(TypeError, match=r"must be a tf.data.Dataset: .*; got list"):
        tfe.Iterator([1, 2])
    with pytest.raises(ValueError, match=r"mode must be .* got 'sync'"):
        tfe.set_execution_mode("sync")
    with pytest.raises(ValueError, match=r"takes a test method; .* got Tens\w+Case, a class"):
        tfe.run_test_in_graph_and_eager_modes(tf.test.TestCase)
    for action in ("print", tfe.ExecutionCallback.WARN):
        with pytest.raises(NotImplementedError, match=r"use ExecutionCallback\.RAISE; got"):
            tfe.seterr(inf_or_nan=action)
    for callback in (print, tfe.inf_callback, tfe.nan_callback):
        with pytest.raises(NotImplementedError, match=r"call tfe\.seterr\(tfe\.ExecutionCallback"):
            tfe.add_execution_callback(callback)
    for callback in (tfe.inf_callback, tfe.nan_callback, tfe.inf_nan_callback):
        with pytest.raises(NotImplementedError, match=f"{callback.__name__} was called"):
            callback("RealDiv", [], None, [tf.constant(1.0)], None)
    with pytest.raises(NotImplementedError, match=r"tf\.profiler\.experimental\.start"):
        tfe.enable_tracing()
    assert tfe.flush_trace() is None
    assert [action.name for action in tfe.seterr().values()] == ["IGNORE"]


def test_errstate_ends_with_an_exception():
    with pytest.raises(KeyError), tfe.errstate("raise"):
        {}.popitem()
    assert [action.name for action in tfe.seterr().values()] == ["IGNORE"]


def test_the_threads_have_their_own_state_of_errors():
    with tfe.errstate("raise"), ThreadPoolExecutor(1) as thread:
        assert tf.math.is_inf(thread.submit(lambda: tf.constant(1.0) / 0.0).result())


@pytest.mark.multiprocess
def test_an_iterator_is_made_without_initializing_tensorflow():
    program = """
import tensorflow as tf, tfe_compat as tfe
tfe.Iterator, tfe.Checkpointable, tfe.seterr()
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
"""
    process = forked_tensorflow.run("-c", program, cwd=TESTS.parent)
    assert process.returncode == 0, process.stderr


def test_keras_optimizers_have_variables_too():
    optimizer = tf.keras.optimizers.SGD(0.1, momentum=0.9)
    optimizer.apply_gradients([(tf.constant(2.0), tf.Variable(1.0))])
    assert len(tfe.get_optimizer_variables(optimizer)) >= 2


@pytest.mark.multiprocess
def test_a_name_is_loaded_on_first_use():
    table = """
import tfe_compat as tfe
import tfe_compat.namespace
hasattr(tfe, "nonsense"), tfe.namespace.as_markdown()
"""
    assert {"tensorflow", "numpy"} & loaded_by(table) == set()
    first_use = """
import tfe_compat as tfe
assert "SYNC" not in vars(tfe)
tfe.SYNC
assert "SYNC" in vars(tfe)
from tfe_compat import *
assert callable(list_devices) and callable(value_and_gradients_function)
"""
    process = forked_tensorflow.run("-c", first_use, cwd=TESTS.parent)
    assert process.returncode == 0, process.stderr


def test_every_submodule_leaves_the_public_names_alone():
    before = {name: getattr(tfe, name) for name in WORKS}
    for path in [*PACKAGE.glob("*.py"), *PACKAGE.glob("rebuilt/*.py")]:
        importlib.import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    assert {name: getattr(tfe, name) for name in WORKS} == before
