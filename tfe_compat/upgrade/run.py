"""From paths to reports: files are read, planned as programs, and written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from tfe_compat.upgrade.files.disk import Unprocessable, find, write
from tfe_compat.upgrade.files.scripts import Source, load
from tfe_compat.upgrade.import_graph import File, ImportGraph
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan_program
from tfe_compat.upgrade.project import programs
from tfe_compat.upgrade.relevance import relevant
from tfe_compat.upgrade.report import Report, located
from tfe_compat.upgrade.syntax.program import Program


def run(paths: Sequence[str], options: Options, writing: bool) -> Iterator[Report]:
    """Yields a report for each file under paths, and for each other file of their programs.

    Args:
        paths: Files and folders.
        options: What to rewrite.
        writing: Whether to change the files.
    """
    to_plan: dict[str, Source] = {}
    others: dict[str, Source] = {}
    failed = set()
    for path, is_named in find(paths):
        try:
            source = load(path)
        except Unprocessable as error:
            failed.add(os.path.realpath(path))
            yield Report(path, error=error)
            continue
        # A file that was named is parsed in any case: its user wants to hear if it can't be.
        is_relevant = is_named or source.findings or relevant(source.program, options)
        (to_plan if is_relevant else others)[path] = source
    folders = [path for path in paths if os.path.isdir(path)] or [os.curdir]
    graph = ImportGraph({**to_plan, **others}, folders, options)
    for file, program in programs(graph, map(os.path.realpath, to_plan)):
        if file.source is not None or os.path.realpath(file.path) not in failed:
            others.pop(file.path, None)
            yield _report(file, program, writing)
    yield from map(Report, others)


def _report(file: File, program: Program | None, writing: bool) -> Report:
    source = file.source
    if source is None or program is None:
        return Report(file.path, source, error=file.error)
    try:
        plan = plan_program(program)
        changed = source.rewritten(plan.edits) if plan.edits else ""
        data = changed.encode(source.encoding)
    except Unprocessable as error:
        return Report(file.path, source, error=error)
    except UnicodeError as error:
        return Report(file.path, source, error=Unprocessable(f"encoding problem: {error}"))
    except Exception as error:  # a fault of the tool: the other files are not to suffer
        message = f"a fault of tfe-upgrade, please report it: {type(error).__name__}: {error}"
        return Report(file.path, source, error=Unprocessable(message[:500]))
    failure = None
    if writing and changed:
        try:
            write(file.path, source.data, data)
        except Unprocessable as error:
            failure = error
    edits = plan.edits if writing and not failure else ()
    findings = located(source, [*plan.findings, *source.findings], edits)
    return Report(file.path, source, changed, list(findings), failure, plan.notes)
