"""Feedback pages that are safe to open and worth reading, made by ``nbgrader generate_feedback``.

A page begins with the verdict on every exercise and what to do next; the notebook follows. It is
one file without scripts and without anything from the network, and a content security policy tells
the browser so. The template escapes whatever it is given; the only HTML that comes through is what
:mod:`grader.text.inert` has cleaned.
"""

from __future__ import annotations

import fnmatch
import functools
import os
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from nbgrader.converters.base import NbGraderException
from nbgrader.converters.generate_feedback import GenerateFeedback
from nbgrader.preprocessors import GetGrades
from traitlets import List, Unicode

from course.language import _, ngettext
from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.exercises.markers import CHECK_SUFFIX
from grader.feedback.notebook import shown_cells
from grader.recording.autograded_notebook import course_texts_of, verdict_in_words
from grader.settings.class_folders import chosen_students, step_folders, step_pattern
from grader.settings.options import FairGrading
from grader.settings.whole_files import write_whole
from grader.submission.submission_folder import TIMESTAMP
from grader.text.inert import plain_text
from grader.text.page_templates import page_environment, style_digest

TEMPLATES = Path(__file__).parent.parent / "feedback" / "templates"

_SYMBOLS = {"correct": "✓", "blocked": "✓", "not attempted": "–", "missing": "–"}
_KINDS = {"correct": "good", "blocked": "good", "not attempted": "open", "missing": "open"}


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
        return feedback_page(nb, resources["nbgrader"], options.lesson_link), resources


class GetMarks(GetGrades):
    """nbgrader's step that reads the marks; it also reads which ones a person has yet to give."""

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )
        waiting = grade.needs_manual_grade and grade.manual_score is None
        cell.metadata.nbgrader.update(
            score=grade.score, points=grade.max_score, waiting=bool(waiting)
        )


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
            wanted = [p for p in notebooks if fnmatch.fnmatch(p.stem, self.coursedir.notebook_id)]
            if wanted:
                self.assignments[str(folders[student])] = [str(path) for path in wanted]
        if not self.assignments:
            sentence = (
                "there is no autograded notebook in "
                f"{self._format_source(name, self.coursedir.student_id)}: "
                f"run `nbgrader autograde {name}` first"
            )
            self.log.error(sentence)
            raise NbGraderException(sentence)

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        """The folder of a submission; where it is to be a pattern, only the names given are one."""
        if escape:
            step = self._input_directory
            return step_pattern(self.coursedir, step, student_id, assignment_id)
        return str(super()._format_source(assignment_id, student_id))

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
        """Copy the time stamp alone: a page needs no file beside it."""
        source = Path(self._format_source(assignment_id, student_id)) / TIMESTAMP
        target = Path(self._format_dest(assignment_id, student_id)) / TIMESTAMP
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_file() and not source.is_symlink():
            write_whole(target, source.read_bytes())


def use_fair_feedback() -> None:
    """Let nbgrader's command and its API make these pages.

    nbgrader's settings for the page (template, exporter) are overridden by formgrader's own, so the
    class is replaced wherever it is looked up.
    """
    from nbgrader import converters
    from nbgrader.apps import api, generatefeedbackapp

    for module in (converters, generatefeedbackapp, api):
        module.GenerateFeedback = FairFeedback


def feedback_page(notebook: NotebookNode, marks: dict[str, Any], lesson_link: str = "") -> str:
    """The page for one notebook.

    Parameters:
        notebook: the autograded notebook with nbgrader's marks and comments in its metadata.
        marks: nbgrader's entries: student, assignment, score, max_score, late_penalty.
        lesson_link: the form of links to lessons, see :class:`FairGrading`.
    """
    grading = notebook.metadata.get("grading", {})
    exercises = _exercises(notebook, grading, lesson_link)
    name = str(marks.get("assignment", ""))
    style = _style()
    page: str = (
        _environment()
        .get_template("page.html.j2")
        .render(
            _=_,
            ngettext=ngettext,
            language=os.environ.get("COURSE_LANGUAGE", "en").replace("_", "-").split(".")[0]
            or "en",
            style=Markup(style),
            policy=(
                "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
                f"style-src 'sha256-{style_digest(style)}'"
            ),
            title=_title(notebook, name),
            assignment=name,
            student=plain_text(str(marks.get("student", ""))),
            score=_number(marks.get("score")),
            max_score=_number(marks.get("max_score")),
            late_penalty=_number(marks.get("late_penalty")),
            unreadable=grading.get("unreadable", ""),
            exercises=exercises,
            waiting=sum(entry["max_points"] for entry in exercises if entry["waiting"]),
            repairs=list(grading.get("repairs", [])),
            notes=list(grading.get("notes", [])),
            cells=shown_cells(notebook, _course_texts(name), exercises),
        )
    )
    return page


def _exercises(
    notebook: NotebookNode, grading: dict[str, Any], lesson_link: str
) -> list[dict[str, Any]]:
    """One entry a graded cell, in the order of the notebook."""
    judged = {entry["name"] + CHECK_SUFFIX: entry for entry in grading.get("exercises", [])}
    entries: list[dict[str, Any]] = []
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if not (meta.get("grade") or meta.get("task")):
            continue
        found = judged.get(meta["grade_id"], {})
        verdict = found.get("verdict", "")
        points, max_points = _number(meta.get("score")), _number(meta.get("points"))
        entries.append(
            {
                "cell": meta["grade_id"],
                "anchor": f"exercise-{len(entries) + 1}",
                "name": found.get("name", meta["grade_id"]),
                "verdict": verdict_in_words(verdict) if verdict else _by_hand(meta),
                "waiting": bool(meta.get("waiting")) and not verdict,
                "symbol": _SYMBOLS.get(verdict, "✗") if verdict else "•",
                "kind": _KINDS.get(verdict, "bad") if verdict else "open",
                "points": points,
                "max_points": max_points,
                "by_hand": bool(found) and points != _number(found.get("points")),
                "message": [] if verdict == "correct" else _paragraphs(found.get("message", "")),
                "remarks": _paragraphs("\n".join(found.get("remarks", ()))),
                "lesson": _lesson(found.get("lesson", ""), lesson_link),
            }
        )
    return entries


def _by_hand(meta: dict[str, Any]) -> str:
    """What is said of a cell that a person marks."""
    return _("waits to be marked") if meta.get("waiting") else _("marked by hand")


def _paragraphs(text: str) -> list[str]:
    return [part for part in plain_text(text).split("\n") if part.strip()]


def _lesson(lesson: str, lesson_link: str) -> dict[str, str] | None:
    """Name and, where one is configured, address of the lesson that explains it."""
    found = re.fullmatch(r"([\w./-]+)(?:#([\w.-]+))?", lesson)
    if found is None:
        return None
    notebook, section = found[1], found[2] or ""
    words = " ".join(re.split("[-_]", section))
    label = _("{notebook}, section “{words}”").format(notebook=notebook, words=words)
    label = label if section else notebook
    address = lesson_link.replace("{notebook}", notebook).replace("{section}", section)
    return {"label": label, "address": address if re.match(r"https?://", address) else ""}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _title(notebook: NotebookNode, name: str) -> str:
    """The assignment's title: the first heading of the course's own notebook."""
    texts = _course_texts(name)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source in texts:
            heading = re.search(r"^# (.+)$", cell.source, re.MULTILINE)
            if heading:
                return heading[1].strip()
    return name


def _course_texts(name: str) -> frozenset[str]:
    try:
        return course_texts_of(assignments.load(name))
    except AssignmentError:
        return frozenset()


@functools.cache
def _environment() -> Environment:
    environment = page_environment(TEMPLATES)
    environment.filters["points"] = lambda value: f"{value:.2f}".rstrip("0").rstrip(".")
    environment.filters["scrollable"] = _scrollable
    return environment


def _scrollable(html: Markup) -> Markup:
    """Cleaned HTML with its tables in boxes that scroll, also by the keyboard, where it is narrow.

    A table that scrolled itself would be no table any more to a screen reader.
    """
    opening = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(_("Table"))}">'
    boxed = re.sub(r"<table\b", lambda found: opening + found[0], str(html))
    return Markup(boxed.replace("</table>", "</table></div>"))


@functools.cache
def _style() -> str:
    return (TEMPLATES / "page.css").read_text(encoding="utf-8")
