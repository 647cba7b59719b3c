"""Edits to a text, and where things stand in it."""

from __future__ import annotations

import pytest

from tfe_compat.upgrade.edits import Edit, Edits, apply, offset_after

EDITS = (Edit(0, 2, "abc"), Edit(4, 4, "+"), Edit(5, 7, ""))


def test_edits_are_made_and_the_rest_stays():
    assert apply("0123456789", EDITS) == "abc23+4789"


def test_a_place_moves_with_the_edits_before_it():
    after = apply("0123456789", EDITS)
    for offset in (2, 3, 4, 7, 9):
        assert after[offset_after(offset, EDITS)] == str(offset)


def test_a_place_within_an_edit_moves_to_its_start():
    assert offset_after(1, EDITS) == 0
    assert offset_after(6, EDITS) == 7


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [(0, 1, True), (1, 9, True), (2, 4, False), (3, 5, True), (4, 5, False), (7, 9, False)],
)
def test_whether_edits_touch_a_place(start, end, touched):
    edits = Edits()
    for edit in reversed(EDITS):
        edits.add(edit)
    assert tuple(edits) == EDITS
    assert edits.touch(start, end) is touched


@pytest.mark.parametrize("place", [(1, 3), (6, 6), (6, 9), (3, 8), (3, 6)])
def test_edits_do_not_overlap(place):
    edits = Edits()
    for edit in EDITS:
        edits.add(edit)
    with pytest.raises(ValueError, match="two changes at once"):
        edits.add(Edit(*place, "x"))
