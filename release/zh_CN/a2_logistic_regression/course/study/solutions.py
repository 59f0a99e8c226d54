"""The reference solution, once one's own is right: ``solution("linear_forward")``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.language import _
from course.study.show import say, show
from course.study.solution_store import solution_of
from course.study.study_material import NoSuchExercise, StudyExercise, find_exercise
from course.study.study_record import known_of, remember

__all__ = ["solution"]


def solution(
    name: str | Callable[..., Any] = "", anyway: bool = False, *, assignment: str | None = None
) -> None:
    """Show the reference solution of an exercise once your own has passed its check.

    Parameters:
        name: the exercise: the name of its function, or the function itself.
        anyway: show it even though your own has not passed yet.
        assignment: which assignment, where several have an exercise of that name.
    """
    try:
        exercise = find_exercise(name, assignment, "solution")
    except NoSuchExercise as problem:
        say(str(problem))
        return
    if "solutions" in exercise.withheld:
        say(_("This class was released without solutions. Ask your teacher."))
        return
    source = solution_of(exercise.assignment, exercise.name)
    if source is None:
        say(_not_here(exercise))
        return
    known = known_of(exercise.assignment, exercise.name)
    if not (known.passed or anyway):
        say(_not_yet(exercise, known.hints))
        return
    _show(exercise, source, known.passed)
    remember(exercise.assignment, exercise.name, solution=True)


def _show(exercise: StudyExercise, source: str, passed: bool) -> None:
    title = _("The reference solution of {name}")
    below = (
        _("Yours may look different and be just as right.")
        if passed
        else _("Read it until you know why each line is there, close it, and write your own.")
    )
    show(
        f"**{title.format(name=f'`{exercise.name}`')}**\n\n```python\n{source}\n```\n\n{below}",
        f"{title.format(name=exercise.name)}\n\n{source}\n\n{below}",
    )


def _not_yet(exercise: StudyExercise, hints_opened: int) -> str:
    """Both ways to the solution, the gentler one first."""
    name = exercise.name
    sentences = [
        _("{name} has not passed its check here yet. Run it: {call}").format(
            name=name, call=f"{name}_test({name})"
        ),
        _("Once it has, this shows the reference solution: {call}").format(
            call=f'solution("{name}")'
        ),
    ]
    if len(exercise.hints) > hints_opened:
        sentences.append(_("For a hint: {call}").format(call=f'hint("{name}")'))
    sentences.append(
        _("To see the solution now all the same: {call}").format(
            call=f'solution("{name}", anyway=True)'
        )
    )
    return "\n".join(sentences)


def _not_here(exercise: StudyExercise) -> str:
    return _(
        "The reference solution of {name} is not in this folder: a released folder holds none, so "
        "that nobody meets it by accident. It is in the course's own folder, in {path}, in the "
        "cell that defines {name}; inside a copy of the whole course this call finds it."
    ).format(
        name=exercise.name,
        path=f"source/{exercise.assignment}/{exercise.assignment}.ipynb",
    )
