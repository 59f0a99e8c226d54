"""The notebook as a feedback page shows it: the student's work open, the course's text folded."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from course.language import _
from grader.exercises.markers import BEGIN_HIDDEN_TESTS
from grader.recording.autograded_notebook import GUIDE
from grader.submission.released_cells import released_text
from grader.text.inert import (
    plain_text,
    rendered_course_text,
    rendered_markdown,
    safe_attachments,
    safe_html,
    safe_outputs,
)

_FIRST_HEADING = 3
_SECTION = re.compile(r'<a id="([\w.-]+)"></a>\s*#+ +(.+)')
_LONGEST_SUMMARY = 4


def shown_cells(
    notebook: NotebookNode, course_texts: frozenset[str], exercises: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The cells in order, as plain entries for the template.

    Each entry has a ``kind``: ``course`` (cells of the course in a row, to be folded), ``text`` and
    ``code`` of the student, or ``graded``. Marking guides are left out: they are for markers.

    Parameters:
        notebook: the autograded notebook.
        course_texts: the texts of the course's own cells.
        exercises: the entries of the summary, for the verdict at each graded cell.
    """
    by_cell = {exercise["cell"]: exercise for exercise in exercises}
    shown: list[dict[str, Any]] = []
    for cell in notebook.cells:
        if GUIDE in cell.metadata:
            continue
        meta = cell.metadata.get("nbgrader", {})
        is_answer = bool(meta.get("solution") or meta.get("task"))
        exercise = by_cell.get(meta.get("grade_id"))
        if exercise is not None and not is_answer:
            shown.append({"kind": "graded", "exercise": exercise})
        elif not is_answer and cell.source in course_texts:
            _fold(shown, cell)
        else:
            entry = _own(cell)
            entry["exercise"] = exercise
            entry["name"] = str(meta["grade_id"]) if is_answer else ""
            entry["comment"] = plain_text(str(meta.get("comment") or ""))
            shown.append(entry)
    return shown


def _fold(shown: list[dict[str, Any]], cell: NotebookNode) -> None:
    """Add a cell of the course to the last folded entry, or begin one."""
    if not shown or shown[-1]["kind"] != "course":
        shown.append({"kind": "course", "headings": [], "cells": []})
    entry = shown[-1]
    section = section_of(cell)
    if cell.cell_type == "markdown":
        pictures = safe_attachments(cell.get("attachments"))
        if pictures:
            text = rendered_markdown(cell.source, pictures, _FIRST_HEADING)
        else:
            text = rendered_course_text(cell.source, _FIRST_HEADING)
        part = {"kind": "text", "html": Markup(text)}
        if section and not any(_has_anchor(one, section[0]) for one in shown):
            part["anchor"] = section_anchor(section[0])
        entry["cells"].append(part)
        found = re.findall(r"^#{1,6} +(.+)$", cell.source, re.MULTILINE)
        entry["headings"] += found[: _LONGEST_SUMMARY - len(entry["headings"])]
    else:
        entry["cells"].append(_own(cell))


def _has_anchor(entry: dict[str, Any], section: str) -> bool:
    return any(part.get("anchor") == section_anchor(section) for part in entry.get("cells", ()))


def section_of(cell: NotebookNode) -> tuple[str, str] | None:
    """The name of the section that a text cell begins, and its heading; None where it begins none.

    Parameters:
        cell: a cell of the course: its text is trusted.
    """
    found = _SECTION.search(cell.source) if cell.cell_type == "markdown" else None
    return (found[1], found[2].strip()) if found else None


def section_anchor(section: str) -> str:
    """The id that a section of the course's text has on the page."""
    return f"section-{section}"


def _own(cell: NotebookNode) -> dict[str, Any]:
    if cell.cell_type == "code":
        return {
            "kind": "code",
            "source": released_part(cell.source),
            "outputs": [_output(output) for output in safe_outputs(cell.get("outputs", []))],
        }
    if cell.cell_type == "markdown":
        text = rendered_markdown(cell.source, cell.get("attachments"), _FIRST_HEADING)
        return {"kind": "text", "html": Markup(text)}
    return {"kind": "code", "source": plain_text(cell.source), "outputs": []}


def released_part(source: str) -> str:
    """The text of a code cell; what is hidden in a check never reaches a page."""
    marker = BEGIN_HIDDEN_TESTS
    return plain_text(released_text(source) if marker in source else source)


def _output(output: NotebookNode) -> dict[str, Any]:
    if output.output_type == "stream":
        return {"kind": "text", "text": output.text, "is_error": output.name == "stderr"}
    if output.output_type == "error":
        lines = output.traceback or [f"{output.ename}: {output.evalue}"]
        return {"kind": "text", "text": "\n".join(lines), "is_error": True}
    data = output.data
    for picture in ("image/png", "image/jpeg"):
        if picture in data:
            described = data.get("text/plain", "")
            about = described if 0 < len(described) < 200 else _("a picture")
            return {
                "kind": "picture",
                "address": f"data:{picture};base64,{data[picture]}",
                "alt": _("Output of the cell: {about}").format(about=about),
            }
    if "text/html" in data:
        return {"kind": "html", "html": Markup(safe_html(data["text/html"], headings=False))}
    return {"kind": "text", "text": data.get("text/plain", ""), "is_error": False}
