"""Source before and after the rewriting, as the tests of each stage compare it."""

from __future__ import annotations

import textwrap

from tfe_compat.upgrade.edits import apply, position
from tfe_compat.upgrade.rewrite import plan


def source(text):
    return textwrap.dedent(text).lstrip("\n")


def rewritten(text, **options):
    edits = plan(text, **options).edits
    after = apply(text, edits)
    assert not plan(after, **options).edits, "a second run has to change nothing"
    return after


def findings(text):
    return [
        "{}:{}: {}: {}".format(*position(text, each.offset), each.name, each.message)
        for each in plan(text).findings
    ]


def check(before, after):
    assert rewritten(source(before)) == source(after)


def check_same(text):
    assert plan(source(text)).edits == ()


def reported(text):
    """What is reported, and where, in a text that can't be rewritten."""
    before = f"import tensorflow as tf\n{text}\n# for what says nothing of eager itself\n"
    assert plan(before).edits == ()
    return [each.split(": not rewritten; ")[0] for each in findings(before)]
