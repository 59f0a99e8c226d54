"""Whether a submission is to be graded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.exercises.assignment import Assignment
from grader.recording.grading import recorded_grading
from grader.recording.timestamp import read_timestamp

Reason = Literal["new", "another time", "changed", "forced"]


@dataclass(frozen=True)
class GradingNeed:
    """Whether a submission is to be graded.

    Attributes:
        reason: why it is; None where it is not.
        stale: whether it is not, although its marks are those of an older edition.
    """

    reason: Reason | None
    stale: bool = False


def grading_need(
    submitted: Path,
    autograded: Path,
    assignment: Assignment,
    digest: str,
    force: bool = False,
    notebook: str = "*",
) -> GradingNeed:
    """Decide whether a submission is to be graded.

    nbgrader grades what has not been graded yet, and what has a newer ``timestamp.txt``. Here a
    file that has changed since is graded again, too, and what has an earlier time, which somebody
    has put right: the penalty for being late depends on it.

    Parameters:
        submitted: ``submitted/<student>/<assignment>``.
        autograded: ``autograded/<student>/<assignment>``.
        assignment: the assignment.
        digest: the fingerprint of the submitted file; empty where there is none to read.
        force: grade in any case.
        notebook: which notebooks are asked for, as nbgrader's ``--notebook`` says it.
    """
    recorded = recorded_grading(autograded)
    if recorded is None or assignment.notebooks_like(notebook).intersection(recorded.waiting):
        return GradingNeed("new")
    if force:
        return GradingNeed("forced")
    new, old = read_timestamp(submitted)[0], read_timestamp(autograded)[0]
    if new is not None and new != old:
        return GradingNeed("another time")
    if recorded.submission not in (None, digest):
        return GradingNeed("changed")
    return GradingNeed(None, stale=recorded.fingerprint not in (None, assignment.fingerprint))
