"""Marks that a test has made up, recorded as grading would record them."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from grader.exercises import assignment as assignments
from grader.judging.graded import Graded
from grader.recording.autograded_notebook import recordable
from grader.recording.graded_folder import GradedFolder
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
    made = recordable(notebook, graded, assignment)
    recorder.record_folder(GradedFolder(student_id, folder, "", graded, made), assignment)
