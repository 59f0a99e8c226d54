"""The feedback page of a student, from an autograded notebook with its marks.

A page begins with the verdict on every exercise and what to do next; the notebook follows. It is
one file without scripts and without anything from the network, and a content security policy tells
the browser so. The template escapes whatever it is given; the only HTML that comes through is what
:mod:`grader.text.inert` has cleaned.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from nbformat import NotebookNode

from course.language import _, language_of_metadata, speaking
from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.feedback.notebook import section_anchor, section_of, shown_cells
from grader.recording.autograded_notebook import course_texts_of, verdict_in_words
from grader.recording.grading import Grading
from grader.text.inert import plain_text
from grader.text.page_templates import PageTemplates

_SYMBOLS = {"correct": "✓", "blocked": "✓", "not attempted": "–", "missing": "–"}
_KINDS = {"correct": "good", "blocked": "good", "not attempted": "open", "missing": "open"}


def feedback_page(
    notebook: NotebookNode,
    marks: dict[str, Any],
    lesson_link: str = "",
    attempt: Sequence[str] = (),
    public: str = "",
) -> str:
    """The page for one notebook, in the language of the notebook.

    Parameters:
        notebook: the autograded notebook with nbgrader's marks and comments in its metadata.
        marks: nbgrader's entries: student, assignment, score, max_score, late_penalty.
        lesson_link: the form of links to lessons, see
            :class:`grader.settings.grading_settings.FairGrading`.
        attempt: what is said of the attempt: which one it is, when it was handed in.
        public: where the verdicts are those of the public cases, what is said of it; no points are
            shown then, which are given on others.
    """
    grading = Grading.read(notebook.metadata.get("grading"))
    name = str(marks.get("assignment", ""))
    texts = _course_texts(name)
    with speaking(language_of_metadata(notebook.metadata)):
        lessons = _Lessons(notebook, texts, name, lesson_link)
        exercises = _exercises(notebook, grading, lessons, bool(public))
        return _templates().render(
            "page.html.j2",
            title=_title(notebook, texts) or name,
            assignment=name,
            student=plain_text(str(marks.get("student", ""))),
            attempt=list(attempt),
            public=public,
            score=_number(marks.get("score")),
            max_score=_number(marks.get("max_score")),
            late_penalty=_number(marks.get("late_penalty")),
            unreadable=grading.unreadable,
            exercises=exercises,
            waiting=sum(entry["max_points"] for entry in exercises if entry["waiting"]),
            repairs=list(grading.repairs),
            notes=list(grading.notes),
            cells=shown_cells(notebook, texts, exercises),
        )


def notice_page(
    student: str,
    assignment: str,
    attempt: Sequence[str],
    sentence: str,
    grading: Grading | None = None,
) -> str:
    """The page of an attempt whose verdicts are not shown, or that has none.

    Parameters:
        student, assignment: whose attempt at what.
        attempt: what is said of it, see :func:`feedback_page`.
        sentence: why there are no verdicts.
        grading: what arrived and what was repaired is told of it, and nothing else.
    """
    grading = grading or Grading()
    states = {"not attempted": _("not attempted"), "missing": _("missing")}
    return _templates().render(
        "notice.html.j2",
        student=plain_text(student),
        assignment=assignment,
        attempt=list(attempt),
        sentence=plain_text(grading.unreadable) or sentence,
        exercises=[
            {"name": one.name, "state": states.get(one.verdict, _("handed in"))}
            for one in grading.exercises
        ],
        repairs=list(grading.repairs),
    )


def _exercises(
    notebook: NotebookNode, grading: Grading, lessons: _Lessons, public: bool
) -> list[dict[str, Any]]:
    """One entry a graded cell, in the order of the notebook."""
    judged = {exercise.cell: exercise for exercise in grading.exercises}
    entries: list[dict[str, Any]] = []
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if not (meta.get("grade") or meta.get("task")):
            continue
        found = judged.get(meta["grade_id"])
        verdict = found.verdict if found else ""
        points, max_points = _number(meta.get("score")), _number(meta.get("points"))
        entries.append(
            {
                "cell": meta["grade_id"],
                "anchor": f"exercise-{len(entries) + 1}",
                "name": found.name if found else meta["grade_id"],
                "verdict": verdict_in_words(verdict) if verdict else _by_hand(meta, public),
                "waiting": bool(meta.get("waiting")) and not verdict,
                "symbol": _SYMBOLS.get(verdict, "✗") if verdict else "•",
                "kind": _KINDS.get(verdict, "bad") if verdict else "open",
                "points": points,
                "max_points": max_points,
                "by_hand": found is not None and points != found.points and not public,
                "message": _paragraphs(found.message) if found and verdict != "correct" else [],
                "remarks": _paragraphs("\n".join(found.remarks)) if found else [],
                "lesson": lessons.entry(found.lesson) if found else None,
            }
        )
    return entries


def _by_hand(meta: dict[str, Any], public: bool) -> str:
    """What is said of a cell that a person marks, or that is graded on hidden tests alone."""
    if public:
        return _("shown after the due date")
    return _("waits to be marked") if meta.get("waiting") else _("marked by hand")


def _paragraphs(text: str) -> list[str]:
    return [part for part in plain_text(text).split("\n") if part.strip()]


class _Lessons:
    """Where the lessons are that explain a mistake: on this page, or where the course lies."""

    def __init__(
        self, notebook: NotebookNode, texts: frozenset[str], assignment: str, lesson_link: str
    ) -> None:
        cells = [cell for cell in notebook.cells if cell.source in texts]
        self._sections = dict(filter(None, map(section_of, cells)))
        self._assignment, self._link = assignment, lesson_link

    def entry(self, lesson: str) -> dict[str, str] | None:
        """Name and address of a lesson such as ``a4_deep_network#cost``."""
        found = re.fullmatch(r"([\w./-]+)(?:#([\w.-]+))?", lesson)
        if found is None:
            return None
        notebook, section = found[1], found[2] or ""
        if notebook == self._assignment and section in self._sections:
            return {"label": self._sections[section], "address": f"#{section_anchor(section)}"}
        words = " ".join(re.split("[-_]", section))
        label = _("{notebook}, section “{words}”").format(notebook=notebook, words=words)
        address = self._link.replace("{notebook}", notebook).replace("{section}", section)
        address = address if re.match(r"https?://", address) else ""
        return {"label": label if section else notebook, "address": address}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _title(notebook: NotebookNode, texts: frozenset[str]) -> str:
    """The assignment's title: the first heading of the course's own notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source in texts:
            heading = re.search(r"^# (.+)$", cell.source, re.MULTILINE)
            if heading:
                return heading[1].strip()
    return ""


def _course_texts(name: str) -> frozenset[str]:
    try:
        return course_texts_of(assignments.load(name))
    except AssignmentError:
        return frozenset()


@functools.cache
def _templates() -> PageTemplates:
    templates = PageTemplates(Path(__file__).parent / "templates")
    templates.filters["points"] = lambda value: f"{value:.2f}".rstrip("0").rstrip(".")
    templates.filters["scrollable"] = _scrollable
    return templates


def _scrollable(html: Markup) -> Markup:
    """Cleaned HTML with its tables in boxes that scroll, also by the keyboard, where it is narrow.

    A table that scrolled itself would be no table any more to a screen reader.
    """
    opening = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(_("Table"))}">'
    boxed = re.sub(r"<table\b", lambda found: opening + found[0], str(html))
    return Markup(boxed.replace("</table>", "</table></div>"))
