"""What is asked of the stages, by the command line's options for the most part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What to rewrite.

    Attributes:
        all_files: Whether to rewrite a program that imports tensorflow and has nothing of
            tf.contrib.eager, too.
        keep_tensorflow: Whether to leave all that is not tf.contrib.eager's as it is.
        keras3: Whether the program is to run on Keras 3, and not on TF 1's Keras.
        beside: The names of modules in the program's folder: of TensorFlow's examples, if the
            program is one of them.
    """

    all_files: bool = False
    keep_tensorflow: bool = False
    keras3: bool = False
    beside: frozenset[str] = frozenset()


DEFAULT = Options()
