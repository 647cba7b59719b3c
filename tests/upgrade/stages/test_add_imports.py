"""The import that rewritten expressions need, and `import tensorflow.contrib.eager`."""

from __future__ import annotations

from upgrade_checks import check, check_same, rewritten


def test_a_plain_import_goes_on_to_give_tensorflow():
    check(
        """
        import os, tensorflow.contrib.eager  # c
        n = tensorflow.contrib.eager.num_gpus() + tensorflow.zeros([])
        """,
        """
        import os, tensorflow  # c
        import tfe_compat as tfe
        n = tfe.num_gpus() + tensorflow.zeros([])
        """,
    )


def test_a_plain_import_in_a_function_does_not_serve_the_rest():
    check(
        """
        import tensorflow as tf
        def f():
            import tensorflow.contrib.eager
            return tensorflow.contrib.eager.num_gpus()
        tf.contrib.eager.num_gpus()
        """,
        """
        import tensorflow as tf
        import tfe_compat as tfe
        def f():
            import tensorflow
            return tfe.num_gpus()
        tfe.num_gpus()
        """,
    )


def test_it_comes_after_the_docstring_and_future_imports():
    check(
        '''
        #!/usr/bin/env python
        # -*- coding: utf-8 -*-
        """Doc."""

        from __future__ import division
        from __future__ import print_function

        try:
            import tensorflow as tf
        except ImportError:
            tf = None

        def f():
            return tf.contrib.eager.num_gpus()
        ''',
        '''
        #!/usr/bin/env python
        # -*- coding: utf-8 -*-
        """Doc."""

        from __future__ import division
        from __future__ import print_function
        import tfe_compat as tfe

        try:
            import tensorflow as tf
        except ImportError:
            tf = None

        def f():
            return tfe.num_gpus()
        ''',
    )


def test_it_comes_after_the_comments_at_the_top():
    check(
        """
        #!/usr/bin/env python
        # License

        @decorated
        def f():
            import tensorflow as tf
            return tf.contrib.eager.num_gpus()
        """,
        """
        #!/usr/bin/env python
        # License

        import tfe_compat as tfe
        @decorated
        def f():
            import tensorflow as tf
            return tfe.num_gpus()
        """,
    )


def test_it_comes_before_its_first_use():
    check(
        """
        def f():
            import tensorflow as tf
            return tf.contrib.eager.num_gpus()
        f()
        import tensorflow as tf
        """,
        """
        import tfe_compat as tfe
        def f():
            import tensorflow as tf
            return tfe.num_gpus()
        f()
        import tensorflow as tf
        """,
    )


def test_it_goes_into_a_line_of_several_statements():
    check(
        "import tensorflow as tf; n = tf.contrib.eager.num_gpus()\n",
        "import tensorflow as tf; import tfe_compat as tfe; n = tfe.num_gpus()\n",
    )


def test_findings_alone_add_no_import():
    check_same("import tensorflow as tf\ncontrib = tf.contrib\n")


def test_a_notebook_gets_the_import_where_it_is_first_needed():
    text = "0\ntry:\n    import tensorflow as tf\nexcept E: pass\n\ntf.contrib.eager.num_gpus()\n"
    after = text.replace("tf.contrib.eager", "import tfe_compat as tfe\ntfe")
    assert rewritten(text, cells=[0]) == after
