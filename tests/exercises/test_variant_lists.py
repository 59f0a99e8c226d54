"""The plain form in which an author lists known mistakes and right variants."""

from __future__ import annotations

from typing import Any

import pytest

from grader.exercises.exercise import CorrectVariant, Misconception, mistakes, right_ways


def test_a_mistake_is_a_name_a_change_and_a_message() -> None:
    known = {
        "edited": ({"a": "b", "c": "d"}, "It is b."),
        "whole": ("def f(): ...", "It is empty.", "a1#f"),
    }

    assert mistakes(known) == (
        Misconception("edited", edits=(("a", "b"), ("c", "d")), message="It is b."),
        Misconception("whole", code="def f(): ...", message="It is empty.", lesson="a1#f"),
    )


def test_a_right_way_is_a_name_and_a_change() -> None:
    assert right_ways({"edited": {"a": "b"}, "whole": "def f(): ..."}) == (
        CorrectVariant("edited", edits=(("a", "b"),)),
        CorrectVariant("whole", code="def f(): ..."),
    )


@pytest.mark.parametrize(
    "entry",
    [
        {"a": "b"},  # no message
        ({"a": "b"},),
        ({"a", "b"}, "A comma in the place of a colon."),
        ({"a": 1}, "A number."),
        ({"a": "b"}, {"c": "d"}),
        ({"a": "b"}, "", "a1#f"),
        ({}, "Nothing is changed."),
    ],
)
def test_an_entry_of_another_form_is_named(entry: Any) -> None:
    with pytest.raises(ValueError, match="'slip'"):
        mistakes({"slip": entry})


@pytest.mark.parametrize("change", [{"a", "b"}, ("a", "b"), {}, ""])
def test_a_change_of_another_form_is_named(change: Any) -> None:
    with pytest.raises(ValueError, match="'slip'"):
        right_ways({"slip": change})
