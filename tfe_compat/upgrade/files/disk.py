"""Files on disk: find them, read them, put new ones in their place."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LARGEST = 5_000_000  # bytes
SUFFIXES = (".py", ".ipynb")
_SKIPPED_FOLDERS = ("__pycache__", "node_modules")


class Unprocessable(Exception):
    """A file that is left as it is, why, and from which line (and cell) on, if known."""

    def __init__(self, message: str, line: int | None = None, cell: int | None = None):
        super().__init__(message)
        self.message = message
        self.line = line
        self.cell = cell


@dataclass(frozen=True)
class Found:
    """A path to look at: named by the caller, or met in a folder."""

    path: str
    named: bool
    error: Unprocessable | None = None


def find(paths: Iterable[str]) -> Iterator[Found]:
    """Yields each file under paths once, however many links lead to it, in order of name.

    A folder gives its .py and .ipynb files; hidden ones, __pycache__, node_modules and virtual
    environments are passed over. A path that is named itself is taken as it is.
    """
    seen: set[str] = set()
    for path in paths:
        yield from _find(path, True, seen)


def _find(path: str, named: bool, seen: set[str]) -> Iterator[Found]:
    try:
        mode = os.stat(path).st_mode
        entries = sorted(os.listdir(path)) if stat.S_ISDIR(mode) else []
    except OSError as error:
        yield Found(path, named, Unprocessable(_reason(error, path)))
        return
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    if stat.S_ISREG(mode):
        yield Found(path, named)
    elif not stat.S_ISDIR(mode):
        yield Found(path, named, Unprocessable("not a regular file"))
    elif named or "pyvenv.cfg" not in entries:
        for entry in entries:
            inner = os.path.join(path, entry)
            wanted = entry.endswith(SUFFIXES) or (
                entry not in _SKIPPED_FOLDERS and os.path.isdir(inner)
            )
            if wanted and not entry.startswith("."):
                yield from _find(inner, False, seen)


def _reason(error: OSError, path: str) -> str:
    if error.errno == errno.ENOENT and os.path.islink(path):
        return f"a link to what does not exist: {os.readlink(path)}"
    return error.strerror or str(error)


def read(path: str) -> bytes:
    """Returns the content of path.

    Raises:
        Unprocessable: it can't be read, is too large, or is not text.
    """
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
    """Replaces the content old of path, or of what it links to, by new, in one step.

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
        _replace(path, new)
    except OSError as error:
        raise Unprocessable(f"not written: {error.strerror or error}") from error


def _replace(path: str, data: bytes) -> None:
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
