"""Modules that are assigned to a name."""

from __future__ import annotations

from upgrade_checks import HEAD, NEW, check, check_tf1


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


def test_a_module_that_is_gone_and_is_still_read_where_nothing_replaces_it():
    check_tf1(
        f"{HEAD}layers = tf.contrib.layers\nl2 = layers.l2_regularizer(0.1)\n"
        "def f(x): return layers.fully_connected(x, 3)\n",
        f"{NEW}layers = None  # tensorflow.contrib.layers is gone\n"
        "l2 = tf.keras.regularizers.l2(0.5 * (0.1))\n"
        "def f(x): return layers.fully_connected(x, 3)\n",
        keras3=True,
    )


def test_a_module_that_a_branch_for_another_tensorflow_has_elsewhere():
    text = (
        "if old:\n    nest = {}\nelse:\n    nest = tf.nest\n"
        "def f(x): return nest.flatten(nest.map_structure(g, x))\n"
    )
    check_tf1(HEAD + text.format("tf.contrib.framework.nest"), NEW + text.format("tf.nest"))


def test_a_module_that_is_an_attribute_of_a_class_is_left():
    text = "class Net:\n    slim = tf.contrib.slim\n    def f(self): self.slim.conv2d(1)\n"
    check_tf1(HEAD + text, NEW + text)
