"""The README's code blocks and the docstrings' examples run; its tables are those of the code."""

import doctest
import importlib
import re
import textwrap
from pathlib import Path

import pytest
import tensorflow as tf

from tfe_compat.conformance import cases, known_differences, record

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")

MODULES = [
    "tfe_compat.gradients",
    "tfe_compat.parameters",
    "tfe_compat.rebuilt",
    "tfe_compat.conformance.outcome",
    "tfe_compat.conformance.programs",
]


def blocks(language):
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", README, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in found]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted
    assert not results.failed


def test_python_blocks_run_in_turn():
    namespace = {"__name__": "__main__"}  # AutoGraph looks for the module of a function
    assert len(blocks("python")) >= 12
    for block in blocks("python"):
        if "import keras" in block and not tf.keras.__version__.startswith("3."):
            continue  # before TensorFlow 2.16 it comes with Keras 2
        if block.startswith(">>>"):
            results = doctest.DocTestRunner().run(
                doctest.DocTestParser().get_doctest(block, namespace, "README.md", None, 0),
                clear_globs=False,
            )
            assert not results.failed, block
        else:
            exec(compile(block, "README.md", "exec"), namespace)


def test_the_after_of_before_and_after_runs():
    (block,) = blocks("diff")
    after = [line[1:] for line in block.splitlines() if not line.startswith("-")]
    namespace = {}
    exec("\n".join(after), namespace)
    assert [namespace[name].numpy() for name in ("value", "dx", "dy")] == [12.0, 12.0, 4.0]


def test_every_block_is_of_a_kind_that_is_checked():
    kinds = set(re.findall(r"^ *```(\w*)$", README, re.MULTILINE)) - {""}
    assert kinds == {"diff", "python", "sh"}


def test_known_differences_are_those_of_the_list():
    (table,) = re.findall(
        r"<!-- known differences -->\n(.*?)<!-- /known differences -->", README, re.DOTALL
    )
    assert table == known_differences.as_markdown()


def test_the_numbers_of_cases_and_programs_are_right():
    counts = f"{len(cases.CASES):,} hand-written cases and {record.PROGRAM_COUNT:,} random programs"
    assert counts in " ".join(README.split())
