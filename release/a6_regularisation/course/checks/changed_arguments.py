"""Find out what a function changed of its arguments, and say why that hurts later.

An update in place (``W -= step``) works inside the array of whoever called the function. The
results are right all the same, so it costs no marks; a remark says what was changed. The public
check and the judge say it in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from course.language import _, ngettext
from course.sentences import listed

Place = tuple[int, ...]
"""Where something was changed: which argument, then which entry of it, counted from 0."""

_MOST_NAMED = 4
_DEEPEST = 8


def changed_places(before: Sequence[Any], after: Sequence[Any]) -> tuple[Place, ...]:
    """The places at which the arguments of a call are not what they were.

    Parameters:
        before: the arguments, in a copy that the function has never seen.
        after: the arguments that it was called with.
    """
    return tuple(_differences(tuple(before), tuple(after), ()))


def _differences(before: Any, after: Any, place: Place) -> Iterator[Place]:
    if isinstance(before, np.ndarray):
        if not (isinstance(after, np.ndarray) and _is_the_same_array(before, after)):
            yield place
    elif type(before) is not type(after):
        yield place
    elif isinstance(before, (tuple, list)):
        if len(before) != len(after):
            yield place
            return
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(one, other, (*place, index))
    elif isinstance(before, dict):
        if before.keys() != after.keys():
            yield place
            return
        for index, key in enumerate(before):
            yield from _differences(before[key], after[key], (*place, index))
    elif not (before is after or before == after):
        yield place


def _is_the_same_array(one: np.ndarray, other: np.ndarray) -> bool:
    same_kind = one.shape == other.shape and one.dtype == other.dtype
    return same_kind and one.tobytes() == other.tobytes()  # NaN is as it was, too


def places_of(data: Any) -> tuple[Place, ...]:
    """Places as they come out of the sandbox; what is not a place is left out."""
    found = data if isinstance(data, list) else []
    return tuple(tuple(place) for place in found[:_MOST_NAMED] if _is_place(place))


def _is_place(data: Any) -> bool:
    right = isinstance(data, list) and 0 < len(data) <= _DEEPEST
    return right and all(type(index) is int and index >= 0 for index in data)


def remark_on_changes(
    places: Iterable[Place], arguments: Sequence[Any], parameters: Sequence[str]
) -> str:
    """What to tell a student whose function changes its arguments; empty where it does not.

    Parameters:
        places: what :func:`changed_places` found.
        arguments: the arguments of that call, as they were before it.
        parameters: the names of the function's parameters.
    """
    names = list(dict.fromkeys(_name(place, arguments, parameters) for place in places))
    names = [name for name in names if name]
    if not names:
        return ""
    return ngettext(
        "{names} is not as it was before the call: the function changed it in place, as `-=`, `+=` "
        "and assignments to entries do. That costs nothing here, but whoever called the function "
        "holds the same object: a cell that uses it later, or is run twice, starts from the "
        "changed values. `W = W - ...` makes a new array; `W -= ...` changes the old one.",
        "{names} are not as they were before the call: the function changed them in place, as "
        "`-=`, `+=` and assignments to entries do. That costs nothing here, but whoever called the "
        "function holds the same objects: a cell that uses them later, or is run twice, starts "
        "from the changed values. `W = W - ...` makes a new array; `W -= ...` changes the old one.",
        len(names),
    ).format(names=listed(names, _MOST_NAMED))


def _name(place: Place, arguments: Sequence[Any], parameters: Sequence[str]) -> str:
    """``params['W1']`` for a place; empty where the arguments have no such place."""
    first, *rest = place
    if first >= len(arguments):
        return ""
    known = first < len(parameters)
    name = parameters[first] if known else _("argument {number}").format(number=first + 1)
    value = arguments[first]
    for index in rest:
        if not isinstance(value, (tuple, list, dict)) or index >= len(value):
            return ""
        key = list(value)[index] if isinstance(value, dict) else index
        name += f"[{key!r}]"
        value = value[key]
    return name
