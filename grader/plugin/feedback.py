"""Feedback pages that are safe to open and worth reading, made by ``nbgrader generate_feedback``.

nbgrader finds the notebooks and reads the marks; the page is :mod:`grader.feedback.page`'s.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.converters.generate_feedback import GenerateFeedback
from nbgrader.preprocessors import GetGrades
from traitlets import List, Unicode

from course.language import language_of_metadata, speaking
from grader.feedback.attempt_sentences import handed_in
from grader.feedback.page import feedback_page
from grader.feedback.publishing import attempt_of
from grader.files import write_whole
from grader.paths import named_or_like
from grader.recording.autograded_folder import copy_exchange_files
from grader.recording.submission_marks import put_marks, recorded_marks
from grader.settings.class_folders import chosen_students, step_folders, step_pattern
from grader.settings.grading_settings import FairGrading


class FeedbackExporter(Exporter):
    """Turns an autograded notebook into a feedback page."""

    output_mimetype = "text/html"

    file_extension = Unicode(".html")

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """Render the page; nbgrader's preprocessors have put marks and comments in by then."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        options = FairGrading(parent=self)
        known = resources["nbgrader"]
        attempt = known.get("attempt")
        with speaking(language_of_metadata(nb.metadata)):
            said = [handed_in(*attempt)] if attempt else []
            page = feedback_page(nb, known, options.lesson_link, said)
        return page, resources


class GetMarks(GetGrades):
    """nbgrader's step that reads the marks; it also reads which ones a person has yet to give."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Put the marks of a submission into its notebook and into the resources."""
        known = resources["nbgrader"]
        with Gradebook(known["db_url"]) as gradebook:
            names = (known["notebook"], known["assignment"], known["student"])
            marks = recorded_marks(gradebook, *names)
        put_marks(nb, marks)
        known.update(score=marks.score, max_score=marks.max_score, late_penalty=marks.late_penalty)
        return nb, resources


class FairFeedback(GenerateFeedback):
    """nbgrader's feedback with our page in place of its own."""

    preprocessors = List([GetMarks])

    def __init__(self, coursedir: Any = None, **kwargs: Any) -> None:
        super().__init__(coursedir=coursedir, **kwargs)
        self.exporter_class = FeedbackExporter

    def init_notebooks(self) -> None:
        """Find the autograded notebooks of those who are asked for, whatever their names are."""
        name = self.coursedir.assignment_id
        folders = step_folders(self.coursedir, self._input_directory, name)
        self.assignments = {}
        self.notebooks: list[str] = []
        for student in chosen_students(self.coursedir, folders):
            notebooks = sorted(folders[student].glob("*.ipynb"))
            named = named_or_like([p.stem for p in notebooks], self.coursedir.notebook_id)
            wanted = [path for path in notebooks if path.stem in named]
            if wanted:
                self.assignments[str(folders[student])] = [str(path) for path in wanted]
        if not self.assignments:
            sentence = (
                "there is no autograded notebook in "
                f"{self._format_source(name, self.coursedir.student_id)}: "
                f"run `nbgrader autograde {shlex.quote(name)}` first"
            )
            self.log.error(sentence)
            raise NbGraderException(sentence)

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        """The folder of a submission; where it is to be a pattern, only the names given are one."""
        if escape:
            step = self._input_directory
            return step_pattern(self.coursedir, step, student_id, assignment_id)
        return str(super()._format_source(assignment_id, student_id))

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """What is known of a notebook before it is read; with which attempt it is."""
        resources: dict[str, Any] = super().init_single_notebook_resources(notebook_filename)
        names = resources["nbgrader"]
        names["attempt"] = attempt_of(self.coursedir, names["student"], names["assignment"])
        return resources

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Whether pages are to be made: nbgrader looks for the folder, which may be empty."""
        folder = Path(self._format_dest(assignment_id, student_id))
        pages = (folder / f"{Path(name).stem}.html" for name in self.notebooks)
        if not all(page.exists() for page in pages):
            return True
        return bool(super().init_destination(assignment_id, student_id))

    def write_single_notebook(self, output: str, resources: Any) -> None:
        """Write a page whole or not at all."""
        names = resources["nbgrader"]
        folder = Path(self._format_dest(names["assignment"], names["student"]))
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{resources['unique_key']}.html", output)

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy what ``nbgrader release_feedback`` needs; a page needs no file beside it."""
        target = Path(self._format_dest(assignment_id, student_id))
        target.mkdir(parents=True, exist_ok=True)
        copy_exchange_files(Path(self._format_source(assignment_id, student_id)), target)


def use_fair_feedback() -> None:
    """Let nbgrader's command and its API make these pages.

    nbgrader's settings for the page (template, exporter) are overridden by formgrader's own, so the
    class is replaced wherever it is looked up.
    """
    from nbgrader import converters
    from nbgrader.apps import api, generatefeedbackapp

    for module in (converters, generatefeedbackapp, api):
        module.GenerateFeedback = FairFeedback
