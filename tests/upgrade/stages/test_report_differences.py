"""Findings on names of the module that never were, or that differ where it matters."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, findings, rewritten, source

from tfe_compat.namespace import NAMES
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan

own_table = pytest.mark.usefixtures("table_of_names")


@own_table
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tfe.nope()", "tfe.nope"),
        ("tfe.metrics.Other()", "tfe.metrics.Other"),
        ("tfe.nope", "tfe.nope"),
    ],
)
def test_names_that_never_were(text, expected):
    assert findings(f"import tensorflow.contrib.eager as tfe\nif 1: {text}\n") == [
        f"2:7: {expected}: no public name of tf.contrib.eager in TensorFlow 1.15.5"
    ]


@own_table
def test_names_that_work_are_not_reported():
    uses = "tfe.defun, tfe.metrics.Mean, tfe.__name__, tfe\n"
    assert findings(f"import tensorflow.contrib.eager as tfe\n{uses}") == []


@own_table
def test_names_in_an_import():
    text = "from tensorflow.contrib.eager import defun, Network as N, Variable\n"
    assert findings(text) == [
        "1:45: tfe.Network: no public name of tf.contrib.eager in TensorFlow 1.15.5",
    ]
    # It fails as it stands and it fails rewritten; then at least a second run still reports it.
    assert rewritten(text) == "from tfe_compat import defun, Network as N, Variable\n"


@own_table
def test_in_migrated_code_no_name_is_unknown():
    text = "import tfe_compat as tfe\ntfe.Network, tfe.Variable, tfe.__version__, tfe.upgrade\n"
    assert findings(text) == []


IMPORT = "import tensorflow.contrib.eager as tfe\n"


def differing(text):
    return [finding for finding in findings(IMPORT + text + "\n") if ": differs; " in finding]


@pytest.mark.parametrize(
    "text",
    [
        "tfe.make_template('x', f, create_graph_function_=True)",
        "tfe.Variable(1.0, True, [])",
        "tfe.Variable(1.0, collections=[])",
        "tfe.Variable(1.0, distribute_strategy=None)",
        "tfe.EagerVariableStore(store)",
        "tfe.nan_callback",
        "tfe.add_execution_callback(tfe.inf_callback)",
        "tfe.enable_tracing()",
    ],
)
def test_a_use_that_is_affected_is_reported(text):
    assert len(differing(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "tfe.enable_eager_execution()",
        "tfe.make_template('x', f)",
        "tfe.Variable(1.0, True, name='x')",
        "tfe.EagerVariableStore()",
        "isinstance(x, tfe.Variable)",
        "for x in tfe.Iterator(dataset): x",
        "tfe.add_execution_callback(tfe.inf_nan_callback)",
        "tfe.run_test_in_graph_and_eager_modes",
    ],
)
def test_a_use_that_is_not_affected_is_not(text):
    assert differing(text) == []


def test_the_words_are_those_of_the_table():
    (text,) = (each.text for each in NAMES["enable_tracing"].differences)
    assert differing("tfe.enable_tracing()") == [f"2:1: tfe.enable_tracing: differs; {text}"]


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


def test_a_seed_does_not_reach_keras_3():
    text = f"{HEAD}tf.set_random_seed(1)\ntf.keras.layers.Dense(3)\n"
    (found,) = findings(text, Options(keras3=True))
    assert found.startswith("3:1: tf.set_random_seed: does not seed Keras 3; ")
    assert len(findings(rewritten(text, options=Options(keras3=True)), Options(keras3=True))) == 1
    assert findings(text, Options()) == []
    assert findings(f"{HEAD}tf.set_random_seed(1)\n", Options(keras3=True)) == []
