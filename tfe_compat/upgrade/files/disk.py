"""Files on disk: find them, read them, put new ones in their place."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator

LARGEST = 5_000_000  # bytes
SUFFIXES = (".py", ".ipynb")
_SHEBANG = re.compile(rb"#!.*\bpython[23]?\b")
_SKIPPED_FOLDERS = ("__pycache__", "node_modules")


class Unprocessable(Exception):
    """A file can't be processed: why, and at which line (and cell), if known."""

    def __init__(self, message: str, line: int | None = None, cell: int | None = None):
        super().__init__(message)
        self.message = message
        self.line = line
        self.cell = cell


def find(paths: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yields each file under paths once, however many links lead to it, in order of name.

    A folder gives its .py and .ipynb files and its Python scripts without a suffix; hidden ones,
    __pycache__, node_modules and virtual environments are passed over. A path that is named itself
    is taken as it is, and told from those by a true second value.
    """
    seen: set[str] = set()
    stack = [(path, True) for path in paths][::-1]
    while stack:
        path, named = stack.pop()
        real = os.path.realpath(path)
        try:
            entries = sorted(os.listdir(path)) if os.path.isdir(path) and real not in seen else None
        except OSError:
            entries = None  # to read it will fail, too
        if entries is None and real not in seen:
            yield path, named
        elif entries is not None and (named or "pyvenv.cfg" not in entries):
            inner = [os.path.join(path, each) for each in entries if not each.startswith(".")]
            stack += [(each, False) for each in inner[::-1] if _is_wanted(each)]
        seen.add(real)


def _is_wanted(path: str) -> bool:
    """Says whether what is met in a folder is a folder to look into, or a program."""
    if os.path.isdir(path):
        return os.path.basename(path) not in _SKIPPED_FOLDERS
    return path.endswith(SUFFIXES) or _is_script(path)


def _is_script(path: str) -> bool:
    """Says whether path is a script without a suffix: its first line names Python."""
    if "." in os.path.basename(path):
        return False
    try:
        with open(path, "rb") as file:
            return bool(_SHEBANG.match(file.read(100)))
    except OSError:
        return False


def _reason(error: OSError, path: str) -> str:
    if error.errno == errno.ENOENT and os.path.islink(path):
        return f"a link to what does not exist: {os.readlink(path)}"
    return error.strerror or str(error)


def read(path: str) -> bytes:
    """Returns the content of path.

    Raises:
        Unprocessable: it can't be read, is too large, or is not text.
    """
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        raise Unprocessable("not a regular file")  # to open a pipe would wait for its other end
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(LARGEST + 1) if size <= LARGEST else b""
    except OSError as error:
        raise Unprocessable(_reason(error, path)) from error
    if max(size, len(data)) > LARGEST:
        raise Unprocessable(f"larger than {LARGEST // 1_000_000} MB")
    if b"\0" in data:
        raise Unprocessable("binary, not text", line_of(data, data.index(b"\0")))
    return data


def line_of(data: bytes, offset: int) -> int:
    """Returns the line, from 1, that the byte at offset is in."""
    return data.count(b"\n", 0, offset) + 1


def write(path: str, old: bytes, new: bytes) -> None:
    """Replaces old, the content of path or of its link target, by new in one step.

    Until that step nothing is changed, and a failure before it leaves no trace.

    Raises:
        Unprocessable: path can't be written, or its content is not old any more.
    """
    path = os.path.realpath(path)
    try:
        with open(path, "rb") as file:
            if file.read() != old:
                raise Unprocessable("changed since it was read; not written")
        if not os.access(path, os.W_OK):
            raise Unprocessable("read-only; not written")
        _put_in_place(path, new)
    except OSError as error:
        raise Unprocessable(f"not written: {error.strerror or error}") from error


def _put_in_place(path: str, data: bytes) -> None:
    status = os.stat(path)
    descriptor, temporary = tempfile.mkstemp(prefix=".tfe-upgrade-", dir=os.path.dirname(path))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):  # only root may give a file away
                os.chown(temporary, status.st_uid, status.st_gid)
        os.chmod(temporary, stat.S_IMODE(status.st_mode))
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
