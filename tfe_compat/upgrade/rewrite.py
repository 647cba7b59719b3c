"""From source text that uses tf.contrib.eager to the edits that make it use tfe_compat.

    plan(text)    what to change, and what a person has to look at

Pure text in, plain data out: no file is read or written, and no code is run. The syntax tree only
says *where* to edit; every character outside an edit is the one that was there.

A kind of rewriting is a stage: a function in a file of its own that reads the program and yields
edits and findings. A new one is a new file and a line in STAGES; if it only says where a module
is now, a rule in `imports.RULES`.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Sequence
from typing import Callable, Union

import libcst as cst

from tfe_compat.upgrade.added_import import provide_import
from tfe_compat.upgrade.edits import Edit, Finding, Plan, apply, relevant
from tfe_compat.upgrade.expressions import rewrite_expressions
from tfe_compat.upgrade.imports import rewrite_imports
from tfe_compat.upgrade.internal import report_internal
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.public_names import report_public_names
from tfe_compat.upgrade.strings import report_strings
from tfe_compat.upgrade.untracked import report_untracked

Stage = Callable[[Program], Iterable[Union[Edit, Finding]]]

# Two edits never overlap. Of those that insert at one place, the earlier stage's comes first.
STAGES: Sequence[Stage] = (
    rewrite_imports,
    rewrite_expressions,
    provide_import,
    report_internal,
    report_strings,
    report_untracked,
    report_public_names,
)

_EXCEPT_COMMA = re.compile(r"\bexcept\b[^:#]*,")


def plan(text: str, notebook: bool = False) -> Plan:
    r"""Returns what to change in text, and what can't be changed or differs.

    Example:
        >>> from tfe_compat.upgrade.edits import apply
        >>> text = "import tensorflow.contrib.eager as tfe\nnet = tfe.Network()\n"
        >>> changes = plan(text)
        >>> print(apply(text, changes.edits), end="")
        import tfe_compat as tfe
        net = tfe.Network()
        >>> [(finding.name, finding.kind) for finding in changes.findings]
        [('tfe.Network', 'gone')]

    Args:
        text: Python 3 source, without a byte order mark.
        notebook: text is the code cells of a notebook, one after the other.

    Returns:
        A Plan. Offsets count the characters of text.

    Raises:
        libcst.ParserSyntaxError: text is not Python 3.
        RecursionError: text is nested too deeply for the stack at hand.
    """
    program = Program(text, notebook)
    _reject_python_2(program)
    if not relevant(text):
        return Plan((), ())
    changes = _merge([change for stage in STAGES for change in stage(program)])
    if changes.edits:
        _parse(apply(text, changes.edits))
    return changes


def _merge(changes: Iterable[Edit | Finding]) -> Plan:
    edits = [change for change in changes if isinstance(change, Edit)]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    for edit, following in zip(edits, edits[1:]):
        if edit.end > following.start:
            raise ValueError(f"two changes at once: {edit} and {following}")
    findings = {change for change in changes if isinstance(change, Finding)}
    return Plan(tuple(edits), tuple(sorted(findings, key=lambda each: (each.offset, each.name))))


def _parse(text: str) -> None:
    """Raises an error if text is not Python: of this Python (fast), or of any that LibCST reads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError:
        Program(text)


def _reject_python_2(program: Program) -> None:
    """Raises ParserSyntaxError for `except A, e:`, which LibCST takes for that of Python 3.14."""
    if not _EXCEPT_COMMA.search(program.text):
        return
    for handler in program.tree.nodes(cst.ExceptHandler):
        if isinstance(handler.type, cst.Tuple) and not handler.type.lpar:
            line, column = program.position(handler)
            raise cst.ParserSyntaxError(
                f"error at {line}:{column}: except A, B without parentheses",
                lines=program.text.splitlines(keepends=True),
                raw_line=line,
                raw_column=column,
            )
