"""``fingerprint.py``: the same for the same values, and other for others."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from course.checks.fingerprint import fingerprint, fingerprint_of_error, same
from tests.helpers.any_data import matrices, moderately, plain_data


def test_a_call_that_fails_has_one_fingerprint_in_every_python() -> None:
    for old, new in (
        ("float division by zero", "division by zero"),  # 3.13, 3.14
        ("too many values to unpack (expected 2)", "too many values to unpack (expected 2, got 3)"),
    ):
        assert fingerprint_of_error("Error", old) == fingerprint_of_error("Error", new)
    three = "not enough values to unpack (expected 3, got 2)"
    assert fingerprint_of_error("Error", three) != fingerprint_of_error("Error", new)


@moderately
@given(plain_data)
def test_a_value_has_the_fingerprint_of_its_copy(value: Any) -> None:
    assert same(fingerprint(value), fingerprint(copy.deepcopy(value)))


@moderately
@given(plain_data)
def test_a_fingerprint_survives_being_stored(value: Any) -> None:
    assert same(fingerprint(value), json.loads(json.dumps(fingerprint(value))))


@moderately
@given(plain_data, plain_data)
def test_any_two_fingerprints_can_be_compared(one: Any, other: Any) -> None:
    assert same(fingerprint(one), fingerprint(other)) == same(fingerprint(other), fingerprint(one))


@moderately
@given(matrices, st.data())
def test_another_entry_gives_another_fingerprint(array: np.ndarray, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, array.size - 1))
    changed = array.copy()
    changed.flat[index] += 0.01 * np.linalg.norm(array)
    assert not same(fingerprint(array), fingerprint(changed))


@moderately
@given(matrices)
def test_another_order_gives_another_fingerprint(array: np.ndarray) -> None:
    assume(array.size > 1)
    assert not same(fingerprint(array), fingerprint(array.ravel()[::-1].reshape(array.shape)))
