"""Expressions that mean the module, and give way to its name."""

from __future__ import annotations

import sys

import pytest
from upgrade_checks import EAGER_ALONE, check, findings, reported, rewritten

from tfe_compat.upgrade.files.positions import position_of
from tfe_compat.upgrade.plan import plan

pytestmark = pytest.mark.usefixtures("table_of_names")


@pytest.mark.parametrize(
    ("imported", "module"),
    [
        ("import tensorflow as tf", "tf.contrib.eager"),
        ("import tensorflow", "tensorflow.contrib.eager"),
        ("import tensorflow.compat.v1 as tf", "tf.contrib.eager"),
        ("from tensorflow.compat import v1 as tf", "tf.contrib.eager"),
        ("import tensorflow as tf", "tf.compat.v1.contrib.eager"),
        ("import tensorflow as tf", "tf.contrib.eager.python.tfe"),
        ("import tensorflow.contrib as c", "c.eager"),
        ("from tensorflow import contrib", "contrib.eager"),
        ("from tensorflow import contrib as c", "c.eager"),
    ],
)
def test_every_way_to_reach_the_module(imported, module):
    before = f"{imported}\nx = {module}.num_gpus()\n"
    kept = "" if "contrib" in imported else f"{imported}\n"  # tf.contrib itself is gone
    assert rewritten(before) == f"{kept}import tfe_compat as tfe\nx = tfe.num_gpus()\n"


def test_an_alias_of_tensorflow_by_assignment():
    check(
        """
        import tensorflow
        tf = tensorflow
        tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow
        import tfe_compat as tfe
        tf = tensorflow
        tfe.num_gpus()
        """,
    )


@pytest.mark.parametrize(
    "expression",
    [
        "@{}.defun\ndef f(x: {}.Variable = {}.num_gpus()) -> {}.Variable: pass",
        "class A({}.GradientTape, metaclass={}.defun): x = {}.num_gpus()",
        "[{}.num_gpus() for i in range({}.num_gpus()) if {}.num_gpus()]",
        "f = lambda x={}.num_gpus(): {}.num_gpus()",
        "with {}.GradientTape() as tape, {}.GradientTape(): pass",
        "if (n := {}.num_gpus()) > 1: n",
        "x: {}.Variable = {}.Variable(1)",
        'print(f"{{{}.num_gpus()!r:>{{{}.num_gpus()}}}} tf.contrib.eager")',
        "print(f'{{{}.num_gpus()}}' '{{tf.contrib.eager}}')",
        "match {}.num_gpus():\n    case {}.SYNC: pass\n    case {}.defun(x={}.SYNC): pass",
        "f({}.num_gpus, *{}.list_devices(), **{}.num_gpus())(tf=1, contrib=2)",
        "{}.num_gpus = 3; del {}.num_gpus",
        "e = {} if x else None",
        "a = b = {}",
        "self.e = {}",
        "e: object = {}",
        "e, f = {}, 1",
        "(e := {})",
        "getattr({}, name)",
        "async def f():\n    await {}.defun(f)\n    yield {}.num_gpus",
    ],
)
def test_expressions_of_every_kind(expression):
    before = "import tensorflow as tf\n" + expression.replace("{}", "tf.contrib.eager") + "\n"
    after = "import tensorflow as tf\nimport tfe_compat as tfe\n"
    after += expression.replace("{}", "tfe") + "\n"
    assert rewritten(before.replace("{{", "{").replace("}}", "}")) == (
        after.replace("{{", "{").replace("}}", "}")
    )


@pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of Python 3.12")
def test_quotes_nested_in_an_f_string():
    check(
        """
        import tensorflow as tf
        print(f"{f"{tf.contrib.eager.defun("x")}"}")
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        print(f"{f"{tfe.defun("x")}"}")
        """,
    )


def test_an_assignment_of_the_module_becomes_an_import():
    check(
        """
        import tensorflow as tf
        tfe = tf.contrib.eager  # c
        class A:
            eager = tf.contrib.eager
            def f(self):
                global e
                e = (tf.contrib.
                     eager)
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe  # c
        class A:
            import tfe_compat as eager
            def f(self):
                global e
                import tfe_compat as e
        """,
    )


def test_an_expression_over_several_lines():
    check(
        """
        import tensorflow as tf
        x = (tf.contrib
               .eager
               .num_gpus())
        y = tf. \\
            contrib.eager.num_gpus()
        z = (tf  # the root
             .contrib  # to go
             .eager.num_gpus())
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        x = (tfe
               .num_gpus())
        y = tfe.num_gpus()
        z = (tfe  # the root
               # to go
             .num_gpus())
        """,
    )


def test_two_words_stay_apart():
    check(
        """
        import tensorflow as tf
        def f(): return(tf).contrib.eager
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        def f(): return tfe
        """,
    )


def test_a_name_bound_to_something_else_as_well_is_reported():
    text = "import tensorflow as tf\nif fake:\n    tf = mine\ntf.contrib.eager.num_gpus()\n"
    assert plan(text, options=EAGER_ALONE).edits == ()
    assert findings(text) == [
        "4:1: tf.contrib.eager.num_gpus: not rewritten; 'tf' is bound to something else as well"
    ]


def test_the_module_itself_may_be_set():
    assert reported("tf.contrib.eager = 1") == ["2:1: tf.contrib.eager"]


@pytest.mark.parametrize(
    "text",
    [
        'f"{tf.contrib.eager.run} {tf.contrib.eager.run}"',
        'f"""{\n    tf.contrib.eager.run}"""',
        '"é" f"{tf.contrib.eager.run!r:>{tf.contrib.eager.run}}"',
    ],
)
def test_what_older_pythons_cannot_place_in_an_f_string_is_reported_there(text):
    before = f"import tensorflow as tf\nx = {text}\n"
    after = rewritten(before)
    places = [
        f"{position.line}:{position.column}"
        for finding in plan(before, options=EAGER_ALONE).findings
        if "tell where it stands in the f-string" in finding.message
        for position in (position_of(before, at) for at in (finding.offset, *finding.also))
    ]
    if sys.version_info >= (3, 12):
        assert not places
    assert after.count("tfe.run") + after.count("tf.contrib.eager.run") == text.count("eager.run")
    assert ("tf.contrib.eager.run" in after) is bool(places)
