"""TF 1's behavior, for programs that turn eager execution on, and for those that never do."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.analysis.meaning import paths, used_paths
from tfe_compat.upgrade.analysis.tf1 import is_tf1, needs_legacy_keras
from tfe_compat.upgrade.analysis.tf_name import name_of_tensorflow, top_imports
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.syntax.statements import add_after, add_before, on_own_line
from tfe_compat.upgrade.tables.paths import EAGER, TENSORFLOW, V1

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


def restore_behavior(program: Program, draft: Draft) -> Iterator[Edit]:
    """Has TF 1's shapes and `==` come back with eager execution, or graphs without it."""
    if not is_tf1(program) or any(name in program.text for name in (*_EAGER, *_GRAPH)):
        return
    starts = [call for call in program.nodes(ast.Call) if paths(program, call.func) & _STARTS]
    for call in starts:
        yield _before(program, call, _EAGER)
    if not starts and _uses_graphs(program):
        for alias in top_imports(program):
            statement = alias.statement.node
            text = f"{alias.bound}.{_GRAPH[0]}()"
            if not (program.is_notebook or _at_module_level(program) or _runs_tests(program)):
                if "__main__" not in program.text:
                    return
                # Its importer may have turned eager execution on, which the call turns off.
                only = 'if __name__ == "__main__": '
                inline = '__name__ == "__main__" and '
                text = (only if on_own_line(program, statement) else inline) + text
            yield add_after(program, statement, text)
            return


def _before(program: Program, call: ast.Call, functions: tuple[str, ...]) -> Edit:
    """Puts calls of functions in front of the statement that call is in."""
    statement = program.statement(call)
    outer = program.parent(statement)
    while (
        isinstance(statement, ast.If) and isinstance(outer, ast.If) and _is_elif(program, statement)
    ):
        statement, outer = outer, program.parent(outer)
    name = name_of_tensorflow(program, call)
    if name:
        if needs_legacy_keras(program):
            functions = (*functions, _KERAS)
        return add_before(program, statement, *(f"{name}.{each}()" for each in functions))
    imports = f"from {V1} import {', '.join(functions)}"
    return add_before(program, statement, imports, *(f"{each}()" for each in functions))


def _is_elif(program: Program, statement: ast.If) -> bool:
    return program.text.startswith("elif", program.start(statement))


def _uses_graphs(program: Program) -> bool:
    """Says whether the program uses sessions or placeholders, and does not test both modes."""
    used = used_paths(program)
    return bool(used & _GRAPHS) and not used & _BOTH_MODES


def _runs_tests(program: Program) -> bool:
    calls = (paths(program, call.func) for call in program.nodes(ast.Call))
    return any(each & _TESTS for each in calls)


def _at_module_level(program: Program) -> bool:
    """Says whether the graph is made as the program is loaded."""
    return any(
        paths(program, call.func) & _GRAPHS
        and not any(
            isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            or _is_main(program, outer, part)
            for outer, part in program.ancestors(call)
        )
        for call in program.nodes(ast.Call)
    )


def _is_main(program: Program, condition: ast.AST, part: ast.AST) -> bool:
    """Says whether part is in what `if __name__ == "__main__"` runs."""
    if not isinstance(condition, ast.If) or part not in condition.body:
        return False
    test = program.source(condition.test)
    return "__name__" in test and "==" in test
