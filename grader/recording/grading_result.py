"""What came of grading one submitted folder, as it is handed to whoever records it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.judging.graded import Graded
from grader.recording.autograded_notebook import AutogradedSubmission


@dataclass(frozen=True)
class GradingResult:
    """What came of one submitted folder.

    Attributes:
        student_id, folder: whose it is, and where it was handed in.
        digest: the fingerprint of the notebook file.
        graded: the marks; None where the submission cannot be graded.
        autograded: what is to be recorded, where there are marks.
        problem: why there are none, as a sentence for the instructor.
    """

    student_id: str
    folder: Path
    digest: str = ""
    graded: Graded | None = None
    autograded: AutogradedSubmission | None = None
    problem: str = ""
