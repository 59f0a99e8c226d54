"""A class whose submissions are graded by a stand-in, with all that nbgrader does around it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import nbformat

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.grade import GradedSubmission
from grader.judging.graded import Graded, GradedExercise
from grader.plugin.autograde import FairAutograde
from grader.settings.course import course_application
from grader.submission.repair import repair

NAME = "a4_deep_network"
FULL = assignments.load(NAME).max_score


def hand_in(root: Path, student: str, raw: bytes, name: str = f"{NAME}.ipynb") -> Path:
    """Put a submission where nbgrader collects it."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(raw)
    (folder / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    return folder


class Course:
    """A class whose submissions are graded by a stand-in that counts how often it is asked."""

    def __init__(self, root: Path, assignment: Assignment) -> None:
        self.root = root
        self.assignment = assignment
        self.application = course_application()
        self.coursedir = self.application.coursedir
        self.graded: list[bytes] = []
        self.points = 10.0
        self.said: list[str] = []

    def grade(self, raw: bytes, assignment: Assignment, *_others: Any) -> GradedSubmission:
        """Give the first exercise ``self.points`` and the others all of theirs."""
        repaired = repair(raw, assignment)
        self.graded.append(raw)
        if b"BREAK THE GRADER" in raw:
            raise ZeroDivisionError("of the grader's own")
        return GradedSubmission(self.marks(repaired.repairs), repaired.notebook)

    def marks(self, repairs: tuple[str, ...] = ()) -> Graded:
        """The marks that the stand-in gives."""
        first, *others = self.assignment.exercises
        verdict = "correct" if self.points == first.points else "wrong"
        exercises = [GradedExercise(first.name, verdict, self.points, first.points)]  # type: ignore[arg-type]
        exercises += [GradedExercise(e.name, "correct", e.points, e.points) for e in others]
        return Graded(self.assignment.name, tuple(exercises), repairs)

    def autograde(self, force: bool = False, student: str = "*", notebook: str = "*") -> bool:
        """Run nbgrader's converter; say whether everything could be graded."""
        from nbgrader.converters.base import NbGraderException

        self.coursedir.assignment_id = NAME
        self.coursedir.student_id, self.coursedir.notebook_id = student, notebook
        converter = FairAutograde(coursedir=self.coursedir, parent=self.application)
        converter.force = force
        handler = Collector(self.said)
        self.application.log.addHandler(handler)
        try:
            converter.start()
        except NbGraderException:
            return False
        finally:
            self.application.log.removeHandler(handler)
        return True

    def gradebook(self) -> Any:
        """nbgrader's gradebook."""
        from nbgrader.api import Gradebook

        return Gradebook(self.coursedir.db_url, self.coursedir.course_id)

    def score(self, student: str) -> float:
        """The marks in the gradebook."""
        with self.gradebook() as gradebook:
            submission = gradebook.find_submission(NAME, student)
            penalty = submission.late_submission_penalty or 0
            return float(submission.score - penalty)

    def autograded(self, student: str) -> Path:
        """Where the autograded notebook lies."""
        return self.root / "autograded" / student / NAME / f"{NAME}.ipynb"


class Collector(logging.Handler):
    """Collects what is logged."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text."""
        self.said.append(record.getMessage())


def changed(raw: bytes, text: str) -> bytes:
    """The notebook with another cell."""
    notebook = nbformat.reads(raw.decode(), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(f"# {text}"))
    return nbformat.writes(notebook).encode()
