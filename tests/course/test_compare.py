"""``compare.py``: what agrees with what is expected, and where a value differs."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.checks.compare import Comparison, agrees, first_difference
from tests.helpers.any_data import HOW, matrices, moderately, odd_objects, plain_data


@moderately
@given(plain_data)
def test_a_value_agrees_with_its_copy(value: Any) -> None:
    assert first_difference(value, copy.deepcopy(value), HOW) is None


@moderately
@given(plain_data, st.one_of(plain_data, odd_objects))
def test_any_two_values_can_be_compared(expected: Any, returned: Any) -> None:
    first_difference(expected, returned, HOW)


@moderately
@given(matrices)
def test_single_precision_is_accepted(array: np.ndarray) -> None:
    assert agrees(array, array.astype(np.float32), HOW)


@moderately
@given(matrices, st.floats(1e-3, 1e3))
def test_another_factor_is_rejected(array: np.ndarray, more: float) -> None:
    difference = first_difference(array, array * (1 + more), HOW)
    assert difference is not None and difference.kind == "value"


@moderately
@given(matrices)
def test_a_lost_dimension_is_rejected(array: np.ndarray) -> None:
    difference = first_difference(array, array.ravel(), HOW)
    assert difference is not None and difference.kind == "shape"


@moderately
@given(matrices)
def test_nan_is_rejected_where_the_reference_has_none(array: np.ndarray) -> None:
    spoilt = array.copy()
    spoilt.flat[-1] = np.nan
    difference = first_difference(array, spoilt, HOW)
    assert difference is not None and difference.kind == "nan"


@pytest.mark.parametrize(
    "cost", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5)], ids=lambda x: type(x).__name__
)
def test_a_number_may_come_as_any_type_of_number(cost: Any) -> None:
    assert agrees(np.float64(0.5), cost, HOW)


def test_an_array_of_one_element_is_a_number_only_where_that_is_allowed() -> None:
    assert not agrees(0.5, np.array([[0.5]]), HOW)
    assert agrees(0.5, np.array([[0.5]]), Comparison(allow_one_element_array=True))


@pytest.mark.parametrize("labels", [np.array([[True, False]]), np.array([[1, 0]], dtype=np.uint8)])
def test_predictions_may_be_of_any_numeric_type(labels: np.ndarray) -> None:
    assert agrees(np.array([[1.0, 0.0]]), labels, HOW)


def test_a_list_of_costs_may_be_an_array_and_the_other_way_round_not() -> None:
    assert agrees([0.5, 0.25], np.array([0.5, 0.25]), HOW)
    assert not agrees(np.array([0.5, 0.25]), [0.5, 0.25], HOW)


def test_an_extra_key_is_a_difference_unless_it_is_allowed() -> None:
    expected, returned = {"dW": 1.0}, {"dW": 1.0, "dZ": 2.0}
    difference = first_difference(expected, returned, HOW)
    assert difference is not None and (difference.kind, difference.path) == ("extra key", "['dZ']")
    assert agrees(expected, returned, Comparison(allow_extra_keys=True))
