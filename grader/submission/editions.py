"""The editions of an assignment in other languages, which lie beside the English release.

A submission in any of them is read as one in English: a cell that has the whole text of a cell of
such an edition stands for the English cell. So all that is known by its text (locked cells,
unsolved functions, questions, examples) is known in every language alike.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from course.language import language_of_metadata
from grader.exercises.assignment import Assignment
from grader.submission.cell_source import normal_text
from grader.submission.submitted_cells import StudentCell


@dataclass(frozen=True)
class _Cell:
    """A cell of an edition: its language, and the English text of the cell."""

    language: str
    english: str


@dataclass(frozen=True, eq=False)
class Editions:
    """What is known of the cells that differ between the editions.

    Attributes:
        cells: by the text in the other language, as :func:`normal_text` gives it, and by the id of
            the cell.
        texts: the texts in other languages, by language and the id of the cell.
        english: the English texts, as :func:`normal_text` gives them.
    """

    cells: Mapping[str, Mapping[str, _Cell]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    english: frozenset[str] = frozenset()

    def put_into_english(self, cells: Iterable[StudentCell]) -> str:
        """Give cells of another edition their English text; return the language of most of them.

        Parameters:
            cells: the cells of a submission.
        """
        if not self.cells:
            return ""
        languages: Counter[str] = Counter()
        for cell in cells:
            known = self.cells.get(cell.text)
            if known is not None:
                found = known.get(cell.original_id or "") or next(iter(known.values()))
                languages[found.language] += 1
                cell.stand_in(found.english)
            elif cell.text in self.english:
                languages[""] += 1
        return languages.most_common(1)[0][0] if languages else ""

    def in_language(self, language: str, cell_id: str, english: str) -> str:
        """The text of a released cell in a language; in English where that has no other.

        Parameters:
            language: such as ``zh_CN``.
            cell_id, english: which cell.
        """
        return self.texts.get(language, {}).get(cell_id, english)

    def other_texts(self, cell_id: str) -> list[str]:
        """The text of a released cell in all other languages in which it is another one."""
        return [texts[cell_id] for texts in self.texts.values() if cell_id in texts]


_ENGLISH_ALONE = Editions()


def editions_of(assignment: Assignment) -> Editions:
    """The editions of an assignment: ``release/<language>/<assignment>/<assignment>.ipynb``."""
    given = assignment.given_notebook
    return _editions(given, given.stat().st_mtime_ns, tuple(edition_paths(assignment)))


def edition_paths(assignment: Assignment) -> list[tuple[Path, int]]:
    """The notebooks of the other editions, and when each was written."""
    given = assignment.given_notebook
    found = []
    for folder in given.parents[1].iterdir():
        path = folder / given.parent.name / given.name
        if path.is_file():
            found.append((path, path.stat().st_mtime_ns))
    return sorted(found)


@functools.lru_cache(maxsize=16)
def _editions(given: Path, _changed: int, others: tuple[tuple[Path, int], ...]) -> Editions:
    if not others:
        return _ENGLISH_ALONE
    english = {cell.id: cell.source for cell in nbformat.read(given, as_version=4).cells}
    cells: dict[str, dict[str, _Cell]] = {}
    texts: dict[str, dict[str, str]] = {}
    for path, _time in others:
        notebook = nbformat.read(path, as_version=4)
        language = language_of_metadata(notebook.metadata) or path.parents[1].name
        for cell in notebook.cells:
            own = english.get(cell.id, cell.source)
            if own != cell.source:
                texts.setdefault(language, {})[cell.id] = cell.source
                by_id = cells.setdefault(normal_text(cell.source), {})
                by_id.setdefault(cell.id, _Cell(language, own))
    translated = {cell_id for known in texts.values() for cell_id in known}
    return Editions(cells, texts, frozenset(normal_text(english[cell]) for cell in translated))
