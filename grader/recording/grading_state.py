"""What is known of a submission that has been graded, and whether it is to be graded again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from grader.exercises.assignment import Assignment
from grader.recording.timestamp import read_timestamp

STATE_FILE = ".grading.json"
"""Lies beside an autograded notebook and holds what the notebook's ``metadata.grading`` holds, with
the fingerprint of the submitted file under ``"submission"``."""

Reason = Literal["new", "another time", "changed", "forced"]


@dataclass(frozen=True)
class Due:
    """Whether a submission is to be graded.

    Attributes:
        reason: why it is; None where it is not.
        stale: whether it is not, although its marks are those of an older edition.
    """

    reason: Reason | None
    stale: bool = False


def recorded_state(folder: Path, assignment_name: str) -> dict[str, Any] | None:
    """What is known of a graded submission.

    Parameters:
        folder: ``autograded/<student>/<assignment>``.
        assignment_name: the assignment.

    Returns:
        The content of :data:`STATE_FILE`; an empty dictionary where something else has graded the
        submission; None where nothing has.
    """
    if not (folder / f"{assignment_name}.ipynb").is_file():
        return None
    try:
        state = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def is_due(
    submitted: Path, autograded: Path, assignment: Assignment, digest: str, force: bool = False
) -> Due:
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
    """
    state = recorded_state(autograded, assignment.name)
    if state is None:
        return Due("new")
    if force:
        return Due("forced")
    new, old = read_timestamp(submitted)[0], read_timestamp(autograded)[0]
    if new is not None and new != old:
        return Due("another time")
    if state.get("submission", digest) != digest:
        return Due("changed")
    edition = state.get("fingerprint", assignment.fingerprint)
    return Due(None, stale=edition != assignment.fingerprint)
