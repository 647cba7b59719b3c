"""Python files: read in the encoding that they claim, and given back byte for byte."""

from __future__ import annotations

import pytest
from notebook_checks import USE, rewritten

from tfe_compat.upgrade.files.disk import Unprocessable
from tfe_compat.upgrade.files.scripts import load


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xef\xbb\xbf",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"# coding: cp1251\n# \xff\n",
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_encoding_mark_and_line_ends_are_kept(tmp_path, head, end):
    path = tmp_path / "a.py"
    path.write_bytes(head.replace(b"\n", end) + USE.encode().replace(b"\n", end))
    assert rewritten(path) == (head + b"import tfe_compat as tfe\n").replace(b"\n", end)


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"x = 1\n\0", "binary, not text", 2),
        (b"x = 1\n\n\n'\xe9'\n", "not utf-8 text: invalid continuation byte", 4),
        (b"# coding: nope\n", "unknown encoding: nope", 1),
        (b"# coding: rot13\n", "can't be decoded as rot13", 1),
        (b"#" * 5_000_001, "larger than 5 MB", None),
    ],
)
def test_what_cannot_be_read_says_why_and_where(tmp_path, data, message, line):
    path = tmp_path / "a.py"
    path.write_bytes(data)
    with pytest.raises(Unprocessable, match=message) as error:
        load(str(path))
    assert error.value.line == line
