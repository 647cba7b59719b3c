"""What is said of a text that is not Python 3, or not that of the Python which is running."""

from __future__ import annotations

import sys

import pytest

from tfe_compat.upgrade.syntax.parsing import NotPython, parse


def error_of(text):
    with pytest.raises(NotPython) as error:
        parse(text)
    return error.value


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
        "x = '\f\u2028'\nif a <> b: pass",
    ],
)
def test_python_2_is_told_the_command_that_brings_it_to_python_3(text):
    error = error_of(f"a = 1\n{text}\n")
    assert error.message.startswith("not Python 3: ")
    assert error.message.endswith("pip install fissix, then python -m fissix -w FILE")
    assert error.line >= 2


@pytest.mark.parametrize("text", ["for i in :", "x = (", "def f(:", "no python at all"])
def test_what_is_no_python_at_all_is_not(text):
    error = error_of(text)
    assert "fissix" not in error.message
    assert error.message.startswith("not Python 3: ")


@pytest.mark.parametrize(
    "text", ["f(async=True)", "async = 1", "x = self.async", "def f(await): 0"]
)
def test_names_of_python_3_6_that_are_keywords_now(text):
    assert "async and await are names in Python 3.6 and older only" in error_of(text).message


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("match x:\n    case 1: pass", (3, 10)),
        ("try: f()\nexcept* OSError: pass", (3, 11)),
        ("type X = int", (3, 12)),
        ("def f[T](x: T): pass", (3, 12)),
        ("f'{x['a']}'", (3, 12)),
    ],
)
def test_what_only_a_newer_python_reads_is_told_which(text, version):
    if sys.version_info >= version:
        parse(text)
    else:
        advice = f"if Python {version[0]}.{version[1]} reads it, run tfe-upgrade with that"
        assert error_of(text).message.endswith(advice)


@pytest.mark.parametrize(
    ("text", "line"),
    [("x = 1\nprint 'x'\n", 2), ("exec 'x'\n", 1), ("\n\nx = `1`\n", 3), ("if x:\npass\n", 2)],
)
def test_the_line_is_that_of_the_error(text, line):
    assert error_of(text).line == line


@pytest.mark.parametrize(
    "text",
    [
        "x = y" + ".z" * 200_000,
        "x = " + "1 + " * 200_000 + "1",
        "x = " + "-" * 200_000 + "1",
        "if a: pass\n" + "elif b: pass\n" * 20_000,
        "x = " + "lambda: " * 20_000 + "1",
    ],
    ids=["attributes", "additions", "signs", "elif", "lambda"],
)
def test_what_nests_too_deeply_for_python_is_said_to(text):
    assert error_of(text).message == "nested too deeply"


def test_long_chains_are_no_deep_nesting():
    parse("x = " + " + ".join(["'a'"] * 600) + "\nif a: pass\n" + "elif b: pass\n" * 600)
    parse("x = [" + "1.5, " * 100_000 + "]\n" + "x = 1\n" * 20_000)
