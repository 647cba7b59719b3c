"""The user's options, and what the stages need to know of the program's other files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What to rewrite, from the command line and from where the file is."""

    # Whether to rewrite a program that imports tensorflow and has nothing of tf.contrib, too.
    all_files: bool = False
    keep_tensorflow: bool = False  # whether to leave all that is not tf.contrib.eager's as it is
    keras3: bool = False  # whether the program is to run on Keras 3, and not on TF 1's Keras
    file_name: str = ""
    # The names of modules in the program's folder: of TensorFlow's examples, if the program is
    # one of them.
    beside: frozenset[str] = frozenset()
    # What it imports from other files of the program, as it is written.
    own_modules: frozenset[str] = frozenset()
    is_imported: bool = False  # whether other files of the program import it
    is_package: bool = False  # whether it is the `__init__.py` of a package that is in no other
    # Whether a file that it imports turns eager execution on as it is loaded.
    eager_is_on: bool = False
    legacy_keras: bool = False  # whether another file of the program needs TF 1's Keras


DEFAULT = Options()
