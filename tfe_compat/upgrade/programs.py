"""Plans for files and for the other files of their programs: one needs one TensorFlow throughout.

A file that uses tf.contrib.eager has only ever run on TF 1. So has a file that imports it, and so
have the files that either of them imports: all of them are rewritten as programs of TF 1. A file
that imports one of the latter may be a program of TensorFlow 2; its names tell.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Callable, Union

from tfe_compat.upgrade.edits import Plan
from tfe_compat.upgrade.files import Unprocessable
from tfe_compat.upgrade.local_imports import local_files
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.paths import TENSORFLOW
from tfe_compat.upgrade.sources import Source, load
from tfe_compat.upgrade.workers import Job, Rejected

_LEFT = "; a program of TF 1 imports it: fix it, then run tfe-upgrade --all on it"
# Import statements, or what looks like one.
_IMPORT = re.compile(r"\b(?:from|import)\b(?:[^\n\\(]|\\\r?\n?|\([^)]*\)?)*")

Planner = Callable[[Sequence[Job]], Iterator[Union[Plan, Rejected]]]
Planned = tuple[str, Union[Source, None], Union[Plan, Rejected]]


def plan_programs(
    files: Mapping[str, Source],
    others: Mapping[str, Source],
    folders: Sequence[str],
    options: Options,
    planner: Planner,
) -> Iterator[Planned]:
    """Yields the plan for each of files, and for each file that is of one program with it.

    Args:
        files: What to make a plan for, by path.
        others: What may import one of them, by path.
        folders: Those that may be on a program's path, if it lies in them, besides its own.
        options: What to rewrite.
        planner: Makes the plans.
    """
    waiting: dict[str, Planned] = {}
    programs = _Programs({**files, **others}, folders, options, planner)
    for planned in programs.plans(files, options):
        path, _, plan = planned
        if isinstance(plan, Plan) and plan.is_tf1:
            yield programs.add(*planned)
        else:
            waiting[os.path.realpath(path)] = planned
    of_tf1 = [path for path, (_, _, plan) in waiting.items() if _has_names_of_tf1(plan)]
    for found in itertools.chain(
        programs.importers(), programs.imported(), programs.importers(of_tf1), programs.imported()
    ):
        waiting.pop(os.path.realpath(found[0]), None)
        yield found
    yield from waiting.values()


def _has_names_of_tf1(plan: Plan | Rejected) -> bool:
    """Says whether the program uses names that TensorFlow 2 does not have."""
    return isinstance(plan, Plan) and any(each.name == TENSORFLOW for each in plan.findings)


class _Programs:
    """The files of programs of TF 1, by real path, with those that may come to them."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        folders: Sequence[str],
        options: Options,
        planner: Planner,
    ) -> None:
        self._sources = {os.path.realpath(path): (path, sources[path]) for path in sources}
        self._folders = folders
        self._options = dataclasses.replace(options, all_files=True)
        self._planner = planner
        self._files: dict[str, tuple[str, Plan | Rejected]] = {}

    def plans(
        self, sources: Mapping[str, Source], options: Options
    ) -> Iterator[tuple[str, Source, Plan | Rejected]]:
        jobs = [
            (source.program, source.cells, _with_folder(options, path, source))
            for path, source in sources.items()
        ]
        for (path, source), plan in zip(sources.items(), self._planner(jobs) if jobs else ()):
            yield path, source, plan

    def add(self, path: str, source: Source | None, plan: Plan | Rejected) -> Planned:
        self._files[os.path.realpath(path)] = (path, plan)
        return path, source, plan

    def importers(self, among: Container[str] | None = None) -> Iterator[Planned]:
        """Yields the plans for files (of those among) that import one of these, and so on."""
        new: Iterable[str] = [*self._files]
        while new:
            names = re.compile(rf"(?<!\w)(?:{'|'.join(_module_names(new))})(?!\w)")
            candidates = {
                path: source
                for real, (path, source) in self._sources.items()
                if real not in self._files
                and (among is None or real in among)
                and any(names.search(each) for each in _IMPORT.findall(source.program))
            }
            new = []
            for path, source, plan in self.plans(candidates, self._options):
                if isinstance(plan, Plan) and self._files.keys() & {*self._imports(path, plan)}:
                    new.append(path)
                    yield self.add(path, source, plan)

    def imported(self) -> Iterator[Planned]:
        """Yields the plans for files that these import, and so on."""
        new = [*self._files.values()]
        while new:
            reached: dict[str, Source] = {}
            for importer, its_plan in new:
                for real, file in self._imports(importer, its_plan).items():
                    if real in self._files:
                        continue
                    try:
                        shown, source = self._sources.get(real) or (file, load(file))
                        reached[shown] = source
                    except Unprocessable as error:
                        yield self.add(file, None, Rejected(error.message + _LEFT))
            new = []
            for path, source, plan in self.plans(reached, self._options):
                if isinstance(plan, Rejected):
                    plan = dataclasses.replace(plan, message=plan.message + _LEFT)
                planned = self.add(path, source, plan)
                new.append((path, plan))
                if TENSORFLOW in source.program:
                    yield planned

    def _imports(self, path: str, plan: Plan | Rejected) -> dict[str, str]:
        modules = plan.imports if isinstance(plan, Plan) else ()
        files = (file for each in modules for file in local_files(path, each, self._folders))
        return {os.path.realpath(file): file for file in files}


def _with_folder(options: Options, path: str, source: Source) -> Options:
    """Returns options for the program at path: TensorFlow's examples import one another."""
    if "python.examples" not in source.program:
        return options
    with contextlib.suppress(OSError):
        names = [os.path.splitext(each) for each in os.listdir(os.path.dirname(path) or os.curdir)]
        beside = frozenset(name for name, suffix in names if suffix == ".py")
        return dataclasses.replace(options, beside=beside)
    return options


def _module_names(paths: Iterable[str]) -> Iterator[str]:
    """Yields patterns of what an import of each file has in it."""
    for path in paths:
        name = os.path.splitext(os.path.basename(path))[0]
        if name == "__init__":
            yield re.escape(os.path.basename(os.path.dirname(os.path.realpath(path))))
            yield r"\.\w*"  # from .name import
        else:
            yield re.escape(name)
