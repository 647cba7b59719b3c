"""Programs of TF 1 that never turn eager execution on are kept in graph mode."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, NEW, check, check_same, rewritten, source

from tfe_compat.upgrade.options import Options

GRAPH = "tf.disable_v2_behavior()\n"


def becomes(text, **options):
    return rewritten(HEAD + source(text), options=Options(**options))


@pytest.mark.parametrize(
    "text",
    [
        "print(tf.executing_eagerly())\n",
        "for x in range(3): f(x)\n",
        "def main(): pass\nif __name__ == '__main__': main()\n",
        "class T(tf.test.TestCase): pass\n",
        "@tfe.run_all_tests_in_graph_and_eager_modes\nclass T(tf.test.TestCase): pass\n",
    ],
)
def test_a_program_that_never_turns_eager_execution_on(text):
    assert becomes(text) == NEW + GRAPH + text


def test_one_that_does_calls_ours_and_gets_nothing_more():
    for call in ("tf.enable_eager_execution", "tfe.enable_eager_execution"):
        check(
            f"{HEAD}# why\n{call}(config=c)  # so\nprint(1)\n",
            f"{NEW}# why\ntfe.enable_eager_execution(config=c)  # so\nprint(1)\n",
            Options(),
        )
    for text in ("tfe.run(main)\n", "tf.enable_v2_behavior()\nprint(1)\n"):
        assert becomes(text) == NEW + text


def test_a_call_that_is_imported_by_name():
    check(
        """
        from tensorflow.contrib.eager import enable_eager_execution
        from tensorflow.python.framework.ops import enable_eager_execution as e
        enable_eager_execution()
        """,
        """
        from tfe_compat import enable_eager_execution
        from tfe_compat import enable_eager_execution as e
        enable_eager_execution()
        """,
        Options(),
    )


def test_a_program_of_tensorflow_2_that_turns_it_on_is_left():
    check_same("import tensorflow as tf\ntf.compat.v1.enable_eager_execution()\nf()\n", Options())


def test_a_module_gets_nothing():
    text = "x = tf.constant(1)\ndef f(): tf.placeholder(1)\n"
    assert becomes(text) == NEW + text
    text += "print(x)\n"
    assert becomes(text, is_imported=True) == NEW + text
    assert becomes(text, eager_is_on=True) == NEW + text


def test_a_module_that_is_a_program_as_well_gets_it_where_that_starts():
    text = "def main(): pass\nif __name__ == '__main__':\n    main()\n"
    after = text.replace("    main()", f"    {GRAPH}    main()")
    assert becomes(text, is_imported=True) == NEW + after


def test_tests_are_programs_even_if_they_are_imported():
    text = "class T(tf.test.TestCase): pass\n"
    assert becomes(text, is_imported=True) == NEW + GRAPH + text
    text = "def f(): pass\n"
    assert becomes(text, is_imported=True, file_name="conftest.py") == NEW + GRAPH + text
    assert becomes(text, is_imported=True, file_name="net_test.py") == NEW + GRAPH + text


def test_tests_of_both_modes_begin_with_a_graph_unless_they_are_loaded_in_eager_mode():
    text = (
        "class T(tf.test.TestCase):\n"
        "    @tfe.run_test_in_graph_and_eager_modes\n"
        "    def test(self): 0\n"
    )
    run = "if __name__ == '__main__':\n    tfe.enable_eager_execution()\n    tf.test.main()\n"
    assert becomes(text + run) == NEW + GRAPH + text + run
    on = "tfe.enable_eager_execution()\n"
    assert becomes(on + text) == NEW + on + text


def test_it_stands_after_the_imports_and_before_those_of_its_own_files():
    check(
        """
        import os
        import tensorflow as tf
        tfe = tf.contrib.eager
        import sys
        import model
        import time
        print(tfe.num_gpus())
        """,
        """
        import os
        import tensorflow.compat.v1 as tf
        import tfe_compat as tfe
        import sys
        tf.disable_v2_behavior()
        import model
        import time
        print(tfe.num_gpus())
        """,
        Options(own_modules=frozenset(["model"])),
    )


def test_a_program_that_leaves_tensorflow_to_its_files():
    check(
        "import model\nx = model.train()\nprint(x)\n",
        """
        from tensorflow.compat.v1 import disable_v2_behavior
        disable_v2_behavior()
        import model
        x = model.train()
        print(x)
        """,
        Options(all_files=True, own_modules=frozenset(["model"])),
    )


def test_on_one_line():
    text = "import tensorflow as tf; tfe = tf.contrib.eager; print(tfe.num_gpus())\n"
    assert rewritten(text, options=Options()) == (
        "import tensorflow.compat.v1 as tf; import tfe_compat as tfe; tf.disable_v2_behavior(); "
        "print(tfe.num_gpus())\n"
    )


def test_a_notebook():
    text = HEAD + "print(tf.constant(1))\n"
    assert rewritten(text, [0], Options()) == NEW + GRAPH + "print(tf.constant(1))\n"


def test_one_that_asks_for_graph_mode_on_tensorflow_2_only():
    text = (
        "if {}.startswith('2'):\n    tf.disable_v2_behavior()\nx = tf.placeholder(tf.float32)\n"
        "print(x)\n"
    )
    assert becomes(text.format("tf.__version__")) == NEW + GRAPH + text.format('"1.15.5"')


@pytest.mark.parametrize(
    "text",
    [
        "if args.eager:\n    tfe.enable_eager_execution()\nelse:\n    print(1)\n",
        "def main():\n    if eager: tfe.enable_eager_execution()\nsys.exit(main())\n",
        "def main(): pass\ntry:\n    main()\nexcept KeyboardInterrupt:\n    pass\n",
        "import fire\ndef main(): pass\nfire.Fire(main)\n",
        "sess = tf.Session()\n",
    ],
)
def test_a_program_that_may_run_in_graph_mode(text):
    after = becomes("import sys\n" + text)
    assert after.count(GRAPH) == after.count("disable_v2_behavior") == 1
