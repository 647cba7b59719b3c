"""Import statements, rewritten where they stand."""

from __future__ import annotations

import pytest
from upgrade_checks import HEAD, NEW, check, check_tf1, reported, rewritten

pytestmark = pytest.mark.usefixtures("table_of_names")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import tensorflow.contrib.eager as tfe", "import tfe_compat as tfe"),
        ("import tensorflow.contrib.eager", "import tensorflow"),
        ("import tensorflow.compat.v1.contrib.eager as e", "import tfe_compat as e"),
        ("import tensorflow.contrib.eager.python.tfe as tfe", "import tfe_compat as tfe"),
        ("import os, tensorflow.contrib.eager as tfe, sys", "import os, tfe_compat as tfe, sys"),
        ("from tensorflow.contrib import eager", "import tfe_compat as eager"),
        ("from tensorflow.contrib import eager as tfe", "import tfe_compat as tfe"),
        ("from tensorflow.contrib import eager as tfe_compat", "import tfe_compat"),
        ("from tensorflow.contrib.eager.python import tfe", "import tfe_compat as tfe"),
        ("from tensorflow.contrib.eager.python import tfe as e", "import tfe_compat as e"),
        (
            "from tensorflow.contrib.eager import defun, Variable as V",
            "from tfe_compat import defun, Variable as V",
        ),
        ("from tensorflow.contrib.eager.python.tfe import defun", "from tfe_compat import defun"),
        (
            "from tensorflow.contrib.eager import (\n    defun,  # c\n)",
            "from tfe_compat import (\n    defun,  # c\n)",
        ),
        (
            "from tensorflow.contrib.eager import defun, \\\n    num_gpus",
            "from tfe_compat import defun, \\\n    num_gpus",
        ),
    ],
)
def test_an_import_is_rewritten_in_place(before, after):
    assert rewritten(before + "\n") == after + "\n"


def test_names_of_contrib_beside_eager_keep_their_import():
    check(
        "from tensorflow.contrib import eager as tfe, slim as s\n",
        """
        from tensorflow.contrib import slim as s
        import tfe_compat as tfe
        """,
    )


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ("slim, eager as tfe", "slim"),
        ("slim, eager as tfe, rnn", "slim, rnn"),
        ("slim, \\\n    eager as tfe", "slim"),
        ("(eager as tfe, slim)", "(slim)"),
        ("(slim, eager as tfe,)", "(slim,)"),
        ("(\n    slim,\n    eager as tfe,\n)", "(\n    slim,\n)"),
        ("(\n    eager as tfe,  # a\n    slim,  # b\n)", "(\n      # a\n    slim,  # b\n)"),
        ("(\n    slim,  # b\n    eager as tfe,  # a\n)", "(\n    slim,  # b\n      # a\n)"),
        ("(slim,  # b\n    eager as tfe)", "(slim,  # b\n    )"),
        ("(eager as tfe  # a\n    , slim)", "(  # a\n     slim)"),
        ("(slim,  # b\n    eager as tfe, eager as tfe)", "(slim,  # b\n    )"),
        ("(slim,  # b\n    eager as tfe,  # a\n    eager as tfe)", "(slim,  # b\n      # a\n    )"),
    ],
)
def test_eager_is_taken_out_of_an_import_of_several(names, left):
    module = "from tensorflow.contrib import "
    assert rewritten(f"{module}{names}\n") == f"{module}{left}\nimport tfe_compat as tfe\n"


def test_the_comments_of_an_import_that_becomes_shorter_move_to_its_end():
    check(
        """
        from tensorflow.contrib import (  # one
            eager as tfe,  # two
        )  # three
        """,
        """
        import tfe_compat as tfe  # one  # two  # three
        """,
    )


def test_both_names_of_one_import_are_kept():
    check(
        "from tensorflow.contrib import eager, eager as tfe\n",
        """
        import tfe_compat as eager
        import tfe_compat as tfe
        """,
    )


def test_statements_on_one_line_stay_there():
    check(
        "import os; from tensorflow.contrib import eager, slim; x = 1  # c\n",
        "import os; from tensorflow.contrib import slim; import tfe_compat as eager; x = 1  # c\n",
    )


def test_an_import_after_a_colon():
    check(
        "if new: from tensorflow.contrib import eager, slim\n",
        "if new: from tensorflow.contrib import slim; import tfe_compat as eager\n",
    )


def test_an_optional_import():
    check(
        """
        try:
            import tensorflow as tf
            from tensorflow.contrib import eager as tfe, slim
        except ImportError:
            tfe = None
        """,
        """
        try:
            import tensorflow as tf
            from tensorflow.contrib import slim
            import tfe_compat as tfe
        except ImportError:
            tfe = None
        """,
    )


def test_imports_in_functions_classes_and_conditions():
    check(
        """
        if TYPE_CHECKING:
            import tensorflow.contrib.eager as tfe
        class A:
            from tensorflow.contrib import eager
            def f(self):
                from tensorflow.contrib.eager import defun
        """,
        """
        if TYPE_CHECKING:
            import tfe_compat as tfe
        class A:
            import tfe_compat as eager
            def f(self):
                from tfe_compat import defun
        """,
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from tensorflow.contrib.eager import *", "2:1: from tensorflow.contrib.eager import *"),
        ("from tensorflow.contrib import *\neager", "2:1: from tensorflow.contrib import *"),
    ],
)
def test_an_import_of_all_names_is_reported(text, name):
    assert reported(text)[:1] == [name]


def test_modules_of_the_program_with_names_of_tensorflow_are_left():
    text = "from package import estimator, contrib\nfrom package.estimator import build\n"
    check_tf1(HEAD + text, NEW + text)


def test_a_module_of_contrib_that_was_one_of_tensorflow_itself():
    check_tf1(
        f"{HEAD}from tensorflow.contrib.tpu.python.tpu import tpu_function\n"
        "import tensorflow.contrib.tpu.python.ops.tpu_ops as ops\ntpu_function, ops\n",
        f"{NEW}from tensorflow.python.tpu import tpu_function\n"
        "import tensorflow.python.tpu.ops.tpu_ops as ops\ntpu_function, ops\n",
    )
