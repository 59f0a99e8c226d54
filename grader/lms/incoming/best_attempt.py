"""Which of several attempts has most points.

Each attempt is graded as :mod:`grader.judging.grade` grades it, in the sandbox, before anything is
put into its place, so that nbgrader sees the chosen attempt alone. Points count before any late
penalty; of attempts with the same points the latest is taken.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from grader.classes.grading_job import grading_job
from grader.classes.pool import grade_folders, jobs_for
from grader.exercises.assignment import Assignment
from grader.settings.course import Course


def points_of(
    folders: Mapping[str, Path], course: Course, assignment: Assignment, isolated: bool
) -> dict[str, float]:
    """Grade attempts.

    Parameters:
        folders: fingerprint of a notebook -> a folder with it.
        course: how it is graded.
        assignment: what they are attempts of.
        isolated: whether to use the sandbox.

    Returns:
        Fingerprint -> points; -1 for what cannot be graded.

    Raises:
        SandboxError: the code cannot be isolated here.
    """
    if not folders:
        return {}
    job = grading_job(course, assignment, isolated)
    if not job.isolated:
        print("Without the sandbox: this code can do whatever you can do.", file=sys.stderr)
    results = grade_folders(list(folders.items()), job, jobs_for(len(folders)))
    bar = tqdm(results, total=len(folders), unit="attempt", desc="grading attempts", disable=None)
    return {done.student_id: float(done.graded.score) if done.graded else -1.0 for done in bar}


def best_of(digests: Sequence[str], points: Mapping[str, float]) -> int:
    """The place of the attempt with most points, the latest of equal ones."""
    return max(range(len(digests)), key=lambda place: (points.get(digests[place], -1.0), place))
