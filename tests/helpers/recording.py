"""Marks that a test has made up, recorded as grading would record them."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from grader.exercises import assignment as assignments
from grader.judging.graded import Graded
from grader.recording.autograded_notebook import autograded_submission
from grader.recording.grading_result import GradingResult
from grader.recording.recorder import Recorder


def record_marks(
    recorder: Recorder, student_id: str, graded: Graded, notebook: NotebookNode, folder: Path
) -> None:
    """Record marks; they are in place after the recorder's next ``flush``.

    Parameters:
        recorder: who records.
        student_id: whose they are.
        graded: the marks.
        notebook: the repaired notebook.
        folder: where it was handed in.
    """
    assignment = assignments.load(graded.assignment)
    made = autograded_submission(notebook, graded, assignment)
    recorder.record_folder(GradingResult(student_id, folder, "", graded, made), assignment)
