"""Run exercises on cases of one attempt alone, and see whether they give the same twice.

No other attempt gets these cases, so what is said of them is worth nothing later. The runs in which
the reference answers for earlier functions have cases of their own again, and tell next to nothing:
with the reference at hand a function can compute what earlier ones must give, and could put it into
whatever it gives or says.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.exercises.assignment import Assignment
from grader.exercises.cases import JudgedCase, make_cases
from grader.exercises.exercise import Exercise
from grader.judging.diagnosis import KnownMistakes
from grader.judging.fault import find_fault
from grader.judging.findings import Finding, error_types, find, same_outcomes
from grader.judging.loaded_notebook import LoadedNotebook
from grader.sandbox.host.calls import Answers, readable_outcomes
from grader.sandbox.host.outcome import Outcome

_WITH_REFERENCES = "with references"


@dataclass(frozen=True)
class BesideReferences:
    """All that is taken from a run in which the reference answered for earlier functions.

    Attributes:
        found: how each case ended.
        error_types: of the exceptions.
        asked: whether it called any of them; what does not is as wrong as it was without.
        matching: tells the known mistake that gives the same, or the two of them. It takes a second
            to try them all, so only who needs to know asks.
    """

    found: Finding
    error_types: frozenset[str]
    asked: bool = True
    matching: Callable[[], tuple[str, ...]] = tuple

    @property
    def right(self) -> bool:
        """Whether all cases are right."""
        return self.found.right


class AttemptRuns:
    """The runs of one submission on cases of its own.

    Parameters:
        assignment: the assignment.
        notebook: the submission, loaded in the sandbox.
        secret: that of the attempt (:func:`grader.exercises.cases.attempt_secret`).
    """

    def __init__(self, assignment: Assignment, notebook: LoadedNotebook, secret: str) -> None:
        self.assignment = assignment
        self.notebook = notebook
        self.secret = secret
        self._made: dict[tuple[str, str], tuple[JudgedCase, ...]] = {}
        self._submitted: dict[str, list[Outcome] | None] = {}
        self._found: dict[str, Finding] = {}
        self._behind_stand_ins: dict[str, list[Outcome] | None] = {}
        self._beside: Mapping[str, Answers] = {}

    def look(self, exercises: Sequence[Exercise], right: Collection[str]) -> None:
        """Run exercises that are not plain: each in a fork, then beside the others in one process.

        Forks come first. They leave the loaded notebook as it is, so a run behind stand-ins is
        made at once where it is likely to be wanted; and what ends or hangs its process is not run
        a second time, because it gets no marks in any case.

        Parameters:
            exercises: the exercises, in the order of the notebook.
            right: those that are right, as far as that is known.
        """
        right = set(right)
        beside = []
        for exercise in exercises:
            with self.notebook.clock_of(exercise.name):
                found = self.found(exercise)
                before = self.assignment.foundations(exercise.name)
                may_be_blocked = not (found.right or found.missing or right.issuperset(before))
                if may_be_blocked and "timed out" not in found.kinds:
                    self._run_behind_stand_ins(exercise, before)
            if found.right:
                right.add(exercise.name)
            if not found.missing and not found.is_fatal:
                beside.append((exercise, self._given(exercise)))
        self._beside = self.notebook.beside_others(beside)

    def cases(self, exercise: Exercise, of: str = "") -> tuple[JudgedCase, ...]:
        """Cases of this attempt alone; others for each purpose."""
        key = (exercise.name, of)
        if key not in self._made:
            self._made[key] = make_cases(self.assignment, exercise.name, self.secret + of)
        return self._made[key]

    def submitted(self, exercise: Exercise) -> list[Outcome] | None:
        """What an exercise gives as it was handed in, in a fork; None where it is not there."""
        if exercise.name not in self._submitted:
            outcomes = self.notebook.outcomes(exercise, self._given(exercise))
            self._submitted[exercise.name] = outcomes
        return self._submitted[exercise.name]

    def found(self, exercise: Exercise) -> Finding:
        """What is found in :meth:`submitted`."""
        if exercise.name not in self._found:
            outcomes = self.submitted(exercise)
            self._found[exercise.name] = (
                Finding(missing=True)
                if outcomes is None
                else find(outcomes, exercise, self.cases(exercise))
            )
        return self._found[exercise.name]

    def matching(self, exercise: Exercise) -> tuple[str, ...]:
        """The known mistake, or the two of them, that gives what :meth:`submitted` does."""
        outcomes = self.submitted(exercise) or []
        mistakes = KnownMistakes(self.assignment, exercise.name, self.cases(exercise))
        return mistakes.matching(outcomes)

    def is_steady(self, exercise: Exercise, outcomes: Sequence[Outcome]) -> bool:
        """Whether a function gives, elsewhere and called once more, what it gave in its fork.

        Parameters:
            exercise: the exercise.
            outcomes: what it gave there.
        """
        if exercise.name in self.notebook.plain:
            return True
        if self.found(exercise).is_fatal:
            return True  # it gets no marks in any case
        again = readable_outcomes(self._beside.get(exercise.name))
        if same_outcomes(exercise, outcomes, again):
            return True
        again = self.notebook.once_more(exercise, self._given(exercise))
        if again is None:  # marks rest on two runs; what is wrong is wrong
            return not self.found(exercise).right
        return same_outcomes(exercise, outcomes, again)

    def is_steady_behind_stand_ins(
        self, exercise: Exercise, outcomes: Sequence[Outcome], own: Sequence[str]
    ) -> bool:
        """Whether a function gives the same when its own earlier ones look like the reference's.

        Where an earlier one is slow, or ends the process, each run comes as far as it comes: what
        is compared are the cases that both came to.

        Parameters:
            exercise: the exercise.
            outcomes: what it gave as it was handed in.
            own: the earlier functions.
        """
        if exercise.name not in self._behind_stand_ins:
            self._run_behind_stand_ins(exercise, own)
        again = self._behind_stand_ins[exercise.name]
        if again is None:
            return False
        both = enumerate(zip(outcomes, again, strict=True))
        lost = (n for n, pair in both if any(one.kind in ("died", "timed out") for one in pair))
        reached = next(lost, len(outcomes))
        return same_outcomes(exercise, outcomes[:reached], again[:reached])

    def _run_behind_stand_ins(self, exercise: Exercise, own: Sequence[str]) -> None:
        again = self.notebook.behind_stand_ins(exercise, self._given(exercise), own)
        self._behind_stand_ins[exercise.name] = again

    def with_references(
        self, exercise: Exercise, references: Sequence[str]
    ) -> BesideReferences | None:
        """What may be known of a run in which the reference answers for earlier functions."""
        outcomes = self._outcomes_with_references(exercise, references)
        if outcomes is None:
            return None
        cases = self.cases(exercise, _WITH_REFERENCES)
        found = find(outcomes, exercise, cases)
        mistakes = KnownMistakes(self.assignment, exercise.name, cases)
        matching = functools.partial(mistakes.matching, outcomes)
        return BesideReferences(found, error_types(outcomes), self.notebook.asked, matching)

    def is_right_with(
        self, exercise: Exercise, references: Sequence[str], elsewhere: bool = False
    ) -> bool:
        """Whether an exercise is right when the reference answers for these functions.

        Parameters:
            exercise: the exercise.
            references: the functions.
            elsewhere: whether to run it as it is run a second time, and not in a fork.
        """
        if elsewhere:
            given = self._given(exercise, _WITH_REFERENCES)
            outcomes = self.notebook.once_more(exercise, given, references)
        else:
            outcomes = self._outcomes_with_references(exercise, references)
        cases = self.cases(exercise, _WITH_REFERENCES)
        return outcomes is not None and find(outcomes, exercise, cases).right

    def fault(self, exercise: Exercise, source: str, references: Sequence[str] = ()) -> str:
        """What is said of the one edit of a function that makes it right; empty without one.

        Parameters:
            exercise: the exercise, which is wrong.
            source: the cell that defines it.
            references: earlier functions that the reference answers, for a plain function only:
                it can keep nothing of what it hears.
        """
        if references and exercise.name not in self.notebook.plain:
            return ""
        if references:
            outcomes = self._outcomes_with_references(exercise, references)
        else:
            outcomes = self.submitted(exercise)
        cases = self.cases(exercise, _WITH_REFERENCES if references else "")
        run = functools.partial(self.notebook.edited, exercise, references)
        try:
            name = exercise.name
            return find_fault(self.assignment, name, source, cases, outcomes or (), run)
        finally:
            self.notebook.process.close()

    def _outcomes_with_references(
        self, exercise: Exercise, references: Sequence[str]
    ) -> list[Outcome] | None:
        given = self._given(exercise, _WITH_REFERENCES)
        return self.notebook.outcomes(exercise, given, references)

    def _given(self, exercise: Exercise, of: str = "") -> list[Any]:
        return [judged.encoded_arguments for judged in self.cases(exercise, of)]
