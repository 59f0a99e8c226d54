"""Hints for an exercise, one after another: ``hint("linear_forward")``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.language import _
from course.study.show import as_markdown, say, show, wrapped
from course.study.study_material import NoSuchExercise, StudyExercise, find_exercise
from course.study.study_record import known_of, remember

__all__ = ["hint"]


def hint(
    name: str | Callable[..., Any] = "", number: int | None = None, *, assignment: str | None = None
) -> None:
    """Show the next hint for an exercise: the first ones are gentle, the last is near the answer.

    Parameters:
        name: the exercise: the name of its function, or the function itself.
        number: which hint, 1 for the first; where it is left out, the one after the last that you
            opened.
        assignment: which assignment, where several have an exercise of that name.
    """
    try:
        exercise = find_exercise(name, assignment, "hint")
    except NoSuchExercise as problem:
        say(str(problem))
        return
    hints = exercise.hints
    if "hints" in exercise.withheld:
        say(_("This class was released without hints. Ask your teacher or a fellow student."))
        return
    if not hints:
        say(_("There are no hints for {name}.").format(name=exercise.name))
        return
    wanted = number
    if wanted is None:
        wanted = known_of(exercise.assignment, exercise.name).hints + 1
        if wanted > len(hints):
            say(_all_seen(exercise))
            return
    if wanted not in range(1, len(hints) + 1):
        say(_("{name} has the hints 1 to {count}.").format(name=exercise.name, count=len(hints)))
        return
    _show(exercise, int(wanted))
    remember(exercise.assignment, exercise.name, hints=int(wanted))


def _show(exercise: StudyExercise, number: int) -> None:
    count = len(exercise.hints)
    text = _(exercise.hints[number - 1])
    title = _("Hint {number} of {count} for {name}")
    if number < count:
        call = f'hint("{exercise.name}")'
        below = _("For the next one: {call}")
    else:
        call = f'solution("{exercise.name}")'
        below = _("This is the last hint. Once your function passes its check: {call}")
        if "solutions" in exercise.withheld:
            call, below = "", _("This is the last hint.")
    show(
        f"**{title.format(number=number, count=count, name=f'`{exercise.name}`')}**\n\n"
        f"{as_markdown(text)}\n\n{below.format(call=f'`{call}`')}",
        f"{title.format(number=number, count=count, name=exercise.name)}\n"
        f"{wrapped(text, '  ', '  ')}\n{wrapped(below.format(call=call))}",
    )


def _all_seen(exercise: StudyExercise) -> str:
    """What is left to do when every hint has been opened."""
    sentences = [
        _("You have opened all {count} hints for {name}.").format(
            count=len(exercise.hints), name=exercise.name
        ),
        _("To read the first one again: {call}").format(call=f'hint("{exercise.name}", 1)'),
    ]
    if "solutions" not in exercise.withheld:
        sentences.append(
            _("The reference solution, once your function passes its check: {call}").format(
                call=f'solution("{exercise.name}")'
            )
        )
    return "\n".join(sentences)
