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
from grader.sandbox.outcome import Outcome
from grader.training import reduced_problem, reference_result, result_of
from utils.checks.language import _, ngettext

_LONGEST_MESSAGE = 2_000


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
        self.notes: list[str] = []
        self._right_at_first: set[str] = set()

    def look(self, names: Sequence[str]) -> None:
        """Find the exercises that are right without more ado; the others are judged one by one.

        Parameters:
            names: the exercises that somebody has worked on.
        """
        probes = [
            (exercise, judged_cases(self.assignment, exercise.name, self.secret))
            for exercise in map(self.assignment.exercise, names)
        ]
        found = self.notebook.first_look(probes)
        self._right_at_first = {
            exercise.name
            for exercise, cases in probes
            if exercise.name in found and self._all_right(exercise, found[exercise.name], cases)
        }

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
        if exercise.name in self._right_at_first:
            return self._right(exercise)
        cases = judged_cases(self.assignment, exercise.name, self.secret)
        outcomes = self.notebook.outcomes(exercise, cases, {})
        if outcomes is None:
            return self._missing(exercise, where)
        if self._all_right(exercise, outcomes, cases):
            return self._right(exercise)
        before = self.assignment.foundations(exercise.name)
        if before:
            # All of them are answered by the reference, right ones too: a function that is right
            # by its results may still change its arguments under the feet of a later one.
            references = {name: getattr(self.assignment.reference, name) for name in before}
            again = self.notebook.outcomes(exercise, cases, references)
            if again is not None:
                if self._all_right(exercise, again, cases):
                    return self._blocked(exercise, before)
                # Right ones may fit together in a way of their own, and one of them spoil the rest.
                fine = all(self.verdicts.get(name) in ("correct", "blocked") for name in before)
                if fine and len(before) > 1 and len(self._to_blame(exercise, before)) == 1:
                    return self._blocked(exercise, before)
                if any(self.verdicts.get(name) != "correct" for name in before):
                    outcomes = again
        return self._explained(exercise, outcomes)

    def _right(self, exercise: Exercise) -> GradedExercise:
        return self._trained(exercise) if exercise.training else _right(exercise, "")

    def _trained(self, exercise: Exercise) -> GradedExercise:
        """Judge a training run: on the reduced problem, and on the whole one where that fails."""
        problem = reduced_problem(self.assignment, exercise.name)
        wanted = reference_result(self.assignment, exercise.name)
        assert exercise.training is not None
        initializer = {exercise.training.initializer: problem.initial}
        outcome, used = self.notebook.trained(exercise, problem.arguments, initializer)
        result = result_of(outcome, self.assignment, problem, reduced=True) if used else None
        if result is None or not result.agrees_with(wanted):
            why = (
                _("its result on the reduced problem was another one")
                if used
                else _("it makes its initial parameters in a way of its own")
            )
            self.notes.append(
                _("{name} was trained in full, because {why}.").format(name=exercise.name, why=why)
            )
            outcome, _used = self.notebook.trained(exercise, problem.whole_arguments, {})
            result = result_of(outcome, self.assignment, problem, reduced=False)
        if result is not None and result.agrees_with(wanted):
            return _right(
                exercise,
                _(
                    "Trained on the course's images, it classifies {train:.1%} of the training "
                    "images and {test:.1%} of the test images rightly."
                ).format(train=result.train_accuracy, test=result.test_accuracy),
            )
        verdict = _verdict_of([outcome.kind])
        what = outcome.message or _("its costs or its accuracy are not what they should be")
        message = _("Right on small networks, but not when trained on the images: {what}.")
        return GradedExercise(
            exercise.name,
            verdict,
            0,
            exercise.points,
            message=message.format(what=what),
            lesson=exercise.lesson,
        )

    def _all_right(
        self, exercise: Exercise, outcomes: Sequence[Outcome], cases: Sequence[JudgedCase]
    ) -> bool:
        return all(
            is_right(outcome, judged, exercise.comparison)
            for outcome, judged in zip(outcomes, cases, strict=True)
        )

    def _blocked(self, exercise: Exercise, before: Sequence[str]) -> GradedExercise:
        culprits = [
            name for name in before if self.verdicts.get(name) not in ("correct", "blocked")
        ]
        if culprits:
            text = _(
                "Right in itself; it fails only because it builds on {names}. Mend that first."
            )
        else:
            before = self._to_blame(exercise, before)
            text = _(
                "Right in itself; it fails only together with your {names}, which probably changes "
                "an argument or a variable of the notebook, or sets a seed. A function should "
                "leave all that as it was."
            )
        return GradedExercise(
            exercise.name,
            "blocked",
            exercise.points * self.blocked_share,
            exercise.points,
            message=text.format(names=", ".join(culprits or before)),
            lesson=exercise.lesson,
        )

    def _to_blame(self, exercise: Exercise, before: Sequence[str]) -> Sequence[str]:
        """The one earlier function without which an exercise is right; all where it is not one."""
        cases = judged_cases(self.assignment, exercise.name, self.secret)
        for name in before:
            reference = {name: getattr(self.assignment.reference, name)}
            outcomes = self.notebook.outcomes(exercise, cases, reference)
            if outcomes is not None and self._all_right(exercise, outcomes, cases):
                return [name]
        return before

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
            _cut(diagnosis.message + self._taken_from_the_notebook(exercise, outcomes)),
            diagnosis.lesson,
        )

    def _taken_from_the_notebook(self, exercise: Exercise, outcomes: Sequence[Outcome]) -> str:
        """A sentence about variables of the notebook that a wrong function reads."""
        if any(outcome.error_type in ("NameError", "UnboundLocalError") for outcome in outcomes):
            return ""  # the name was never set: the exception says so
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


def _right(exercise: Exercise, remark: str) -> GradedExercise:
    message = " ".join(part for part in (_("Right."), remark) if part)
    return GradedExercise(
        exercise.name, "correct", exercise.points, exercise.points, message=message
    )


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
