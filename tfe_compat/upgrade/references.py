"""The expressions that reach what tfe_compat stands in for: found once, for all stages."""

from __future__ import annotations

import functools
from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import libcst as cst

from tfe_compat.upgrade.homes import HOMES, MODULES
from tfe_compat.upgrade.paths import EAGER, PYTHON, join
from tfe_compat.upgrade.program import Program
from tfe_compat.upgrade.tree import Chain

_LONGEST = 6  # tf.compat.v1.contrib.eager.python.tfe


class Reach(Enum):
    """How an expression reaches the module."""

    BOUND = auto()  # tfe.defun: the name itself is bound to it
    SPELLED = auto()  # tf.contrib.eager.defun
    INTERNAL = auto()  # tf.contrib.eager.python.saver: past it, into what is not public
    AMBIGUOUS = auto()  # tf.contrib.eager, where tf may be something else as well
    WRITTEN = auto()  # tf.contrib.eager = fake


@dataclass(frozen=True, eq=False)
class Reference:
    """An expression that begins with what tfe_compat stands in for, such as tf.contrib.eager.

    Attributes:
        home: What it begins with.
        chain: The whole dotted expression.
        length: How many of its names lead there.
        reach: In which way.
    """

    home: str
    chain: Chain
    length: int
    reach: Reach

    @property
    def module(self) -> cst.BaseExpression:
        """The part that means the module."""
        return self.chain.attributes[self.length - 1] if self.length else self.chain.root

    @property
    def names(self) -> Sequence[str]:
        """What is taken from the module."""
        return self.chain.names[self.length :]


@functools.lru_cache(maxsize=1)
def all_references(program: Program) -> Sequence[Reference]:
    """Returns the references to the modules that tfe_compat stands in for, as the walk has them."""
    homes = HOMES if not program.options.keep_tensorflow else {EAGER}
    found = (_reference(program, homes, chain) for chain in program.bindings.chains)
    return [reference for reference in found if reference is not None]


def references(program: Program) -> Sequence[Reference]:
    """Returns the references to tf.contrib.eager, in the order of the walk."""
    return [reference for reference in all_references(program) if reference.home == EAGER]


@functools.lru_cache(maxsize=1)
def replaced(program: Program) -> Sequence[Reference]:
    """Returns the references whose module gives way to the name that it is imported as."""
    return [
        each
        for each in all_references(program)
        if each.reach is Reach.SPELLED and as_import(program, each) is None
    ]


def as_import(program: Program, reference: Reference) -> tuple[cst.Assign, str] | None:
    """Returns the statement and the name, if it is `name = tf.contrib.eager`: that is an import."""
    assign = program.parent(reference.module)
    if (
        reference.home not in MODULES
        or not isinstance(assign, cst.Assign)
        or len(assign.targets) != 1
    ):
        return None
    target = assign.targets[0].target
    comments = "#" in program.text[program.start(assign) : program.end(assign)]
    return (assign, target.value) if isinstance(target, cst.Name) and not comments else None


def _reference(program: Program, homes: Container[str], chain: Chain) -> Reference | None:
    targets = program.targets(chain.root)
    reached = {_reached(homes, target, chain.names) for target in targets}
    length, home = max(filter(None, reached), default=(0, ""))
    if not home:
        return None
    if home == EAGER and PYTHON in {join(target, *chain.names[: length + 1]) for target in targets}:
        reach = Reach.INTERNAL
    elif length == 0:
        reach = Reach.BOUND
    elif len(reached) > 1:
        reach = Reach.AMBIGUOUS
    elif length == len(chain.names) and chain.node in program.bindings.written:
        reach = Reach.WRITTEN
    else:
        reach = Reach.SPELLED
    return Reference(home, chain, length, reach)


def _reached(homes: Container[str], target: str, names: Sequence[str]) -> tuple[int, str] | None:
    """Returns how many of names lead from target to one of homes, and to which."""
    paths = [join(target, *names[:n]) for n in range(min(len(names), _LONGEST) + 1)]
    return max(((n, path) for n, path in enumerate(paths) if path in homes), default=None)
