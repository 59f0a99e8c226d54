"""The folders of a class: who has one in a step of grading, and who of them is asked for.

nbgrader looks folders up with patterns made of their paths, in which the name of a student, or of
the folder that the course lies in, may be a pattern itself. Here only what stands for all students
is a pattern; everything else is a name.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable
from pathlib import Path

from grader.paths import named_or_like
from grader.settings.course_directory import CourseDirectory

_ANY_STUDENT, _ANY_ASSIGNMENT = "\ue000", "\ue001"  # private characters: they stand in no path


def step_folders(coursedir: CourseDirectory, step: str, assignment: str) -> dict[str, Path]:
    """The folders that students have in one step of grading.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        step: the folder of the step, for instance ``coursedir.submitted_directory``.
        assignment: the name of the assignment.

    Returns:
        Student -> folder, in order; links to folders, and links that lead nowhere, are among them.
    """
    path = coursedir.format_path(step, _ANY_STUDENT, assignment)
    before, _mark, after = path.partition(_ANY_STUDENT)
    found = {}
    for one in glob.glob(glob.escape(before) + "*" + glob.escape(after)):
        if os.path.isdir(one) or os.path.islink(one):
            found[one[len(before) : len(one) - len(after)]] = Path(one)
    return dict(sorted(found.items()))


def chosen_students(coursedir: CourseDirectory, students: Iterable[str]) -> list[str]:
    """Who of the students is asked for, as ``--student`` and ``student_id_exclude`` say.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        students: their names.

    Returns:
        The student of exactly that name, else those whose name matches the pattern.
    """
    excluded = coursedir.student_id_exclude.split(",")
    chosen = named_or_like(students, coursedir.student_id)
    return [student for student in chosen if student not in excluded]


def step_pattern(coursedir: CourseDirectory, step: str, student: str, assignment: str) -> str:
    """A regular expression for the folder of a step, as nbgrader's converters match it.

    Parameters:
        coursedir, step: see :func:`step_folders`.
        student, assignment: regular expressions for the two names.
    """
    path: str = coursedir.format_path(step, _ANY_STUDENT, _ANY_ASSIGNMENT)
    return re.escape(path).replace(_ANY_STUDENT, student).replace(_ANY_ASSIGNMENT, assignment)
