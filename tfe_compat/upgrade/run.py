"""From paths to reports: files are read, planned as programs, and written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from tfe_compat.upgrade.files.disk import Unprocessable, find, write
from tfe_compat.upgrade.files.scripts import Source, load
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan_program
from tfe_compat.upgrade.project import File, Project
from tfe_compat.upgrade.relevance import relevant
from tfe_compat.upgrade.report import Progress, Report, located
from tfe_compat.upgrade.syntax.program import Program
from tfe_compat.upgrade.tables.paths import TENSORFLOW


def run(
    paths: Sequence[str], options: Options, writing: bool, progress: Progress
) -> Iterator[Report]:
    """Yields a report for each file under paths, and for each other file of their programs.

    Args:
        paths: Files and folders.
        options: What to rewrite.
        writing: Whether to change the files.
        progress: Is told how far it is.
    """
    to_plan: dict[str, Source] = {}
    others: dict[str, Source] = {}
    failed = set()
    for count, found in enumerate(find(paths), start=1):
        if count % 20 == 0:
            progress.show(f"{count} files read")
        try:
            if found.error:
                raise found.error
            source = load(found.path)
        except Unprocessable as error:
            failed.add(os.path.realpath(found.path))
            yield Report(found.path, error=error)
            continue
        # A file that was named is parsed in any case: its user wants to hear if it can't be.
        if found.named or source.findings or relevant(source.program, options):
            to_plan[found.path] = source
        elif TENSORFLOW in source.program:
            others[found.path] = source
        else:
            yield Report(found.path)
    folders = [path for path in paths if os.path.isdir(path)] or [os.curdir]
    project = Project(to_plan, others, folders, options)
    for count, _ in enumerate(project.survey(), start=1):
        progress.show(f"{count} files parsed", count / (2 * len(to_plan)))
    for count, (file, program) in enumerate(project.programs(), start=1):
        progress.show(f"{count} files planned", min((1 + count / len(to_plan)) / 2, 1.0))
        others.pop(file.path, None)
        if file.source is not None or os.path.realpath(file.path) not in failed:
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
