"""Files on disk: found once, read whole, replaced in one step."""

from __future__ import annotations

import errno
import os

import pytest

from tfe_compat.upgrade.files import disk
from tfe_compat.upgrade.files.disk import Unprocessable, find, read, write

NEEDS_LINKS = pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")


def found(*paths, root):
    return [os.path.relpath(path, root) for path, _ in find(map(str, paths))]


def errors(*paths):
    messages = []
    for path, _ in find(map(str, paths)):
        try:
            read(path)
        except Unprocessable as error:
            messages.append(error.message)
    return messages


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


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_an_unreadable_file(tmp_path):
    path = tmp_path / "a.py"
    path.touch(mode=0)
    with pytest.raises(Unprocessable, match=os.strerror(errno.EACCES)):
        read(str(path))


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
    monkeypatch.setattr(disk.os, step, fail)
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
    monkeypatch.setattr(disk.tempfile, "mkstemp", fail)
    with pytest.raises(Unprocessable, match="not written: denied"):
        write(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"


def test_a_read_only_file_is_left(tmp_path, monkeypatch):
    path = tmp_path / "a.py"
    path.write_bytes(b"old")
    monkeypatch.setattr(disk.os, "access", lambda path, mode: False)
    with pytest.raises(Unprocessable, match="read-only"):
        write(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"


def test_a_file_that_someone_else_has_changed_is_left(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"theirs")
    with pytest.raises(Unprocessable, match="changed since"):
        write(str(path), b"old", b"new")
    assert path.read_bytes() == b"theirs"
