"""Where a program starts, and in which mode."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from tfe_compat.upgrade.analysis.meaning import paths, target, used_paths
from tfe_compat.upgrade.analysis.places import place_of
from tfe_compat.upgrade.analysis.tf1 import is_chosen
from tfe_compat.upgrade.syntax.nodes import Chain
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.tables.paths import COMPAT, TENSORFLOW

_ENABLING = {
    f"{TENSORFLOW}.enable_v2_behavior",
    *(f"{COMPAT}.{name}" for name in ("enable_eager_execution", "enable_remote_eager_execution")),
    f"{COMPAT}.run",
}
_BOTH_MODES = {
    f"{COMPAT}.run_test_in_graph_and_eager_modes",
    f"{COMPAT}.run_all_tests_in_graph_and_eager_modes",
}
_CALLERS = {"sys.exit", "fire.Fire"}  # of `main()` or `main`
_SESSIONS = {f"{TENSORFLOW}.Session", f"{TENSORFLOW}.InteractiveSession"}
_MAIN = {f"{TENSORFLOW}.app.run", "absl.app.run"}
_TESTS = {f"{TENSORFLOW}.test.main", f"{TENSORFLOW}.test.TestCase"} | {
    *("unittest.main", "unittest.TestCase", "absl.testing.absltest.main"),
}
TEST_FILE = re.compile(r"test_.*\.py|.*_test\.py|conftest\.py")

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@view
def eager_calls(program: Program) -> Sequence[ast.Call]:
    """Returns the calls that turn eager execution on."""
    return [
        call for call in program.nodes(ast.Call) if _today(paths(program, call.func)) & _ENABLING
    ]


def turns_eager_on(program: Program) -> bool:
    """Says whether importing the program turns eager execution on, or pytest's loading it."""
    if program.options.file_name == "conftest.py" and eager_calls(program):
        return True
    return any(
        runs_on_import(program, call) and not _depends_on_a_choice(program, call)
        for call in eager_calls(program)
    )


def _depends_on_a_choice(program: Program, call: ast.Call) -> bool:
    return not is_chosen(program, call) and any(
        isinstance(outer, (ast.If, ast.IfExp)) and not is_main_guard(program, outer)
        for outer, _ in program.ancestors(call)
    )


def starts_in_graph_mode(program: Program) -> bool:
    """Says whether the file starts a program, or tests, that begins in graph mode under TF 1.

    A file that tests both modes does, whatever it does when it is run by itself.
    """
    if program.options.eager_is_on or turns_eager_on(program):
        return False
    certain = not all(_depends_on_a_choice(program, call) for call in eager_calls(program))
    if certain and not _today(used_paths(program)) & _BOTH_MODES:
        return False
    return (
        program.is_notebook
        or is_test(program)
        or main_guard(program) is not None
        or (not program.options.is_imported and _has_effects(program))
    )


def is_test(program: Program) -> bool:
    """Says whether the file holds tests, or is loaded with them."""
    is_named_so = TEST_FILE.fullmatch(program.options.file_name)
    return bool(is_named_so or _today(used_paths(program)) & _TESTS)


def _today(old: Iterable[str]) -> set[str]:
    """Returns old paths, each replaced by its new one if it has any."""
    places = ((path, place_of(path)) for path in old)
    return {place.new if place is not None and place.new else path for path, place in places}


def main_guard(program: Program) -> ast.If | None:
    """Returns the program's `if __name__ == "__main__"` statement, if any."""
    for statement in program.tree.body:
        if is_main_guard(program, statement):
            assert isinstance(statement, ast.If)
            return statement
    return None


def _has_effects(program: Program) -> bool:
    """Says whether running the file does more than define names and set options."""
    statements = list(program.tree.body)
    for statement in statements:
        if isinstance(statement, (ast.If, ast.Try)):
            statements += [*statement.body, *statement.orelse]
        if isinstance(statement, (ast.For, ast.While, ast.With)):
            return True
        if isinstance(statement, (ast.Expr, ast.Assign)) and isinstance(statement.value, ast.Call):
            is_session = bool(paths(program, statement.value.func) & _SESSIONS)
            is_alone = isinstance(statement, ast.Expr)
            if is_session or (is_alone and _is_effect(program, statement.value)):
                return True
    return False


def _is_effect(program: Program, call: ast.Call) -> bool:
    """Says whether call is more than a call into another module, which mostly sets an option."""
    root = Chain(call.func).root
    bindings = program.found(root)
    if not bindings:
        return isinstance(root, ast.Name) and root.id in ("print", "input", "exec")
    # `slim = None`, which takes the place of an import that is gone, is no function of its own.
    is_own = all(each.alias is None and target(program, each) for each in bindings)
    if is_own or paths(program, call.func) & _MAIN:
        return True
    functions = [each.func if isinstance(each, ast.Call) else each for each in call.args]
    return paths(program, call.func) <= _CALLERS and any(
        isinstance(each.node, ast.FunctionDef)
        for function in functions
        for each in program.found(function)
    )


def is_main_guard(program: Program, node: ast.AST) -> bool:
    """Says whether node is `if __name__ == "__main__"`."""
    if not isinstance(node, ast.If):
        return False
    test = program.source(node.test)
    return "__name__" in test and "==" in test


def runs_on_import(program: Program, node: ast.AST) -> bool:
    """Says whether importing the file runs node: it is in no function or main guard."""
    return not any(
        isinstance(outer, _FUNCTIONS) or is_main_guard(program, outer)
        for outer, _ in program.ancestors(node)
    )
