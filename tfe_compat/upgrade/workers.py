"""Plans for many texts, each made in another process.

The parser is native code. A hostile text can make it overflow its stack or run for hours, and
neither can be caught: it takes its process down, and only that.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from tfe_compat.upgrade.edits import Plan
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.syntax import TOO_DEEP, explain

SECONDS = 60  # for one text, where the system has alarms
_STACK = 256 << 20  # bytes; long chains of elif or + nest deeply in the syntax tree
_DEPTH = 50_000


@dataclass(frozen=True)
class Rejected:
    """A text that no plan can be made for, why, and from which line on (0: unknown)."""

    message: str
    line: int = 0


# The text, where each cell starts if it is a notebook's, and what to rewrite.
Job = tuple[str, Sequence[int], Options]


class Workers:
    """Processes that make plans. They are started for the first job, and
    stopped when the context ends.

    Args:
        seconds: For one text.
    """

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def plan(self, jobs: Sequence[Job]) -> Iterator[Plan | Rejected]:
        """Yields the plan for each job, in order, or why there is none."""
        done = 0
        while done < len(jobs):
            try:
                for future in [self._submit(job) for job in jobs[done:]]:
                    result = future.result()
                    done += 1
                    yield result
            except BrokenProcessPool:
                self._end()
                done += 1  # this one may have broken the pool, or one that ran beside it
                yield self._plan_alone(jobs[done - 1])

    def _plan_alone(self, job: Job) -> Plan | Rejected:
        try:
            return self._submit(job).result()
        except BrokenProcessPool:
            self._end()
            seconds = self._seconds
            return Rejected(f"the parser crashed, or took longer than {seconds} seconds")

    def _submit(self, job: Job) -> Future[Plan | Rejected]:
        if self._pool is None:
            # Fresh processes: this one may have threads, which a fork would leave in no good state.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(mp_context=context, initializer=_start)
        return self._pool.submit(_plan, *job, self._seconds)

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # end at Ctrl-C, without a traceback
    sys.setrecursionlimit(_DEPTH)
    threading.stack_size(_STACK)


def _plan(text: str, cells: Sequence[int], options: Options, seconds: int) -> Plan | Rejected:
    results: list[Plan | Rejected] = []
    thread = threading.Thread(target=lambda: results.append(_plan_here(text, cells, options)))
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)  # no handler: it ends this process, native code or not
    thread.start()
    thread.join()
    if hasattr(signal, "alarm"):
        signal.alarm(0)
    return results[0] if results else Rejected("the parser failed")


def _plan_here(text: str, cells: Sequence[int], options: Options) -> Plan | Rejected:
    import libcst

    from tfe_compat.upgrade.rewrite import plan

    try:
        return plan(text, cells, options)
    except libcst.ParserSyntaxError as error:
        return Rejected(*explain(text, error.message))
    except (RecursionError, MemoryError):
        return Rejected(TOO_DEEP)
    except BaseException as error:  # a bug, or a panic in LibCST: other files are not to suffer
        return Rejected(f"{type(error).__name__}: {error}"[:500])
