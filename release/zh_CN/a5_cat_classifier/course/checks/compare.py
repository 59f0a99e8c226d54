"""Compare what a function returned with what it should have returned.

The comparison accepts whatever later code could use just as well (a list for a tuple, float32
where precision allows, a 0-d array for a number) and rejects what it could not (a wrong shape or
rank, a missing key, a NaN, half precision, complex numbers). It is shared by the public checks and
by the judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np

Kind = Literal["type", "shape", "value", "nan", "length", "missing key", "extra key"]


_LONGEST_KEY = 40
SINGLE_PRECISION_SLACK = 10.0
"""How many times the tolerances a float32 result may be off: it carries seven digits only."""


@dataclass(frozen=True)
class Comparison:
    """How strictly an exercise is compared.

    Attributes:
        relative_tolerance: allowed error relative to each expected value. The default leaves room
            for float32 and for another order of summation, not for another formula.
        absolute_tolerance: allowed error relative to the largest expected value of an array, for
            entries that are nearly zero only because larger ones cancel.
        allow_extra_keys: whether a returned dict may hold more than what is asked for.
        allow_one_element_array: whether an array with one element, of any rank, may stand for a
            number (a cost of shape (1, 1), say).
        one_element_entries: keys of a returned dict whose number may come as such an array.
    """

    relative_tolerance: float = 1e-5
    absolute_tolerance: float = 1e-6
    allow_extra_keys: bool = False
    allow_one_element_array: bool = False
    one_element_entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """The first place where a returned value differs from the expected one.

    Attributes:
        kind: what sort of difference it is.
        path: where in the returned value: ``""`` for the value itself, ``"[1]"``, ``"['dW1']"``.
        expected: the expected value at that place. Never shown to a student as it is.
        returned: the value that was returned there.
    """

    kind: Kind
    path: str
    expected: Any
    returned: Any


@dataclass(frozen=True)
class Opaque:
    """Stands for a returned object that is not plain data, such as a function or a generator."""

    type_name: str


def is_number(value: object) -> bool:
    """Whether ``value`` is a single number: Python's, NumPy's, or a 0-d numeric array."""
    if isinstance(value, (bool, int, float, np.generic)):
        return np.asarray(value).dtype.kind in "biuf"
    if isinstance(value, Fraction):
        return True
    return isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "biuf"


def first_difference(
    expected: Any, returned: Any, comparison: Comparison, path: str = ""
) -> Difference | None:
    """Return the first difference between two values, or None where they agree.

    Parameters:
        expected: the reference's value: numbers, strings, None, arrays, and tuples, lists and
            dicts of them.
        returned: the student's value, of any type.
        comparison: the tolerances and allowances.
        path: where in the whole value this part stands.
    """
    if isinstance(expected, Mapping):
        return _compare_mappings(expected, returned, comparison, path)
    if isinstance(expected, (tuple, list)):
        return _compare_sequences(expected, returned, comparison, path)
    if is_number(expected) or isinstance(expected, np.ndarray):
        return _compare_arrays(expected, returned, comparison, path)
    same = type(expected) is type(returned) and expected == returned
    return (
        None
        if same
        else Difference(_kind_of_mismatch(expected, returned), path, expected, returned)
    )


def _short(key: object) -> str:
    """A key as it stands in a path; a student's key may be as long as it likes."""
    text = repr(key)
    return text if len(text) <= _LONGEST_KEY else f"{text[: _LONGEST_KEY - 4]}...'"


def _kind_of_mismatch(expected: Any, returned: Any) -> Kind:
    return "value" if type(expected) is type(returned) else "type"


def _compare_mappings(
    expected: Mapping[Any, Any], returned: Any, comparison: Comparison, path: str
) -> Difference | None:
    if not isinstance(returned, Mapping):
        return Difference("type", path, expected, returned)
    for key in expected:
        if key not in returned:
            return Difference("missing key", f"{path}[{_short(key)}]", expected, returned)
    if not comparison.allow_extra_keys:
        for key in returned:
            if key not in expected:
                return Difference("extra key", f"{path}[{_short(key)}]", expected, returned)
    for key, value in expected.items():
        difference = first_difference(value, returned[key], comparison, f"{path}[{_short(key)}]")
        if difference is not None:
            return difference
    return None


def _compare_sequences(
    expected: tuple[Any, ...] | list[Any], returned: Any, comparison: Comparison, path: str
) -> Difference | None:
    if isinstance(returned, np.ndarray) and returned.ndim >= 1 and all(map(is_number, expected)):
        returned = list(returned)
    if not isinstance(returned, (tuple, list)):
        return Difference("type", path, expected, returned)
    if len(expected) != len(returned):
        return Difference("length", path, expected, returned)
    for index, (one, other) in enumerate(zip(expected, returned, strict=True)):
        difference = first_difference(one, other, comparison, f"{path}[{index}]")
        if difference is not None:
            return difference
    return None


def _compare_arrays(
    expected: Any, returned: Any, comparison: Comparison, path: str
) -> Difference | None:
    target = np.asarray(expected)
    if isinstance(returned, (list, tuple)):
        # A list of numbers is not an array: later code would call .shape or .T on it.
        return Difference("type", path, expected, returned)
    if not (is_number(returned) or isinstance(returned, np.ndarray)):
        return Difference("type", path, expected, returned)
    value = np.asarray(float(returned) if isinstance(returned, Fraction) else returned)
    if value.dtype.kind not in "biuf":
        return Difference("type", path, expected, returned)
    entries = tuple(f"[{key!r}]" for key in comparison.one_element_entries)
    may_be_an_array = comparison.allow_one_element_array or (entries and path.endswith(entries))
    if target.ndim == 0 and value.size == 1 and may_be_an_array:
        value = value.reshape(())
    if target.shape != value.shape:
        return Difference("shape", path, expected, returned)
    if _agree(target, value, comparison):
        return None
    broken = ~np.isfinite(value.astype(np.float64))
    if np.any(broken & np.isfinite(target.astype(np.float64))):
        return Difference("nan", path, expected, returned)
    return Difference("value", path, expected, returned)


def _agree(target: np.ndarray, value: np.ndarray, comparison: Comparison) -> bool:
    if np.array_equal(target, value):
        return True
    wide_target = target.astype(np.float64)
    wide_value = value.astype(np.float64)
    finite = wide_target[np.isfinite(wide_target)]
    largest = float(np.max(np.abs(finite))) if finite.size else 0.0
    single = value.dtype.kind == "f" and value.dtype.itemsize <= 4
    slack = SINGLE_PRECISION_SLACK if single else 1.0
    return bool(
        np.allclose(
            wide_value,
            wide_target,
            rtol=slack * comparison.relative_tolerance,
            atol=slack * comparison.absolute_tolerance * largest + 1e-14,
            equal_nan=True,
        )
    )


def agrees(expected: Any, returned: Any, comparison: Comparison) -> bool:
    """Whether a returned value is as good as the expected one."""
    return first_difference(expected, returned, comparison) is None
