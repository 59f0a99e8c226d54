"""The verdict on a model: on a whole training run on the course's images.

It is trained on the reduced problem, and on the whole one where that does not settle it.
"""

from __future__ import annotations

from course.checks.plain_data import to_json
from course.language import _, with_numbers
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Exercise
from grader.judging.graded import GradedExercise, right, verdict_of, without_marks
from grader.judging.loaded_notebook import LoadedNotebook
from grader.judging.training import reduced_problem, reference_result, result_of


def judge_training(
    assignment: Assignment, exercise: Exercise, notebook: LoadedNotebook
) -> tuple[GradedExercise, str]:
    """Judge a model that is right on its cases.

    Returns:
        The verdict, and why the model was trained in full; empty where it was not.
    """
    problem = reduced_problem(assignment, exercise.name)
    wanted = reference_result(assignment, exercise.name)
    note = ""
    arguments, replacements = problem.encoded
    outcome, used = notebook.trained(exercise, arguments, replacements, fresh=False)
    result = result_of(outcome, assignment, problem, reduced=True) if used else None
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
        note = _("{name} was trained in full, because {why}.").format(name=exercise.name, why=why)
        whole = to_json(problem.whole_arguments)
        outcome, _used = notebook.trained(exercise, whole, {})
        result = result_of(outcome, assignment, problem, reduced=False)
    if result is not None and result.agrees_with(wanted):
        remark = _(
            "Trained on the course's images, it classifies {train:.1%} of the training "
            "images and {test:.1%} of the test images rightly."
        ).format(train=result.train_accuracy, test=result.test_accuracy)
        return right(exercise, remark), note
    what = with_numbers(outcome.message) or _(
        "its costs or its accuracy are not what they should be"
    )
    message = _("Right on small networks, but not when trained on the images: {what}.")
    verdict = verdict_of([outcome.kind])
    return without_marks(exercise, verdict, message.format(what=what), lesson=True), note
