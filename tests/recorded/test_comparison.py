"""The comparison with what is recorded, which must not take everything for the same."""

import pytest
from recorded.comparison import same


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (1.0, 1.0000001),
        ([1.0, {"a": 2.0}], [1.0, {"a": 2.0000001}]),
        ({"a": 1, "b": None}, {"b": None, "a": 1}),
        ("NaN", "NaN"),
        (True, True),
    ],
)
def test_the_same_but_for_the_last_bits(actual, expected):
    assert same(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (1.0, 1.00001),
        (1e-8, 0.0),
        (1.0, 1),
        (1, True),
        (1.0, "1.0"),
        ([1.0], [1.0, 2.0]),
        ([1.0], {"a": 1.0}),
        ({"a": 1.0}, {"b": 1.0}),
        ({"a": [1.0, 2.0]}, {"a": [2.0, 1.0]}),
        (None, 0.0),
    ],
)
def test_different(actual, expected):
    assert not same(actual, expected)
