"""The recordings: whole, small, and those of the cases and programs that there are."""

import json
import pkgutil

from tfe_compat.conformance import api, cases, comparison, programs, record
from tfe_compat.conformance.programs.execution import ARGUMENTS
from tfe_compat.conformance.programs.generation import WITHOUT_NUMBERS
from tfe_compat.conformance.programs.operations import OPERATIONS
from tfe_compat.namespace import NAMES


def test_every_case_is_recorded_and_every_recording_has_a_case():
    assert list(comparison.recording("cases")["cases"]) == list(cases.CASES)


def test_there_are_enough_cases_for_each_function():
    assert len(cases.CASES) >= 220
    for function in api.EXPLICIT:
        assert sum(f"[{function}]" in name for name in cases.CASES) >= 220
    for function in api.IMPLICIT:
        assert sum(f"[{function}]" in name for name in cases.CASES) >= 30


def test_the_programs_are_those_of_the_seed():
    recorded = [entry["program"] for entry in comparison.recording("programs")["programs"]]
    assert recorded == programs.generate(record.SEED, record.PROGRAM_COUNT)


def test_the_programs_cover_every_operation_and_every_kind():
    recorded = [entry["program"] for entry in comparison.recording("programs")["programs"]]
    assert len(recorded) >= 2000
    used = {operation[0] for program in recorded for operation in program["operations"]}
    assert used == set(OPERATIONS)
    assert len(used) >= 25
    kinds = {argument[0] for program in recorded for argument in program["arguments"]}
    assert kinds == {*ARGUMENTS, *WITHOUT_NUMBERS, "same"}
    for program_key, count in [("way", 3), ("f", 6), ("function", 5), ("dtype", 6)]:
        assert len({program[program_key] for program in recorded}) == count


class Recorder:
    """Answers as a worker does, without TF 1.15.5, and notes what it was asked for."""

    def __init__(self):
        self.asked = []

    def outcome(self, kind, subject):
        if kind == "case names":
            return list(cases.CASES)
        self.asked.append(subject)
        return {"returned": None}


def test_recording_only_what_is_missing_keeps_the_rest_byte_for_byte():
    worker = Recorder()
    recorded = {name: comparison.recording(name)[name] for name in ("cases", "programs", "names")}
    for name, lines in [
        ("cases", record.record_cases(worker, recorded["cases"])),
        ("programs", record.record_programs(worker, recorded["programs"])),
        ("names", record.record_names(worker, recorded["names"])),
    ]:
        text = (record.RECORDINGS / f"{name}.json").read_text()
        assert text.splitlines()[2:-1] == ",\n".join(lines).splitlines()
    assert worker.asked == []


def test_recording_only_what_is_missing_records_that():
    worker = Recorder()
    recorded = comparison.recording("cases")["cases"]
    name = list(recorded)[5]
    del recorded[name]
    lines = list(record.record_cases(worker, recorded))
    assert lines[5] == f'"{name}": {{"returned":null}}'
    programs_recorded = comparison.recording("programs")["programs"]
    program = programs_recorded.pop(7)["program"]
    lines = list(record.record_programs(worker, programs_recorded))
    assert json.loads(lines[7]) == {"program": program, "outcome": {"returned": None}}
    assert worker.asked[:2] == [name, program]
    assert len(lines) == record.PROGRAM_COUNT


def test_every_case_belongs_to_the_group_of_its_module():
    assert list(cases.GROUP_OF) == list(cases.CASES)
    assert list(dict.fromkeys(cases.GROUP_OF.values())) == list(cases.GROUPS)
    modules = {module.name for module in pkgutil.iter_modules(cases.__path__)}
    assert modules == {*cases.GROUPS, "examples", "registration"}


def test_names_of_the_original():
    names = comparison.recording("names")["names"]
    assert len(names) == 52
    assert set(names) <= set(NAMES)


def test_the_recordings_are_small():
    files = list(record.RECORDINGS.glob("*.json"))
    assert sorted(file.stem for file in files) == ["cases", "names", "programs"]
    assert sum(file.stat().st_size for file in files) < 3e6
