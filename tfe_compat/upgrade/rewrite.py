"""From source text that uses tf.contrib.eager to the edits that make it use tfe_compat.

    plan(text)    what to change, and what a person has to look at

Pure text in, plain data out: no file is read or written, and no code is run. The syntax tree only
says *where* to edit; every character outside an edit is the one that was there.

A kind of rewriting is a stage: a function in a file of its own that reads the program and yields
edits and findings. A new one is a new file and a line in STAGES; if it only says where a name is
now, a row in `contrib_names.py` or `internal_names.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Callable, Union

from tfe_compat.upgrade import syntax
from tfe_compat.upgrade.added_import import provide_import
from tfe_compat.upgrade.behavior import restore_behavior
from tfe_compat.upgrade.cells import parse_cells
from tfe_compat.upgrade.contrib import report_contrib
from tfe_compat.upgrade.edits import Edit, Finding, Note, Plan, Unless, apply, once, relevant
from tfe_compat.upgrade.expressions import rewrite_expressions
from tfe_compat.upgrade.imports import rewrite_imports
from tfe_compat.upgrade.internal import report_internal
from tfe_compat.upgrade.keras_models import rewrite_keras_models
from tfe_compat.upgrade.legacy_keras import ask_for_legacy_keras
from tfe_compat.upgrade.moved_calls import rewrite_moved_calls
from tfe_compat.upgrade.moved_names import rewrite_moved_names
from tfe_compat.upgrade.moves import moved
from tfe_compat.upgrade.numpy_names import report_numpy_names
from tfe_compat.upgrade.optional_imports import rewrite_optional_imports
from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.program import Program, imported_modules
from tfe_compat.upgrade.public_names import report_public_names
from tfe_compat.upgrade.strings import report_strings
from tfe_compat.upgrade.tf1 import is_tf1
from tfe_compat.upgrade.untracked import report_untracked
from tfe_compat.upgrade.version_1 import report_v1_names

Stage = Callable[[Program], Iterable[Union[Edit, Finding, Note, Unless]]]

# Two edits never overlap. Of those that insert at one place, the earlier stage's comes first.
STAGES: Sequence[Stage] = (
    ask_for_legacy_keras,
    rewrite_imports,
    rewrite_optional_imports,
    rewrite_expressions,
    rewrite_moved_names,
    rewrite_moved_calls,
    provide_import,
    restore_behavior,
    rewrite_keras_models,
    report_internal,
    report_contrib,
    report_v1_names,
    report_strings,
    report_untracked,
    report_public_names,
    report_numpy_names,
)


def plan(text: str, cells: Sequence[int] = (), options: Options = DEFAULT) -> Plan:
    r"""Returns what to change in text, and what can't be changed or differs.

    Example:
        >>> from tfe_compat.upgrade.edits import apply
        >>> text = "import tensorflow.contrib.eager as tfe\nnet = tfe.Netwrok()\n"
        >>> changes = plan(text)
        >>> print(apply(text, changes.edits), end="")
        import tfe_compat as tfe
        net = tfe.Netwrok()
        >>> [(finding.name, finding.kind) for finding in changes.findings]
        [('tfe.Netwrok', 'unknown')]

    Args:
        text: Python 3 source, without a byte order mark.
        cells: Where each cell starts, if text is the code cells of a notebook.
        options: What to rewrite.

    Returns:
        A Plan. Offsets count the characters of text.

    Raises:
        libcst.ParserSyntaxError: text is not Python 3. (In a notebook, what is not is a finding.)
        RecursionError: text is nested too deeply for the stack at hand.
    """
    program, findings = parse_cells(text, cells, options)
    stages = STAGES if relevant(text, options) else ()
    changes = _merge([*findings, *(change for stage in stages for change in stage(program))])
    if changes.edits:
        _check(apply(program.text, changes.edits))
    imports = tuple(moved(program, each) for each in imported_modules(program))
    return replace(changes, is_tf1=is_tf1(program), imports=imports)


def _merge(changes: Sequence[Edit | Finding | Note | Unless]) -> Plan:
    edits = [change for change in changes if isinstance(change, Edit)]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    for edit, following in zip(edits, edits[1:]):
        if edit.end > following.start:
            raise ValueError(f"two changes at once: {edit} and {following}")
    findings = [change for change in changes if isinstance(change, Finding)]
    unless = (change for change in changes if isinstance(change, Unless))
    findings += [change.finding for change in unless if change.holds(edits)]
    notes = dict.fromkeys(change for change in changes if isinstance(change, Note))
    return Plan(tuple(edits), tuple(once(findings)), tuple(notes))


def _check(text: str) -> None:
    """Raises an error if text is not Python: of this release (fast), or of any LibCST reads."""
    try:
        syntax.parse(text)
    except (SyntaxError, RecursionError, MemoryError):
        Program(text)
