"""Lines and columns."""

from __future__ import annotations

from tfe_compat.upgrade.findings import Position, position_of


def test_lines_and_columns_count_from_1_over_all_line_ends():
    text = "a\nb\r\nc\rde"
    assert [position_of(text, text.index(each)) for each in "abcde"] == [
        Position(1, 1),
        Position(2, 1),
        Position(3, 1),
        Position(4, 1),
        Position(4, 2),
    ]
