"""Records what TF 1.15.5 does: `python -m tfe_compat.conformance.record`, under Python 3.7.

Writes cases.json, programs.json and names.json into recordings/ beside this file; CONTRIBUTING.md
says how to set up TF 1.15.5. Recording everything again gives the same bytes on the same kind of
processor; on another, the last bits of some programs change, so `--missing` keeps what is recorded
and adds only what is not. Everything runs in a worker process: a case that kills it is recorded as
crashed, one that does not return within some seconds as hung, and a new worker runs the rest.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RECORDINGS = Path(__file__).parent / "recordings"

SEED = 1155
PROGRAM_COUNT = 2400
HANG_SECONDS = 10  # whatever returns at all does so in less than one


class Worker:
    """A process in which TensorFlow runs cases and programs."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._connection, other = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(other,), daemon=True)
        self._process.start()
        other.close()
        self._connection.recv()  # TensorFlow takes seconds to load

    def outcome(self, kind: str, subject: Any) -> Any:
        self._connection.send((kind, subject))
        try:
            if self._connection.poll(HANG_SECONDS):
                return self._connection.recv()
        except EOFError:
            self._process.join()
            crashed = signal.Signals(-(self._process.exitcode or 0))
            self._start()
            return {"crashed": crashed.name}
        self._process.terminate()
        self._process.join()
        self._start()
        return {"hung": f"{HANG_SECONDS} s"}


def _work(connection: Any) -> None:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    from tfe_compat.conformance import api

    tfe = api.prepare()

    import numpy as np
    import tensorflow as tf

    from tfe_compat.conformance import cases, programs

    tf.get_logger().setLevel("ERROR")
    answers: dict[str, Any] = {
        "case": lambda name: cases.outcome(name, tfe),
        "program": lambda program: programs.outcome(program, tfe),
        "case names": lambda _: list(cases.CASES),
        "public names": lambda _: [n for n in dir(tf.contrib.eager) if not n.startswith("_")],
        "versions": lambda _: {"tensorflow": tf.__version__, "numpy": np.__version__},
    }
    connection.send("ready")
    while True:
        try:
            kind, subject = connection.recv()
        except EOFError:
            return
        connection.send(answers[kind](subject))


def record_cases(worker: Worker, recorded: dict[str, Any]) -> Iterable[str]:
    for name in worker.outcome("case names", None):
        outcome = recorded.get(name) or worker.outcome("case", name)
        yield f"{_json(name)}: {_json(outcome)}"


def record_programs(worker: Worker, recorded: list[Any]) -> Iterable[str]:
    from tfe_compat.conformance import programs

    entries = {_json(entry["program"]): entry for entry in recorded}
    for program in programs.generate(SEED, PROGRAM_COUNT):
        yield _json(entries.get(_json(program)) or _record_program(worker, program))


def _record_program(worker: Worker, program: dict[str, Any]) -> dict[str, Any]:
    from tfe_compat.conformance import programs

    recorded = {"program": program, "outcome": worker.outcome("program", program)}
    in_other_words = programs.in_other_words(program)
    if in_other_words != program:
        instead = worker.outcome("program", in_other_words)
        if instead != recorded["outcome"]:
            recorded["instead"] = instead
    return recorded


def record_names(worker: Worker, recorded: list[str]) -> Iterable[str]:
    return map(_json, recorded or worker.outcome("public names", None))


def _json(thing: Any) -> str:
    return json.dumps(thing, separators=(",", ":"))


def _write(name: str, versions: dict[str, str], lines: Iterable[str], brackets: str) -> None:
    opening, closing = brackets.split()
    text = ",\n".join(lines)
    (RECORDINGS / f"{name}.json").write_text(
        f'{{"recorded_with": {_json(versions)},\n"{name}": {opening}\n{text}\n{closing}}}\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--missing",
        action="store_true",
        help="keep what is recorded, byte for byte, and record only what is not",
    )
    options = parser.parse_args()
    worker = Worker()
    versions = {**worker.outcome("versions", None), "python": platform.python_version()}
    if not versions["tensorflow"].startswith("1.15."):
        sys.exit(f"Only TF 1.15 can be recorded; this is TensorFlow {versions['tensorflow']}.")
    RECORDINGS.mkdir(exist_ok=True)

    def recorded(name: str, nothing: Any) -> Any:
        file = RECORDINGS / f"{name}.json"
        return json.loads(file.read_text())[name] if options.missing and file.exists() else nothing

    _write("names", versions, record_names(worker, recorded("names", [])), "[ ]")
    _write("cases", versions, record_cases(worker, recorded("cases", {})), "{ }")
    _write("programs", versions, record_programs(worker, recorded("programs", [])), "[ ]")


if __name__ == "__main__":
    main()
