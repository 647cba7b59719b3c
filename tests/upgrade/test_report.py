"""The diff: git takes it, and a terminal gets it in colors."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest

from tfe_compat.upgrade import report

FILES = {
    "a.py": (b"x\ny\n", b"y\nz\n"),
    "no end.py": (b"x", b"y"),
    "gets an end.py": (b"x\r\ny", b"x\r\ny\r\n"),
    "a folder/b c.py": (b"\xef\xbb\xbfx\n", b"\xef\xbb\xbfy\n"),
    "latin.py": (b"# coding: latin-1\n# \xe9\nx\n", b"# coding: latin-1\n# \xe9\ny\n"),
    "carriage.py": (b"x\ry\rz", b"x\rw\rz"),
    "new.py": (b"", b"x\n"),
}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_applies_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    for path, (old, _) in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(old)
    patch = b"".join(
        line for path, contents in FILES.items() for line in report.unified(f"./{path}", *contents)
    )
    subprocess.run(["git", "apply"], input=patch, check=True)
    assert {path: (tmp_path / path).read_bytes() for path in FILES} == {
        path: new for path, (_, new) in FILES.items()
    }


def test_no_file_without_a_last_line_end_is_joined_with_what_follows():
    lines = list(report.unified("a.py", b"x", b"y"))
    assert lines[-2:] == [
        b"-x\n\\ No newline at end of file\n",
        b"+y\n\\ No newline at end of file\n",
    ]


def test_it_has_colors_on_a_terminal_that_takes_them(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    report.show(stream, "a.py", b"x\n", b"y\n")
    assert "\x1b[31m-x\x1b[m\n\x1b[32m+y\x1b[m\n" in stream.getvalue()
    for variable, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as context:
            context.setenv(variable, value)
            assert not report.takes_colors(Terminal())
    plain = io.StringIO()
    report.show(plain, "a.py", b"x\n", b"y\n")
    assert "\x1b" not in plain.getvalue()
