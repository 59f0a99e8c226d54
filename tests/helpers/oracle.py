"""What the solutions of the assignments are tested with, written as the formulas are.

With complex numbers, so that a derivative is the imaginary part of one evaluation (the complex
step), exact to rounding.
"""

from __future__ import annotations

import cmath
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

STEP = 1e-30

Array = np.ndarray[Any, np.dtype[Any]]
Parameters = dict[str, Array]

moderately = settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
sizes = st.integers(1, 6)
examples = st.integers(1, 7)
outputs = st.integers(1, 3)
seeds = st.integers(0, 2**32 - 1)


def cost_of(A: Array, Y: Array) -> complex:
    """The cost of predictions, a term at a time."""
    total = 0j
    for a, y in zip(A.ravel(), Y.ravel().tolist(), strict=True):
        total -= y * cmath.log(a) + (1 - y) * cmath.log(1 - a)
    return total / Y.shape[1]


def gradient(function: Callable[[Array], complex], at: Array) -> Array:
    """The gradient of a scalar function by the complex step, an entry at a time."""
    found = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        point = at.astype(complex)
        point[index] += 1j * STEP
        found[index] = complex(function(point)).imag / STEP
    return found


def assert_close(value: Any, expected: Any, atol: float = 1e-10) -> None:
    """Equal in shape, and to rounding."""
    value, expected = np.asarray(value), np.asarray(expected)
    assert value.shape == expected.shape
    np.testing.assert_allclose(value, expected.real, rtol=1e-9, atol=atol)
