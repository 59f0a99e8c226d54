"""Pages of the site from notebooks that have been run."""

from __future__ import annotations

import base64
import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.language import ENGLISH, N_, _
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.markers import CHECK_SUFFIX
from grader.paths import NOTEBOOKS, edition_folder, released_notebook
from grader.site.downloads import lessons
from grader.site.execution import PICTURES, alt_of
from grader.site.links import (
    ANCHOR,
    heading_anchor,
    headings_of,
    links_of,
    page_link,
    with_english_anchors,
    with_links,
)

FIGURES = "_static/figures"
"""Where the pictures of all pages lie, seen from a page."""
TRAINS = "train"
"""The tag of cells that train in full; they are not run for the site."""

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
_TITLE = re.compile(r"^# .+$", re.MULTILINE)
_PNG_IN_HTML = re.compile(r'<img (?P<rest>[^>]*)src="data:image/png;base64,(?P<content>[^"]+)"')

_TRAINING_NOTE = N_("Not run for this page, because it trains in full. Run it in your own copy.")


@dataclass(frozen=True)
class Page:
    """A notebook that becomes a page.

    Attributes:
        name: the name of the notebook and of the page, without a suffix.
        path: the notebook as a student gets it.
        assignment: its assignment; None for a lesson.
        language: of the edition to which it belongs.
    """

    name: str
    path: Path
    assignment: Assignment | None = None
    language: str = ENGLISH

    def notebook(self) -> NotebookNode:
        """The notebook as a student gets it."""
        return nbformat.read(self.path, as_version=4)

    def english(self) -> NotebookNode:
        """The notebook that this one translates, with the same cells."""
        english = NOTEBOOKS / self.path.name
        return nbformat.read(
            released_notebook(self.name) if self.assignment else english, as_version=4
        )


def all_pages(language: str = ENGLISH) -> list[Page]:
    """The pages of all lessons of an edition, then those of all assignments."""
    found = [Page(path.stem, path, None, language) for path in lessons(language)]
    for name in assignments.names():
        path = edition_folder(language) / name / f"{name}.ipynb"
        if path.exists():
            found.append(Page(name, path, assignments.load(name), language))
    return found


def to_run(page: Page) -> NotebookNode:
    """The notebook whose outputs the page shows.

    For an assignment that is the student's notebook with the solutions in it, so that figures that
    need them can be drawn, and without the cells that train in full.
    """
    notebook = page.notebook()
    if page.assignment is not None:
        solutions = {e.name: page.assignment.solution(e.name) for e in page.assignment.exercises}
        notebook.cells = [cell for cell in notebook.cells if not _trains(cell)]
        for cell in notebook.cells:
            cell.source = solutions.get(cell.id, cell.source)
    return notebook


def page_notebook(page: Page, run: NotebookNode, folder: Path, download: str) -> NotebookNode:
    """The notebook that Sphinx turns into the page.

    It is the student's, with the outputs of the run except those of exercises and their checks.
    Links lead to other pages, and pictures lie in files of their own, with their descriptions.

    Parameters:
        page: the page.
        run: the notebook of :func:`to_run`, run.
        folder: where the sources of the site lie; pictures are written into it.
        download: HTML for the line below the title.
    """
    notebook = page.notebook()
    outputs = {cell.id: cell.outputs for cell in run.cells if cell.cell_type == "code"}
    exercises = page.assignment.exercises if page.assignment else ()
    silent = {name for e in exercises for name in (e.name, e.name + CHECK_SUFFIX)}
    wanted = _wanted_heading_anchors(notebook)
    if page.language != ENGLISH:
        _name_as_in_english(notebook, page.english())
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = with_links(_with_heading_anchors(cell.source, wanted), page_link)
        elif cell.cell_type == "code":
            shown = [] if cell.id in silent else outputs.get(cell.id, [])
            cell.outputs = [*_notes(cell), *_as_html(shown, f"{page.name}-{cell.id}", folder)]
    first = notebook.cells[0]
    first.source = _TITLE.sub(lambda title: f"{title[0]}\n\n{download}\n", first.source, count=1)
    return notebook


def text_of_outputs(notebook: NotebookNode) -> str:
    """All that the outputs of a notebook say in letters."""
    parts: list[str] = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            parts.append(output.get("text", ""))
            parts += [value for value in output.get("data", {}).values() if isinstance(value, str)]
    return "\n".join(parts)


def _trains(cell: NotebookNode) -> bool:
    return TRAINS in cell.metadata.get("tags", [])


def _wanted_heading_anchors(notebook: NotebookNode) -> set[str]:
    """The names of headings that links of the notebook use, as JupyterLab makes them."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    targets = {target[1:] for target in links_of(text) if target.startswith("#")}
    return targets - set(ANCHOR.findall(text))


def _name_as_in_english(notebook: NotebookNode, english: NotebookNode) -> None:
    """Give the sections of a translated notebook the names that they have in the English one."""
    text = "\n".join(cell.source for cell in english.cells if cell.cell_type == "markdown")
    taken = set(ANCHOR.findall(text))
    for cell, original in zip(notebook.cells, english.cells, strict=True):
        if cell.cell_type == "markdown":
            cell.source = with_english_anchors(cell.source, original.source, taken)


def _with_heading_anchors(text: str, wanted: set[str]) -> str:
    """A text with a mark above each heading that is linked to by its words."""
    lines = []
    for line in text.split("\n"):
        for anchor in wanted.intersection(map(heading_anchor, headings_of(line))):
            lines.append(f'<a id="{html.escape(anchor)}"></a>')
        lines.append(line)
    return "\n".join(lines)


def _notes(cell: NotebookNode) -> Iterator[NotebookNode]:
    if _trains(cell):
        yield _html_output(f'<p class="course-note">{_(_TRAINING_NOTE)}</p>')


def _as_html(outputs: list[NotebookNode], name: str, folder: Path) -> Iterator[NotebookNode]:
    """Outputs in which each picture is an HTML element that names a file.

    MyST-NB would give one description to all the pictures of a cell, and would leave those that are
    in HTML already in the page.
    """
    numbers = itertools.count()

    def element(content: bytes, kind: str, attributes: str) -> str:
        file = f"{FIGURES}/{name}-{next(numbers)}.{kind}"
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        # Drawn on white, so it needs no change where the page is dark: class dark-light.
        size = _size_of_png(content)
        return f'<img class="course-figure dark-light" {attributes} src="{file}"{size}'

    for output in outputs:
        data = output.get("data", {})
        mime = next((mime for mime in PICTURES if mime in data), None)
        if "text/html" in data:
            yield _html_output(
                _PNG_IN_HTML.sub(
                    lambda found: element(base64.b64decode(found["content"]), "png", found["rest"]),
                    data["text/html"],
                )
            )
        elif mime is None:
            yield output
        else:
            is_text = mime == "image/svg+xml"
            content = data[mime].encode() if is_text else base64.b64decode(data[mime])
            alt = f'alt="{html.escape(alt_of(output, mime))}"'
            yield _html_output(element(content, _SUFFIXES[mime], alt) + " />")


def _size_of_png(content: bytes) -> str:
    """Width and height as attributes, so that a page does not jump while its pictures load."""
    head = content[:24]
    if head[12:16] != b"IHDR":
        return ""
    width, height = (int.from_bytes(head[start : start + 4], "big") for start in (16, 20))
    return f' width="{width}" height="{height}"'


def _html_output(text: str) -> NotebookNode:
    return nbformat.v4.new_output("display_data", {"text/html": text})
