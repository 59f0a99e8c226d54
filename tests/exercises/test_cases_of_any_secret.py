"""Every class and every attempt has a secret of its own, from which the hidden cases are drawn.

So they are drawn thousands of times, and must come out each time.
"""

from __future__ import annotations

import numpy as np
import pytest

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import make_cases

_SECRETS = 150
_SLOW = ("model", "optimize", "two_layer_model", "L_layer_model", "nn_model")
"""Functions that train a network."""


@pytest.fixture(scope="module", params=assignments.names())
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return assignments.load(request.param)


def test_the_cases_of_any_secret_can_be_drawn_and_answered(assignment: Assignment) -> None:
    for exercise in assignment.exercises:
        count = set()
        for number in range(5 if exercise.name in _SLOW else _SECRETS):
            cases = make_cases(assignment, exercise.name, f"secret {number}")
            count.add(len(cases))
            for judged in cases:
                text = f"{exercise.name}, secret {number}, {judged.case.name}"
                numbers = np.ravel(judged.expected) if _is_array(judged.expected) else ()
                assert np.all(np.isfinite(numbers)), text
        assert len(count) == 1, exercise.name


def _is_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"
