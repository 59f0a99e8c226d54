"""``plain_data.py``: what comes back as it was, and what is refused."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.checks.compare import Opaque
from course.checks.plain_data import ArrayStyle, PlainDataError, from_json, to_json
from tests.helpers.any_data import DTYPES, floats, moderately, odd_objects, plain_data


def dumps(value: Any, arrays: ArrayStyle = "bytes") -> str:
    """Plain data as text, as it is stored and sent."""
    return json.dumps(to_json(value, arrays))


def loads(text: str | bytes) -> Any:
    """What a text of the untrusted side holds."""
    return from_json(json.loads(text), trusted=False)


def identical(one: Any, other: Any) -> bool:
    """Equal in every bit and every type."""
    if isinstance(one, np.ndarray):
        alike = isinstance(other, (np.ndarray, np.generic))
        return alike and one.dtype == other.dtype and one.tobytes() == np.asarray(other).tobytes()
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(identical(one[k], other[k]) for k in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other or (one != one and other != other))


@moderately
@given(plain_data)
def test_plain_data_comes_back_as_it_was(value: Any) -> None:
    assert identical(value, loads(dumps(value)))


@moderately
@given(plain_data)
def test_readable_numbers_are_stable_after_one_round(value: Any) -> None:
    once = from_json(to_json(value, "numbers"))
    assert identical(once, from_json(json.loads(dumps(once, "numbers"))))


def test_an_untrusted_array_comes_as_bytes_only() -> None:
    spelt_out = to_json(np.eye(2), "numbers")
    assert np.array_equal(from_json(spelt_out), np.eye(2))
    with pytest.raises(PlainDataError):
        from_json(spelt_out, trusted=False)


@moderately
@given(odd_objects)
def test_what_is_no_plain_data_arrives_as_the_name_of_its_type(value: Any) -> None:
    if not isinstance(value, Opaque):
        assert isinstance(loads(dumps(value)), Opaque)


WORDS = ["tuple", "list", "dict", "float", "opaque", "array"]


HEADS = ["dtype", "shape", "bytes", "numbers"]


scraps = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2**40),
    floats,
    st.sampled_from([*DTYPES, "object", "nan", "inf", "AAAA", "", "é", "=", "V8"]),
)


near_misses = st.recursive(
    scraps,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.dictionaries(st.sampled_from([*WORDS, *HEADS]), parts, min_size=1, max_size=2),
        st.fixed_dictionaries(
            {
                "array": st.fixed_dictionaries(
                    {
                        "dtype": st.one_of(st.sampled_from(DTYPES), parts),
                        "shape": st.one_of(st.lists(st.integers(0, 3), max_size=2), parts),
                    },
                    optional={
                        "bytes": st.one_of(st.sampled_from(["", "AAAAAAAAAAA="]), parts),
                        "numbers": st.one_of(st.lists(parts, max_size=3), parts),
                    },
                )
            }
        ),
    ),
    max_leaves=8,
)


@settings(moderately, max_examples=400)
@given(near_misses, st.booleans())
def test_the_decoder_refuses_what_it_does_not_know_and_never_fails_otherwise(
    data: Any, trusted: bool
) -> None:
    with contextlib.suppress(PlainDataError):
        from_json(data, trusted)


@pytest.mark.parametrize(
    "content",
    [
        {"dtype": "float64", "shape": [1], "numbers": [{"x": 1}]},
        {"dtype": "float64", "shape": [1], "numbers": ["text"]},
        {"dtype": "float64", "shape": [1], "numbers": 3},
        {"dtype": "uint8", "shape": [1], "numbers": [300]},
        {"dtype": ["float64"], "shape": [1], "bytes": ""},
        {"dtype": "float64", "shape": [0, 2**31 - 1, 2**31 - 1, 2**31 - 1], "bytes": ""},
        {"dtype": "float64", "shape": [-1], "bytes": ""},
        {"dtype": "float64", "shape": [2], "bytes": "AAAAAAAAAAA="},
        {"dtype": "object", "shape": [1], "bytes": "AAAAAAAAAAA="},
    ],
    ids=lambda content: json.dumps(content)[:60],
)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_malformed_array_is_refused(content: Any, trusted: bool) -> None:
    with pytest.raises(PlainDataError):
        from_json({"array": content}, trusted)


@pytest.mark.parametrize("text", ["[" * 900 + "]" * 900, "{}", '{"a": 1, "b": 2}'])
def test_what_is_no_plain_data_is_refused(text: Any) -> None:
    with pytest.raises(PlainDataError):
        loads(text)


def test_what_contains_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(PlainDataError):
        to_json(endless)
