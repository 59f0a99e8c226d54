"""What a function gives on the cases of an exercise, and whether that is right."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from course.checks.compare import Comparison, agrees
from grader.exercises.cases import JudgedCase, quiet
from grader.sandbox.host.outcome import Kind, Outcome
from grader.sandbox.limits import CASE_SEED


def run_on_cases(function: Callable[..., Any], cases: Iterable[JudgedCase]) -> tuple[Outcome, ...]:
    """Call a trusted function on cases, as the sandbox does with a student's."""
    outcomes = []
    with np.errstate(all="ignore"), quiet():
        for judged in cases:
            arguments = copy.deepcopy(judged.case.args)
            np.random.seed(CASE_SEED)
            try:
                returned = function(*arguments)
            except Exception as error:
                none = isinstance(error, NotImplementedError)
                kind: Kind = "not implemented" if none else "raised"
                outcomes.append(
                    Outcome(kind, error_type=type(error).__name__, message=str(error)[:500])
                )
            else:
                outcomes.append(Outcome("returned", value=returned))
    return tuple(outcomes)


def is_right(outcome: Outcome, judged: JudgedCase, comparison: Comparison) -> bool:
    """Whether one outcome is as good as the reference's."""
    return outcome.kind == "returned" and agrees(judged.expected, outcome.value, comparison)


def wrong_cases(
    outcomes: Sequence[Outcome], cases: Sequence[JudgedCase], comparison: Comparison
) -> Iterator[int]:
    """The indices of the cases whose outcomes are not as good as the reference's."""
    for index, (outcome, judged) in enumerate(zip(outcomes, cases, strict=True)):
        if not is_right(outcome, judged, comparison):
            yield index


def same_outcome(one: Outcome, other: Outcome, comparison: Comparison) -> bool:
    """Whether two outcomes are the same result, to rounding, or the same exception."""
    if one.kind != other.kind:
        return False
    if one.kind == "returned":
        exact = dataclasses.replace(comparison, allow_extra_keys=False)
        return agrees(one.value, other.value, exact)
    if one.kind == "raised":
        return (one.error_type, one.message) == (other.error_type, other.message)
    return False


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The parts of a result that have no parts themselves, each with its path."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, f"{path}[{key!r}]")
    elif isinstance(value, (tuple, list)):
        for index, part in enumerate(value):
            yield from leaves(part, f"{path}[{index}]")
    else:
        yield path, value
