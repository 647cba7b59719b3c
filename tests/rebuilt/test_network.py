"""Network, Sequential, and the functions that save and restore them, do what TF 1.15.5 did."""

from __future__ import annotations

import gc
import json
import weakref
from pathlib import Path

import forked_tensorflow
import numpy as np
import pytest
import tensorflow as tf
from installed_versions import KERAS_3, keras_3, legacy_keras
from recorded.calls.network import CALLS, KERAS_2, classes, dense, one, written_network
from recorded.calls.stores import fresh
from recorded.comparison import same
from recorded.outcomes import plain
from recorded.record import checkpoint, recorded

import tfe_compat as tfe

RECORDED = recorded("network")
WRITTEN = checkpoint("network", "network")


@pytest.mark.parametrize("name", sorted(CALLS if KERAS_3 else {**CALLS, **KERAS_2}))
def test_does_what_tf_1_15_did(name):
    fresh()
    result = plain({**CALLS, **KERAS_2}[name](tfe))
    actual, expected = json.loads(json.dumps(result)), RECORDED[name]
    assert same(actual, expected), (actual, expected)


@legacy_keras
@pytest.mark.multiprocess
@pytest.mark.parametrize("name", sorted([*CALLS, *KERAS_2]))
def test_does_what_tf_1_15_did_with_legacy_keras(name, outcomes_with_legacy_keras):
    actual, expected = outcomes_with_legacy_keras("network")[name], RECORDED[name]
    assert same(actual, expected), (actual, expected)


@legacy_keras
@pytest.mark.multiprocess
@pytest.mark.parametrize("name", sorted([*CALLS, *KERAS_2]))
def test_does_what_tf_1_15_did_with_its_behavior(name, outcomes_in_tf_1):
    actual, expected = outcomes_in_tf_1("network")[name], RECORDED[name]
    assert same(actual, expected), (actual, expected)


@pytest.mark.parametrize("built", [False, True])
def test_restores_a_file_of_tf_1_15(built):
    fresh()
    network = classes(tfe)[1]()
    if built:
        network(one())
    tfe.restore_network_checkpoint(network, WRITTEN)
    network(one())
    for i, variable in enumerate(network.variables):
        np.testing.assert_array_equal(variable, np.full(variable.shape, i))


def test_writes_the_names_and_values_of_tf_1_15(tmp_path):
    fresh()
    path = tfe.save_network_checkpoint(written_network(tfe), str(tmp_path))
    here, there = tf.train.load_checkpoint(path), tf.train.load_checkpoint(WRITTEN)
    assert here.get_variable_to_shape_map() == there.get_variable_to_shape_map()
    for name in there.get_variable_to_shape_map():
        np.testing.assert_array_equal(here.get_tensor(name), there.get_tensor(name))


def test_saver_and_new_variables_take_the_same_names(tmp_path):
    fresh()
    network = classes(tfe)[0]("net")
    result = network(one())
    path = tfe.Saver(network.variables).save(str(tmp_path / "ckpt"))
    assert "net/dense_1/kernel" in dict(tf.train.list_variables(path))
    network.variables[0].assign([[0.0, 0.0], [0.0, 0.0]])
    tfe.Saver(network.variables).restore(path)
    np.testing.assert_array_equal(network(one()), result)
    fresh()
    with tfe.restore_variables_on_create(path):
        np.testing.assert_array_equal(classes(tfe)[0]("net")(one()), result)


def test_layers_of_keras_are_tracked_by_names_of_their_own():
    fresh()
    tf.keras.layers.Dense(1)
    layers = [tf.keras.layers.Dense(1), tf.keras.layers.Dense(1, name="given")]
    network = tfe.Sequential([tf.keras.layers.Flatten(), *layers], name="net")
    network(one())
    names = [f"net/{layer}/{name}:0" for layer in ("dense", "given") for name in ("kernel", "bias")]
    assert [variable.name for variable in network.variables] == names
    assert all(isinstance(variable, tf.Variable) for variable in network.variables)
    outer = tfe.Sequential([tfe.Sequential([tf.keras.layers.Dense(1)])])
    outer(one())
    assert outer.variables[0].name == "sequential/sequential/dense/kernel:0"


def test_float64_stays_float64():
    class Doubled(tfe.Network):
        def call(self, x):
            return 2.0 * x

    assert Doubled()(tf.constant(1.0, tf.float64)).dtype == tf.float64


def test_a_network_is_an_object_of_a_checkpoint(tmp_path):
    network = classes(tfe)[0]()
    network(one())
    checkpoint = tf.train.Checkpoint(network=network)
    path = checkpoint.write(str(tmp_path / "ckpt"))
    before = plain(network.variables)
    network.variables[0].assign([[0.0, 0.0], [0.0, 0.0]])
    checkpoint.restore(path)
    assert plain(network.variables) == before


def test_a_network_is_freed():
    network = classes(tfe)[0]()
    network(one())
    reference = weakref.ref(network)
    del network
    gc.collect()
    assert reference() is None


def test_a_network_is_called_in_a_function():
    network = classes(tfe)[0]()
    call = tfe.defun(network)
    np.testing.assert_allclose(call(one()), network(one()), rtol=1e-6)


@keras_3
def test_an_explicit_name_that_keras_could_have_made_is_replaced():
    network = tfe.Sequential([dense(name="dense_7"), dense(name="other_7")])
    assert [layer.name for layer in network.layers] == ["dense", "other_7"]


def test_clear_errors():
    network = tfe.Sequential(name="net")
    with pytest.raises(TypeError, match=r"track_layer takes a layer; got int"):
        network.track_layer(3)
    with pytest.raises(TypeError, match=r"add takes a layer or a function; got str"):
        network.add("relu")
    with pytest.raises(ValueError, match=r"no layer named 'x'"):
        network.get_layer("x")


@legacy_keras
@pytest.mark.multiprocess
def test_keras_is_chosen_when_network_is_first_used():
    program = """
import os, sys
import tfe_compat as tfe
tfe.Saver([]), dir(tfe), tfe.EagerVariableStore, tfe.restore_variables_on_create
from tfe_compat.rebuilt import saver, variable_store
os.environ["TF_USE_LEGACY_KERAS"] = "1"
assert "Model" in [base.__name__ for base in tfe.Network.__mro__]
assert not hasattr(sys.modules["tensorflow"].keras, "Variable")  # this is Keras 2
"""
    root = Path(__file__).parents[2]
    process = forked_tensorflow.run("-c", program, cwd=root)
    assert process.returncode == 0, process.stderr
