"""The README's code blocks and the docstrings' examples run; its tables are those of the code."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

from tfe_compat.conformance import cases, known_differences, record

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")

MODULES = [
    "tfe_compat.gradients",
    "tfe_compat.parameters",
    "tfe_compat.conformance.outcome",
    "tfe_compat.conformance.programs",
]


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted
    assert not results.failed


def test_python_blocks_run_in_turn():
    namespace = {}
    assert len(blocks("python")) >= 7
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), namespace)


def test_the_after_of_before_and_after_runs():
    (block,) = blocks("diff")
    after = [line[1:] for line in block.splitlines() if not line.startswith("-")]
    namespace = {}
    exec("\n".join(after), namespace)
    assert [namespace[name].numpy() for name in ("value", "dx", "dy")] == [12.0, 12.0, 4.0]


def test_every_block_is_of_a_kind_that_is_checked():
    kinds = set(re.findall(r"^```(\w*)$", README, re.MULTILINE)) - {""}
    assert kinds == {"diff", "python", "sh"}


def test_known_differences_are_those_of_the_list():
    (table,) = re.findall(
        r"<!-- known differences -->\n(.*?)<!-- /known differences -->", README, re.DOTALL
    )
    assert table == known_differences.as_markdown()


def test_the_numbers_of_cases_and_programs_are_right():
    counts = f"{len(cases.CASES):,} hand-written cases and {record.PROGRAM_COUNT:,} random programs"
    assert counts in " ".join(README.split())
