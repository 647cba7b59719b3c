"""What a program is: one of TF 1, and one of TF 1's Keras."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.paths import EAGER, KERAS, TENSORFLOW, within
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.references import references
from tfe_compat.upgrade.scopes import Binding, Import, aliases, bound_name
from tfe_compat.upgrade.tree import Chain

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


@functools.lru_cache(maxsize=1)
def is_tf1(program: Program) -> bool:
    """Says whether the program's use of TensorFlow is to be taken for that of TF 1."""
    if program.options.keep_tensorflow:
        return False
    if program.options.all_files or references(program):
        return any(map(imports_tensorflow, program.bindings.imports))
    return any(
        within(path, EAGER)
        for statement in program.bindings.imports
        for alias in aliases(statement)
        for path in (imported(statement, alias), alias.evaluated_name)
    )


def name_of_tensorflow(program: Program, call: cst.Call) -> str:
    """Returns the name that tensorflow has where call is; nothing if it has none."""
    root = Chain(call.func).root
    if not isinstance(root, cst.Name):
        return ""
    before = [name for at, name in top_imports(program) if program.start(at) < program.start(call)]
    for name in (root.value, *before):
        bindings = program.found(root, name)
        if bindings and all(_is_tensorflow(program, binding) for binding in bindings):
            return name
    return ""


def top_imports(program: Program) -> Iterator[tuple[cst.CSTNode, str]]:
    """Yields each import at the top of the program that binds tensorflow, and its name."""
    for statement in program.bindings.imports:
        for alias in aliases(statement):
            if program.at_top(statement) and _binds_tensorflow(statement, alias):
                yield statement, bound_name(statement, alias)


def _is_tensorflow(program: Program, binding: Binding) -> bool:
    if binding.alias is not None and not _binds_tensorflow(binding.node, binding.alias):
        return False
    return program.target(binding) == {TENSORFLOW}


def _binds_tensorflow(statement: cst.CSTNode, alias: cst.ImportAlias) -> bool:
    """Says whether this is tensorflow itself: `import tensorflow.contrib` may have to go."""
    if isinstance(statement, cst.Import) and not alias.asname:
        return alias.evaluated_name == TENSORFLOW
    return imported(statement, alias) == TENSORFLOW


def imports_tensorflow(statement: Import) -> bool:
    """Says whether statement imports tensorflow, a module in it, or a name of these."""
    if isinstance(statement, cst.ImportFrom):
        paths = [module_of(statement)]
    else:
        paths = [imported(statement, alias) for alias in aliases(statement)]
    return any(path.partition(".")[0] == TENSORFLOW for path in paths)


@functools.lru_cache(maxsize=1)
def needs_legacy_keras(program: Program) -> bool:
    """Says whether the program uses what only TF 1's Keras has, or does as TF 1 did.

    A main program that imports modules of its own says yes for them: where they come to ask for
    TF 1's Keras, tensorflow is imported, and tf.layers has made its choice.
    """
    if program.options.keras3 or not is_tf1(program):
        return False
    if "._set_inputs" in program.text:  # of Keras models; keras_models.py rewrites it
        return True
    return _starts_other_modules(program) or any(
        any(within(path, use) for use in _KERAS)
        and not any(within(path, same) for same in _SAME_IN_KERAS_3)
        for path in _paths(program)
    )


def _starts_other_modules(program: Program) -> bool:
    if "__main__" not in program.text and "enable_eager_execution" not in program.text:
        return False
    return any(
        (isinstance(statement, cst.ImportFrom) and bool(statement.relative))
        or imported(statement, alias).partition(".")[0] not in _INSTALLED
        for statement in program.bindings.imports
        for alias in aliases(statement)
    )


def _paths(program: Program) -> Iterator[str]:
    for statement in program.bindings.imports:
        for alias in aliases(statement):
            path = imported(statement, alias)
            if path != KERAS:  # what is taken from it counts
                yield path
    for chain in program.bindings.chains:
        yield from program.paths(chain.node)
