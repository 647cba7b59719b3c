"""Which files belong to one program: it needs one TensorFlow throughout.

A file that uses tf.contrib has only ever run on TF 1. So has a file that imports it, and so have
the files that either of them imports: all of them are rewritten as programs of TF 1, and so is the
rest of a package with tf.contrib.eager in it. A file that imports one of the others may be one of
TensorFlow 2; its names tell.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Collection, Iterable, Iterator
from typing import Callable

from tfe_compat.upgrade.files.local_imports import package_of
from tfe_compat.upgrade.import_graph import File, ImportGraph, closure
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import TENSORFLOW

_LEFT = "; a program of TF 1 imports it: fix it, then run tfe-upgrade --all on it"


def programs(graph: ImportGraph, relevant: Iterable[str]) -> Iterator[tuple[File, Program | None]]:
    """Yields each file that may need changes or findings, with its program.

    Args:
        graph: The files that were asked for.
        relevant: The real paths of those to look at. The others may be of one program with them.
    """
    relevant = dict.fromkeys(relevant)
    members = _members(graph, relevant)
    # Those that leave tensorflow to the files that they import.
    users = _importers(
        graph, members, graph.files, lambda real: not graph.facts(real).uses_tensorflow
    )
    whole = {**members, **users}
    of_keras = _keras_programs(graph, whole)
    imported = {each for real in whole for each in graph.imports(real) if each != real}
    for real in {**whole, **relevant}:
        options = graph.options(real)
        if real in whole:
            options = _options(graph, real, options, real in of_keras)
            options = dataclasses.replace(options, is_imported=real in imported)
        program = graph.program(real, options)
        file = graph.files[real]
        if file.error is not None and real in members:
            file.error.message += _LEFT
        yield file, program


def _options(graph: ImportGraph, real: str, options: Options, legacy_keras: bool) -> Options:
    """Returns options with what the stages need to know of the program's other files."""
    folder, name = os.path.split(real)
    is_package = name == "__init__.py" and package_of(real) == folder
    reached = graph.reached(real) - {real}
    return dataclasses.replace(
        options,
        all_files=options.all_files or not graph.facts(real).is_tf1,
        own_modules=frozenset(
            module
            for module, files in graph.modules(real).items()
            if any(
                graph.facts(each).uses_tensorflow for file in files for each in graph.reached(file)
            )
        ),
        is_package=is_package,
        eager_is_on=any(graph.facts(each).turns_eager_on for each in reached),
        legacy_keras=legacy_keras,
    )


def _members(graph: ImportGraph, relevant: Iterable[str]) -> dict[str, None]:
    """Returns the files of TF 1 programs that import tensorflow."""
    members = {real: None for real in relevant if graph.facts(real).is_tf1}
    with_tensorflow = [real for real, file in graph.files.items() if TENSORFLOW in file.text]
    packages = {package_of(real) for real in members if graph.facts(real).uses_eager} - {""}
    members.update((real, None) for real in with_tensorflow if package_of(real) in packages)
    members |= _importers(graph, members, with_tensorflow)
    members |= closure(members, graph.imports)
    # What imports a module that programs of both TensorFlows may share is told by its names.
    of_tf1 = [real for real in relevant if graph.facts(real).has_v1_names]
    members |= _importers(graph, members, of_tf1)
    return members | closure(members, graph.imports)


def _importers(
    graph: ImportGraph,
    files: Iterable[str],
    among: Iterable[str],
    wanted: Callable[[str], bool] = lambda real: True,
) -> dict[str, None]:
    """Returns those of among that import one of files, directly or not, and are wanted."""
    new = list(files)
    candidates = set(among).difference(new)
    found: dict[str, None] = {}
    while new:
        new = [real for real in graph.importers(new, candidates) if wanted(real)]
        found.update(dict.fromkeys(new))
        candidates.difference_update(new)
    return found


def _keras_programs(graph: ImportGraph, files: Iterable[str]) -> Collection[str]:
    """Returns the files of programs in which some file needs TF 1's Keras."""
    neighbors: dict[str, set[str]] = {real: set() for real in files}
    for real in neighbors:
        for other in graph.imports(real) & neighbors.keys():
            neighbors[real].add(other)
            neighbors[other].add(real)
    found = {real for real in neighbors if graph.facts(real).uses_keras}
    return closure(found, neighbors.__getitem__)
