"""``describe.py``: a difference in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course.checks.compare import first_difference
from course.checks.describe import describe, words_for
from tests.helpers.any_data import HOW, arrays, moderately, odd_objects, plain_data

QUANTITIES = {"m": 7, "learning_rate": 0.3}


def described(expected: Any, returned: Any, *returns: str) -> str:
    """The sentence on the first difference."""
    difference = first_difference(expected, returned, HOW)
    assert difference is not None
    return describe(difference, expected, returns, QUANTITIES)


@settings(moderately, max_examples=300)
@given(plain_data, st.one_of(plain_data, odd_objects))
def test_any_difference_can_be_described(expected: Any, returned: Any) -> None:
    difference = first_difference(expected, returned, HOW)
    assume(difference is not None)
    assert difference is not None
    assert describe(difference, expected, ("A", "cache"), QUANTITIES).strip()


@settings(moderately, max_examples=200)
@given(arrays(), st.integers(0, 2**31))
def test_any_two_arrays_of_one_shape_can_be_told_apart_in_words(
    expected: np.ndarray, seed: int
) -> None:
    random = np.random.RandomState(seed)
    returned = random.choice([0.0, 1.0, -2.5, 1e300, np.inf, np.nan], size=expected.shape)
    difference = first_difference(expected, np.asarray(returned), HOW)
    assume(difference is not None)
    assert difference is not None
    assert describe(difference, expected, (), QUANTITIES).strip()


def test_half_precision_is_named_where_it_is_all_that_is_wrong() -> None:
    right = np.array([[0.123456, -7.654321, 0.0]])
    assert "float16" in described(right, right.astype(np.float16))
    assert "float16" not in described(right, (2 * right).astype(np.float16))
    assert first_difference(right, right.astype(np.float32), HOW) is None


@pytest.mark.parametrize("kind", [complex, object, str])
def test_what_cannot_be_compared_as_a_number_is_none(kind: type) -> None:
    """Later code orders, rounds and takes logarithms."""
    right = np.array([[0.5, 0.25]])
    difference = first_difference(right, right.astype(kind), HOW)
    assert difference is not None and difference.kind == "type"
    assert "an array of dtype" in describe(difference, right, (), QUANTITIES)


def test_a_list_in_place_of_a_number_is_not_said_to_lack_the_shape_of_an_array() -> None:
    assert "should be a number, but it is a list" in described(np.array(0.5), [0.5])


@moderately
@given(st.one_of(plain_data, odd_objects))
def test_any_value_has_words(value: Any) -> None:
    assert words_for(value)


RANDOM = np.random.RandomState(5)
MATRIX = RANDOM.randn(3, 4)
SQUARE = RANDOM.randn(4, 4)


@pytest.mark.parametrize(
    ("expected", "returned", "words"),
    [
        (MATRIX, MATRIX * 7, "exactly m times too large"),
        (MATRIX, MATRIX / 7, "exactly m times too small"),
        (MATRIX, MATRIX * 49, "m² times too large"),
        (MATRIX, MATRIX * 0.3, "learning_rate"),
        (MATRIX, MATRIX * -7, "and has the wrong sign"),
        (MATRIX, MATRIX * 2, "2 times too large"),
        (MATRIX, -MATRIX, "has the wrong sign everywhere"),
        (MATRIX, np.abs(MATRIX), "has the wrong sign in some of its entries"),
        (MATRIX, MATRIX + 1, "off by the same amount (1) everywhere"),
        (MATRIX, MATRIX * 0, "zero everywhere"),
        (MATRIX * 0, MATRIX, "should be zero everywhere"),
        (MATRIX, MATRIX.T, "It looks transposed"),
        (SQUARE, SQUARE.T, "is transposed"),
        (MATRIX, MATRIX.T.reshape(3, 4), "the right numbers in the wrong order"),
        (MATRIX, MATRIX * (np.arange(3)[:, None] != 1), "wrong in the row 1"),
        (MATRIX, MATRIX * (np.arange(4) != 2), "wrong in the column 2"),
        (MATRIX, np.where(np.eye(3, 4) > 0, 0, MATRIX), "zero in some entries"),
        (MATRIX, MATRIX[0], "has lost a dimension"),
        (MATRIX, np.sum(MATRIX), "summed up to a single number"),
        (MATRIX, MATRIX[:, :2], "number of columns"),
        (MATRIX, MATRIX[:2], "number of rows"),
        (MATRIX, np.where(np.eye(3, 4) > 0, np.nan, MATRIX), "NaN"),
        (MATRIX, np.where(np.eye(3, 4) > 0, np.inf, MATRIX), "infinity"),
        (MATRIX, MATRIX.tolist(), "should be a NumPy array of shape (3, 4)"),
        (MATRIX, None, "returns None"),
        (MATRIX, MATRIX**3, "the right shape, but its values are off"),
        (0.5, np.array([[0.5]]), "should be a single number"),
        ({"W1": MATRIX}, {}, "W1 is missing"),
        ({"W1": MATRIX}, {"W1": MATRIX, "W2": MATRIX}, "holds W2"),
        ((MATRIX, SQUARE), (MATRIX,), "should hold 2 values, but it holds 1"),
        ((MATRIX, SQUARE), (MATRIX, None), "is None"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_difference_is_put_in_words(expected: Any, returned: Any, words: str) -> None:
    assert words in described(expected, returned)


def test_a_value_in_the_place_of_another_is_noticed() -> None:
    said = described((MATRIX, SQUARE), (SQUARE, MATRIX), "dW", "dA")
    assert "dW (the first returned value) holds what belongs in dA" in said


def test_braces_in_a_key_of_the_student_do_no_harm() -> None:
    said = described({"W1": 1.0}, {"{place}": 1.0, "{0}": 2})
    assert "W1 is missing" in said and "{place}" in said
