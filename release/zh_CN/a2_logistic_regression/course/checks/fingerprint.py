"""Short fingerprints of what a known mistake returns.

The public checks name a known mistake by comparing fingerprints, so that the student's folder
holds neither the mistaken code (which is one edit away from the solution) nor its results.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from course.checks.compare import is_number

_TOLERANCE = 1e-6
_LONGEST_MESSAGE = 200
_NEWER_OR_OLDER_WORDS = re.compile(r"^float (?=division by zero)|(?<=\d), got \d+(?=\)$)")
"""Words that Python 3.14 uses and 3.13 does not, or the other way round."""


def fingerprint(value: Any) -> Any:
    """Fingerprint a returned value: for each array its shape and two weighted sums.

    Parameters:
        value: plain data.

    Returns:
        Lists, strings and numbers that can be stored as JSON.
    """
    if isinstance(value, dict):
        return ["dict", sorted([str(key), fingerprint(part)] for key, part in value.items())]
    if isinstance(value, (tuple, list)):
        return ["values", [fingerprint(part) for part in value]]
    if is_number(value) or (isinstance(value, np.ndarray) and value.dtype.kind in "biuf"):
        return ["array", *_sums(np.asarray(value, dtype=np.float64))]
    if value is None or isinstance(value, str):
        return ["plain", value]
    return ["other", type(value).__name__]


def fingerprint_of_error(kind: str, message: str) -> Any:
    """Fingerprint a call that ended with an exception, the same in every version of Python.

    Parameters:
        kind: the name of the exception's class.
        message: its text.
    """
    return ["error", kind, _NEWER_OR_OLDER_WORDS.sub("", message)[:_LONGEST_MESSAGE]]


def _sums(array: np.ndarray) -> list[Any]:
    index = np.arange(1, array.size + 1, dtype=np.float64)
    flat = array.ravel()
    with np.errstate(all="ignore"):
        sums = (np.cos(index) @ flat, (np.sin(2 * index) + 0.5) @ flat, np.linalg.norm(flat))
    return [list(array.shape), *(_ten_digits(float(total)) for total in sums)]


def _ten_digits(total: float) -> float | str:
    return float(f"{total:.10g}") if np.isfinite(total) else str(total)


def same(one: Any, other: Any) -> bool:
    """Whether two fingerprints are of the same value, to rounding."""
    if one[0] != other[0]:
        return False
    if one[0] == "dict":
        return len(one[1]) == len(other[1]) and all(
            mine[0] == theirs[0] and same(mine[1], theirs[1])
            for mine, theirs in zip(one[1], other[1], strict=True)
        )
    if one[0] == "values":
        return len(one[1]) == len(other[1]) and all(map(same, one[1], other[1]))
    if one[0] == "array":
        return _same_sums(one[1:], other[1:])
    return bool(one == other)


def _same_sums(one: list[Any], other: list[Any]) -> bool:
    if list(one[0]) != list(other[0]):
        return False
    if any(isinstance(part, str) for part in (*one[1:], *other[1:])):
        return one[1:] == other[1:]
    allowed = _TOLERANCE * max(abs(one[3]), abs(other[3])) + 1e-14
    return all(abs(a - b) <= allowed for a, b in zip(one[1:], other[1:], strict=True))
