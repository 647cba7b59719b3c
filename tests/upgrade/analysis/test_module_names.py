"""The names that rewritten expressions find tfe_compat and tensorflow under."""

from __future__ import annotations

from upgrade_checks import EAGER_ALONE, check, check_tf1, reported, rewritten

from tfe_compat.upgrade.edits import apply
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan


def test_it_is_not_added_where_the_module_is_imported_already():
    check(
        """
        import tensorflow as tf
        import tensorflow.contrib.eager as e
        tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat as e
        e.num_gpus()
        """,
    )


def test_a_file_that_is_half_migrated_keeps_its_import():
    check(
        """
        import tfe_compat
        import tensorflow as tf
        tf.contrib.eager.num_gpus()
        """,
        """
        import tfe_compat
        import tensorflow as tf
        tfe_compat.num_gpus()
        """,
    )


def test_it_gets_another_name_where_tfe_is_taken():
    check(
        """
        import tensorflow as tf
        tfe = 3
        tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat
        tfe = 3
        tfe_compat.num_gpus()
        """,
    )
    assert reported("tfe = tfe_compat = 3\ntf.contrib.eager.num_gpus()") == [
        "3:1: tf.contrib.eager.num_gpus"
    ]


def test_an_import_that_is_shadowed_at_a_use_does_not_serve_it():
    check(
        """
        import tensorflow as tf
        import tensorflow.contrib.eager as tfe
        def f(tfe):
            return tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat
        import tfe_compat as tfe
        def f(tfe):
            return tfe_compat.num_gpus()
        """,
    )


def test_a_conditional_import_does_not_serve_the_rest():
    check(
        """
        import tensorflow as tf
        if new:
            import tensorflow.contrib.eager as tfe
        tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat
        if new:
            import tfe_compat as tfe
        tfe_compat.num_gpus()
        """,
    )


def test_an_import_that_comes_too_late_moves_up():
    check(
        """
        import tensorflow as tf
        # first of all
        tf.enable_eager_execution()
        tfe = tf.contrib.eager
        tfe.num_gpus()
        """,
        """
        import tensorflow.compat.v1 as tf
        import tfe_compat as tfe
        # first of all
        tfe.enable_eager_execution()
        tfe.num_gpus()
        """,
        Options(),
    )
    cells = "import tensorflow as tf\ntf.enable_eager_execution()\n", "tfe = tf.contrib.eager\n"
    after = rewritten("".join(cells), (0, len(cells[0])), Options())
    assert after == (
        "import tensorflow.compat.v1 as tf\nimport tfe_compat as tfe\n"
        "tfe.enable_eager_execution()\nimport tfe_compat as tfe\n"
    )


def test_where_only_functions_import_tensorflow_it_is_not_imported_at_the_top():
    check_tf1(
        """
        def build():
            from tensorflow.python.framework import load_library
            return load_library.load_op_library("x")

        def version():
            import tensorflow as tf
            from tensorflow.python.framework import ops
            return ops.get_default_graph(), tf.contrib.eager.num_gpus()
        """,
        """
        import tfe_compat as tfe
        def build():
            from tensorflow.python.framework import load_library
            return load_library.load_op_library("x")

        def version():
            import tensorflow.compat.v1 as tf
            return tf.get_default_graph(), tfe.num_gpus()
        """,
    )


def test_a_deleted_name_serves_no_expression():
    text = (
        "import tensorflow as tf\nimport tensorflow.contrib.eager as tfe\n"
        "del tfe\ntf.contrib.eager.run()\n"
    )
    assert apply(text, plan(text, options=EAGER_ALONE).edits).endswith(
        "del tfe\ntfe_compat.run()\n"
    )
