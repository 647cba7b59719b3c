"""TF 1's behavior, for programs that turn eager execution on, and for those that never do."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.layout import add_after, add_before, on_own_line
from tfe_compat.upgrade.paths import EAGER, TENSORFLOW, V1
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tf1 import is_tf1, name_of_tensorflow, needs_legacy_keras, top_imports

_STARTS = {
    f"{TENSORFLOW}.enable_eager_execution",
    f"{TENSORFLOW}.python.framework.ops.enable_eager_execution",
    f"{EAGER}.enable_eager_execution",
    f"{EAGER}.enable_remote_eager_execution",
    f"{EAGER}.run",
}
_BOTH_MODES = {
    f"{EAGER}.run_test_in_graph_and_eager_modes",
    f"{EAGER}.run_all_tests_in_graph_and_eager_modes",
    *(
        f"{TENSORFLOW}.python.framework.test_util.{name}"
        for name in ("run_in_graph_and_eager_modes", "run_all_in_graph_and_eager_modes")
    ),
}
_TESTS = {f"{TENSORFLOW}.test.main", "unittest.main", "absl.testing.absltest.main"}
_GRAPHS = {f"{TENSORFLOW}.{n}" for n in ("Session", "InteractiveSession", "placeholder")}
# `tf.disable_v2_behavior()` would do both, but it turns eager execution off as well; turned on
# again, it refuses a second call and takes arguments that it now passes over.
_EAGER = ("disable_v2_tensorshape", "disable_tensor_equality")
_KERAS = "keras.layers.disable_v2_dtype_behavior"  # layers take the type of their inputs
_GRAPH = ("disable_v2_behavior",)


def restore_behavior(program: Program) -> Iterator[Edit]:
    """Has TF 1's shapes and `==` come back with eager execution, or graphs without it."""
    if not is_tf1(program) or any(name in program.text for name in (*_EAGER, *_GRAPH)):
        return
    starts = [call for call in program.tree.nodes(cst.Call) if program.paths(call.func) & _STARTS]
    for call in starts:
        yield _before(program, call, _EAGER)
    if not starts and _uses_graphs(program):
        for statement, name in top_imports(program):
            text = f"{name}.{_GRAPH[0]}()"
            if not (program.notebook or _at_module_level(program) or _runs_tests(program)):
                if "__main__" not in program.text:
                    return
                # Its importer may have turned eager execution on, which the call turns off.
                only = 'if __name__ == "__main__": '
                inline = '__name__ == "__main__" and '
                text = (only if on_own_line(program, statement) else inline) + text
            yield add_after(program, statement, text)
            return


def _before(program: Program, call: cst.Call, functions: tuple[str, ...]) -> Edit:
    """Puts calls of functions in front of the statement that call is in."""
    statement: cst.CSTNode = call
    while not isinstance(statement, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
        statement = program.parent(statement)
    while isinstance(statement, cst.If) and isinstance(program.parent(statement), cst.If):
        statement = program.parent(statement)  # an elif
    name = name_of_tensorflow(program, call)
    if name:
        if needs_legacy_keras(program):
            functions = (*functions, _KERAS)
        return add_before(program, statement, *(f"{name}.{each}()" for each in functions))
    imports = f"from {V1} import {', '.join(functions)}"
    return add_before(program, statement, imports, *(f"{each}()" for each in functions))


def _uses_graphs(program: Program) -> bool:
    """Says whether the program uses sessions or placeholders, and does not test both modes."""
    paths = {path for chain in program.bindings.chains for path in program.paths(chain.node)}
    return bool(paths & _GRAPHS) and not paths & _BOTH_MODES


def _runs_tests(program: Program) -> bool:
    calls = (program.paths(call.func) for call in program.tree.nodes(cst.Call))
    return any(paths & _TESTS for paths in calls)


def _at_module_level(program: Program) -> bool:
    """Says whether the graph is made as the program is loaded."""
    for call in program.tree.nodes(cst.Call):
        if program.paths(call.func) & _GRAPHS:
            node: cst.CSTNode = call
            while node is not program.module:
                parent = program.parent(node)
                if isinstance(node, (cst.FunctionDef, cst.Lambda)) or _is_main(
                    program, parent, node
                ):
                    break
                node = parent
            else:
                return True
    return False


def _is_main(program: Program, condition: cst.CSTNode, node: cst.CSTNode) -> bool:
    """Says whether node is what `if __name__ == "__main__"` runs."""
    if not isinstance(condition, cst.If) or node is not condition.body:
        return False
    test = program.text[program.start(condition.test) : program.end(condition.test)]
    return "__name__" in test and "==" in test
