"""The edition of the course in another language: ``release/<language>/``, derived from English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import nbformat

from course.language import speaking
from grader.exercises import assignment as assignments
from grader.paths import NOTEBOOKS
from grader.release.folder import files_of
from grader.release.steps import PRINTED_OUTPUT, printed_output
from grader.release.translation.catalogues import stored_translations
from grader.release.translation.compiled import catalogue_path
from grader.release.translation.notebooks import translated_notebook

__all__ = ["translated_assignment", "translated_lessons"]


def translated_assignment(english: Path, language: str) -> dict[str, bytes]:
    """The files of an assignment's folder in another language: path in the folder -> content.

    Parameters:
        english: the folder of the English release; all but its notebook is taken as it is.
        language: such as ``zh_CN``.
    """
    files = files_of(english)
    name = f"{english.name}.ipynb"
    outputs = _outputs(english.name, language)
    files[name] = _translated(files[name], english.name, language, outputs)
    return files


def translated_lessons(language: str) -> dict[str, bytes]:
    """The lessons in another language: name of the file -> content."""
    return {
        path.name: _translated(path.read_bytes(), path.stem, language)
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
    }


def _translated(
    raw: bytes, name: str, language: str, outputs: Iterable[tuple[str, str]] = ()
) -> bytes:
    notebook = nbformat.reads(raw.decode(), as_version=4)
    known = stored_translations(catalogue_path(language, name), language)
    made = translated_notebook(notebook, language, lambda cell, text: known.get((cell, text)))
    for cell in made.cells:
        if cell.cell_type == "markdown":
            for english, translated in outputs:
                cell.source = cell.source.replace(english, translated)
    text: str = nbformat.writes(made)
    return (text.rstrip("\n") + "\n").encode()


def _outputs(name: str, language: str) -> list[tuple[str, str]]:
    """What each check prints with the solution, as the notebook shows it: English, translated."""
    assignment = assignments.load(name)
    source = nbformat.read(assignment.notebook_path, as_version=4)
    cells = {
        cell_id
        for cell in source.cells
        if cell.cell_type == "markdown"
        for cell_id in re.findall(PRINTED_OUTPUT, cell.source)
    }
    found = []
    for cell_id in sorted(cells):
        both = []
        for spoken in ("en", language):
            with speaking(spoken):
                both.append(f"```text\n{printed_output(assignment, cell_id)}\n```")
        found.append((both[0], both[1]))
    return found
