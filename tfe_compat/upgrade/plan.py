"""How one program of TF 1 becomes one of TensorFlow 2: read this from top to bottom.

Pure text in, plain data out: no file is read or written, and no code is run. The syntax tree says
*where* to edit; every character outside an edit stays as it is.

A stage is a function in a file of its own, which has its name. It reads the program and what the
stages before it have made (the draft), and yields edits and findings. A new one is a new file and a
line here. If it would only say where a name is now, it is a row in a table instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Callable, Union

from tfe_compat.upgrade.analysis.draft import Draft
from tfe_compat.upgrade.edits import Edit, apply
from tfe_compat.upgrade.findings import Finding, Note, once
from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.stages.add_imports import add_imports
from tfe_compat.upgrade.stages.ask_for_legacy_keras import ask_for_legacy_keras
from tfe_compat.upgrade.stages.report_differences import report_differences
from tfe_compat.upgrade.stages.report_left import report_left
from tfe_compat.upgrade.stages.restore_behavior import restore_behavior
from tfe_compat.upgrade.stages.rewrite_assignments import rewrite_assignments
from tfe_compat.upgrade.stages.rewrite_calls import rewrite_calls
from tfe_compat.upgrade.stages.rewrite_imports import rewrite_imports
from tfe_compat.upgrade.stages.rewrite_instance_checks import rewrite_instance_checks
from tfe_compat.upgrade.stages.rewrite_keras_models import rewrite_keras_models
from tfe_compat.upgrade.stages.rewrite_names import rewrite_names
from tfe_compat.upgrade.stages.rewrite_version_checks import rewrite_version_checks
from tfe_compat.upgrade.syntax.parsing import parse
from tfe_compat.upgrade.syntax.program import Program

Stage = Callable[[Program, Draft], Iterable[Union[Edit, Finding, Note]]]

EXPRESSIONS: Sequence[Stage] = (
    rewrite_version_checks,  # tf.__version__ < "2" -> "1.15.5" < "2"
    rewrite_calls,  # tf.contrib.layers.l2_regularizer(s) -> tf.keras.regularizers.l2(0.5 * (s))
    rewrite_names,  # tf.contrib.eager.defun -> tfe.defun, tf.contrib.signal -> tf.signal
    rewrite_instance_checks,  # isinstance(x, tf.Variable) -> isinstance(x, tf.compat.v2.Variable)
    rewrite_keras_models,  # model._set_inputs(x) -> model(x)
)
# With the expressions done, it is known which imports are still read.
STATEMENTS: Sequence[Stage] = (
    ask_for_legacy_keras,  # os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
    rewrite_imports,  # import tensorflow -> import tensorflow.compat.v1
    rewrite_assignments,  # tfe = tf.contrib.eager -> import tfe_compat as tfe
    add_imports,  # import tfe_compat as tfe
    restore_behavior,  # tf.disable_v2_behavior()
)
REPORTS: Sequence[Stage] = (report_left, report_differences)


@dataclass(frozen=True)
class Plan:
    """The changes to one text, and what to say about it."""

    edits: tuple[Edit, ...]  # in order, none overlapping
    findings: tuple[Finding, ...]  # in order
    notes: tuple[Note, ...] = ()  # what it needs to run


def plan(text: str, cells: Sequence[int] = (), options: Options = DEFAULT) -> Plan:
    r"""Returns what to change in text, and what to report.

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
        NotPython: text is not Python 3. (In a notebook, a cell that is not is a finding.)
    """
    return plan_program(Program(text, cells, options))


def plan_program(program: Program) -> Plan:
    """Returns the plan for a program."""
    draft = Draft(program)
    _run(EXPRESSIONS, program, draft)
    draft.find_unused_imports()
    _run(STATEMENTS, program, draft)
    _run(REPORTS, program, draft)
    edits = tuple(draft.edits)
    if edits:
        parse(apply(program.text, edits))  # what is written is Python
    return Plan(edits, tuple(once(draft.findings)), tuple(dict.fromkeys(draft.notes)))


def _run(stages: Iterable[Stage], program: Program, draft: Draft) -> None:
    for stage in stages:
        for change in stage(program, draft):
            if isinstance(change, Edit):
                draft.edits.add(change)
            elif isinstance(change, Finding):
                draft.findings.append(change)
            else:
                draft.notes.append(change)
