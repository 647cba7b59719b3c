"""What is said of a text that is not Python 3."""

from __future__ import annotations

import pytest

from tfe_compat.upgrade.syntax import explain


@pytest.mark.parametrize(
    "text",
    [
        "print 'x'",
        "print x, y",
        "exec code",
        "raise ValueError, 'x'",
        "try: f()\nexcept ValueError, e: pass",
        "x = 0777",
        "if a <> b: pass",
    ],
)
def test_python_2_is_told_the_command_that_brings_it_to_python_3(text):
    message, line = explain(f"a = 1\n{text}\n", "")
    assert message.startswith("not Python 3: ")
    assert message.endswith("pip install fissix, then python -m fissix -w FILE")
    assert line >= 2


@pytest.mark.parametrize("text", ["for i in :", "x = (", "def f(:", "no python at all"])
def test_what_is_no_python_at_all_is_not(text):
    assert "fissix" not in explain(text, "")[0]
