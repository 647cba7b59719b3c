"""Which files import which. Files are loaded and parsed on first use."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Callable, NamedTuple

from tfe_compat.upgrade.analysis.destinations import new_path
from tfe_compat.upgrade.analysis.legacy_keras import uses_legacy_keras
from tfe_compat.upgrade.analysis.meaning import modules_of
from tfe_compat.upgrade.analysis.start import TEST_FILE, turns_eager_on
from tfe_compat.upgrade.analysis.tf1 import imports_tensorflow, is_tf1, uses_eager, v1_uses
from tfe_compat.upgrade.files.disk import Unprocessable
from tfe_compat.upgrade.files.local_imports import local_files
from tfe_compat.upgrade.files.scripts import Source, load
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.syntax.parsing import NotPython, line_start
from tfe_compat.upgrade.syntax.program import Program

_CONFTEST = os.sep + "conftest.py"
_KEPT = 400  # programs: a tree takes some 60 bytes for each character of its text
# Import statements, or what looks like one, and the words in them; a dot is that of a package.
_IMPORT = re.compile(r"\b(?:from|import)\b(?:[^\n\\(]|\\\r?\n?|\([^)]*\)?)*")
_WORD = re.compile(r"(?<!\w)\.|\w+")


class Facts(NamedTuple):
    """What a look at a program has shown."""

    is_tf1: bool = False  # whether it is a program of TF 1 by itself
    uses_eager: bool = False  # whether it uses tf.contrib.eager
    uses_tensorflow: bool = False  # whether it imports tensorflow
    uses_keras: bool = False  # whether it needs TF 1's Keras
    has_v1_names: bool = False  # whether it has names that TensorFlow 2 has not
    turns_eager_on: bool = False  # whether it turns eager execution on as it is imported
    modules: Mapping[str, str] = {}  # what it imports, as it is written, and as it is to be found


@dataclass
class File:
    """A file: the path to show, and its text or why it can't be read or parsed."""

    path: str
    source: Source | None
    error: Unprocessable | None = None

    @property
    def text(self) -> str:
        """The text of its program; empty if it can't be read."""
        return self.source.program if self.source is not None else ""

    @functools.cached_property
    def import_words(self) -> frozenset[str]:
        """The words in import statements, which say without parsing what may be imported."""
        statements = _IMPORT.findall(self.text)
        return frozenset(word for each in statements for word in _WORD.findall(each))


class ImportGraph:
    """Files, by their real paths, and what they import.

    Args:
        sources: Those to begin with, by path.
        folders: Those that may be on a program's path, if it lies in them, besides its own.
        options: What to rewrite.
    """

    def __init__(
        self, sources: Mapping[str, Source], folders: Sequence[str], options: Options
    ) -> None:
        self.files = {os.path.realpath(path): File(path, sources[path]) for path in sources}
        self._conftests = [each for each in self.files if each.endswith(_CONFTEST)]
        self._folders = folders
        self._options = options
        self._parsed = functools.lru_cache(_KEPT)(Program)
        self._facts: dict[str, Facts] = {}
        self._modules: dict[str, Mapping[str, list[str]]] = {}
        self._reached: dict[str, set[str]] = {}

    def options(self, real: str) -> Options:
        """Returns the options for a file by itself: TensorFlow's examples import one another."""
        file = self.files[real]
        options = dataclasses.replace(self._options, file_name=os.path.basename(file.path))
        if "python.examples" in file.text:
            with contextlib.suppress(OSError):
                names = map(os.path.splitext, os.listdir(os.path.dirname(file.path) or os.curdir))
                beside = frozenset(name for name, suffix in names if suffix == ".py")
                return dataclasses.replace(options, beside=beside)
        return options

    def program(self, real: str, options: Options) -> Program | None:
        """Returns the program of a file with options; None if the file has an error."""
        file = self.files[real]
        if file.source is None or file.error is not None:
            return None
        try:
            program = self._parsed(file.source.program, tuple(file.source.cells))
            return program.with_options(options)
        except NotPython as error:
            (place,) = file.source.positions([line_start(file.source.program, error.line)])
            line = place.line if error.line else None
            file.error = Unprocessable(error.message, line, place.cell)
            return None

    def facts(self, real: str) -> Facts:
        """Looks at the program of a file."""
        if real not in self._facts:
            program = self.program(real, self.options(real))
            self._facts[real] = _facts(program) if program is not None else Facts()
        return self._facts[real]

    def modules(self, real: str) -> Mapping[str, list[str]]:
        """Returns, for each module that a file imports, the files that it loads."""
        if real not in self._modules:
            path = self.files[real].path
            self._modules[real] = {
                module: [self._load(each) for each in local_files(path, name, self._folders)]
                for module, name in self.facts(real).modules.items()
            }
        return self._modules[real]

    def _load(self, path: str) -> str:
        """Adds the file at path to the graph, and returns its real path."""
        real = os.path.realpath(path)
        if real not in self.files:
            try:
                self.files[real] = File(path, load(path))
            except Unprocessable as error:
                self.files[real] = File(path, None, error)
        return real

    def imports(self, real: str) -> set[str]:
        """Returns the files that a file imports, and of a test each known conftest.py above it."""
        imported = {each for files in self.modules(real).values() for each in files}
        if TEST_FILE.fullmatch(os.path.basename(real)):
            imported.update(
                each
                for each in self._conftests
                if each != real and real.startswith(os.path.dirname(each) + os.sep)
            )
        return imported

    def reached(self, real: str) -> set[str]:
        """Returns a file and all that it imports, directly or not."""
        if real not in self._reached:
            self._reached[real] = set(closure([real], self.imports))
        return self._reached[real]

    def importers(self, files: Collection[str], among: Iterable[str]) -> list[str]:
        """Returns those of among that import one of files."""
        words = {name for real in files for name in _words_for(real)}
        return [
            real
            for real in sorted(among)
            if not words.isdisjoint(self.files[real].import_words)
            and not self.imports(real).isdisjoint(files)
        ]


def closure(files: Iterable[str], following: Callable[[str], Iterable[str]]) -> dict[str, None]:
    """Returns the files and all that follow from them, directly or not, the nearest first."""
    found = dict.fromkeys(files)
    new = list(found)
    while new:
        reached = {each: None for file in new for each in sorted(following(file))}
        new = [each for each in reached if each not in found]
        found.update(dict.fromkeys(new))
    return found


def _facts(program: Program) -> Facts:
    return Facts(
        is_tf1(program),
        uses_eager(program),
        any(map(imports_tensorflow, program.imports)),
        uses_legacy_keras(program),
        bool(v1_uses(program)),
        turns_eager_on(program),
        {name: new_path(program, name) for each in program.imports for name in modules_of(each)},
    )


def _words_for(path: str) -> tuple[str, ...]:
    """Returns the words one of which any import of the file at path contains."""
    name = os.path.splitext(os.path.basename(path))[0]
    if name == "__init__":
        return os.path.basename(os.path.dirname(path)), "."
    return (name,)
