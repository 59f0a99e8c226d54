"""The folders of a class: where they lie, who has one in a step of grading, and who is asked for.

nbgrader looks folders up with patterns made of their paths, in which the name of a student, or of
the folder that the course lies in, may be a pattern itself. Here only what stands for all students
is a pattern; everything else is a name.
"""

from __future__ import annotations

import fnmatch
import glob
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course.study.study_record import FILE_NAME
from grader.paths import RELEASE, SOURCE, course_root
from grader.settings.course_directory import CourseDirectory
from grader.settings.environment import given_gradebook

_ANY_STUDENT, _ANY_ASSIGNMENT = "\ue000", "\ue001"  # private characters: they stand in no path

NOT_FOR_STUDENTS = ["exercises.py", "a[0-9]_*.py", "*.template.py"]
"""Files of a source folder that ``nbgrader generate_assignment`` must not copy to the release."""


def configure_folders(c: Any, project: Path) -> None:
    """Set the folders of the class and its gradebook.

    The class's own folders and the gradebook lie where the environment variable ``COURSE_ROOT``
    says, else in the project; ``source/`` and ``release/`` are always the project's. Another
    gradebook, on a server for instance, is named by ``GRADEBOOK_URL``, so that its password need
    stand in no file.

    Parameters:
        c: the configuration object of nbgrader (traitlets).
        project: the root of the project.
    """
    from grader.settings.nbgrader_paths import gradebook_url, use_literal_paths

    root = course_root()
    c.CourseDirectory.root = str(root)
    if root != project:
        sys.path.append(str(root))  # a plugin of one's own may lie beside the class's own settings
        c.CourseDirectory.source_directory = str(SOURCE)
        c.CourseDirectory.release_directory = str(RELEASE)
    if url := given_gradebook() or gradebook_url(root):
        c.CourseDirectory.db_url = url
    c.CourseDirectory.course_id = "neural-networks-from-scratch"
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "__pycache__",
        "*.pyc",
        FILE_NAME,
        *NOT_FOR_STUDENTS,
    ]
    use_literal_paths()


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
    known = list(students)
    wanted = coursedir.student_id
    excluded = coursedir.student_id_exclude.split(",")
    chosen = [wanted] if wanted in known else [s for s in known if fnmatch.fnmatchcase(s, wanted)]
    return [student for student in chosen if student not in excluded]


def step_pattern(coursedir: CourseDirectory, step: str, student: str, assignment: str) -> str:
    """A regular expression for the folder of a step, as nbgrader's converters match it.

    Parameters:
        coursedir, step: see :func:`step_folders`.
        student, assignment: regular expressions for the two names.
    """
    path: str = coursedir.format_path(step, _ANY_STUDENT, _ANY_ASSIGNMENT)
    return re.escape(path).replace(_ANY_STUDENT, student).replace(_ANY_ASSIGNMENT, assignment)
