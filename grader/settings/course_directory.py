"""The part of nbgrader's ``CourseDirectory`` that is used here; nbgrader has no types."""

from __future__ import annotations

from typing import Any, Protocol


class CourseDirectory(Protocol):
    """Where the folders and the gradebook of a class lie, and whose submissions are asked for.

    Attributes:
        root: the folder of the class.
        db_url: the address of the gradebook.
        course_id: the name of the course in the gradebook.
        submitted_directory, autograded_directory, feedback_directory: the folders of the steps.
        assignment_id, notebook_id, student_id: what is asked for; the latter two may be patterns.
        student_id_exclude: students who are left out, with commas between them.
        groupshared: whether a group of instructors works in the folders.
        ignore, include: which files are left out of copies, and which are taken, by patterns.
        max_file_size, max_dir_size: how large a file, and a submission, may be, in kB.
        parent: nbgrader's application, which has the whole configuration.
    """

    root: str
    db_url: str
    course_id: str
    submitted_directory: str
    autograded_directory: str
    feedback_directory: str
    assignment_id: str
    notebook_id: str
    student_id: str
    student_id_exclude: str
    groupshared: bool
    ignore: list[str]
    include: list[str]
    max_file_size: float
    max_dir_size: float
    parent: Any

    def format_path(
        self, nbgrader_step: str, student_id: str, assignment_id: str, escape: bool = False
    ) -> str:
        """The path of a folder."""
