"""The hidden check that the grade cells of a source notebook call.

A source notebook runs as it stands for its author. Students never get this part of a cell, and
marks do not come from it: the judge decides them outside the student's process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.checks.failures import CheckFailed
from grader.exercises import assignment as assignments
from grader.exercises.answers import run_on_cases, wrong_cases
from grader.exercises.cases import judged_cases
from grader.judging.diagnosis import describe_failures, diagnose
from grader.settings.class_secret import class_secret


def hidden_test(assignment_name: str, function: Callable[..., Any]) -> None:
    """Check a function on the hidden cases, in this process.

    Parameters:
        assignment_name: the assignment.
        function: the function; its name says which exercise it is.

    Raises:
        CheckFailed: it is not right on every case.
    """
    assignment = assignments.load(assignment_name)
    name = function.__name__
    secret = class_secret()
    cases = judged_cases(assignment, name, secret)
    outcomes = run_on_cases(function, cases)
    comparison = assignment.exercise(name).comparison
    if next(wrong_cases(outcomes, cases, comparison), None) is not None:
        known = diagnose(assignment, name, secret, outcomes)
        shown = describe_failures(assignment, name, cases, outcomes)
        raise CheckFailed(name, known.message if known.misconceptions else shown)
