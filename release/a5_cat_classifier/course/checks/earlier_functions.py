"""Find out whether an earlier function of the notebook is to blame for a wrong result.

An earlier function is named only where it fails its own check, this function calls it, and what it
returns makes a difference here. This is tested: the function is called once more with the earlier
function's results changed a little.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import numpy as np

from course.checks.calling import call
from course.checks.failures import CheckFailed, NotImplementedYet
from course.checks.fingerprint import fingerprint, same
from course.checks.stored_cases import PublicCases, public_cases
from course.checks.students_code import code_object
from course.language import _

_A_LITTLE = 1.01
Problem = Callable[[PublicCases, Callable[..., Any]], CheckFailed | None]


def culprit(cases: PublicCases, target: Callable[..., Any], index: int, problem: Problem) -> str:
    """Say which earlier function to mend first; empty where none is to blame.

    Parameters:
        cases: the cases of the function that fails.
        target: that function.
        index: the first case on which it fails.
        problem: runs a function on its own cases and says what is wrong with it.
    """
    around = getattr(target, "__globals__", {})
    for name in cases.builds_on:
        earlier = around.get(name)
        if (
            earlier is None
            or code_object(earlier) is None
            or not _matters(cases, target, index, name)
        ):
            continue
        (own,) = public_cases(name, cases.assignment)
        with redirect_stdout(io.StringIO()):
            found = problem(own, earlier)
        if isinstance(found, NotImplementedYet):
            return _(
                "This function depends on `{name}`, which is not written yet. Write `{name}` "
                "first, then run this check again."
            ).format(name=name)
        if found is not None:
            return _(
                "This function depends on `{name}`, which does not pass its own check yet. Mend "
                "`{name}` first, then run this check again.\nWhat is wrong there: {message}"
            ).format(name=name, message=found.message.splitlines()[0])
    return ""


def _matters(cases: PublicCases, target: Callable[..., Any], index: int, name: str) -> bool:
    """Whether a function calls another on a case, and its result depends on what that returns."""
    as_it_is, calls = _outcome(cases, target, index, name, 1.0)
    if not calls:
        return False
    if as_it_is[0] == "error":
        return True  # how far it came cannot be compared; that it was called is sure
    changed, _calls = _outcome(cases, target, index, name, _A_LITTLE)
    return not same(as_it_is, changed)


def _outcome(
    cases: PublicCases, target: Callable[..., Any], index: int, name: str, factor: float
) -> tuple[Any, int]:
    """What a function gives with another one's results multiplied, and how often it calls it."""
    calls = 0
    earlier = target.__globals__[name]

    def stand_in(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        return _multiplied(earlier(*arguments, **named), factor)

    target.__globals__[name] = stand_in
    try:
        with redirect_stdout(io.StringIO()):
            returned = call(target, copy.deepcopy(cases.arguments[index]))
    except Exception:
        return ["error"], calls
    finally:
        target.__globals__[name] = earlier
    return fingerprint(returned), calls


def _multiplied(value: Any, factor: float) -> Any:
    if isinstance(value, dict):
        return {key: _multiplied(part, factor) for key, part in value.items()}
    if type(value) in (tuple, list):
        return type(value)(_multiplied(part, factor) for part in value)
    if isinstance(value, (float, np.floating)):
        return value * factor
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value * factor
    return value
