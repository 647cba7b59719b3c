"""What a program is: one of TF 1, and one of TF 1's Keras."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Sequence

import libcst as cst

from tfe_compat.upgrade.paths import EAGER, KERAS, TENSORFLOW, within
from tfe_compat.upgrade.program import Program, imported, module_of
from tfe_compat.upgrade.references import references
from tfe_compat.upgrade.scopes import Binding, Import, aliases, bound_name
from tfe_compat.upgrade.tree import Chain, children

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
    before = [name for at, name in top_imports(program) if program.start(at) < program.start(call)]
    names = [root.value, *before] if isinstance(root, cst.Name) else before
    here = _first_name(program, call)
    if here is None:
        return ""
    for name in names:
        bindings = program.found(here, name)
        if bindings and all(_is_tensorflow(program, binding) for binding in bindings):
            return name
    return ""


def _first_name(program: Program, node: cst.CSTNode) -> cst.Name | None:
    """Returns the first name in node that is looked up in a scope, if there is one."""
    if isinstance(node, cst.Name) and node in program.bindings.scopes:
        return node
    found = (_first_name(program, child) for child in children(node))
    return next((name for name in found if name is not None), None)


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
    """Says whether this is tensorflow itself: an `import tensorflow.contrib` may be removed."""
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
    return (
        bool(model_builds(program))
        or _starts_other_modules(program)
        or any(
            any(within(path, use) for use in _KERAS)
            and not any(within(path, same) for same in _SAME_IN_KERAS_3)
            for path in _paths(program)
        )
    )


def model_builds(program: Program) -> Sequence[cst.Call]:
    """Returns the calls of Keras' private method that builds a model."""
    if any(each.name.value == _BUILD for each in program.tree.nodes(cst.FunctionDef)):
        return ()
    return [
        call
        for call in program.tree.nodes(cst.Call)
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == _BUILD
    ]


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
