"""Edits to a text, and where things stand in it."""

from __future__ import annotations

import pytest

from tfe_compat.upgrade.edits import Edit, apply, moved, position, relevant

EDITS = (Edit(0, 2, "abc"), Edit(4, 4, "+"), Edit(5, 7, ""))


def test_edits_are_made_and_the_rest_stays():
    assert apply("0123456789", EDITS) == "abc23+4789"


def test_a_place_moves_with_the_edits_before_it():
    after = apply("0123456789", EDITS)
    for offset in (2, 3, 4, 7, 9):
        assert after[moved(offset, EDITS)] == str(offset)


def test_a_place_within_an_edit_moves_to_its_start():
    assert moved(1, EDITS) == 0
    assert moved(6, EDITS) == 7


def test_lines_and_columns_count_from_1_over_all_line_ends():
    text = "a\nb\r\nc\rde"
    assert [position(text, text.index(each)) for each in "abcde"] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
        (4, 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import tensorflow.contrib.eager", True),
        ("from tensorflow.contrib import (slim,\n eager)", True),
        ("contrib = tf.contrib", True),
        ("import tfe_compat", True),
        ("import tensorflow as tf\ntf.contrib.slim", True),
        ("import tensorflow as tf\ntf.enable_eager_execution()", True),
        ("import tensorflow as tf\ntf.constant(1)", False),
        ("import os", False),
    ],
)
def test_relevant(text, expected):
    assert relevant(text) is expected
