"""Whether a program is one of TF 1, and whether it needs TF 1's Keras."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence

from tfe_compat.upgrade.analysis.meaning import imported, module_of, used_paths
from tfe_compat.upgrade.analysis.references import references
from tfe_compat.upgrade.syntax.imports import Import
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.tables.paths import EAGER, KERAS, TENSORFLOW, within

_BUILD = "_set_inputs"
_KERAS = (
    KERAS,
    f"{TENSORFLOW}.layers",
    f"{TENSORFLOW}.nn.rnn_cell",
    f"{TENSORFLOW}.nn.dynamic_rnn",
    *(f"{TENSORFLOW}.python.{name}" for name in ("keras", "layers", "ops.rnn_cell", "ops.rnn")),
    *(f"{TENSORFLOW}.contrib.{name}" for name in ("keras", "rnn")),
    *(
        f"{TENSORFLOW}.contrib.layers.{name}"
        for name in ("flatten", "l1_regularizer", "l2_regularizer")
    ),
    f"{TENSORFLOW}.contrib.cudnn_rnn.CudnnCompatibleLSTMCell",
    *(f"{EAGER}.{name}" for name in ("Network", "Sequential")),
)
_INSTALLED = {
    *getattr(sys, "stdlib_module_names", ("os", "sys", "time", "re", "math", "collections")),
    *("IPython", "PIL", "absl", "cv2", "future", "gym", "h5py", "imageio", "matplotlib", "numpy"),
    *("pandas", "past", "requests", "scipy", "seaborn", "six", "skimage", "sklearn", "tensorflow"),
    *("tfe_compat", "tqdm", "urllib2"),
}
_SAME_IN_KERAS_3 = tuple(
    f"{keras}.{name}"
    for keras in (KERAS, f"{TENSORFLOW}.python.keras")
    for name in ("datasets", "utils.get_file", "utils.to_categorical")
)


@view
def is_tf1(program: Program) -> bool:
    """Says whether the program's use of TensorFlow is to be taken for that of TF 1."""
    if program.options.keep_tensorflow:
        return False
    if program.options.all_files or references(program):
        return any(map(imports_tensorflow, program.imports))
    return any(
        within(path, EAGER)
        for statement in program.imports
        for alias in statement.names
        for path in (imported(alias), alias.name)
    )


def imports_tensorflow(statement: Import) -> bool:
    """Says whether statement imports tensorflow, a module in it, or a name of these."""
    if statement.is_from:
        found = [module_of(statement)]
    else:
        found = [imported(alias) for alias in statement.names]
    return any(path.partition(".")[0] == TENSORFLOW for path in found)


@view
def needs_legacy_keras(program: Program) -> bool:
    """Says whether the program uses what only TF 1's Keras has, or does as TF 1 did.

    A main program that imports modules of its own says yes for them: where they come to ask for
    TF 1's Keras, tensorflow is imported, and tf.layers has made its choice.
    """
    if program.options.keras3 or not is_tf1(program):
        return False
    return (
        bool(model_builds(program))
        or _starts_other_modules(program)
        or any(
            any(within(path, use) for use in _KERAS)
            and not any(within(path, same) for same in _SAME_IN_KERAS_3)
            for path in _used(program)
        )
    )


def model_builds(program: Program) -> Sequence[ast.Call]:
    """Returns the calls of Keras' private method that builds a model."""
    if any(each.name == _BUILD for each in program.nodes(ast.FunctionDef)):
        return ()
    return [
        call
        for call in program.nodes(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr == _BUILD
    ]


def _starts_other_modules(program: Program) -> bool:
    if "__main__" not in program.text and "enable_eager_execution" not in program.text:
        return False
    return any(
        statement.level or imported(alias).partition(".")[0] not in _INSTALLED
        for statement in program.imports
        for alias in statement.names
    )


def _used(program: Program) -> Iterator[str]:
    for statement in program.imports:
        for alias in statement.names:
            path = imported(alias)
            if path != KERAS:  # what is taken from it counts
                yield path
    yield from used_paths(program)
