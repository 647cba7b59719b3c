"""The list of known differences, and what the recordings show of them."""

from tfe_compat.conformance import comparison, known_differences, programs


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
