"""Decide the verdict on each exercise from what the sandbox reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.assignment import Assignment
from grader.cases import JudgedCase, judged_cases
from grader.diagnosis import Diagnosis, diagnose, is_right
from grader.exercise import Exercise
from grader.global_names import names_from_the_notebook
from grader.graded import GradedExercise, Verdict
from grader.loaded_notebook import LoadedNotebook
from grader.sandbox.host import Outcome
from utils.checks.language import _, ngettext


class Judge:
    """Judges the exercises of one submission, one after another.

    Parameters:
        assignment: the assignment.
        secret: which cases to use.
        notebook: the submission, loaded in the sandbox.
        sources: for each exercise the source of the cell that defines it.
        blocked_share: the share of an exercise's points for a function that is right in itself
            and fails only through an earlier one.
    """

    def __init__(
        self,
        assignment: Assignment,
        secret: str,
        notebook: LoadedNotebook,
        sources: Mapping[str, str] | None = None,
        blocked_share: float = 1.0,
    ) -> None:
        self.assignment = assignment
        self.secret = secret
        self.notebook = notebook
        self.sources = sources or {}
        self.blocked_share = blocked_share
        self.verdicts: dict[str, Verdict] = {}

    def judge(self, name: str, untouched: bool, where: str) -> GradedExercise:
        """Judge one exercise.

        Parameters:
            name: the exercise.
            untouched: whether its cell is still as it was released.
            where: the id of the cell that should define it, empty where no cell does.
        """
        exercise = self.assignment.exercise(name)
        graded = self._judge(exercise, untouched, where)
        self.verdicts[name] = graded.verdict
        return graded

    def _judge(self, exercise: Exercise, untouched: bool, where: str) -> GradedExercise:
        if untouched:
            return _without_marks(exercise, "not attempted", _("Not implemented yet."))
        cases = judged_cases(self.assignment, exercise.name, self.secret)
        outcomes = self.notebook.outcomes(exercise, cases, {})
        if outcomes is None:
            return self._missing(exercise, where)
        if self._all_right(exercise, outcomes, cases):
            return GradedExercise(
                exercise.name, "correct", exercise.points, exercise.points, message=_("Right.")
            )
        failed = self._failed_before(exercise)
        if failed:
            references = {name: getattr(self.assignment.reference, name) for name in failed}
            again = self.notebook.outcomes(exercise, cases, references)
            if again is not None:
                if self._all_right(exercise, again, cases):
                    return self._blocked(exercise, failed)
                outcomes = again
        return self._explained(exercise, outcomes)

    def _all_right(
        self, exercise: Exercise, outcomes: Sequence[Outcome], cases: Sequence[JudgedCase]
    ) -> bool:
        return all(
            is_right(outcome, judged, exercise.comparison)
            for outcome, judged in zip(outcomes, cases, strict=True)
        )

    def _failed_before(self, exercise: Exercise) -> list[str]:
        """The exercises that this one builds on, directly or not, that are not right."""
        found: list[str] = []
        waiting = list(exercise.builds_on)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.append(name)
                waiting += self.assignment.exercise(name).builds_on
        order = [other.name for other in self.assignment.exercises]
        return sorted(
            (name for name in found if self.verdicts.get(name) != "correct"), key=order.index
        )

    def _blocked(self, exercise: Exercise, failed: list[str]) -> GradedExercise:
        culprits = [name for name in failed if self.verdicts.get(name) != "blocked"]
        return GradedExercise(
            exercise.name,
            "blocked",
            exercise.points * self.blocked_share,
            exercise.points,
            message=_(
                "Right in itself; it fails only because it builds on {names}. Mend that first."
            ).format(names=", ".join(culprits or failed)),
            lesson=exercise.lesson,
        )

    def _missing(self, exercise: Exercise, where: str) -> GradedExercise:
        lost = self.notebook.lost.get(where)
        error = self.notebook.errors.get(where)
        if lost == "ran out of time":
            return _without_marks(
                exercise, "timed out", _("The cell that defines it did not end in time."), True
            )
        if lost:
            return _without_marks(
                exercise, "crashed", _("The cell that defines it ended the whole process."), True
            )
        if error:
            text = _("The cell that defines it stopped with {type}: {message}").format(**error)
            if error["line"]:
                text += "\n" + _("The line was: {line}").format(line=error["line"])
            return _without_marks(exercise, "crashed", text, True)
        return _without_marks(
            exercise,
            "missing",
            _("No cell of the notebook defines a function called {name}.").format(
                name=exercise.name
            ),
        )

    def _explained(self, exercise: Exercise, outcomes: Sequence[Outcome]) -> GradedExercise:
        kinds = [outcome.kind for outcome in outcomes]
        if all(kind == "not implemented" for kind in kinds):
            return _without_marks(exercise, "not attempted", _("Not implemented yet."))
        diagnosis: Diagnosis = diagnose(self.assignment, exercise.name, self.secret, outcomes)
        return GradedExercise(
            exercise.name,
            _verdict_of(kinds),
            0,
            exercise.points,
            diagnosis.misconceptions,
            diagnosis.message + self._taken_from_the_notebook(exercise),
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


def _without_marks(
    exercise: Exercise, verdict: Verdict, message: str, lesson: bool = False
) -> GradedExercise:
    return GradedExercise(
        exercise.name,
        verdict,
        0,
        exercise.points,
        message=message,
        lesson=exercise.lesson if lesson else "",
    )


def _verdict_of(kinds: Sequence[str]) -> Verdict:
    if "timed out" in kinds:
        return "timed out"
    if any(kind in ("died", "raised", "not implemented") for kind in kinds):
        return "crashed"
    return "wrong"
