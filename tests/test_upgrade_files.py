"""Files on disk: found once, read whole, replaced in one step; notebooks keep their layout."""

from __future__ import annotations

import errno
import json
import os

import pytest

pytest.importorskip("libcst")

from tfe_compat.upgrade import files
from tfe_compat.upgrade.edits import Edit
from tfe_compat.upgrade.files import Notebook, Unprocessable, find, read, write
from tfe_compat.upgrade.rewrite import plan

USE = "import tensorflow.contrib.eager as tfe\n"
NEEDS_LINKS = pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")


def found(*paths, root):
    return [os.path.relpath(each.path, root) for each in find(map(str, paths)) if not each.error]


def errors(*paths):
    return [each.error.message for each in find(map(str, paths)) if each.error]


def rewritten(path):
    source = read(str(path))
    edits = plan(source.program, source.is_notebook).edits
    return source.rewritten(edits).encode(source.encoding)


# Finding


def test_a_folder_gives_its_python_files_and_notebooks_in_order(tmp_path):
    for name in ("b.py", "a.ipynb", "c.txt", "d/e.py", ".git/f.py", "__pycache__/g.py", ".h.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert found(tmp_path, root=tmp_path) == ["a.ipynb", "b.py", "d/e.py"]


def test_a_virtual_environment_is_passed_over_unless_it_is_named(tmp_path):
    (tmp_path / "env").mkdir()
    (tmp_path / "env/pyvenv.cfg").touch()
    (tmp_path / "env/a.py").touch()
    assert found(tmp_path, root=tmp_path) == []
    assert found(tmp_path / "env", root=tmp_path) == ["env/a.py"]


def test_a_file_that_is_named_needs_no_suffix(tmp_path):
    (tmp_path / "script").touch()
    assert found(tmp_path / "script", root=tmp_path) == ["script"]


@NEEDS_LINKS
def test_a_file_is_found_once_however_it_is_reached(tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.py").touch()
    (tmp_path / "link.py").symlink_to("d/a.py")
    (tmp_path / "d/up").symlink_to("..")
    names = found(tmp_path / "link.py", tmp_path, tmp_path / "d/a.py", root=tmp_path)
    assert names == ["link.py"]


@NEEDS_LINKS
def test_links_that_lead_nowhere_are_reported(tmp_path):
    (tmp_path / "a.py").symlink_to("gone.py")
    (tmp_path / "b.py").symlink_to("b.py")
    (tmp_path / "c").symlink_to("gone")
    assert errors(tmp_path) == [
        "a link to what does not exist: gone.py",
        os.strerror(errno.ELOOP),
    ]


def test_a_path_that_does_not_exist_is_reported(tmp_path):
    assert errors(tmp_path / "gone.py") == [os.strerror(errno.ENOENT)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_not_a_regular_file_is_reported(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    assert errors(tmp_path) == ["not a regular file"]


# Reading


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
        read(str(path))
    assert error.value.line == line


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_an_unreadable_file(tmp_path):
    path = tmp_path / "a.py"
    path.touch(mode=0)
    with pytest.raises(Unprocessable, match=os.strerror(errno.EACCES)):
        read(str(path))


# Writing


def test_a_file_is_replaced_with_its_mode(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"old")
    path.chmod(0o754)
    write(str(path), b"old", b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o754
    assert os.listdir(tmp_path) == ["a.py"]


@NEEDS_LINKS
def test_a_link_stays_one_and_its_target_is_replaced(tmp_path):
    (tmp_path / "a.py").write_bytes(b"old")
    (tmp_path / "link.py").symlink_to("a.py")
    write(str(tmp_path / "link.py"), b"old", b"new")
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "a.py").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize(
    ("failure", "raised"),
    [(OSError(errno.ENOSPC, "disk full"), Unprocessable), (KeyboardInterrupt(), KeyboardInterrupt)],
)
def test_a_failure_leaves_the_file_and_no_trace(tmp_path, monkeypatch, step, failure, raised):
    def fail(*args):
        raise failure

    path = tmp_path / "a.py"
    path.write_bytes(b"old")
    monkeypatch.setattr(files.os, step, fail)
    with pytest.raises(raised):
        write(str(path), b"old", b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.py"]


def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    def fail(**options):
        raise PermissionError(errno.EACCES, "denied")

    path = tmp_path / "a.py"
    path.write_bytes(b"old")
    monkeypatch.setattr(files.tempfile, "mkstemp", fail)
    with pytest.raises(Unprocessable, match="not written: denied"):
        write(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"


def test_a_read_only_file_is_left(tmp_path, monkeypatch):
    path = tmp_path / "a.py"
    path.write_bytes(b"old")
    monkeypatch.setattr(files.os, "access", lambda path, mode: False)
    with pytest.raises(Unprocessable, match="read-only"):
        write(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"


def test_a_file_that_someone_else_has_changed_is_left(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"theirs")
    with pytest.raises(Unprocessable, match="changed since"):
        write(str(path), b"old", b"new")
    assert path.read_bytes() == b"theirs"


# Notebooks


def code(source):
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}


def notebook(*cells, **metadata):
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 2}


def write_notebook(path, content, **layout):
    path.write_text(json.dumps(content, **layout) + "\n", encoding="utf-8")
    return path


def sources(data):
    return [cell["source"] for cell in json.loads(data)["cells"]]


def program(*cells):
    data = json.dumps(notebook(*map(code, cells)))
    return Notebook(data.encode(), data, "utf-8").program


@pytest.mark.parametrize(
    "layout",
    [
        {"indent": 1},
        {"indent": 4, "sort_keys": True},
        {"separators": (",", ":")},
        {"indent": "\t", "ensure_ascii": False},
    ],
)
def test_only_changed_lines_of_a_notebook_change(tmp_path, layout):
    before = ["import tensorflow as tf\n", "x = 'é'; y = tf.contrib.eager.defun('é')\n", "z = 'é'"]
    after = [before[0], "import tfe_compat as tfe\n", "x = 'é'; y = tfe.defun('é')\n", before[2]]
    rest = {"cell_type": "markdown", "metadata": {"é": [1.50, 1e3]}, "source": "tf.contrib.eager"}
    path = write_notebook(tmp_path / "a.ipynb", notebook(rest, code(before)), **layout)
    expected = json.dumps(notebook(rest, code(after)), **layout) + "\n"
    assert rewritten(path) == expected.encode()


def test_a_source_that_is_one_string_stays_one(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", notebook(code("x = 1\n" + USE)))
    assert sources(rewritten(path)) == ["x = 1\nimport tfe_compat as tfe\n"]


def test_a_source_of_one_line_grows_in_the_layout_of_the_list(tmp_path):
    path = write_notebook(
        tmp_path / "a.ipynb",
        notebook(code(["from tensorflow.contrib import eager, slim"])),
        indent=1,
    )
    after = notebook(code(["from tensorflow.contrib import slim\n", "import tfe_compat as eager"]))
    assert rewritten(path).decode() == json.dumps(after, indent=1) + "\n"


def test_an_import_over_several_lines_of_the_list(tmp_path):
    lines = ["from tensorflow.contrib import (\n", "    eager as tfe\n", ")\n", "x = 1"]
    path = write_notebook(tmp_path / "a.ipynb", notebook(code(lines)), indent=1)
    assert rewritten(path).decode() == (
        json.dumps(notebook(code(["import tfe_compat as tfe\n", "x = 1"])), indent=1) + "\n"
    )


def test_all_cells_are_one_program(tmp_path):
    path = write_notebook(
        tmp_path / "a.ipynb",
        notebook(
            code(["!pip install x\n", "import tensorflow as tf"]), code("tf.contrib.eager.run()")
        ),
    )
    assert sources(rewritten(path)) == [
        ["!pip install x\n", "import tensorflow as tf\n", "import tfe_compat as tfe"],
        "tfe.run()",
    ]


def test_the_worksheets_of_format_3(tmp_path):
    cell = {"cell_type": "code", "input": [USE], "language": "python"}
    path = write_notebook(tmp_path / "a.ipynb", {"worksheets": [{"cells": [cell]}], "nbformat": 3})
    after = json.loads(rewritten(path))["worksheets"][0]["cells"][0]["input"]
    assert after == ["import tfe_compat as tfe\n"]


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


def test_what_is_in_a_magic_is_reported():
    data = json.dumps(notebook(code("x = 1"), code("y = %time tf.contrib.eager.f()")))
    source = Notebook(data.encode(), data, "utf-8")
    (finding,) = source.findings
    assert finding.name == "tf.contrib.eager"
    assert source.places([finding.offset]) == [files.Place(line=1, column=11, cell=2)]


def test_a_place_is_that_of_the_file_as_it_is_left(tmp_path):
    path = write_notebook(tmp_path / "a.ipynb", notebook(code("a"), code("bc\nd")))
    source = read(str(path))
    offset = source.program.index("d")
    assert source.places([offset]) == [files.Place(line=2, column=1, cell=2)]
    edits = [Edit(0, 0, "\n\n"), Edit(offset - 1, offset - 1, "\nx")]
    assert source.places([offset], edits) == [files.Place(line=3, column=1, cell=2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a notebook: Expecting property name"),
        ("[]", "not a notebook: no JSON object"),
        ("{}", "not a notebook: no cells"),
        ('{"cells": [{"cell_type": "code", "source": 3}]}', "not a notebook: a list was expected"),
        ('{"cells": [{"cell_type": "code", "source": [3]}]}', "source that is no text"),
        ("[" * 100_000, "not a notebook"),
        (
            json.dumps(notebook(code(USE), kernelspec={"language": "R"})),
            "language is R, not Python",
        ),
    ],
)
def test_what_is_no_notebook_of_python(tmp_path, text, message):
    (tmp_path / "a.ipynb").write_text(text)
    with pytest.raises(Unprocessable, match=message):
        read(str(tmp_path / "a.ipynb"))


def test_a_notebook_may_hold_a_number_that_python_refuses_to_read(tmp_path):
    path = tmp_path / "a.ipynb"
    source = '"cells": [{"cell_type": "code", "source": "import tensorflow.contrib.eager as tfe"}]'
    path.write_text('{"n": ' + "1" * 5000 + ", " + source + "}")
    assert b"import tfe_compat as tfe" in rewritten(path)
    assert b"1" * 5000 in rewritten(path)
