"""The public and the hidden cases of an exercise.

All come from the exercise's case generator; only the seed differs. The public seed is known to
everyone. The hidden seeds are derived from a secret of the class, which is made at random when it
is first needed and never leaves the instructor's machine, so that a memorised answer is worth
nothing: one seed for the whole class, and one for each attempt of each student.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import dataclasses
import functools
import hashlib
import hmac
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from course.checks.plain_data import to_json
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Case, Exercise
from grader.sandbox.limits import CASE_SEED

PUBLIC_SECRET = "public"
_T = TypeVar("_T")


@dataclass(frozen=True)
class JudgedCase:
    """A case together with what the reference returns for it."""

    case: Case
    expected: Any

    @functools.cached_property
    def encoded_arguments(self) -> Any:
        """The arguments as they are sent into the sandbox; the same for every submission."""
        return to_json(self.case.args)


def seed_of(secret: str, *parts: str) -> int:
    """A seed for NumPy derived from a secret and the names of what it is for."""
    text = "\0".join((secret, *parts)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:4], "big")


def attempt_secret(secret: str, student: str, submission: bytes) -> str:
    """The secret of one attempt of one student; the same whenever that attempt is graded.

    Parameters:
        secret: the class's secret.
        student: whose attempt it is; empty where nobody knows.
        submission: what was handed in.
    """
    attempt = hashlib.sha256(submission).digest() + student.encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode("utf-8", "surrogatepass"), attempt, "sha256").hexdigest()


class CaseSet:
    """The cases of all exercises of an assignment for one secret, and what was made of them.

    Parameters:
        assignment, secret: see :func:`make_cases`.
    """

    def __init__(self, assignment: Assignment, secret: str) -> None:
        self.assignment = assignment
        self.secret = secret
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, name: str) -> tuple[JudgedCase, ...]:
        """The cases of an exercise."""
        return self.derived(_cases_of, name)

    def derived(self, make: Callable[..., _T], *names: str) -> _T:
        """What ``make(case_set, *names)`` gives, which is called once and kept with the cases."""
        key = (make, *names)
        if key not in self._made:
            self._made[key] = make(self, *names)
        made: _T = self._made[key]
        return made


@functools.lru_cache(maxsize=32)
def case_set(assignment: Assignment, secret: str) -> CaseSet:
    """The one set of cases of an assignment for a secret, in this process."""
    return CaseSet(assignment, secret)


def judged_cases(assignment: Assignment, name: str, secret: str) -> tuple[JudgedCase, ...]:
    """The cases of :func:`make_cases`, which are made once."""
    return case_set(assignment, secret).of(name)


def _cases_of(cases: CaseSet, name: str) -> tuple[JudgedCase, ...]:
    return make_cases(cases.assignment, name, cases.secret)


def make_cases(assignment: Assignment, name: str, secret: str) -> tuple[JudgedCase, ...]:
    """The cases of an exercise with the reference's answers, for one secret.

    Parameters:
        assignment: the assignment.
        name: the exercise.
        secret: :data:`PUBLIC_SECRET` for the public cases, the class's secret, or that of one
            attempt (:func:`attempt_secret`).
    """
    exercise = assignment.exercise(name)
    random = np.random.RandomState(seed_of(secret, assignment.name, name))
    function = getattr(assignment.reference, name)
    judged = []
    with np.errstate(all="ignore"), quiet():
        for case in exercise.cases(random, assignment.reference):
            np.random.seed(CASE_SEED)
            expected = function(*copy.deepcopy(case.args))
            judged.append(JudgedCase(case, copy.deepcopy(expected)))
    return tuple(judged)


def exercise_fingerprints(assignment: Assignment, secret: str) -> Mapping[str, str]:
    """For each exercise a digest of all that its verdicts and messages depend on.

    Words and comments around it do not count, nor does the last digit of a number, in which
    machines differ.

    Parameters:
        assignment: the assignment.
        secret: which hidden cases are used.
    """
    if assignment.brings_tests:
        return MappingProxyType(dict.fromkeys(assignment.own_tests, assignment.fingerprint))
    return case_set(assignment, secret).derived(_fingerprints)


def _fingerprints(cases: CaseSet) -> Mapping[str, str]:
    exercises = cases.assignment.exercises
    return MappingProxyType({one.name: _fingerprint(one, cases) for one in exercises})


def _fingerprint(exercise: Exercise, cases: CaseSet) -> str:
    assignment = cases.assignment
    parts = {
        "points": exercise.points,
        "setup": assignment.setup,
        "solution": ast.dump(ast.parse(assignment.solution(exercise.name))),
        "cases": [
            [case.case.name, to_json(case.case.args, "numbers"), to_json(case.expected, "numbers")]
            for case in cases.of(exercise.name)
        ],
        "comparison": dataclasses.asdict(exercise.comparison),
        "builds_on": exercise.builds_on,
        "training": dataclasses.asdict(exercise.training) if exercise.training else None,
        "misconceptions": [dataclasses.astuple(known) for known in exercise.misconceptions],
        "lesson": exercise.lesson,
        "other_names": exercise.other_names,
    }
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def quiet() -> contextlib.redirect_stdout[io.StringIO]:
    """Swallow what trusted functions of the course print."""
    return contextlib.redirect_stdout(io.StringIO())
