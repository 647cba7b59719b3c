"""The report that --json writes, and its documentation."""

import json
import re
import shlex
from pathlib import Path

import pytest
from conformance.subjects import EXAMPLE

from tfe_compat.conformance.test_conformance import SUBJECTS

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "conformance.md"
(DOCUMENTED_REPORT,) = re.findall(r"```json\n(.*?)```", DOCUMENTATION.read_text("utf-8"), re.DOTALL)


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
    kinds = {
        frozenset(re.findall(r'"(\w+)":', json.dumps(s.recorded))): s
        for s in SUBJECTS
        if s.name != "twenty_thousand_leaves_returned"  # it takes seconds
    }
    found = frozenset().union(*kinds)
    assert {"returned", "raised", "crashed", "indexed_slices", "python"} <= found
    report = report_on(list(kinds.values()))
    assert report["summary"]["mismatches"] == 0
    assert len(report["outcomes"]) == len(kinds)
