"""Finds the program's own files that its import statements load."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

_INSTALLED = ("tensorflow", "tfe_compat")  # a clone of either is not part of the program

_STANDARD = getattr(sys, "stdlib_module_names", ())  # Python 3.9 does not say


def local_files(path: str, module: str, folders: Sequence[str]) -> Iterator[str]:
    """Yields the files that the program at path loads when it imports module, if they are its own.

    Args:
        path: The program.
        module: As `meaning.modules_of` gives it.
        folders: Those that may be on the program's path, if it lies in them, besides its own and
            the one that its package lies in.
    """
    name = module.lstrip(".")
    names = name.split(".") if name else []
    level = len(module) - len(name)
    home = os.path.dirname(path)
    if level:
        starts = [os.path.join(home, *[os.pardir] * (level - 1))]
    elif names[0] in _INSTALLED or (_is_package(home) and names[0] in _STANDARD):
        return
    else:
        starts = list(_search_path(home, folders))
    for start in map(os.path.normpath, starts):
        found = list(_loaded(start, names))
        if level:
            found += filter(os.path.isfile, [os.path.join(start, "__init__.py")])
        if found or (names and os.path.isdir(os.path.join(start, names[0]))):
            yield from map(os.path.normpath, found)
            return


def _search_path(home: str, folders: Sequence[str]) -> Iterator[str]:
    """Yields home and the folders around it that may be on the program's path."""
    roots = [os.path.realpath(folder) for folder in folders]
    while True:
        yield home
        real = os.path.realpath(home)
        parent = os.path.dirname(real)
        if parent == real or not (_is_package(home) or any(_is_in(real, root) for root in roots)):
            return
        home = os.path.normpath(os.path.join(home, os.pardir))


def _is_package(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "__init__.py"))


def _is_in(folder: str, root: str) -> bool:
    return folder.startswith(os.path.join(root, ""))


def _loaded(start: str, names: Sequence[str]) -> Iterator[str]:
    """Yields the files in the folder start that an import loads, those of the packages first."""
    for length in range(1, len(names) + 1):
        module = os.path.join(start, *names[:length])
        package = os.path.join(module, "__init__.py")
        if os.path.isfile(package):
            yield package
        elif os.path.isfile(f"{module}.py"):
            yield f"{module}.py"
            return  # what follows is a name in it


def package_of(path: str) -> str:
    """Returns the outermost package that the file at path lies in; empty if it lies in none."""
    found = ""
    folder = os.path.dirname(path)
    while _is_package(folder):
        found, folder = folder, os.path.dirname(folder)
    return found
