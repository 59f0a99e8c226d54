"""How the submissions of a class are graded: all that a process needs to know before the first."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import PUBLIC_SECRET
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.worker import SandboxError
from grader.settings.class_secret import class_secret
from grader.settings.course import Course
from grader.settings.grading_settings import GradingSettings


@dataclass(frozen=True)
class GradingJob:
    """How submissions of an assignment are graded; it travels between processes and machines.

    Attributes:
        assignment_name: what they are submissions of.
        settings: what they may use, and what they are worth.
        secret: which hidden cases are used.
        isolated: whether to use the sandbox.
        notebook: which notebooks are graded, as nbgrader's ``--notebook`` says it; the others keep
            their marks.
    """

    assignment_name: str
    settings: GradingSettings
    secret: str = field(repr=False)
    isolated: bool = True
    notebook: str = "*"

    @property
    def assignment(self) -> Assignment:
        """The assignment, as this process has it."""
        return assignments.load(self.assignment_name)

    def with_public_cases(self) -> GradingJob:
        """The same with the cases that students have, in place of the hidden ones."""
        return dataclasses.replace(self, secret=PUBLIC_SECRET)

    @property
    def notebooks(self) -> frozenset[str]:
        """The names of the notebooks that are graded.

        Raises:
            AssignmentError: the assignment has none that is meant.
        """
        return self.assignment.notebooks_like(self.notebook)


def grading_job(
    course: Course,
    assignment: Assignment,
    isolated: bool = True,
    here: bool = True,
    notebook: str = "*",
) -> GradingJob:
    """How a course is configured to grade an assignment.

    Parameters:
        course: the configured course.
        assignment: the assignment.
        isolated: whether the sandbox is wanted; the course may do without it.
        here: whether students' code runs on this machine.
        notebook: see :class:`GradingJob`.

    Raises:
        SandboxError: the code is to be isolated here, and cannot be.
    """
    isolated = isolated and course.sandbox
    if isolated and here and (reason := bubblewrap.why_unavailable()):
        raise SandboxError(reason)
    return GradingJob(assignment.name, course.settings, class_secret(), isolated, notebook)
