"""The pipeline: stages run one after the other, and their edits and findings become one plan."""

from __future__ import annotations

import pytest

from tfe_compat.upgrade import plan as pipeline
from tfe_compat.upgrade.edits import Edit, apply
from tfe_compat.upgrade.findings import Finding
from tfe_compat.upgrade.syntax.parsing import NotPython

TEXT = "import tfe_compat\nx = 1\n"


def plan_with(monkeypatch, *stages):
    for name in ("STATEMENTS", "REPORTS"):
        monkeypatch.setattr(pipeline, name, ())
    monkeypatch.setattr(pipeline, "EXPRESSIONS", stages)
    return pipeline.plan(TEXT)


def test_what_the_stages_yield_is_one_plan_in_the_order_of_the_text(monkeypatch):
    def first(program, draft):
        yield Finding(18, "unknown", "x", "...")
        yield Edit(22, 23, "2")

    def second(program, draft):
        yield Edit(18, 18, "y = ")
        yield Finding(0, "unknown", "tfe_compat", "...")
        yield Finding(18, "unknown", "x", "...")

    plan = plan_with(monkeypatch, first, second)
    assert apply(TEXT, plan.edits) == "import tfe_compat\ny = x = 2\n"
    assert [finding.name for finding in plan.findings] == ["tfe_compat", "x"]


def test_insertions_at_one_place_come_in_the_order_of_the_stages(monkeypatch):
    stages = [
        lambda program, draft, text=text: [Edit(18, 18, text)] for text in ("a = 1\n", "b = 2\n")
    ]
    plan = plan_with(monkeypatch, *stages)
    assert apply(TEXT, plan.edits) == "import tfe_compat\na = 1\nb = 2\nx = 1\n"


def test_two_edits_of_the_same_characters_are_a_bug_of_the_stages(monkeypatch):
    with pytest.raises(ValueError, match="two changes at once"):
        plan_with(monkeypatch, lambda program, draft: [Edit(18, 20, ""), Edit(19, 21, "")])


def test_a_result_that_is_no_python_is_never_given(monkeypatch):
    with pytest.raises(NotPython):
        plan_with(monkeypatch, lambda program, draft: [Edit(22, 23, "")])


def test_a_text_that_cannot_use_the_module_has_no_plan():
    plan = pipeline.plan("import tensorflow as tf\ntf.constant(1)\n")
    assert (plan.edits, plan.findings, plan.notes) == ((), (), ())
