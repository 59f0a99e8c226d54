"""What is found in the answers of an exercise, remembered for whoever gives the same answers.

Answers decide the verdict and the diagnosis, and nothing else does. In a class many students give
the same ones, to the last bit: the right ones, and those of the common mistakes. So each different
set of answers is decoded, compared and explained once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from course.checks.changed_arguments import Place
from course.language import language
from grader.exercises.answers import same_outcome, wrong_cases
from grader.exercises.cases import CaseSet, JudgedCase
from grader.exercises.exercise import Exercise
from grader.judging.diagnosis import Diagnosis, diagnose
from grader.sandbox.host.calls import Answers, readable_outcomes
from grader.sandbox.host.outcome import Outcome, Retired
from grader.sandbox.wire import WireError

_MOST_REMEMBERED = 4_000

_T = TypeVar("_T")


@dataclass(frozen=True)
class Finding:
    """What is found at once.

    Attributes:
        readable: whether the answers are answers at all.
        missing: whether the notebook has no such function.
        first_wrong: the first case that is not right; None where all are.
        kinds: how each case ended.
        lacks_a_name: whether a case ended with a name that is not defined: the exception says so.
        changed: the first case in which the function changed its arguments, and where; None where
            it left them as they were.
        retired: what older versions had and the function made use of.
    """

    readable: bool = True
    missing: bool = False
    first_wrong: int | None = 0
    kinds: tuple[str, ...] = ()
    lacks_a_name: bool = False
    changed: tuple[int, tuple[Place, ...]] | None = None
    retired: tuple[Retired, ...] = ()

    @property
    def right(self) -> bool:
        """Whether all cases are right."""
        return self.first_wrong is None

    @property
    def is_fatal(self) -> bool:
        """Whether the function ends the process that it runs in, or hangs it."""
        return "died" in self.kinds or "timed out" in self.kinds

    @property
    def is_unsolved(self) -> bool:
        """Whether nobody has begun: the function says so itself."""
        return bool(self.kinds) and all(kind == "not implemented" for kind in self.kinds)


def find(outcomes: Sequence[Outcome], exercise: Exercise, cases: Sequence[JudgedCase]) -> Finding:
    """Look at the outcomes of all cases of an exercise."""
    return Finding(
        first_wrong=next(wrong_cases(outcomes, cases, exercise.comparison), None),
        kinds=tuple(outcome.kind for outcome in outcomes),
        lacks_a_name=any(o.error_type in ("NameError", "UnboundLocalError") for o in outcomes),
        changed=next(((i, o.changed) for i, o in enumerate(outcomes) if o.changed), None),
        retired=tuple(dict.fromkeys(used for o in outcomes for used in o.retired)),
    )


def same_outcomes(
    exercise: Exercise, outcomes: Sequence[Outcome], again: Sequence[Outcome] | None
) -> bool:
    """Whether a second run of the same cases gave the same, to rounding.

    Exceptions are the same where their types are: an address may stand in the text.
    """
    return again is not None and all(
        (one.kind, one.error_type) == (other.kind, other.error_type)
        and (one.kind != "returned" or same_outcome(one, other, exercise.comparison))
        for one, other in zip(outcomes, again, strict=True)
    )


def error_types(outcomes: Sequence[Outcome]) -> frozenset[str]:
    """The types of the exceptions among outcomes."""
    return frozenset(outcome.error_type for outcome in outcomes if outcome.kind == "raised")


class Findings:
    """Remembers what was found in the answers of a class.

    Parameters:
        cases: those that were answered.
    """

    def __init__(self, cases: CaseSet) -> None:
        self.cases = cases
        self._found: dict[tuple[str, bytes], Finding] = {}
        self._explained: dict[tuple[str, bytes], Diagnosis] = {}
        self._compared: dict[tuple[str, bytes], bool] = {}

    def of(self, exercise: Exercise, answers: Answers) -> Finding:
        """What is found in an exercise's answers."""
        key = (exercise.name, answers.digest)
        return _remembered(self._found, key, lambda: self._find(exercise, answers))

    def diagnosis(self, exercise: Exercise, answers: Answers) -> Diagnosis:
        """Which known mistake an exercise's answers, which are readable, are those of."""
        key = (exercise.name, answers.digest + language().encode())
        return _remembered(self._explained, key, lambda: self._explain(exercise, answers))

    def alike(self, exercise: Exercise, answers: Answers, case: int, alone: Answers) -> bool:
        """Whether the answer to one case, asked for alone, is that among the answers to all."""
        key = (exercise.name, answers.digest + alone.digest)
        return _remembered(
            self._compared, key, lambda: self._compare(exercise, answers, case, alone)
        )

    def _compare(self, exercise: Exercise, answers: Answers, case: int, alone: Answers) -> bool:
        every, one = readable_outcomes(answers), readable_outcomes(alone)
        if not every or not one:
            return False
        return same_outcome(every[case], one[0], exercise.comparison)

    def _find(self, exercise: Exercise, answers: Answers) -> Finding:
        try:
            outcomes = answers.outcomes()
        except WireError:
            return Finding(readable=False)
        if outcomes is None:
            return Finding(missing=True)
        return find(outcomes, exercise, self.cases.of(exercise.name))

    def _explain(self, exercise: Exercise, answers: Answers) -> Diagnosis:
        outcomes = answers.outcomes()
        assert outcomes is not None
        return diagnose(self.cases.assignment, exercise.name, self.cases.secret, outcomes)


def _remembered(
    memory: dict[tuple[str, bytes], _T], key: tuple[str, bytes], find_out: Callable[[], _T]
) -> _T:
    if key not in memory:
        if len(memory) >= _MOST_REMEMBERED:
            del memory[next(iter(memory))]  # the oldest
        memory[key] = find_out()
    return memory[key]
