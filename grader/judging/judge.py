"""Decide the verdict on each exercise from what the sandbox reports.

There are two ways. What a plain function gave beside the others settles most exercises
(:mod:`grader.judging.first_sight`). Every other exercise is judged by itself, on cases of this
attempt alone (:mod:`grader.judging.attempt_runs`).
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence

from course.language import N_, _, ngettext
from grader.exercises.assignment import Assignment
from grader.exercises.cases import attempt_secret
from grader.exercises.exercise import Exercise
from grader.judging.attempt_runs import AttemptRuns, BesideReferences
from grader.judging.blame import blame
from grader.judging.blanks import is_blank
from grader.judging.diagnosis import Diagnosis, describe_failures, diagnosis_of
from grader.judging.evidence import bears_out
from grader.judging.findings import Finding, error_types
from grader.judging.first_sight import FirstSight
from grader.judging.global_names import names_from_the_notebook
from grader.judging.graded import GradedExercise, Verdict, right, verdict_of, without_marks
from grader.judging.loaded_notebook import LoadedNotebook
from grader.judging.remarks import remarks_on
from grader.judging.training_verdict import judge_training
from grader.sandbox.host.outcome import Outcome

_LONGEST_MESSAGE = 2_000
_NOT_THE_SAME_TWICE = N_(
    "It does not give the same twice: called once more with the same arguments, it did not give "
    "what it had given. Its result must depend on its arguments alone. Look for random numbers "
    "without a seed, np.empty, the clock, or a variable outside the function that changes from "
    "call to call, such as a counter."
)
_RARELY_WRONG = N_(
    "Right on many cases, but not on all. Think of sizes and values that your own tests leave out: "
    "one example, one unit, zeros, negative numbers."
)


class Judge:
    """Judges the exercises of one submission, one after another.

    Parameters:
        assignment: the assignment.
        secret: which cases to use.
        notebook: the submission, loaded in the sandbox.
        sources: for each exercise the source of the cell that defines it.
        blocked_share: the share of an exercise's points for a function that is right in itself
            and fails only through an earlier one.
        attempt: the secret of this attempt (:func:`grader.exercises.cases.attempt_secret`).
    """

    def __init__(
        self,
        assignment: Assignment,
        secret: str,
        notebook: LoadedNotebook,
        sources: Mapping[str, str],
        blocked_share: float = 1.0,
        attempt: str = "",
    ) -> None:
        self.assignment = assignment
        self.secret = secret
        self.notebook = notebook
        self.sources = sources
        self.blocked_share = blocked_share
        self.verdicts: dict[str, Verdict] = {}
        self.notes: list[str] = []
        self._first = FirstSight(assignment, secret, notebook, self._bears_out)
        self.runs = AttemptRuns(assignment, notebook, attempt or attempt_secret(secret, "", b""))
        self._as_submitted: dict[str, Finding] = {}
        self._at_fault: set[str] = set()  # wrong themselves, by a mistake that is not known

    def look(self, names: Sequence[str]) -> None:
        """Run exercises together, to find those that need no more than that.

        Parameters:
            names: the exercises that somebody has worked on.
        """
        exercises = [self.assignment.exercise(name) for name in names]
        plain = [exercise for exercise in exercises if exercise.name in self.notebook.plain]
        self._first.look(plain)
        others = [exercise for exercise in exercises if exercise.name not in self.notebook.plain]
        right = {e.name for e in plain if (found := self._first.found(e)) and found.right}
        self.runs.look(others, right | {n for n, v in self.verdicts.items() if v == "correct"})

    def judge(self, name: str, untouched: bool, where: str) -> GradedExercise:
        """Judge one exercise.

        Parameters:
            name: the exercise.
            untouched: whether its cell is still as it was released.
            where: the id of the cell that should define it, empty where no cell does.
        """
        exercise = self.assignment.exercise(name)
        with self.notebook.clock_of(name):
            graded = self._judge(exercise, untouched, where)
        found = self._as_submitted.get(name)
        if found is not None:
            cells = dict(self.notebook.cells)
            remarks = remarks_on(graded, found, self.assignment, self.secret, self.sources, cells)
            graded = dataclasses.replace(graded, remarks=remarks)
        self.verdicts[name] = graded.verdict
        return graded

    def _judge(self, exercise: Exercise, untouched: bool, where: str) -> GradedExercise:
        if untouched:
            return without_marks(exercise, "not attempted", _("Not implemented yet."))
        return self._at_first_sight(exercise, where) or self._by_itself(exercise, where)

    def _at_first_sight(self, exercise: Exercise, where: str) -> GradedExercise | None:
        """Judge a plain function by what it gave beside the others, where that settles it."""
        sight = self._first.sight(exercise, self.verdicts)
        if sight is None:
            return None
        self._as_submitted[exercise.name] = sight.found
        if sight.at_fault:
            self._at_fault.add(exercise.name)
        before = self.assignment.foundations(exercise.name)
        match sight.settled:
            case "right":
                return self._right(exercise)
            case "missing":
                return self._missing(exercise, where)
            case "blocked":
                return self._blocked(exercise, before)
            case "unsolved":
                return without_marks(exercise, "not attempted", _("Not implemented yet."))
            case "known mistake":
                return self._explained(exercise, sight.judged, sight.diagnosis)
            case "wrong beside":
                again = BesideReferences(sight.judged, sight.error_types)
                return self._wrong_beside(exercise, before, again)
        return None

    def _by_itself(self, exercise: Exercise, where: str) -> GradedExercise:
        """Judge an exercise on cases of this attempt alone, each time in a fork of the notebook.

        Its marks rest on all runs: whatever sees where, when, or how often it is called, or who
        answers for the earlier functions, gets one guess and not several.
        """
        outcomes = self.runs.submitted(exercise)
        if outcomes is None:
            return self._missing(exercise, where)
        found = self._as_submitted[exercise.name] = self.runs.found(exercise)
        if not self.runs.is_steady(exercise, outcomes):
            return self._not_the_same_twice(exercise)
        if found.right:
            first = self._first.found(exercise)
            if first is not None and not first.right:
                return self._explained(
                    exercise, found, Diagnosis((), _(_RARELY_WRONG), exercise.lesson)
                )
            return self._right(exercise)
        at_fault = exercise.name in self._at_fault
        before = [] if at_fault else self.assignment.foundations(exercise.name)
        if before:
            # All of them are answered by the reference, right ones too: a function that is right
            # by its results may still change its arguments under the feet of a later one.
            again = self.runs.with_references(exercise, before)
            if again is not None and again.asked:
                if again.right:
                    return self._blocked_if_steady(exercise, outcomes, before)
                # Right ones may fit together in a way of their own, and one of them spoil the rest.
                # What ends or hangs the process whoever answers does so by itself.
                fatal = found.is_fatal and again.found.is_fatal
                fine = len(before) > 1 and not fatal and not self._culprits(before)
                if fine and any(self.runs.is_right_with(exercise, [name]) for name in before):
                    return self._blocked_if_steady(exercise, outcomes, before)
                if any(self.verdicts.get(name) != "correct" for name in before):
                    return self._wrong_beside(exercise, before, again)
        if found.is_unsolved:
            return without_marks(exercise, "not attempted", _("Not implemented yet."))
        cases = self.runs.cases(exercise)
        names = () if at_fault else self.runs.matching(exercise)
        if not self._bears_out(exercise, names):
            names = ()
        diagnosis = diagnosis_of(self.assignment, exercise.name, names)
        if not names:
            shown = describe_failures(self.assignment, exercise.name, cases, outcomes)
            fault = self.runs.fault(exercise, self.sources.get(exercise.name, ""))
            message = "\n".join(filter(None, [fault, shown]))
            diagnosis = dataclasses.replace(diagnosis, message=message)
        return self._explained(exercise, found, diagnosis)

    def _not_the_same_twice(self, exercise: Exercise) -> GradedExercise:
        """No marks, unless an earlier function that is not right gives now this, now that.

        As it was handed in, the exercise can then not be right. So its one guess is what it gives
        beside the reference, wherever it is run.
        """
        before = self.assignment.foundations(exercise.name)
        again = self.runs.with_references(exercise, before) if self._culprits(before) else None
        if again is not None and again.asked:
            if not again.right:
                return self._wrong_beside(exercise, before, again)
            if self.runs.is_right_with(exercise, before, elsewhere=True):
                return self._blocked(exercise, before)
        return _unsteady(exercise, _(_NOT_THE_SAME_TWICE))

    def _wrong_beside(
        self,
        exercise: Exercise,
        before: Sequence[str],
        again: BesideReferences,
    ) -> GradedExercise:
        """Say what is wrong where the reference answered, and nothing that was said there.

        With the reference at hand a function can compute what earlier ones must give, and could put
        it into whatever it gives or says. So what leaves that run is the verdict and the name of a
        known mistake.
        """
        found = again.found
        if found.is_unsolved:
            return without_marks(exercise, "not attempted", _("Not implemented yet."))
        known = again.matching()
        if known and self._bears_out(exercise, known):
            diagnosis = diagnosis_of(self.assignment, exercise.name, known)
            return self._explained(exercise, found, diagnosis)
        unfinished = [n for n in before if self.verdicts.get(n) != "correct"]
        text = _(
            "Not right yet, whatever {names} gives: it was tried with right results of these too. "
            "Mend {names} first; then it can be shown what is wrong here."
        ).format(names=", ".join(unfinished))
        fault = self.runs.fault(exercise, self.sources.get(exercise.name, ""), before)
        if fault:
            return self._explained(exercise, found, Diagnosis((), fault, exercise.lesson))
        outcomes = self.runs.submitted(exercise) if again.error_types else None
        if outcomes and error_types(outcomes) == again.error_types:
            # It stops like this as it was handed in, too, where it knew its arguments only.
            cases = self.runs.cases(exercise)
            shown = describe_failures(self.assignment, exercise.name, cases, outcomes)
            text = f"{shown}\n{text}"
        return self._explained(exercise, found, Diagnosis((), text, exercise.lesson))

    def _bears_out(self, exercise: Exercise, mistakes: tuple[str, ...]) -> bool:
        """Whether the sentences of the known mistakes that were found are true of the code."""
        source = self.sources.get(exercise.name, "")
        return bears_out(self.assignment, exercise.name, mistakes, source)

    def _blocked_if_steady(
        self, exercise: Exercise, outcomes: Sequence[Outcome], before: Sequence[str]
    ) -> GradedExercise:
        """Full marks for what is right with right functions before it, unless it saw who answered.

        Its earlier functions are put behind stand-ins like those of the reference, and answer
        themselves: then it must give what it gave.
        """
        plain = exercise.name in self.notebook.plain
        if not plain and not self.runs.is_steady_behind_stand_ins(exercise, outcomes, before):
            text = _(
                "It does not give the same twice: it gave something else when its calls of {names} "
                "went through a stand-in. Its result must depend on its arguments, and on what the "
                "functions give that it calls."
            )
            return _unsteady(exercise, text.format(names=", ".join(before)))
        return self._blocked(exercise, before)

    def _right(self, exercise: Exercise) -> GradedExercise:
        if not exercise.training:
            return right(exercise)
        graded, note = judge_training(self.assignment, exercise, self.notebook)
        self.notes += filter(None, [note])
        return graded

    def _culprits(self, before: Sequence[str]) -> list[str]:
        """The earlier functions that are not right in themselves."""
        return [n for n in before if self.verdicts.get(n) not in ("correct", "blocked")]

    def _blocked(self, exercise: Exercise, before: Sequence[str]) -> GradedExercise:
        culprits = self._culprits(before)
        blamed = blame(before, culprits, functools.partial(self._is_right_with, exercise))
        if set(blamed) <= set(culprits):
            text = _(
                "Right in itself; it fails only because it builds on {names}. Mend that first."
            )
        else:
            text = _(
                "Right in itself: it is right with ours in place of your {names}, which passes its "
                "own cases, and wrong with yours. Compare what it gives, to the last digits, and "
                "what outlasts a call: a changed argument, a variable of the notebook, a seed."
            )
        return GradedExercise(
            exercise.name,
            "blocked",
            exercise.points * self.blocked_share,
            exercise.points,
            message=text.format(names=", ".join(blamed)),
            lesson=exercise.lesson,
        )

    def _is_right_with(self, exercise: Exercise, references: Sequence[str]) -> bool:
        """Whether an exercise is right when the reference answers for these functions alone."""
        if exercise.name in self.notebook.plain:
            return self._first.is_right_with(exercise, references)
        return self.runs.is_right_with(exercise, references)

    def _missing(self, exercise: Exercise, where: str) -> GradedExercise:
        lost = self.notebook.process.lost.get(where)
        error = self.notebook.process.errors.get(where)
        if lost == "ran out of time":
            return without_marks(
                exercise, "timed out", _("The cell that defines it did not end in time."), True
            )
        if lost:
            return without_marks(
                exercise, "crashed", _("The cell that defines it ended the whole process."), True
            )
        if error:
            text = _("Its cell stopped with {type}: {message}").format(**error)
            if error["line"]:
                text += "\n" + _("The line was: {line}").format(line=error["line"])
            text += self.notebook.process.why_not_set(error["message"])
            return without_marks(exercise, "crashed", text, True)
        if where:
            text = _(
                "There is no function called {name} when all cells were run: the line that defines "
                "it was not reached, or the name stands for something else."
            )
        else:
            text = _("No cell of the notebook defines a function called {name}.")
        return without_marks(exercise, "missing", text.format(name=exercise.name))

    def _explained(
        self, exercise: Exercise, found: Finding, diagnosis: Diagnosis
    ) -> GradedExercise:
        if is_blank(self.assignment, exercise.name, self.sources.get(exercise.name, "")):
            return without_marks(exercise, "not attempted", _("Not implemented yet."))
        if found.lacks_a_name:
            remark = self.notebook.process.why_not_set(diagnosis.message)
        else:
            remark = self._taken_from_the_notebook(exercise)
        return GradedExercise(
            exercise.name,
            verdict_of(found.kinds),
            0,
            exercise.points,
            diagnosis.misconceptions,
            _cut(diagnosis.message + remark),
            diagnosis.lesson,
        )

    def _taken_from_the_notebook(self, exercise: Exercise) -> str:
        """A sentence about variables of the notebook that a wrong function reads."""
        cells = [source for _id, source in self.notebook.cells]
        given = {other.name for other in self.assignment.exercises}
        given |= vars(self.assignment.reference).keys()
        names = names_from_the_notebook(
            exercise.name, self.sources.get(exercise.name, ""), cells, given
        )
        if not names:
            return ""
        return "\n" + ngettext(
            "The function uses {names}, a variable of the notebook. It is called with other data "
            "than the notebook's: use its arguments.",
            "The function uses {names}, variables of the notebook. It is called with other data "
            "than the notebook's: use its arguments.",
            len(names),
        ).format(names=", ".join(names[:5]))


def _cut(message: str) -> str:
    """A message of bounded length; parts of it are the student's."""
    if len(message) <= _LONGEST_MESSAGE:
        return message
    return message[:_LONGEST_MESSAGE].rstrip() + " ..."


def _unsteady(exercise: Exercise, message: str) -> GradedExercise:
    return without_marks(exercise, "not the same twice", message, True)
