"""The fast way to a verdict: plain functions, called once in the process of the loaded notebook.

A plain function (:mod:`grader.judging.plain_functions`) gives the same wherever and whenever it is
called. So one call on each of the class's cases settles most exercises, and what it gives is found
and explained once for all who give the same (:mod:`grader.judging.findings`). What is not settled
here is judged by itself, as everything is where no function is plain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from grader.exercises.assignment import Assignment
from grader.exercises.cases import case_set, judged_cases
from grader.exercises.exercise import Exercise
from grader.judging.diagnosis import Diagnosis
from grader.judging.findings import Finding, Findings, error_types
from grader.judging.graded import Verdict
from grader.judging.loaded_notebook import LoadedNotebook
from grader.sandbox.host.calls import Answers

Settled = Literal["right", "missing", "blocked", "unsolved", "known mistake", "wrong beside"]


@dataclass(frozen=True)
class Sight:
    """What is seen of an exercise.

    Attributes:
        found: what was found in its answers as it was submitted.
        settled: what that says of it; None where it must be judged by itself.
        judged: what was found where it counts: where earlier functions are wrong themselves, in
            answers in which the reference stood in for them.
        diagnosis: the known mistake that it is, where it is one and the code bears that out.
        error_types: of the exceptions beside the reference, where it is wrong there.
        at_fault: whether it is wrong whoever answers for the earlier functions.
    """

    found: Finding
    settled: Settled | None = None
    judged: Finding = field(default_factory=Finding)
    diagnosis: Diagnosis = field(default_factory=lambda: Diagnosis((), "", ""))
    error_types: frozenset[str] = frozenset()
    at_fault: bool = False


class FirstSight:
    """What is seen of the plain functions of one submission, on the cases of the class.

    Nothing of these cases is ever told, so that nobody learns what they are.

    Parameters:
        assignment: the assignment.
        secret: that of the class.
        notebook: the submission, loaded in the sandbox.
        bears_out: ``(exercise, mistakes)``: whether the code is seen to make these known mistakes.
    """

    def __init__(
        self,
        assignment: Assignment,
        secret: str,
        notebook: LoadedNotebook,
        bears_out: Callable[[Exercise, tuple[str, ...]], bool],
    ) -> None:
        self.assignment = assignment
        self.secret = secret
        self.notebook = notebook
        self._bears_out = bears_out
        self._findings = case_set(assignment, secret).derived(Findings)
        self._answers: Mapping[str, Answers] = {}

    def look(self, exercises: Sequence[Exercise]) -> None:
        """Call all functions on all cases.

        Parameters:
            exercises: those whose functions are plain.
        """
        self._answers = self.notebook.first_look([(e, self._count(e)) for e in exercises])

    def found(self, exercise: Exercise) -> Finding | None:
        """What is found in the answers of an exercise; None where there are none."""
        answers = self._answers.get(exercise.name)
        return None if answers is None else self._findings.of(exercise, answers)

    def sight(self, exercise: Exercise, verdicts: Mapping[str, Verdict]) -> Sight | None:
        """What is seen of an exercise; None where nothing is.

        It is settled where it is right, or fully explained: by a mistake that is known, or by a
        mistake of an earlier function.

        Parameters:
            exercise: the exercise.
            verdicts: those on the exercises before it.
        """
        answers = self._answers.get(exercise.name)
        if answers is None:
            return None
        found = self._findings.of(exercise, answers)
        if found.right:
            return Sight(found, "right")
        if found.missing:
            return Sight(found, "missing")
        before = self.assignment.foundations(exercise.name)
        if not found.readable:
            return Sight(found)
        if all(verdicts.get(name) == "correct" for name in before):
            # Is the mistake still there when the reference answers for the earlier functions?
            if before and not self._is_still_there(exercise, answers, found, before):
                return Sight(found)
            settled, diagnosis = self._explained(exercise, found, answers)
            return Sight(found, settled, found, diagnosis, at_fault=settled is None)
        again = self.notebook.second_look(exercise, before, self._count(exercise))
        if again is None:
            return Sight(found)
        asked = self.notebook.asked
        beside = self._findings.of(exercise, again)
        if beside.right:
            culprits = any(verdicts.get(n) not in ("correct", "blocked") for n in before)
            return Sight(found, "blocked" if culprits else None)
        if not beside.readable or beside.missing:
            return Sight(found)
        settled, diagnosis = self._explained(exercise, beside, again)
        if settled is None and not asked:
            return Sight(found, at_fault=True)
        stopped = error_types(again.outcomes() or [])
        return Sight(found, settled or "wrong beside", beside, diagnosis, stopped)

    def is_right_with(self, exercise: Exercise, references: Sequence[str]) -> bool:
        """Whether an exercise is right when the reference answers for these functions alone."""
        again = self.notebook.second_look(exercise, references, self._count(exercise))
        return again is not None and self._findings.of(exercise, again).right

    def _is_still_there(
        self, exercise: Exercise, answers: Answers, found: Finding, before: Sequence[str]
    ) -> bool:
        case = found.first_wrong or 0
        alone = self.notebook.second_look(exercise, before, 1, only=case)
        return alone is not None and self._findings.alike(exercise, answers, case, alone)

    def _explained(
        self, exercise: Exercise, found: Finding, answers: Answers
    ) -> tuple[Settled | None, Diagnosis]:
        if found.is_unsolved:
            return "unsolved", Diagnosis((), "", "")
        diagnosis = self._findings.diagnosis(exercise, answers)
        mistakes = diagnosis.misconceptions
        named = bool(mistakes) and self._bears_out(exercise, mistakes)
        return "known mistake" if named else None, diagnosis

    def _count(self, exercise: Exercise) -> int:
        return len(judged_cases(self.assignment, exercise.name, self.secret))
