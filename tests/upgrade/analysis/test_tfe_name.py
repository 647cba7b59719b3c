"""The name that rewritten expressions find the module under."""

from __future__ import annotations

from upgrade_checks import EAGER_ALONE, check

from tfe_compat.upgrade.edits import apply
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
        tfe = tfe_compat = 3
        tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe_compat_2
        tfe = tfe_compat = 3
        tfe_compat_2.num_gpus()
        """,
    )


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


def test_a_deleted_name_serves_no_expression():
    text = (
        "import tensorflow as tf\nimport tensorflow.contrib.eager as tfe\n"
        "del tfe\ntf.contrib.eager.run()\n"
    )
    assert apply(text, plan(text, options=EAGER_ALONE).edits).endswith(
        "del tfe\ntfe_compat.run()\n"
    )
