"""Which files belong to one program: it needs one TensorFlow throughout.

A file that uses tf.contrib.eager has only ever run on TF 1. So has a file that imports it, and so
have the files that either of them imports: all of them are rewritten as programs of TF 1. A file
that imports one of the latter may be a program of TensorFlow 2; its names tell.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import gc
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tfe_compat.upgrade.analysis.destinations import new_path
from tfe_compat.upgrade.analysis.meaning import imported_modules
from tfe_compat.upgrade.analysis.tf1 import is_tf1
from tfe_compat.upgrade.analysis.v1_names import v1_uses
from tfe_compat.upgrade.edits import NEWLINE
from tfe_compat.upgrade.files.disk import Unprocessable
from tfe_compat.upgrade.files.local_imports import local_files
from tfe_compat.upgrade.files.scripts import Source, load
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.syntax.parsing import NotPython
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import TENSORFLOW

_LEFT = "; a program of TF 1 imports it: fix it, then run tfe-upgrade --all on it"
# Characters of text: a tree takes some 60 bytes for each.
_KEPT = 4_000_000  # of those whose trees are kept from the survey for the plan
_COLLECTED = 12_000_000  # of those that are parsed between two collections of garbage
# Import statements, or what looks like one, and the words in them; a dot is that of a package.
_IMPORT = re.compile(r"\b(?:from|import)\b(?:[^\n\\(]|\\\r?\n?|\([^)]*\)?)*")
_WORD = re.compile(r"(?<!\w)\.|\w+")


class File:
    """A file of a project.

    Attributes:
        path: Its path, as it is shown.
        source: Its text; None if it can't be read.
        error: Why it can't be read or parsed; None if it can.
    """

    def __init__(self, path: str, source: Source | None, error: Unprocessable | None = None):
        self.path = path
        self.source = source
        self.error = error
        self.is_tf1 = False
        self.has_v1_names = False
        self.imports: Sequence[str] = ()
        self._program: Program | None = None

    def survey(self, options: Options, keep: bool) -> None:
        """Looks at the program: whether it is one of TF 1, and what it imports."""
        program = self.parse(options)
        if program is not None:
            self.is_tf1 = is_tf1(program)
            self.has_v1_names = bool(v1_uses(program))
            self.imports = [new_path(program, module) for module in imported_modules(program)]
            self._program = program if keep else None

    @functools.cached_property
    def import_words(self) -> frozenset[str]:
        """The words in import statements, which say without parsing what may be imported."""
        text = self.source.program if self.source else ""
        return frozenset(word for each in _IMPORT.findall(text) for word in _WORD.findall(each))

    def parse(self, options: Options) -> Program | None:
        """Returns the program, to be rewritten by options; None if it has an error."""
        program, self._program = self._program, None
        if program is not None:
            return program.with_options(options)
        if self.source is None or self.error is not None:
            return None
        try:
            return Program(self.source.program, self.source.cells, options)
        except NotPython as error:
            (place,) = self.source.positions([_line_start(self.source.program, error.line)])
            line = place.line if error.line else None
            self.error = Unprocessable(error.message, line, place.cell)
            return None


class Project:
    """The files that were asked for, and those that belong to one program with them.

    Args:
        relevant: The files to look at, by path.
        others: What may import one of them, by path.
        folders: Those that may be on a program's path, if it lies in them, besides its own.
        options: What to rewrite.
    """

    def __init__(
        self,
        relevant: Mapping[str, Source],
        others: Mapping[str, Source],
        folders: Sequence[str],
        options: Options,
    ) -> None:
        self._options = options
        self._folders = folders
        self._files = {
            os.path.realpath(path): File(path, source)
            for path, source in {**relevant, **others}.items()
        }
        self._relevant = dict.fromkeys(map(os.path.realpath, relevant))
        self._surveyed: set[str] = set()
        self._parsed = 0
        self._members: dict[str, None] = {}  # the files of programs of TF 1
        self._imported: dict[str, set[str]] = {}  # what each file imports

    def __len__(self) -> int:
        return len(self._files)

    def survey(self) -> Iterator[File]:
        """Finds the files of programs of TF 1, and yields each file that it has looked at."""
        for real in self._relevant:
            yield self._survey(real)
        self._members.update((real, None) for real in self._relevant if self._files[real].is_tf1)
        self._add_importers(self._files)
        self._add_imported()
        # What imports a module that programs of both TensorFlows may share is told by its names.
        self._add_importers([real for real in self._relevant if self._files[real].has_v1_names])
        self._add_imported()

    def programs(self) -> Iterator[tuple[File, Program | None]]:
        """Yields each file that there may be something to say about, with its program."""
        whole = dataclasses.replace(self._options, all_files=True)
        for real in dict.fromkeys((*self._members, *self._relevant)):
            file = self._files[real]
            is_member = real in self._members
            options = whole if is_member and not file.is_tf1 else self._options
            program = file.parse(_with_folder(options, file))
            self._collect_garbage(file)
            if file.error is not None and is_member:
                file.error.message += _LEFT
            if real in self._relevant or file.source is None or TENSORFLOW in file.source.program:
                yield file, program

    def _survey(self, real: str) -> File:
        file = self._files[real]
        if real not in self._surveyed:
            self._surveyed.add(real)
            file.survey(_with_folder(self._options, file), keep=self._parsed < _KEPT)
            self._collect_garbage(file)
        return file

    def _collect_garbage(self, file: File) -> None:
        """Does now and then what Python would do each time that a tree has grown: half the time."""
        size = len(file.source.program) if file.source else 0
        if self._parsed // _COLLECTED < (self._parsed + size) // _COLLECTED:
            gc.collect()
        self._parsed += size

    def _add_importers(self, among: Iterable[str]) -> None:
        """Adds the files among these that import one of the members, and so on."""
        candidates = {real for real in among if real not in self._members}
        new = list(self._members)
        while new:
            names = {name for real in new for name in _words_for(real)}
            new = [
                real
                for real in sorted(candidates)
                if not names.isdisjoint(self._files[real].import_words)
                and self._imports(real) & self._members.keys()
            ]
            self._members.update(dict.fromkeys(new))
            candidates.difference_update(new)

    def _add_imported(self) -> None:
        """Adds the files that the members import, and so on."""
        new = list(self._members)
        while new:
            reached = {real: None for each in new for real in self._imports(each)}
            new = [real for real in reached if real not in self._members]
            self._members.update(dict.fromkeys(new))

    def _imports(self, real: str) -> set[str]:
        """Returns the real paths of the files that a file imports."""
        if real not in self._imported:
            file = self._survey(real)
            paths = itertools.chain.from_iterable(
                local_files(file.path, name, self._folders) for name in file.imports
            )
            self._imported[real] = {self._load(path) for path in paths}
        return self._imported[real]

    def _load(self, path: str) -> str:
        """Makes the file at path one of the project's, and returns its real path."""
        real = os.path.realpath(path)
        if real not in self._files:
            try:
                self._files[real] = File(path, load(path))
            except Unprocessable as error:
                self._files[real] = File(path, None, error)
        return real


def _with_folder(options: Options, file: File) -> Options:
    """Returns options for a file: TensorFlow's examples import one another."""
    if file.source is None or "python.examples" not in file.source.program:
        return options
    with contextlib.suppress(OSError):
        folder = os.path.dirname(file.path) or os.curdir
        names = [os.path.splitext(each) for each in os.listdir(folder)]
        beside = frozenset(name for name, suffix in names if suffix == ".py")
        return dataclasses.replace(options, beside=beside)
    return options


def _words_for(path: str) -> tuple[str, ...]:
    """Returns the words of which an import of the file at path has one."""
    name = os.path.splitext(os.path.basename(path))[0]
    if name == "__init__":
        return os.path.basename(os.path.dirname(path)), "."
    return (name,)


def _line_start(text: str, line: int) -> int:
    """Returns the offset at which a line, from 1, starts."""
    newlines = [0, *(newline.end() for newline in NEWLINE.finditer(text))]
    return newlines[min(max(line, 1), len(newlines)) - 1]
