"""TF 1's behavior comes back with eager execution, or with graphs."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, KERAS, NEW, check_same, check_tf1

from tfe_compat.upgrade.edits import apply
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan

BACK = "{0}tf.disable_v2_tensorshape()\n{0}tf.disable_tensor_equality()\n"


@pytest.mark.parametrize(
    "call",
    ["tf.enable_eager_execution()", "tfe.enable_eager_execution(config=c)", "tfe.run(main)"],
)
def test_before_eager_execution_is_turned_on(call):
    check_tf1(f"{HEAD}{call}  # c\n", f"{NEW}{BACK.format('')}{call}  # c\n")
    text = "def main():\n    x = 1\n{}    {}\n"
    check_tf1(HEAD + text.format("", call), NEW + text.format(BACK.format("    "), call))


def test_on_one_line():
    check_tf1(
        f"{HEAD}if e: tf.enable_eager_execution(); f()\n",
        f"{NEW}if e: tf.disable_v2_tensorshape(); tf.disable_tensor_equality(); "
        "tf.enable_eager_execution(); f()\n",
    )


def test_without_a_name_for_tensorflow():
    check_tf1(
        """
        from tensorflow.contrib.eager import enable_eager_execution
        enable_eager_execution()
        """,
        """
        from tfe_compat import enable_eager_execution
        from tensorflow.compat.v1 import disable_v2_tensorshape, disable_tensor_equality
        disable_v2_tensorshape()
        disable_tensor_equality()
        enable_eager_execution()
        """,
    )


def test_a_program_that_makes_graphs_is_kept_in_graph_mode():
    after = NEW.replace("tf\n", "tf\ntf.disable_v2_behavior()\n", 1)
    check_tf1(HEAD + "s = tf.Session()\n", after + "s = tf.Session()\n")


def test_a_module_that_makes_graphs_as_a_program_leaves_its_importer_in_eager_mode():
    graph = "def f():\n    tf.placeholder(1)\nif __name__ == '__main__': f()\n"
    only = 'tf\nif __name__ == "__main__": tf.disable_v2_behavior()\n'
    check_tf1(HEAD + graph, NEW.replace("tf\n", only, 1) + graph)


def test_what_only_the_main_program_makes_is_no_graph_of_the_module():
    graph = "if __name__ == '__main__':\n    tf.Session()\n"
    only = 'tf\nif __name__ == "__main__": tf.disable_v2_behavior()\n'
    check_tf1(HEAD + graph, NEW.replace("tf\n", only, 1) + graph)


def test_what_another_program_than_main_makes_is_a_graph_of_the_module():
    graph = "if __name__ == '__main__':\n    pass\nelse:\n    tf.Session()\n"
    check_tf1(HEAD + graph, NEW.replace("tf\n", "tf\ntf.disable_v2_behavior()\n", 1) + graph)


def test_beside_another_import():
    before = "import os; import tensorflow as tf\ntfe = tf.contrib.eager\n"
    graph = "def f():\n    tf.Session()\nif __name__ == '__main__': f()\n"
    check_tf1(
        before + graph,
        "import os; import tensorflow.compat.v1 as tf; "
        '__name__ == "__main__" and tf.disable_v2_behavior()\nimport tfe_compat as tfe\n' + graph,
    )


def test_a_module_of_tests_that_make_graphs_is_kept_in_graph_mode_under_pytest_too():
    tests = "def f():\n    tf.placeholder(1)\nif __name__ == '__main__': tf.test.main()\n"
    check_tf1(HEAD + tests, NEW.replace("tf\n", "tf\ntf.disable_v2_behavior()\n", 1) + tests)


def test_a_module_for_either_mode_is_left_to_the_program_that_imports_it():
    text = "def f():\n    return tf.placeholder(1)\n"
    check_tf1(HEAD + text, NEW + text)


def test_a_choice_of_the_program_itself_is_left():
    text = "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\ntf.Session()\n"
    check_same(text, Options(all_files=True))


def test_layers_of_tf_1_take_the_type_of_their_inputs():
    dtype = "tf.keras.layers.disable_v2_dtype_behavior()\n"
    text = "tf.enable_eager_execution()\ntf.layers.Dense(1)\n"
    check_tf1(HEAD + text, KERAS + NEW + BACK.format("") + dtype + text)


def test_tests_that_run_in_both_modes_keep_eager_execution():
    text = (
        "import tensorflow as tf\n"
        "import tensorflow.contrib.eager as tfe\n"
        "class T(tf.test.TestCase):\n"
        "    @tfe.run_test_in_graph_and_eager_modes\n"
        "    def test(self): tf.placeholder(tf.float32)\n"
        "if __name__ == '__main__': tf.test.main()\n"
    )
    assert "disable_v2_behavior" not in apply(text, plan(text).edits)


def test_a_call_in_an_elif():
    text = (
        "import tensorflow as tf\n"
        "tfe = tf.contrib.eager\n"
        "if tf.test:\n"
        "    pass\n"
        "elif tf.enable_eager_execution():\n"
        "    pass\n"
    )
    assert "tf.disable_tensor_equality()\nif tf.test:\n" in apply(text, plan(text).edits)
