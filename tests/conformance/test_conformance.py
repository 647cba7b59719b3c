"""The TensorFlow installed here against the recordings of TF 1.15.5."""

import json
import pkgutil
import platform
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

import tfe_compat as tfe
from tfe_compat.conformance import api, cases, comparison, known_differences, programs, record
from tfe_compat.conformance.__main__ import main
from tfe_compat.conformance.outcome import Tolerance, describe, differences
from tfe_compat.conformance.programs.execution import ARGUMENTS
from tfe_compat.conformance.programs.generation import WITHOUT_NUMBERS
from tfe_compat.conformance.programs.operations import OPERATIONS

# The comparison itself, run here too.
from tfe_compat.conformance.test_conformance import (  # noqa: F401
    SUBJECTS,
    comparer,
    test_same_as_tf_1_15_5,
)
from tfe_compat.namespace import NAMES

COMPARER = comparison.Comparer(tfe)
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "conformance.md"
(DOCUMENTED_REPORT,) = re.findall(r"```json\n(.*?)```", DOCUMENTATION.read_text("utf-8"), re.DOTALL)


# The recordings


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


# Known differences


def test_every_known_difference_is_shown_by_recorded_cases():
    recorded = {name.partition("[")[0] for name in comparison.recording("cases")["cases"]}
    for difference in known_differences.KNOWN_DIFFERENCES:
        for case, ours in difference.cases.items():
            assert case in recorded
            if isinstance(ours, known_differences.SameAs):
                assert ours.case in recorded


def test_no_case_stands_in_two_known_differences():
    listed = [case for d in known_differences.KNOWN_DIFFERENCES for case in d.cases]
    assert len(listed) == len(set(listed))


def test_what_programs_deviate_in_is_listed():
    listed = {difference.name for difference in known_differences.KNOWN_DIFFERENCES}
    found = {
        name
        for entry in comparison.recording("programs")["programs"]
        for name in programs.deviations(entry["program"])
    }
    assert found
    assert found <= listed


def test_programs_with_another_outcome_in_other_words_deviate():
    for entry in comparison.recording("programs")["programs"]:
        assert "instead" not in entry or programs.deviations(entry["program"])


# The comparison itself: it must be able to fail


def subject_of(case, recorded, **more):
    return comparison.Subject(case, recorded, comparison.CASE_TOLERANCE, **more)


def test_another_outcome_is_a_mismatch():
    (name, recorded) = next(iter(comparison.recording("cases")["cases"].items()))
    assert COMPARER.compare(subject_of(name, recorded)).verdict == comparison.IDENTICAL
    compared = COMPARER.compare(subject_of(name, {"raised": "ValueError", "message": ""}))
    assert compared.verdict == comparison.MISMATCH
    assert compared.because


def test_a_known_difference_that_is_none_any_more_is_a_mismatch():
    name = "default_left_out[gradients_function]"
    ours = cases.outcome(name, tfe)
    compared = COMPARER.compare(subject_of(name, ours))
    assert compared.verdict == comparison.MISMATCH
    assert "no longer differs" in compared.because[0]


def test_a_known_difference_must_be_what_we_say_it_is():
    name = "unknown_name[gradients_function]"
    recorded = comparison.recording("cases")["cases"][name]

    class Broken:
        @staticmethod
        def gradients_function(f, params=None):
            def g(*args):
                raise ValueError("something else")

            return g

    compared = comparison.Comparer(Broken).compare(subject_of(name, recorded))
    assert compared.verdict == comparison.MISMATCH


def test_a_gradient_of_another_function_is_a_mismatch():
    """A plain tape, which adds up the gradients of one tensor as two arguments, is found out."""

    class PlainTape:
        @staticmethod
        def gradients_function(f, params=None):
            def g(*args):
                with tf.GradientTape() as tape:
                    tape.watch(args)
                    value = f(*args)
                return tape.gradient(value, list(args))

            return g

    name = "one_tensor_as_two_arguments[gradients_function]"
    recorded = comparison.recording("cases")["cases"][name]
    compared = comparison.Comparer(PlainTape).compare(subject_of(name, recorded))
    assert compared.verdict == comparison.MISMATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (tf.constant([1.0]), tf.constant([1.0 + 2.0**-20])),
        (tf.constant(1.0), tf.constant([1.0])),
        (tf.constant(1.0), tf.constant(1.0, tf.float64)),
        (tf.constant(1), tf.constant(2)),
        (tf.constant("a"), tf.constant("b")),
        (tf.constant(1.0), tf.constant(float("nan"))),
        (tf.constant(1.0), None),
        ([tf.constant(1.0)], (tf.constant(1.0),)),
        ({"a": tf.constant(1.0)}, {"b": tf.constant(1.0)}),
        (tf.constant([1.0, 0.0]), tf.IndexedSlices(tf.constant([1.0]), tf.constant([0]))),
        (tf.constant(1.0 + 1.0j), tf.constant(1.0 - 1.0j)),
    ],
)
def test_differences_are_found(one, other):
    assert list(differences(describe(one), describe(other), Tolerance(ulps=4)))
    assert not list(differences(describe(one), describe(one), Tolerance(ulps=0)))


def test_a_device_is_a_difference_unless_placements_do_not_count():
    with tf.device("CPU:1"):
        one = describe(tf.constant(1.0) * 2.0)
    other = describe(tf.constant(2.0))
    assert one["device"] == "CPU:1"
    assert list(differences(one, other, Tolerance(ulps=0)))
    assert not list(differences(one, other, Tolerance(ulps=0), placements=False))


# The command


@pytest.mark.multiprocess
def test_command(tmp_path):
    file = tmp_path / "outcomes.json"
    command = [sys.executable, "-m", "tfe_compat.conformance", "--verbose", "--json", str(file)]
    command += ["--only", "default_left_out[*", "--device", "CPU:1"]
    finished = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert "tensorflow:" in finished.stdout
    assert "CPU:0, CPU:1" in finished.stdout
    assert "known difference  default_left_out[make_vjp] (default left out)\n" in finished.stdout
    assert "0 identical, 3 known differences, 0 mismatches" in finished.stdout
    report = json.loads(file.read_text())
    assert report["summary"] == {"identical": 0, "known differences": 3, "mismatches": 0}
    assert [outcome["because"] for outcome in report["outcomes"]] == [["default left out"]] * 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--device", "CPU:7"], "'CPU:7' is none of CPU:0, CPU:1"),
        (["--device", "nonsense"], "'nonsense' is none of CPU:0, CPU:1"),
        (["--group", "nonsense"], "'nonsense' is none of documented, parameters, "),
        (["--json", "no/such/folder/file.json"], "no/such/folder/file.json can't be written"),
        (["--json", "."], ". can't be written"),
    ],
)
def test_command_refuses(arguments, words, capsys, monkeypatch):
    monkeypatch.setattr(api, "prepare", lambda: tfe)
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_command_says_that_nothing_is_called_that(capsys, monkeypatch):
    monkeypatch.setattr(api, "prepare", lambda: tfe)
    assert main(["--only", "nonsense"]) == 2
    assert "no case or program is called 'nonsense'" in capsys.readouterr().err
    assert main(["--group", "dy", "--only", "python_float[[]*"]) == 2
    assert "in the group 'dy' is called 'python_float[[]*'" in capsys.readouterr().err


def test_command_names_each_mismatch_and_how_to_run_it_alone(capsys, monkeypatch):
    class Doubled:
        @staticmethod
        def gradients_function(f, params=None):
            return lambda *args, **kwargs: tfe.gradients_function(f, params)(*args, dy=2.0)

    monkeypatch.setattr(api, "prepare", lambda: Doubled)
    assert main(["--only", "documented_example[gradients_function]"]) == 1
    printed = capsys.readouterr().out
    assert "mismatch: documented_example[gradients_function]" in printed
    assert "TF 1.15.5: {" in printed
    assert "here:      {" in printed
    assert "--only 'documented_example[gradients_function]'" in printed
    assert "1 compared" in printed
    assert "0 identical, 0 known differences, 1 mismatches" in printed


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command in this process on given subjects: its exit code and what it prints."""

    def run(arguments, subjects=SUBJECTS):
        monkeypatch.setattr(api, "prepare", lambda: tfe)
        monkeypatch.setattr(comparison, "subjects", lambda: iter(subjects))
        exit_code = main(arguments)
        return exit_code, capsys.readouterr().out

    return run


EXAMPLE = next(s for s in SUBJECTS if s.name == "documented_example[gradients_function]")

# Programs take any name.
PROGRAM = next(
    s for s in SUBJECTS if s.program and COMPARER.compare(s).verdict == comparison.IDENTICAL
)


def mismatching(name):
    return PROGRAM._replace(name=name, recorded={"raised": "ValueError", "message": ""})


def test_command_begins_with_what_it_compares(run):
    _, printed = run([], [EXAMPLE, EXAMPLE, PROGRAM])
    assert printed.startswith(
        "comparing 2 cases and 1 programs with their recordings of TF 1.15.5, "
        f"on TensorFlow {tf.__version__}\n\n"
    )


def test_command_ends_in_a_summary_with_the_versions_and_the_options(run):
    arguments = ["--only", EXAMPLE.name, "--device", "CPU:1"]
    exit_code, printed = run(arguments)
    assert exit_code == 0
    start, *lines, last = printed.rpartition("\n\n")[2].splitlines()
    assert start == f"tfe_compat:    {tfe.__version__}"
    assert lines[:3] == [
        f"tensorflow:    {tf.__version__}",
        f"numpy:         {np.__version__}",
        f"python:        {platform.python_version()}",
    ]
    assert lines[3:] == [
        f"platform:      {platform.platform()}",
        "devices:       CPU:0, CPU:1",
        "compared with: TensorFlow 1.15.5, recorded",
        "command:       python -m tfe_compat.conformance "
        "--only 'documented_example[gradients_function]' --device CPU:1",
    ]
    counts = "1 compared in [0-9]+ s: 1 identical, 0 known differences, 0 mismatches"
    assert re.fullmatch(counts, last)
    assert printed.endswith("0 mismatches\n")
    # Each fact once.
    assert all(printed.count(line) == 1 for line in [start, *lines, last])


def test_the_summary_has_the_options_of_the_command_line(run, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["__main__.py", "--verbose"])
    _, printed = run(None, [EXAMPLE])
    assert "\ncommand:       python -m tfe_compat.conformance --verbose\n" in printed


@pytest.mark.parametrize(("count", "more"), [(1, []), (20, []), (21, ["and 1 more"])])
def test_the_summary_names_20_mismatches_at_most(run, count, more):
    names = [f"number {i}" for i in range(count)]
    exit_code, printed = run([], [EXAMPLE, *map(mismatching, names)])
    assert exit_code == 1
    listed = printed.rpartition("\nmismatches:")[2].splitlines()
    assert [line.strip() for line in listed[:-1]] == names[:20] + more
    assert listed[-1].endswith(f": 1 identical, 0 known differences, {count} mismatches")


@pytest.mark.parametrize("device", [[], ["--device", "CPU:1"]], ids=["", "device"])
@pytest.mark.parametrize(
    "name",
    ["program 0007", 'it\'s "one" [f]', "a*b", "a?b", "a[bc]", "$HOME `x` \\", "é;#!"],
)
def test_a_mismatch_says_how_to_run_exactly_it_alone(run, name, device):
    decoys = ["program 0008", "axb", "ab", name + name, name[1:], name.upper()]
    subjects = [mismatching(n) for n in (decoys[0], name, *decoys[1:])]
    _, printed = run(device, subjects)
    line = next(
        line
        for line in printed.partition(f"mismatch: {name}\n")[2].splitlines()
        if line.startswith("  alone:")
    )
    _, python, *command = shlex.split(line)
    assert [python, *command[:2]] == ["python", "-m", "tfe_compat.conformance"]
    assert command[2:] == ["--only", name, *device]
    _, alone = run(command[2:], subjects)
    assert re.findall("^mismatch: (.*)$", alone, re.MULTILINE) == [name]
    assert "\n1 compared in " in alone


def test_only_takes_brackets_as_they_are_beside_a_star(run):
    _, printed = run(["--only", "a*[bc]"], list(map(mismatching, ["a1[bc]", "ab", "abc", "a[bc]"])))
    assert re.findall("^mismatch: (.*)$", printed, re.MULTILINE) == ["a1[bc]", "a[bc]"]


@pytest.mark.parametrize("group", ["state", "programs"])
def test_command_runs_one_group(run, group):
    few = [s for s in SUBJECTS if s.group == group][:20]
    exit_code, printed = run(["--group", group], [EXAMPLE, *few])
    assert exit_code == 0
    assert f"\n{len(few)} compared in " in printed
    assert f"\ncommand:       python -m tfe_compat.conformance --group {group}\n" in printed


# The report


@pytest.fixture
def report_on(run, tmp_path):
    def report_on(subjects):
        file = tmp_path / "report.json"
        run(["--json", str(file)], subjects)
        return json.loads(file.read_text("utf-8"))

    return report_on


def keys(report):
    """The keys of a report, where they do not depend on what was compared."""
    (*_, outcome) = report["outcomes"]
    return [list(each) for each in (report, report["versions"], report["summary"], outcome)]


def test_the_documented_report_is_what_the_command_writes(run, monkeypatch, tmp_path):
    documented = json.loads(DOCUMENTED_REPORT)
    monkeypatch.chdir(tmp_path)
    python, option, module, *arguments = shlex.split(documented["command"])
    assert [python, option, module] == ["python", "-m", "tfe_compat.conformance"]
    assert run(arguments)[0] == 0
    written = json.loads(Path("report.json").read_text("utf-8"))
    assert keys(written) == keys(documented)
    documented["versions"] = written["versions"]  # those of the machine
    assert Path("report.json").read_text("utf-8") == json.dumps(documented, indent=1) + "\n"


@pytest.mark.parametrize(
    "recorded", [{"raised": "ValueError", "message": ""}, {"crashed": "SIGSEGV"}, {"hung": "10 s"}]
)
def test_a_report_with_a_mismatch_has_the_documented_keys(report_on, recorded):
    report = report_on([EXAMPLE._replace(recorded=recorded)])
    assert keys(report) == keys(json.loads(DOCUMENTED_REPORT))
    assert report["summary"] == {"identical": 0, "known differences": 0, "mismatches": 1}
    (outcome,) = report["outcomes"]
    assert (outcome["verdict"], outcome["recorded"]) == ("mismatch", recorded)
    assert outcome["because"]


def test_a_report_has_every_kind_of_outcome_that_is_recorded(report_on):
    kinds = {frozenset(re.findall(r'"(\w+)":', json.dumps(s.recorded))): s for s in SUBJECTS}
    found = frozenset().union(*kinds)
    assert {"returned", "raised", "crashed", "indexed_slices", "python"} <= found
    report = report_on(list(kinds.values()))
    assert report["summary"]["mismatches"] == 0
    assert len(report["outcomes"]) == len(kinds)
