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
from tfe_compat.upgrade.stages.add_tfe_import import add_tfe_import
from tfe_compat.upgrade.stages.ask_for_legacy_keras import ask_for_legacy_keras
from tfe_compat.upgrade.stages.report_differences import report_differences
from tfe_compat.upgrade.stages.report_unfollowed import report_unfollowed
from tfe_compat.upgrade.stages.report_v1_names import report_v1_names
from tfe_compat.upgrade.stages.restore_behavior import restore_behavior
from tfe_compat.upgrade.stages.rewrite_calls import rewrite_calls
from tfe_compat.upgrade.stages.rewrite_imports import rewrite_imports
from tfe_compat.upgrade.stages.rewrite_keras_models import rewrite_keras_models
from tfe_compat.upgrade.stages.rewrite_names import rewrite_names
from tfe_compat.upgrade.stages.rewrite_tfe import rewrite_tfe
from tfe_compat.upgrade.stages.set_optional_imports_to_none import set_optional_imports_to_none
from tfe_compat.upgrade.syntax.parsing import parse
from tfe_compat.upgrade.syntax.program import Program

Stage = Callable[[Program, Draft], Iterable[Union[Edit, Finding, Note]]]

EXPRESSIONS: Sequence[Stage] = (
    rewrite_tfe,  # tf.contrib.eager.defun -> tfe.defun
    rewrite_calls,  # tf.contrib.layers.l2_regularizer(s) -> tf.keras.regularizers.l2(0.5 * (s))
    rewrite_names,  # tf.contrib.signal.stft -> tf.signal.stft
    rewrite_keras_models,  # model._set_inputs(x) -> model(x)
)
# With the expressions done, it is known which imports are still read.
STATEMENTS: Sequence[Stage] = (
    ask_for_legacy_keras,  # os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
    rewrite_imports,  # import tensorflow -> import tensorflow.compat.v1
    set_optional_imports_to_none,  # from tensorflow.contrib import cudnn_rnn -> cudnn_rnn = None
    add_tfe_import,  # import tfe_compat as tfe
    restore_behavior,  # tf.disable_v2_behavior()
)
REPORTS: Sequence[Stage] = (
    report_v1_names,
    report_unfollowed,
    report_differences,
)


@dataclass(frozen=True)
class Plan:
    """What to do with one text.

    Attributes:
        edits: In order, none overlapping.
        findings: In order.
        notes: What it needs to run.
    """

    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()


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
