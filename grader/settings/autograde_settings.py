"""nbgrader's settings of autograding, as every command reads them, and what they mean here."""

from __future__ import annotations

from typing import Any

from grader.settings.course import configured
from grader.settings.course_directory import CourseDirectory


def autograde_step(coursedir: CourseDirectory) -> Any:
    """nbgrader's converter for autograding, with all its settings."""
    from nbgrader.converters import Autograde

    return Autograde(coursedir=coursedir, parent=configured(coursedir))


def preprocessors(step: Any, setting: str = "autograde_preprocessors") -> list[type]:
    """The classes that a setting of nbgrader's converter names.

    Parameters:
        step: the converter.
        setting: which setting.

    Raises:
        ImportError: a class that is named by a string is not there.
    """
    from traitlets.utils.importstring import import_item

    named = (import_item(one) if isinstance(one, str) else one for one in getattr(step, setting))
    return [one if isinstance(one, type) else type(one) for one in named]


def ignored_settings(step: Any) -> list[str]:
    """Say which settings were changed that have no effect here.

    Parameters:
        step: nbgrader's converter for autograding.

    Returns:
        One sentence for each of them.
    """
    from nbgrader.preprocessors import AssignLatePenalties

    said = []
    for setting in ("sanitize_preprocessors", "autograde_preprocessors"):
        usual = (*step.traits()[setting].default_args[0], AssignLatePenalties)
        own = [
            kind.__name__
            for kind in preprocessors(step, setting)
            if kind not in usual and not issubclass(kind, AssignLatePenalties)
        ]
        if own:
            said.append(
                f"c.Autograde.{setting}: {', '.join(own)} does not run, because submissions of "
                "this course are graded in its own way; late penalties and nbgrader's hooks do."
            )
    if step.config.Execute.get("enabled") is False:
        said.append(
            "--no-execute (c.Execute.enabled) has no effect: marks come from calling the students' "
            "functions, never from the outputs that they handed in."
        )
    return said


def not_in_gradebook(student: str) -> str:
    """The sentence for a submission of somebody who is not in the gradebook, where that matters."""
    return (
        f"there is no student {student!r} in the gradebook, and c.Autograde.create_student is off: "
        "enter the student (`nbgrader db student add`), or rename the folder."
    )
