"""Plans made in other processes, which hostile texts take down alone."""

from __future__ import annotations

import signal
import sys

import pytest

pytest.importorskip("libcst")

from tfe_compat.upgrade.edits import Plan
from tfe_compat.upgrade.options import DEFAULT
from tfe_compat.upgrade.rewrite import plan
from tfe_compat.upgrade.workers import Rejected, Workers, _plan_here


def plan_all(jobs, seconds=60):
    with Workers(seconds) as workers:
        return list(workers.plan(jobs))


USE = "import tensorflow.contrib.eager as tfe\n"


@pytest.mark.multiprocess
def test_a_text_that_crashes_the_parser_does_no_harm_to_the_others():
    crash = USE + "x = " + "(" * 60_000 + ")" * 60_000
    texts = [USE, crash, USE + "tfe.defun\n"]
    first, second, third = plan_all([(text, (), DEFAULT) for text in texts])
    assert (first, third) == (plan(texts[0]), plan(texts[2]))
    assert second == Rejected("the parser crashed, or took longer than 60 seconds")


@pytest.mark.multiprocess
@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="no alarms here")
def test_a_text_that_takes_too_long_is_given_up():
    hostile = "x = " + "+".join(["1"] * 30_000)
    assert plan_all([(hostile, (), DEFAULT)], seconds=2) == [
        Rejected("the parser crashed, or took longer than 2 seconds")
    ]


@pytest.mark.multiprocess
def test_long_chains_are_no_deep_nesting():
    text = USE + "x = " + " + ".join(["'a'"] * 600) + "\nif a: pass\n" + "elif b: pass\n" * 600
    (result,) = plan_all([(text, (), DEFAULT)])
    assert isinstance(result, Plan)


def test_no_jobs():
    assert plan_all([]) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [("x = 1\nprint 'x'\n", 2), ("exec 'x'\n", 1), ("\n\nx = `1`\n", 3), ("if x:\npass\n", 2)],
)
def test_what_is_not_python_3_is_rejected_with_its_line(text, line):
    result = _plan_here(text, (), DEFAULT)
    assert isinstance(result, Rejected)
    assert result.message.startswith("not Python 3: ")
    assert result.line == line


def test_what_nests_too_deeply_for_the_stack_is_rejected():
    text = USE + "x = " + "-" * 900 + "1\n"
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)  # jedi, which another test imports, raises it
    try:
        assert _plan_here(text, (), DEFAULT) == Rejected("nested too deeply")
    finally:
        sys.setrecursionlimit(limit)
