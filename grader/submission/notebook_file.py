"""Read the bytes of any notebook, of any edition of the format and in any state, as version 4.5.

The notebook is built anew from the parts that the format allows, instead of being upgraded and
validated, because what arrives is often half valid: a list where a string belongs, a missing key,
an id that is none. So what comes out is always valid, and nothing in a file can raise anything but
:class:`UnreadableNotebook`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from course.language import _
from grader.submission.notebook_bytes import UnreadableNotebook, parse_document
from grader.submission.notebook_outputs import (
    clean_text,
    valid_attachments,
    valid_count,
    valid_outputs,
)
from grader.submission.sentences import Sentence, counted_sentence, sentence

MAX_CELLS = 10_000
MAX_CODE = 5_000_000
"""Characters that all code cells together may have."""
_VALID_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_VALID_TAG = re.compile(r"[^,]+")


@dataclass(frozen=True)
class NotebookFile:
    """A notebook as it was read.

    Attributes:
        notebook: the notebook in version 4.5, valid.
        notes: what had to be mended, as sentences.
        original_ids: for each cell the id that it had in the file, which another cell may share;
            None where it had none.
    """

    notebook: NotebookNode
    notes: tuple[Sentence, ...]
    original_ids: tuple[str | None, ...]


def open_notebook(raw: bytes) -> NotebookFile:
    """The notebook that the bytes hold.

    Raises:
        UnreadableNotebook: the bytes hold none. Nothing else is raised, whatever the bytes.
    """
    try:
        return _open(raw)
    except (RecursionError, MemoryError):
        raise UnreadableNotebook(
            _(
                "The file is too large or nested too deeply to be read: ask the student to clear "
                "all outputs, save the notebook and hand it in again."
            )
        ) from None


def _open(raw: bytes) -> NotebookFile:
    document, notes = parse_document(raw)
    version = document.get("nbformat")
    given = list(_cells_of(document))
    if not isinstance(document.get("cells"), list):
        notes.append(sentence("The notebook was converted from notebook format 3."))
    elif isinstance(version, int) and version > 4:
        notes.append(
            sentence(
                "The notebook says that it is in notebook format {version}, which is not known; "
                "it was read as format 4.",
                version=str(version)[:9],
            )
        )
    if len(given) > MAX_CELLS:
        text = _(
            "The notebook has {number} cells, and at most {most} are read: ask the student for "
            "the notebook of the assignment."
        )
        raise UnreadableNotebook(text.format(number=f"{len(given):,}", most=f"{MAX_CELLS:,}"))
    builder = _Builder(given)
    cells = [cell for entry in given if (cell := builder.cell(entry)) is not None]
    size_of_code = sum(len(cell.source) for cell in cells if cell.cell_type == "code")
    if size_of_code > MAX_CODE:
        text = _(
            "The code of the notebook has {size} MB, and at most {most} MB are read: ask the "
            "student for the assignment's notebook."
        )
        sizes = {"size": f"{size_of_code / 1e6:.0f}", "most": f"{MAX_CODE / 1e6:.0f}"}
        raise UnreadableNotebook(text.format(**sizes))
    notebook = NotebookNode(
        nbformat=4, nbformat_minor=5, metadata=_notebook_metadata(document), cells=cells
    )
    return NotebookFile(notebook, (*notes, *builder.notes()), tuple(builder.original_ids))


def _cells_of(document: dict[str, Any]) -> Iterator[object]:
    cells = document.get("cells")
    if isinstance(cells, list):
        yield from cells
        return
    for sheet in document["worksheets"]:
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list):
            yield from sheet["cells"]


class _Builder:
    """Builds valid cells, and counts what was wrong with the given ones."""

    def __init__(self, given: list[object]) -> None:
        self.original_ids: list[str | None] = []
        self._reserved = {
            entry["id"]
            for entry in given
            if isinstance(entry, dict) and isinstance(entry.get("id"), str)
        }
        self._taken: set[str] = set()
        self._next_number: dict[str, int] = {}
        self._no_cells = 0
        self._bad_sources = 0
        self._line_ends = 0

    def notes(self) -> list[Sentence]:
        """Sentences about what was mended in the cells."""
        notes = []
        if self._no_cells:
            notes.append(
                counted_sentence(
                    "{number} entries of the notebook are no cells; they were left out.",
                    "{number} entries of the notebook are no cells; they were left out.",
                    self._no_cells,
                )
            )
        if self._bad_sources:
            notes.append(
                counted_sentence(
                    "The text of {number} cells was damaged; what was left was read.",
                    "The text of {number} cells was damaged; what was left was read.",
                    self._bad_sources,
                )
            )
        if self._line_ends:
            notes.append(sentence("Line ends of other systems in the cells were replaced."))
        return notes

    def cell(self, entry: object) -> NotebookNode | None:
        """A valid cell made of an entry, or None where the entry is no cell."""
        if not isinstance(entry, dict) or not ({"cell_type", "source", "input"} & entry.keys()):
            self._no_cells += 1
            return None
        kind, source = _kind(entry), self._source(entry)
        if entry.get("cell_type") == "heading":
            level = valid_count(entry.get("level")) or 1
            source = "#" * min(level, 6) + " " + source.replace("\n", " ")
        original = entry.get("id")
        self.original_ids.append(original if isinstance(original, str) and original else None)
        cell: dict[str, Any] = {
            "cell_type": kind,
            "id": self._id(original),
            "metadata": _cell_metadata(entry.get("metadata")),
            "source": source,
        }
        if kind == "code":
            count = entry.get("execution_count", entry.get("prompt_number"))
            cell["execution_count"] = valid_count(count)
            cell["outputs"] = valid_outputs(entry.get("outputs"))
        elif attachments := valid_attachments(entry.get("attachments")):
            cell["attachments"] = attachments
        return NotebookNode(cell)

    def _source(self, entry: dict[str, Any]) -> str:
        value = entry.get("source", entry.get("input"))
        parts = value if isinstance(value, list) else [value]
        lines = [part for part in parts if isinstance(part, str)]
        text = "".join(lines)
        if len(lines) < len(parts):
            self._bad_sources += 1
        elif len(lines) > 1 and "\n" not in text and "\r" not in text:
            self._bad_sources += 1
            value = "\n".join(lines)  # lines without line ends would run into one another
        if "\r" in text:
            self._line_ends += 1
        return clean_text(value)

    def _id(self, original: object) -> str:
        valid = isinstance(original, str) and _VALID_ID.fullmatch(original)
        if isinstance(original, str) and valid and original not in self._taken:
            self._taken.add(original)
            return original
        stem = original[:50] if isinstance(original, str) and valid else "cell"
        number = max(len(self.original_ids), self._next_number.get(stem, 0))
        while (made := f"{stem}-{number}") in self._taken or made in self._reserved:
            number += 1
        self._next_number[stem] = number + 1
        self._taken.add(made)
        return made


def _kind(entry: dict[str, Any]) -> str:
    kind = entry.get("cell_type")
    if kind in ("code", "markdown", "raw"):
        return str(kind)
    if kind in ("heading", "html"):
        return "markdown"
    has_outputs = {"outputs", "execution_count", "input", "prompt_number"} & entry.keys()
    return "code" if has_outputs else "markdown"


def _cell_metadata(given: object) -> NotebookNode:
    """The cell's metadata without what the format does not allow."""
    if not isinstance(given, dict):
        return NotebookNode()
    kept = {}
    for key, value in given.items():
        rule = _CELL_RULES.get(key)
        if rule is None or rule(value):
            kept[key] = value
    return _node(kept)


def valid_tags(value: object) -> bool:
    """Whether the value is a list of different tags."""
    return (
        isinstance(value, list)
        and all(isinstance(tag, str) and _VALID_TAG.fullmatch(tag) for tag in value)
        and len(set(value)) == len(value)
    )


_CELL_RULES: dict[str, Any] = {
    "tags": valid_tags,
    "collapsed": lambda value: isinstance(value, bool),
    "deletable": lambda value: isinstance(value, bool),
    "editable": lambda value: isinstance(value, bool),
    "scrolled": lambda value: isinstance(value, bool) or value == "auto",
    "name": lambda value: isinstance(value, str) and value != "" and "\n" not in value,
    "format": lambda value: isinstance(value, str),
    "jupyter": lambda value: (
        isinstance(value, dict) and all(isinstance(flag, bool) for flag in value.values())
    ),
    "execution": lambda value: (
        isinstance(value, dict) and all(isinstance(time, str) for time in value.values())
    ),
}


def _notebook_metadata(document: dict[str, Any]) -> NotebookNode:
    given = document.get("metadata")
    if not isinstance(given, dict):
        return NotebookNode()
    kept = {key: value for key, value in given.items() if key not in _NOTEBOOK_KEYS}
    kernel = given.get("kernelspec")
    if isinstance(kernel, dict) and isinstance(kernel.get("name"), str):
        display = kernel.get("display_name")
        kernel = {key: value for key, value in kernel.items() if isinstance(value, str)}
        kept["kernelspec"] = {**kernel, "display_name": display or kernel["name"]}
        if not isinstance(kept["kernelspec"]["display_name"], str):
            kept["kernelspec"]["display_name"] = kernel["name"]
    language = given.get("language_info")
    if isinstance(language, dict) and isinstance(language.get("name"), str):
        kept["language_info"] = {"name": language["name"]}
    return _node(kept)


_NOTEBOOK_KEYS = frozenset({"kernelspec", "language_info", "orig_nbformat", "title", "authors"})


_DEEPEST = 40


def _node(value: dict[str, Any]) -> NotebookNode:
    node = _tidy(value, _DEEPEST)
    assert isinstance(node, NotebookNode)
    return node


def _tidy(value: Any, depth: int) -> Any:
    """Plain data that can be written as JSON and read by others again."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        if not depth:
            return NotebookNode()
        return NotebookNode({clean_text(key): _tidy(value[key], depth - 1) for key in value})
    if isinstance(value, list):
        return [_tidy(item, depth - 1) for item in value] if depth else []
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
