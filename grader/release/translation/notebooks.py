"""A notebook in another language: the same cells, with their paragraphs translated."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from course.language import LANGUAGE_KEY
from grader.release.translation.code_units import code_units, translated_code
from grader.release.translation.markdown_units import (
    Translate,
    markdown_units,
    translated_markdown,
)


def notebook_units(notebook: Any) -> Iterator[tuple[str, str, str]]:
    """The cell's id, the type of the cell, and the text of each paragraph to be translated.

    Parameters:
        notebook: an English notebook as students get it.
    """
    for cell in notebook.cells:
        if _is_same_everywhere(cell):
            continue
        units = markdown_units if cell.cell_type == "markdown" else code_units
        for unit in units(cell.source):
            yield cell.id, cell.cell_type, unit


def translated_notebook(
    notebook: Any, language: str, translate: Callable[[str, str], str | None]
) -> Any:
    """A copy of a notebook in another language.

    Ids, metadata and code stay as in English, except for comments, docstrings, and the line of the
    metadata that names the language.

    Parameters:
        notebook: an English notebook as students get it.
        language: such as ``zh_CN``.
        translate: gives for a cell's id and a paragraph the translation, or None.
    """
    made = copy.deepcopy(notebook)
    made.metadata[LANGUAGE_KEY] = language
    for cell in made.cells:
        if _is_same_everywhere(cell):
            continue
        write = translated_markdown if cell.cell_type == "markdown" else translated_code
        cell.source = write(cell.source, _in_cell(cell.id, translate))
    return made


def _in_cell(cell_id: str, translate: Callable[[str, str], str | None]) -> Translate:
    return lambda unit: translate(cell_id, unit) or unit


def _is_same_everywhere(cell: Any) -> bool:
    """Whether a cell is left alone: a check, or the place of a written answer.

    nbgrader recognises both by a checksum of their text.
    """
    nbgrader = cell.metadata.get("nbgrader", {})
    is_answer = cell.cell_type == "markdown" and nbgrader.get("solution")
    return bool(cell.cell_type == "raw" or nbgrader.get("grade") or is_answer)
