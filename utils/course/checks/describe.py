"""Say in words how a returned value differs from the expected one.

The sentences name properties (a shape, a factor, a sign), never the expected numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from course.checks.compare import Comparison, Difference, Opaque, agrees, is_number
from course.language import _, ngettext

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_FEW_ENTRIES = 6


def describe(
    difference: Difference,
    expected: Any,
    returns: Sequence[str] = (),
    quantities: Mapping[str, float] | None = None,
    comparison: Comparison | None = None,
    returned: Any = None,
) -> str:
    """Describe a difference in one or two sentences.

    Parameters:
        difference: the first difference.
        expected: the whole expected value, to notice values that were returned in another's place.
        returns: the names of the returned values, as the solution's return statement has them.
        quantities: named numbers of the case, to explain a constant factor with.
        comparison: how strictly the exercise is compared.
        returned: the whole returned value, to say which parts of it are right.
    """
    place = name_of_place(difference.path, returns)
    comparison = comparison or Comparison()
    swapped = _in_anothers_place(difference, expected, returns, comparison)
    if swapped:
        return swapped.format(place=place)
    sentences: dict[str, Callable[[Difference], str]] = {
        "type": _describe_type,
        "length": _describe_length,
        "missing key": _describe_missing_key,
        "extra key": _describe_extra_key,
        "shape": _describe_shape,
        "nan": _describe_nan,
    }
    if difference.kind in sentences:
        text = sentences[difference.kind](difference).format(place=place)
    else:
        text = _describe_value(difference, quantities or {}, comparison).format(place=place)
    return text + _what_is_right(expected, returned, returns, comparison)


def _what_is_right(
    expected: Any, returned: Any, returns: Sequence[str], comparison: Comparison
) -> str:
    """Name the parts of a returned tuple or dictionary that are right already."""
    if isinstance(expected, dict) and isinstance(returned, dict):
        pairs = [(f"{key}", expected[key], returned.get(key)) for key in expected]
    elif (
        isinstance(expected, tuple)
        and isinstance(returned, tuple)
        and len(expected) == len(returned) == len(returns)
    ):
        pairs = list(zip(returns, expected, returned, strict=True))
    else:
        return ""
    right = [name for name, one, other in pairs if agrees(one, other, comparison)]
    if not right or len(right) == len(pairs):
        return ""
    names = ", ".join(right[:_FEW_ENTRIES]) + (", ..." if len(right) > _FEW_ENTRIES else "")
    return " " + ngettext("{names} is right.", "{names} are right.", len(right)).format(names=names)


def name_of_place(path: str, returns: Sequence[str] = ()) -> str:
    """Name a place in a returned value as a student would: ``dW (the second returned value)``.

    Parameters:
        path: a path such as ``""``, ``"[1]"``, ``"[0]['dW1']"``.
        returns: the names of the returned values.
    """
    steps = re.findall(r"\[[^\]]*\]", path)
    if not steps:
        return returns[0] if len(returns) == 1 else _("the returned value")
    if len(returns) > 1 and steps[0][1:-1].isdigit():
        index = int(steps[0][1:-1])
        rest = "".join(steps[1:])
        if index < min(len(returns), len(_ORDINALS)):
            name = returns[index] + rest
            ordinal = _(_ORDINALS[index])
            if rest:
                return f"{name}"
            return _("{name} (the {ordinal} returned value)").format(name=name, ordinal=ordinal)
    if len(steps) == 1 and steps[0][1] in "'\"":
        return str(steps[0][2:-2])
    return (returns[0] if len(returns) == 1 else _("the returned value")) + "".join(steps)


def _escaped(text: str) -> str:
    """Text that may be put into a sentence which is formatted afterwards."""
    return text.replace("{", "{{").replace("}", "}}")


def words_for(value: Any) -> str:
    """What sort of thing a value is, in words: ``an array of shape (4, 1)``."""
    if value is None:
        return _("None (nothing)")
    if isinstance(value, Opaque):
        return _("an object of type {name}").format(name=value.type_name)
    if isinstance(value, np.ndarray) and value.ndim:
        return _("an array of shape {shape}").format(shape=value.shape)
    if is_number(value):
        return _("a number")
    if isinstance(value, str):
        return _("a text")
    if isinstance(value, dict):
        text = ngettext(
            "a dictionary with {count} entry", "a dictionary with {count} entries", len(value)
        )
        return text.format(count=len(value))
    if isinstance(value, tuple):
        text = ngettext("a tuple of {count} value", "a tuple of {count} values", len(value))
        return text.format(count=len(value))
    if isinstance(value, list):
        text = ngettext("a list of {count} value", "a list of {count} values", len(value))
        return text.format(count=len(value))
    return _("an object of type {name}").format(name=type(value).__name__)


def _describe_type(difference: Difference) -> str:
    if difference.returned is None:
        if difference.path:
            return _("{place} is None. Was the value computed and stored?")
        return _(
            "The function returns None. Does it end with a return statement, and is that reached?"
        )
    if isinstance(difference.returned, (list, tuple)) and isinstance(
        difference.expected, np.ndarray
    ):
        return (
            _("{place} should be a NumPy array of shape {shape}, but it is {words}.")
            .replace("{shape}", str(difference.expected.shape))
            .replace("{words}", _escaped(words_for(difference.returned)))
        )
    return (
        _("{place} should be {expected}, but it is {returned}.")
        .replace("{expected}", _escaped(words_for(difference.expected)))
        .replace("{returned}", _escaped(words_for(difference.returned)))
    )


def _describe_length(difference: Difference) -> str:
    text = ngettext(
        "{place} should hold {expected} value, but it holds {returned}.",
        "{place} should hold {expected} values, but it holds {returned}.",
        len(difference.expected),
    )
    return text.replace("{expected}", str(len(difference.expected))).replace(
        "{returned}", str(len(difference.returned))
    )


def _key_names(value: Any, limit: int = 12) -> str:
    keys = [str(key)[:20] for key in value]
    text = ", ".join(keys[:limit]) + (", ..." if len(keys) > limit else "")
    return _escaped(text) if keys else _("none")


def _describe_missing_key(difference: Difference) -> str:
    return _("{place} is missing from the returned dictionary. Its keys are: {keys}.").replace(
        "{keys}", _key_names(difference.returned)
    )


def _describe_extra_key(difference: Difference) -> str:
    return _(
        "The returned dictionary holds {place}, which does not belong there; "
        "later code that counts its entries would go wrong."
    )


def _describe_shape(difference: Difference) -> str:
    expected = np.shape(difference.expected)
    returned = np.shape(difference.returned)
    if not expected:
        return _(
            "{place} should be a single number, but it is an array of shape {returned}."
        ).replace("{returned}", str(returned))
    text = _("{place} should have shape {expected}, but it has shape {returned}.")
    if len(returned) == 2 and returned == expected[::-1]:
        text += " " + _("It looks transposed.")
    elif len(returned) == 1 and len(expected) == 2 and returned[0] in expected:
        text += " " + _(
            "It has lost a dimension: an array of rank 1 is neither a row nor a column."
        )
    elif not returned:
        text += " " + _("Everything has been summed up to a single number.")
    elif len(returned) == len(expected) == 2:
        axis = 0 if returned[0] != expected[0] else 1
        side = _("rows") if axis == 0 else _("columns")
        text += " " + _("Look at what decides its number of {side}.").replace("{side}", side)
    return text.replace("{expected}", str(expected)).replace("{returned}", str(returned))


def _describe_nan(difference: Difference) -> str:
    value = np.asarray(difference.returned, dtype=np.float64)
    what = _("NaN (not a number)") if np.isnan(value).any() else _("infinity")
    text = _(
        "{place} contains {what}. That comes from a logarithm of 0 or of a negative number, a "
        "division by 0, or an exponential that is too large: print the values that go in."
    )
    return text.replace("{what}", what)


def _describe_value(
    difference: Difference, quantities: Mapping[str, float], comparison: Comparison
) -> str:
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
                return sentence + _own_value(returned)
    if returned.ndim == 0:
        return _("{place} is off.") + _own_value(returned)
    return _("{place} has the right shape, but its values are off.") + _own_value(returned)


def _is_too_coarse(expected: np.ndarray, returned: np.ndarray) -> bool:
    """Whether what is wrong is no more than the rounding of numbers in half precision."""
    if returned.dtype != np.float16:
        return False
    coarse = Comparison(relative_tolerance=1e-3, absolute_tolerance=1e-3)
    return agrees(expected, returned, coarse)


def _own_value(returned: np.ndarray) -> str:
    if returned.size > _FEW_ENTRIES:
        return ""
    text = np.array2string(returned, precision=5, separator=", ").replace("\n", "")
    # NumPy ends a whole number with a point: "10." would end the sentence twice.
    text = text.removesuffix(".")
    return " " + _("Yours here: {value}.").replace("{value}", text)


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
    minus = _(" and has the wrong sign") if ratio < 0 else ""
    size = abs(ratio)
    named = _named_factor(size, quantities)
    if named:
        return (
            _("{place} is exactly {factor}{minus}.")
            .replace("{factor}", named)
            .replace("{minus}", minus)
        )
    for word, factor in ((_("large"), size), (_("small"), 1 / size)):
        if factor > 1 and (expected.size > 1 or abs(factor - round(factor)) < 1e-6):
            text = _("{place} is {factor} times too {word}{minus}, everywhere by the same factor.")
            if expected.size == 1:
                text = _("{place} is {factor} times too {word}{minus}.")
            return (
                text.replace("{factor}", f"{factor:.4g}")
                .replace("{word}", word)
                .replace("{minus}", minus)
            )
    return ""


def _named_factor(size: float, quantities: Mapping[str, float]) -> str:
    for name, value in _combinations(quantities):
        for word, factor in ((_("large"), size), (_("small"), 1 / size)):
            if abs(value) not in (0.0, 1.0) and abs(factor / value - 1) < 1e-6:
                return _("{name} times too {word} (here {name} = {value:g})").format(
                    name=name, word=word, value=value
                )
    return ""


def _combinations(quantities: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    yield from quantities.items()
    for name, value in quantities.items():
        yield f"{name}²", value * value
    yield _("log(2)"), float(np.log(2))
    yield _("log(10)"), float(np.log(10))


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
    sides = (
        (1, _("row {numbers}"), _("rows {numbers}")),
        (0, _("column {numbers}"), _("columns {numbers}")),
    )
    for axis, one, many in sides:
        if expected.ndim == 2 and expected.shape[1 - axis] > 1:
            lines = wrong.all(axis=axis)
            if lines.any() and np.array_equal(wrong.any(axis=axis), lines):
                found = np.flatnonzero(lines)
                side = (one if len(found) == 1 else many).replace(
                    "{numbers}", ", ".join(str(number) for number in found[:8])
                )
                text = _("{place} is wrong in the {side} (counted from 0) only.")
                return text.replace("{side}", side)
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


def _in_anothers_place(
    difference: Difference, expected: Any, returns: Sequence[str], comparison: Comparison
) -> str:
    """Notice a value that is right, but was returned where another belongs."""
    if not isinstance(difference.returned, np.ndarray) or difference.returned.size < 2:
        return ""
    if difference.kind not in ("value", "shape"):
        return ""
    for path, part in _parts(expected, ""):
        if path == difference.path or np.size(part) < 2:
            continue
        if np.any(part) and agrees(part, difference.returned, comparison):
            other = _escaped(name_of_place(path, returns))
            return _("{place} holds what belongs in {other}.").replace("{other}", other)
    return ""


def _parts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _parts(part, f"{path}[{key!r}]")
    elif isinstance(value, (tuple, list)):
        for index, part in enumerate(value):
            yield from _parts(part, f"{path}[{index}]")
    elif isinstance(value, np.ndarray):
        yield path, value
