"""Decide the verdict on each exercise from what the sandbox reports."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from grader.assignment import Assignment
from grader.cases import JudgedCase, judged_cases
from grader.diagnosis import Diagnosis, diagnose
from grader.exercise import Exercise
from grader.findings import Finding, find, findings
from grader.global_names import names_from_the_notebook
from grader.graded import GradedExercise, Verdict
from grader.loaded_notebook import LoadedNotebook
from grader.plain_functions import others_are_plain
from grader.remarks import remarks_on
from grader.sandbox.outcome import Outcome
from grader.sandbox.session import Answers
from grader.training import reduced_problem, reference_result, result_of
from utils.checks.language import _, ngettext
from utils.checks.plain_data import to_json

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
        self._findings = findings(assignment, secret)
        self._seen: Mapping[str, Answers] = {}
        self._as_submitted: dict[str, Finding] = {}

    def look(self, names: Sequence[str]) -> None:
        """Run exercises together, to find those that need no more than that.

        Parameters:
            names: the exercises that somebody has worked on.
        """
        exercises = [self.assignment.exercise(name) for name in names]
        self._seen = self.notebook.first_look([(e, len(self._cases(e))) for e in exercises])

    def judge(self, name: str, untouched: bool, where: str) -> GradedExercise:
        """Judge one exercise.

        Parameters:
            name: the exercise.
            untouched: whether its cell is still as it was released.
            where: the id of the cell that should define it, empty where no cell does.
        """
        exercise = self.assignment.exercise(name)
        self.notebook.start_clock()
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
            return _without_marks(exercise, "not attempted", _("Not implemented yet."))
        return self._at_first_sight(exercise, where) or self._in_forks(exercise, where)

    def _at_first_sight(self, exercise: Exercise, where: str) -> GradedExercise | None:
        """Judge by what came of running all exercises in one process, where that is enough.

        One function may have spoilt another there, so nothing but a right result is believed unless
        all other functions are seen to leave everything as it was. And even then only what is fully
        explained: by a mistake that is known, or by a mistake of an earlier function.
        """
        answers = self._seen.get(exercise.name)
        if answers is None:
            return None
        found = self._as_submitted[exercise.name] = self._findings.of(exercise, answers)
        if found.right:
            return self._right(exercise)
        if not found.readable or not self._is_left_alone(exercise):
            return None
        if found.missing:
            return self._missing(exercise, where)
        before = self.assignment.foundations(exercise.name)
        if before and all(self.verdicts.get(name) == "correct" for name in before):
            # Is the mistake still there when the reference answers for the earlier functions?
            case = found.first_wrong or 0
            alone = self.notebook.second_look(exercise, before, 1, only=case)
            if alone is None or not self._findings.alike(exercise, answers, case, alone):
                return None
        elif before:
            again = self.notebook.second_look(exercise, before, len(self._cases(exercise)))
            if again is None:
                return None
            answers, found = again, self._findings.of(exercise, again)
            if found.right:
                return self._blocked(exercise, before) if self._culprits(before) else None
            if not found.readable or found.missing:
                return None
        if found.is_unsolved:
            return _without_marks(exercise, "not attempted", _("Not implemented yet."))
        diagnosis = self._findings.diagnosis(exercise, answers)
        return self._explained(exercise, found, diagnosis) if diagnosis.misconceptions else None

    def _is_left_alone(self, exercise: Exercise) -> bool:
        """Whether no other function of the notebook can have changed anything for an exercise."""
        cells = [source for _id, source in self.notebook.cells]
        return others_are_plain(exercise.name, cells, self.assignment.given_functions)

    def _in_forks(self, exercise: Exercise, where: str) -> GradedExercise:
        """Judge an exercise by itself, each time in a fork of the notebook as it was loaded."""
        outcomes = self._outcomes(exercise, ())
        if outcomes is None:
            return self._missing(exercise, where)
        found = self._as_submitted[exercise.name] = self._find(exercise, outcomes)
        if found.right:
            return self._right(exercise)
        before = self.assignment.foundations(exercise.name)
        if before:
            # All of them are answered by the reference, right ones too: a function that is right
            # by its results may still change its arguments under the feet of a later one.
            again = self._outcomes(exercise, before)
            if again is not None:
                if self._find(exercise, again).right:
                    return self._blocked(exercise, before)
                # Right ones may fit together in a way of their own, and one of them spoil the rest.
                fine = all(self.verdicts.get(name) in ("correct", "blocked") for name in before)
                if fine and len(before) > 1 and len(self._to_blame(exercise, before)) == 1:
                    return self._blocked(exercise, before)
                if any(self.verdicts.get(name) != "correct" for name in before):
                    outcomes = again
        found = self._find(exercise, outcomes)
        if found.is_unsolved:
            return _without_marks(exercise, "not attempted", _("Not implemented yet."))
        diagnosis = diagnose(self.assignment, exercise.name, self.secret, outcomes)
        return self._explained(exercise, found, diagnosis)

    def _cases(self, exercise: Exercise) -> tuple[JudgedCase, ...]:
        return judged_cases(self.assignment, exercise.name, self.secret)

    def _outcomes(self, exercise: Exercise, references: Sequence[str]) -> list[Outcome] | None:
        return self.notebook.outcomes(exercise, len(self._cases(exercise)), references)

    def _find(self, exercise: Exercise, outcomes: Sequence[Outcome]) -> Finding:
        return find(outcomes, exercise, self._cases(exercise))

    def _right(self, exercise: Exercise) -> GradedExercise:
        return self._trained(exercise) if exercise.training else _right(exercise, "")

    def _trained(self, exercise: Exercise) -> GradedExercise:
        """Judge a training run: on the reduced problem, and on the whole one where that fails."""
        problem = reduced_problem(self.assignment, exercise.name)
        wanted = reference_result(self.assignment, exercise.name)
        assert exercise.training is not None
        arguments, replacements = problem.encoded
        outcome, used = self.notebook.trained(exercise, arguments, replacements, fresh=False)
        result = result_of(outcome, self.assignment, problem, reduced=True) if used else None
        is_right = result is not None and result.agrees_with(wanted)
        # The whole problem is the larger one: what ran out of time here would do so there.
        if not is_right and outcome.kind != "timed out":
            if outcome.kind != "returned":
                why = _("on the reduced problem it gave no result")
            elif used:
                why = _("its result on the reduced problem was another one")
            else:
                why = _("it did not call {names} for its initial parameters").format(
                    names=", ".join(replacements)
                )
            self.notes.append(
                _("{name} was trained in full, because {why}.").format(name=exercise.name, why=why)
            )
            whole = to_json(problem.whole_arguments)
            outcome, _used = self.notebook.trained(exercise, whole, {})
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

    def _culprits(self, before: Sequence[str]) -> list[str]:
        """The earlier functions that are not right in themselves."""
        return [n for n in before if self.verdicts.get(n) not in ("correct", "blocked")]

    def _blocked(self, exercise: Exercise, before: Sequence[str]) -> GradedExercise:
        culprits = self._culprits(before)
        if culprits:
            text = _(
                "Right in itself; it fails only because it builds on {names}. Mend that first."
            )
        else:
            before = self._to_blame(exercise, before)
            text = _(
                "Right in itself; it fails only together with your {names}. Look there for what "
                "outlasts a call: a changed argument, a variable of the notebook, a seed. A "
                "function should leave all that as it was."
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
        for name in before:
            outcomes = self._outcomes(exercise, [name])
            if outcomes is not None and self._find(exercise, outcomes).right:
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
            text += self.notebook.why_not_set(error["message"])
            return _without_marks(exercise, "crashed", text, True)
        return _without_marks(
            exercise,
            "missing",
            _("No cell of the notebook defines a function called {name}.").format(
                name=exercise.name
            ),
        )

    def _explained(
        self, exercise: Exercise, found: Finding, diagnosis: Diagnosis
    ) -> GradedExercise:
        if found.lacks_a_name:
            remark = self.notebook.why_not_set(diagnosis.message)
        else:
            remark = self._taken_from_the_notebook(exercise)
        return GradedExercise(
            exercise.name,
            _verdict_of(found.kinds),
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
