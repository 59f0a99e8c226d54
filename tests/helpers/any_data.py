"""Data of any kind, for tests at random of what compares, describes and stores it."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from course.checks.compare import Comparison, Opaque

moderately = settings(
    deadline=None,
    max_examples=80,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
floats = st.floats(allow_nan=True, allow_infinity=True)
shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)
DTYPES = [
    *("bool", "int8", "int32", "int64", "uint8", "uint64"),
    *("float16", "float32", "float64"),
]


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray:
    """An array of any shape and dtype, special values among its entries."""
    shape = draw(shapes)
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    random = np.random.RandomState(draw(st.integers(0, 2**31)))
    array = random.randint(0, 2, shape) if dtype.kind == "b" else random.randn(*shape) * 50
    with np.errstate(all="ignore"):
        result = np.array(np.abs(array) if dtype.kind == "u" else array).astype(dtype)
    if dtype.kind == "f" and result.size and draw(st.booleans()):
        result.flat[0] = draw(st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -0.0]))
    return result


plain_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    floats,
    st.text(max_size=8),
    arrays(),
)
plain_data = st.recursive(
    plain_leaves,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.text(max_size=5), st.integers()), parts, max_size=3),
    ),
    max_leaves=6,
)
odd_objects = st.sampled_from(
    [Opaque("generator"), object(), {1, 2}, b"bytes", 1j, np.array(["a"]), np.array([1j]), len]
)
matrices = st.builds(
    lambda rows, columns, seed: np.random.RandomState(seed).randn(rows, columns),
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(0, 2**31),
)
HOW = Comparison()
