"""What IPython adds to Python: blank in the program, and left in the notebook."""

from __future__ import annotations

import pytest
from notebook_checks import program


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "!pip install 'x",
        "?tf",
        "tf.contrib.eager?",
        "tf.contrib.eager.defun??",
        "files = !ls (",
        "a, b = %time f()",
        "pip install tensorflow",
        "cd ..",
    ],
)
def test_magics_are_blanked_character_for_character(line):
    before = f"if x:\n    {line}\ny = 1"
    assert program(before) == f"if x:\n    {'0'.ljust(len(line))}\ny = 1"


@pytest.mark.parametrize(
    "text",
    [
        "print('%s'\n      % x)",
        "x = y \\\n  % 3",
        "'''\n%time\n!ls\n'''",
        'x = """it\'s\n?\n"""',
        "x = [  # ''' (\n%3\n]",
        "x = r'\\'\ny = '''\n! '''",
        "x != y; z %= 3",
        "cd = ls - 1\nls if cd else rm",
        "why = 1  # really?",
    ],
)
def test_python_that_looks_like_magic_is_not_blanked(text):
    assert program(text) == text


def test_a_shell_line_goes_on_behind_a_backslash():
    assert program("!ls \\\n  -l\nx = 1") == "0    \n    \nx = 1"


@pytest.mark.parametrize(("magic", "kept"), [("%%bash", False), ("%%time", True), ("%%R x", False)])
def test_the_cell_of_a_cell_magic_is_python_only_for_some(magic, kept):
    assert ("x = 1" in program(f"{magic}\nx = 1")) is kept


@pytest.mark.parametrize("line", ["/f x", ",f a b", ";f a b"])
def test_autocall_is_magic(line):
    assert program(f"{line}\nx = [1\n,2]") == f"{'0'.ljust(len(line))}\nx = [1\n,2]"


def test_lines_may_end_with_a_carriage_return():
    assert program("%time\rx = 1\r\n!ls \\\r\n -l\r\ny = 2") == (
        "0    \rx = 1\r\n0    \r\n   \r\ny = 2"
    )
    assert program("%%bash\rls\r") == "      \r  \r"


def test_an_indented_cell_is_moved_to_the_margin_as_ipython_does():
    assert program(" x = [1,\n      2]\ny = 3\n") == "\fx = [1,\n\f     2]\ny = 3\n"
    assert program("\n  %time f()\n  x = 1\r\n") == "\n\f\f0        \n\f\fx = 1\r\n"
