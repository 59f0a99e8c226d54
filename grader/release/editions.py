"""The edition of the course in another language: ``release/<language>/``, derived from English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat

from course.language import speaking
from grader.exercises import assignment as assignments
from grader.paths import NOTEBOOKS
from grader.release.folder import files_of
from grader.release.steps import PRINTED_OUTPUT, shown_output
from grader.release.translation.catalogues import stored_translations
from grader.release.translation.compiled import catalogue_path
from grader.release.translation.notebooks import translated_notebook

_OUTPUT = re.compile(r"```text\n.*?\n```", re.DOTALL)
"""What :func:`shown_output` gives, in a notebook that is released."""


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
    raw: bytes, name: str, language: str, outputs: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    notebook = nbformat.reads(raw.decode(), as_version=4)
    known = stored_translations(catalogue_path(language, name), language)
    made = translated_notebook(notebook, language, lambda cell, text: known.get((cell, text)))
    for cell in made.cells:
        for number, printed in enumerate((outputs or {}).get(cell.id, ())):
            (start, end) = [found.span() for found in _OUTPUT.finditer(cell.source)][number]
            cell.source = f"{cell.source[:start]}{printed}{cell.source[end:]}"
    text: str = nbformat.writes(made)
    return (text.rstrip("\n") + "\n").encode()


def _outputs(name: str, language: str) -> dict[str, list[str]]:
    """By cell what checks print with the solution in a language, in the order of its places."""
    assignment = assignments.load(name)
    source = nbformat.read(assignment.notebook_path, as_version=4)
    with speaking(language):
        return {
            cell.id: [shown_output(assignment, one) for one in PRINTED_OUTPUT.findall(cell.source)]
            for cell in source.cells
            if cell.cell_type == "markdown" and PRINTED_OUTPUT.search(cell.source)
        }
