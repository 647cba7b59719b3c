"""Findings on names that differ: only where a use is affected, once for each name."""

from __future__ import annotations

import pytest

pytest.importorskip("libcst")

from upgrade_checks import findings, source

from tfe_compat.namespace import NAMES
from tfe_compat.upgrade.conditions import CONDITIONS, UNSEEN
from tfe_compat.upgrade.rewrite import plan

IMPORT = "import tensorflow.contrib.eager as tfe\n"

AFFECTED = [
    "tfe.enable_eager_execution(config=config)",
    "tfe.enable_eager_execution(None, tfe.DEVICE_PLACEMENT_WARN)",
    "tfe.enable_eager_execution(execution_mode=tfe.ASYNC)",
    "tfe.enable_remote_eager_execution(config)",
    "try: f(tfe.ASYNC)\nexcept (ValueError, RuntimeError): pass",
    "try: tfe.async_wait()\nexcept E: tf.experimental.async_clear_error()",
    "with self.assertRaises(E):\n  tfe.async_wait()\nasync_clear_error()",
    "[d for d in tfe.list_devices() if 'XLA_CPU:0' not in d]",
    "s.default_session_config.CopyFrom(c); tfe.set_server_def(s)",
    "@tfe.defun\ndef f(): return v.append(tf.Variable(1.0))",
    "def f(): tf.get_variable('x', [])\ng = tfe.defun(f)",
    "g = tfe.defun(lambda: tf.Variable(1.0))",
    "@tfe.defun(input_signature=[s])\ndef f(x): pass\nwith self.assertRaises(ValueError): f(1)",
    "try: tfe.function(f, [s])(1)\nexcept ValueError: pass",
    "tfe.make_template('x', f, create_graph_function_=True)",
    "tfe.Variable(1.0, True, [])",
    "tfe.Variable(1.0, collections=[])",
    "tfe.Variable(1.0, distribute_strategy=None)",
    "tfe.EagerVariableStore(store)",
    "tfe.EagerVariableStore(); tf.get_variable('x', custom_getter=g)",
    "isinstance(x, (A, tfe.Checkpointable))",
    "tfe.CheckpointableSaver(x).save('y').decode()",
    "try: tfe.restore_variables_on_create(p)\nexcept tf.errors.InvalidArgumentError: pass",
    "try: tf.train.Checkpoint(x=tfe.Network())\nexcept NotImplementedError: pass",
    "class M(tfe.metrics.Metric):\n  def build(self): self.submodules = []",
    "class M(tfe.metrics.Metric):\n  def name_scope(self): pass",
    "tfe.seterr(tfe.ExecutionCallback.PRINT)",
    "tfe.seterr(inf_or_nan='warn')",
    "tfe.errstate('print')",
    "tfe.add_execution_callback(f)",
    "tfe.nan_callback",
    "tfe.inf_callback",
    "tfe.inf_nan_callback(1)",
    "tfe.enable_tracing()",
    "tf.disable_eager_execution(); tfe.run_test_in_graph_and_eager_modes",
    "tf.disable_eager_execution(); tfe.run_all_tests_in_graph_and_eager_modes",
]

UNAFFECTED = [
    "tfe.enable_eager_execution()",
    "tfe.enable_eager_execution(None, tfe.DEVICE_PLACEMENT_SILENT, execution_mode=tfe.SYNC)",
    "with tfe.execution_mode(tfe.ASYNC): f()",
    "tfe.async_wait()",
    "print(tfe.list_devices())",
    "tfe.set_server_def(s)",
    "@tfe.defun\ndef f():\n  if v is None: v = tf.Variable(1.0)",
    "@tfe.defun(input_signature=[s])\ndef f(x): return x",
    "tfe.make_template('x', f)",
    "tfe.Variable(1.0, True, name='x')",
    "isinstance(tfe.Variable(1.0), float)",
    "for x in tfe.Iterator(dataset): x",
    "class A(tfe.Checkpointable): pass",
    "class M(tfe.metrics.Metric):\n  def build(self): self.total = 0",
    "tfe.Checkpoint(x=x).save('y')",
    "tfe.add_execution_callback(tfe.inf_nan_callback)",
    "tfe.seterr(inf_or_nan='raise')",
    "tfe.run_test_in_graph_and_eager_modes",
]


def differing(text):
    return [finding for finding in findings(IMPORT + text + "\n") if ": differs; " in finding]


@pytest.mark.parametrize("text", AFFECTED)
def test_a_use_that_is_affected_is_reported(text):
    assert len(differing(text)) == 1


@pytest.mark.parametrize("text", UNAFFECTED)
def test_a_use_that_is_not_affected_is_not(text):
    assert differing(text) == []


def test_each_condition_is_tested():
    tried = " ".join(AFFECTED)
    assert all(f"tfe.{name}" in tried for name in CONDITIONS)


def test_each_name_with_a_note_has_a_condition_or_can_not_be_seen():
    noted = {name for name, entry in NAMES.items() if entry.note}
    assert noted <= CONDITIONS.keys() | UNSEEN.keys()
    assert not CONDITIONS.keys() & UNSEEN.keys()
    assert CONDITIONS.keys() | UNSEEN.keys() <= NAMES.keys()


def test_what_was_imported_by_name_is_followed():
    text = "from tensorflow.contrib.eager import Variable as V, metrics\n"
    assert findings(f"{text}V(1.0)\nmetrics.Mean()\n") == []
    assert [each[:20] for each in findings(f"{text}V(1.0, True, [])\n")] == ["2:1: tfe.Variable: d"]


def test_a_name_is_reported_once_with_all_its_places():
    text = source("""
        import tfe_compat as tfe
        tfe.Variable(1.0, True, [])
        tfe.Variable(2.0, True, [])
    """)
    (finding,) = plan(text).findings
    assert (text[finding.offset :][:16], finding.also) == ("tfe.Variable(1.0", (53,))
