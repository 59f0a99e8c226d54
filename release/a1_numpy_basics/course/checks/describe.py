"""Say in words how a returned value differs from the expected one.

The sentences name properties (a shape, a factor, a sign), never the expected numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from course.checks.compare import Comparison, Difference, Opaque, agrees, is_number
from course.checks.describe_values import FEW_ENTRIES, describe_value
from course.language import N_, _, ngettext
from course.sentences import listed, paragraph, tidied

_NAMED_BY_ORDER = (
    N_("{name} (the first returned value)"),
    N_("{name} (the second returned value)"),
    N_("{name} (the third returned value)"),
    N_("{name} (the fourth returned value)"),
    N_("{name} (the fifth returned value)"),
    N_("{name} (the sixth returned value)"),
)


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
        return tidied(swapped.format(place=place))
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
        text = describe_value(difference, quantities or {}, comparison).format(place=place)
    return tidied(paragraph(text, _what_is_right(expected, returned, returns, comparison)))


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
    wrong = [name for name, _one, _other in pairs if name not in right]
    if not right or not wrong:
        return ""
    if len(wrong) < len(right) > 2:
        text = _("Wrong: {names}. All others are right.")
        return text.format(names=listed(wrong, FEW_ENTRIES))
    text = ngettext("{names} is right.", "{names} are right.", len(right))
    return text.format(names=listed(right, FEW_ENTRIES))


def explaining_quantities(
    differences: Sequence[tuple[Difference, Mapping[str, float]]], comparison: Comparison
) -> set[str]:
    """The named numbers of cases that a constant factor is, in every case.

    A factor of 2 is ``n_x`` where that happens to be 2. It is said to be ``n_x`` only where that
    differs from case to case, and the factor with it.

    Parameters:
        differences: the first difference of each case that is wrong, and the numbers of the case.
        comparison: how strictly the exercise is compared.
    """
    names = set.intersection(*(set(numbers) for _one, numbers in differences))
    return {
        name
        for name in names
        if len({numbers[name] for _one, numbers in differences}) > 1
        and all(
            one.kind == "value"
            and describe_value(one, {name: numbers[name]}, comparison)
            != describe_value(one, {}, comparison)
            for one, numbers in differences
            if abs(numbers[name]) != 1
        )
    }


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
        if index < min(len(returns), len(_NAMED_BY_ORDER)):
            if rest:
                return returns[index] + rest
            return _(_NAMED_BY_ORDER[index]).format(name=returns[index])
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
        entries = value.type_name.removeprefix("array of ")
        if entries != value.type_name:
            return _("an array of dtype {type}").format(type=entries)
        return _("an object of type {name}").format(name=value.type_name)
    if isinstance(value, np.ndarray) and value.dtype.kind not in "biuf":
        return _("an array of dtype {type}").format(type=value.dtype.name)
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
    expected = difference.expected
    is_sequence = isinstance(difference.returned, (list, tuple))
    if is_sequence and isinstance(expected, np.ndarray) and expected.ndim:
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


def _key_names(value: Any) -> str:
    keys = [str(key)[:20] for key in value]
    return _escaped(listed(keys, 12)) if keys else _("none")


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
        text = paragraph(text, _("It looks transposed."))
    elif len(returned) == 1 and len(expected) == 2 and returned[0] in expected:
        text = paragraph(
            text,
            _("It has lost a dimension: an array of rank 1 is neither a row nor a column."),
        )
    elif not returned:
        text = paragraph(text, _("Was everything summed up to a single number?"))
    elif len(returned) == len(expected) == 2:
        rows = _("Look at what decides its number of rows.")
        columns = _("Look at what decides its number of columns.")
        text = paragraph(text, rows if returned[0] != expected[0] else columns)
    return text.replace("{expected}", str(expected)).replace("{returned}", str(returned))


def _describe_nan(difference: Difference) -> str:
    value = np.asarray(difference.returned, dtype=np.float64)
    what = _("NaN (not a number)") if np.isnan(value).any() else _("infinity")
    text = _(
        "{place} contains {what}. That often comes from a logarithm of 0 or of a negative number, "
        "a division by 0, or an exponential that is too large: print the values that go in."
    )
    return text.replace("{what}", what)


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
