"""The expressions that reach what tfe_compat stands in for."""

from __future__ import annotations

import ast
from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tfe_compat.upgrade.analysis.meaning import meanings
from tfe_compat.upgrade.syntax.chains import Chain
from tfe_compat.upgrade.syntax.program import Program, view
from tfe_compat.upgrade.tables.paths import EAGER, PYTHON, join
from tfe_compat.upgrade.tables.tfe import MODULES, STAND_INS

_LONGEST = 6  # tf.compat.v1.contrib.eager.python.tfe


class Reach(Enum):
    """How an expression reaches the module."""

    BOUND = auto()  # tfe.defun: the name itself is bound to it
    SPELLED = auto()  # tf.contrib.eager.defun
    UNSURE = auto()  # tf.contrib.eager, where tf may be something else as well, or it is set


@dataclass(frozen=True, eq=False)
class Reference:
    """An expression that begins with what tfe_compat stands in for, such as tf.contrib.eager.

    Attributes:
        begins_with: What that is: "tensorflow.contrib.eager".
        chain: The whole dotted expression.
        length: How many of its names lead there.
        reach: In which way.
    """

    begins_with: str
    chain: Chain
    length: int
    reach: Reach

    @property
    def module(self) -> ast.expr:
        """The part that means the module."""
        return self.chain.attributes[self.length - 1] if self.length else self.chain.root

    @property
    def names(self) -> Sequence[str]:
        """What is taken from the module."""
        return self.chain.names[self.length :]


@view
def all_references(program: Program) -> Sequence[Reference]:
    """Returns the references to what tfe_compat stands in for."""
    wanted = {EAGER} if program.options.keep_tensorflow else STAND_INS
    found = (_reference(program, wanted, *meaning) for meaning in meanings(program).items())
    return [reference for reference in found if reference is not None]


@view
def references(program: Program) -> Sequence[Reference]:
    """Returns the references to tf.contrib.eager."""
    return [each for each in all_references(program) if each.begins_with == EAGER]


@view
def replaced(program: Program) -> Sequence[Reference]:
    """Returns the references whose module is replaced by the imported name."""
    return [
        each
        for each in all_references(program)
        if each.reach is Reach.SPELLED and as_import(program, each) is None
    ]


def as_import(program: Program, reference: Reference) -> tuple[ast.Assign, str] | None:
    """Returns the statement and the name, if it is `name = tf.contrib.eager`: that is an import."""
    assign = program.parent(reference.module)
    if (
        reference.begins_with not in MODULES
        or not isinstance(assign, ast.Assign)
        or len(assign.targets) != 1
    ):
        return None
    target = assign.targets[0]
    comments = "#" in program.source(assign)
    return (assign, target.id) if isinstance(target, ast.Name) and not comments else None


def _reference(
    program: Program, wanted: Container[str], chain: Chain, roots: frozenset[str]
) -> Reference | None:
    reached = {_reached(wanted, root, chain.names) for root in roots}
    length, begins_with = max(filter(None, reached), default=(0, ""))
    if not begins_with or PYTHON in {join(root, *chain.names[: length + 1]) for root in roots}:
        return None
    is_whole = length == len(chain.names)
    if length == 0:
        reach = Reach.BOUND
    elif len(reached) > 1 or (is_whole and chain.node in program.bindings.written):
        reach = Reach.UNSURE
    else:
        reach = Reach.SPELLED
    return Reference(begins_with, chain, length, reach)


def _reached(wanted: Container[str], root: str, names: Sequence[str]) -> tuple[int, str] | None:
    """Returns how many of names lead from root to one of those wanted, and to which."""
    found = [join(root, *names[:n]) for n in range(min(len(names), _LONGEST) + 1)]
    return max(((n, path) for n, path in enumerate(found) if path in wanted), default=None)
