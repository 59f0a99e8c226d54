"""Say in words how wrong numbers differ from the right ones: by a factor, a sign, an order.

The sentences hold ``{place}`` where the place of the numbers is to be named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from course.checks.compare import Comparison, Difference, agrees
from course.language import N_, _, ngettext
from course.sentences import listed, paragraph

FEW_ENTRIES = 6
"""How many numbers or names are shown at most."""


def describe_value(
    difference: Difference, quantities: Mapping[str, float], comparison: Comparison
) -> str:
    """Describe how numbers of the right shape differ.

    Parameters:
        difference: the difference, of the kind "value".
        quantities: named numbers of the case, to explain a constant factor with.
        comparison: how strictly the exercise is compared.
    """
    if isinstance(difference.expected, str):
        return _("{place} is another text than it should be.")
    expected = np.asarray(difference.expected, dtype=np.float64)
    returned = np.asarray(difference.returned, dtype=np.float64)
    if _is_too_coarse(expected, np.asarray(difference.returned)):
        return _(
            "{place} is right to three digits only: its numbers are of half precision (float16). "
            "Keep them as NumPy makes them (float64)."
        )
    with np.errstate(all="ignore"):
        for explain in (_only_zeros, _sign, _factor, _transposed, _offset, _some_entries):
            sentence = explain(expected, returned, quantities, comparison)
            if sentence:
                return paragraph(sentence, _own_value(returned))
    off = _("{place} has the right shape, but its values are off.")
    return paragraph(off if returned.ndim else _("{place} is off."), _own_value(returned))


def _is_too_coarse(expected: np.ndarray, returned: np.ndarray) -> bool:
    """Whether what is wrong is no more than the rounding of numbers in half precision."""
    if returned.dtype != np.float16:
        return False
    coarse = Comparison(relative_tolerance=1e-3, absolute_tolerance=1e-3)
    return agrees(expected, returned, coarse)


def _own_value(returned: np.ndarray) -> str:
    if returned.size > FEW_ENTRIES:
        return ""
    text = np.array2string(returned, precision=5, separator=", ").replace("\n", "")
    # NumPy ends a whole number with a point: "10." would end the sentence twice.
    text = text.removesuffix(".")
    return _("Yours here: {value}.").replace("{value}", text)


_Explain = Callable[[np.ndarray, np.ndarray, Mapping[str, float], Comparison], str]


def _only_zeros(
    expected: np.ndarray, returned: np.ndarray, quantities: Mapping[str, float], how: Comparison
) -> str:
    if not returned.any():
        return _("{place} is zero everywhere. Was it computed, or only created?")
    if not expected.any():
        return _("{place} should be zero everywhere, and it is not.")
    return ""


def _sign(
    expected: np.ndarray, returned: np.ndarray, quantities: Mapping[str, float], how: Comparison
) -> str:
    if agrees(expected, -returned, how):
        return _("{place} has the wrong sign everywhere; its size is right.")
    return ""


def _factor(
    expected: np.ndarray, returned: np.ndarray, quantities: Mapping[str, float], how: Comparison
) -> str:
    large = np.abs(expected) > 1e-9 * np.max(np.abs(expected))
    if not large.any():
        return ""
    ratios = returned[large] / expected[large]
    ratio = float(np.median(ratios))
    if ratio == 0 or not np.isfinite(ratio) or not agrees(expected * ratio, returned, how):
        return ""
    is_negative = ratio < 0
    factors = {"large": abs(ratio), "small": 1 / abs(ratio)}
    for name, value in _combinations(quantities):
        for word, factor in factors.items():
            if abs(value) not in (0.0, 1.0) and abs(factor / value - 1) < 1e-6:
                text = _(_BY_A_NAMED_FACTOR[word, is_negative])
                return text.replace("{name}", name).replace("{value}", f"{value:g}")
    sentences = _BY_A_FACTOR if expected.size == 1 else _EVERYWHERE_BY_A_FACTOR
    for word, factor in factors.items():
        if factor > 1 and (expected.size > 1 or abs(factor - round(factor)) < 1e-6):
            return _(sentences[word, is_negative]).replace("{factor}", f"{factor:.4g}")
    return ""


_BY_A_NAMED_FACTOR = {
    ("large", False): N_("{place} is exactly {name} times too large (here {name} = {value})."),
    ("small", False): N_("{place} is exactly {name} times too small (here {name} = {value})."),
    ("large", True): N_(
        "{place} is exactly {name} times too large (here {name} = {value}) and has the wrong sign."
    ),
    ("small", True): N_(
        "{place} is exactly {name} times too small (here {name} = {value}) and has the wrong sign."
    ),
}
_BY_A_FACTOR = {
    ("large", False): N_("{place} is {factor} times too large."),
    ("small", False): N_("{place} is {factor} times too small."),
    ("large", True): N_("{place} is {factor} times too large and has the wrong sign."),
    ("small", True): N_("{place} is {factor} times too small and has the wrong sign."),
}
_EVERYWHERE_BY_A_FACTOR = {
    ("large", False): N_("{place} is {factor} times too large, everywhere by the same factor."),
    ("small", False): N_("{place} is {factor} times too small, everywhere by the same factor."),
    ("large", True): N_(
        "{place} is {factor} times too large and has the wrong sign, everywhere by the same factor."
    ),
    ("small", True): N_(
        "{place} is {factor} times too small and has the wrong sign, everywhere by the same factor."
    ),
}


def _combinations(quantities: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    yield from quantities.items()
    for name, value in quantities.items():
        yield f"{name}²", value * value
    yield "log(2)", float(np.log(2))
    yield "log(10)", float(np.log(10))


def _transposed(
    expected: np.ndarray, returned: np.ndarray, quantities: Mapping[str, float], how: Comparison
) -> str:
    if expected.ndim == 2 and expected.shape[0] == expected.shape[1] > 1:
        if agrees(expected, returned.T, how):
            return _("{place} is transposed: rows and columns are exchanged.")
    elif expected.ndim == 2 and min(expected.shape) > 1 and _same_entries(expected, returned):
        return _("{place} holds the right numbers in the wrong order.")
    return ""


def _same_entries(expected: np.ndarray, returned: np.ndarray) -> bool:
    one, other = np.sort(expected, axis=None), np.sort(returned, axis=None)
    return bool(np.allclose(one, other, rtol=1e-6))


def _offset(
    expected: np.ndarray, returned: np.ndarray, quantities: Mapping[str, float], how: Comparison
) -> str:
    if expected.size < 2:
        return ""
    offsets = returned - expected
    offset = float(np.median(offsets))
    if offset and agrees(expected + offset, returned, how):
        return _("{place} is off by the same amount ({offset}) everywhere.").replace(
            "{offset}", f"{offset:.4g}"
        )
    return ""


def _some_entries(
    expected: np.ndarray, returned: np.ndarray, quantities: Mapping[str, float], how: Comparison
) -> str:
    wrong = ~np.isclose(
        returned,
        expected,
        rtol=how.relative_tolerance,
        atol=how.absolute_tolerance * float(np.max(np.abs(expected), initial=0.0)),
        equal_nan=True,
    )
    if expected.size < 2 or wrong.all() or not wrong.any():
        return ""
    for axis in (1, 0):
        if expected.ndim == 2 and expected.shape[1 - axis] > 1:
            lines = wrong.all(axis=axis)
            if lines.any() and np.array_equal(wrong.any(axis=axis), lines):
                found = np.flatnonzero(lines)
                return _only_in(axis, len(found)).replace(
                    "{numbers}", listed([str(number) for number in found[:8]])
                )
    if (returned[wrong] == 0).all():
        return _("{place} is zero in some entries that should not be zero; the others are right.")
    if (expected[wrong] == 0).all():
        return _("{place} is not zero in some entries that should be zero; the others are right.")
    if agrees(np.abs(expected), np.abs(returned), how):
        return _("{place} has the wrong sign in some of its entries.")
    return (
        _("{place} is right in some entries, but wrong in {count} of {all}.")
        .replace("{count}", str(int(wrong.sum())))
        .replace("{all}", str(wrong.size))
    )


def _only_in(axis: int, count: int) -> str:
    """The sentence on some rows (axis 1, along which each is wrong) or columns (axis 0)."""
    if axis == 1:
        return ngettext(
            "{place} is wrong in the row {numbers} (counted from 0) only.",
            "{place} is wrong in the rows {numbers} (counted from 0) only.",
            count,
        )
    return ngettext(
        "{place} is wrong in the column {numbers} (counted from 0) only.",
        "{place} is wrong in the columns {numbers} (counted from 0) only.",
        count,
    )
