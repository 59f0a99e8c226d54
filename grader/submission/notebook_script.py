"""Read a Python script as the notebook that it was exported from.

JupyterLab, Colab, VS Code and Jupytext write notebooks as scripts. Most of them mark where a cell
begins; where nothing does, each function is taken for a cell of its own, so that a slip in one of
them costs no other.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

from grader.submission.cell_source import lines_of

_PYTHON = re.compile(
    r"^(?:#!.*python|# ?%%|# In ?\[|# -\*- coding|import \w|from [\w.]+ import|def \w+\()",
    re.MULTILINE,
)
_PERCENT = re.compile(r"^# ?%%(?P<rest>[^\n]*)\n?", re.MULTILINE)
_NUMBERED = re.compile(r"^# ?In ?\[[ \d*]*\]:?[ \t]*\n?", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A(?:#![^\n]*\n)?# ---\n(?:#[^\n]*\n)*?# ---\n")
_LONGEST_LOOKED_AT = 100_000
_MOST_MARKS = 10_000

Cell = dict[str, Any]


def document_of_script(text: str) -> dict[str, Any] | None:
    """The notebook that a script was exported from, as a JSON document of format 4.

    Parameters:
        text: the text of the file.

    Returns:
        The document; None where the text is no Python script.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _PYTHON.search(text[:_LONGEST_LOOKED_AT]):
        return None
    text = _FRONT_MATTER.sub("", text)
    for mark in (_PERCENT, _NUMBERED):
        if mark.search(text):
            return _document(_marked(text, mark))
    cells = _unmarked(text)
    return None if cells is None else _document(cells)


def _document(cells: list[Cell]) -> dict[str, Any]:
    kept = [cell for cell in cells if cell["source"].strip()]
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": kept}


def _code(source: str) -> Cell:
    source = re.sub(r"^# ?(?=[!%]\w)", "", source, flags=re.MULTILINE)  # magics, commented out
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source.strip("\n"),
        "outputs": [],
        "execution_count": None,
    }


def _text(source: str) -> Cell:
    lines = [re.sub(r"^# ?", "", line) for line in source.strip("\n").split("\n")]
    return {"cell_type": "markdown", "metadata": {}, "source": "\n".join(lines).strip('"\n')}


def _marked(text: str, mark: re.Pattern[str]) -> list[Cell]:
    found = list(mark.finditer(text))[:_MOST_MARKS]
    cells = [_code(text[: found[0].start()])]
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        source = text[match.end() : end]
        is_text = re.search(r"\[(?:markdown|md|raw)\]", match.groupdict().get("rest") or "")
        cells.append(_text(source) if is_text else _code(source))
    return cells


def _unmarked(text: str) -> list[Cell] | None:
    """A cell for each function, and one for what stands between two of them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        is_code = re.search(r"^(?:import|from|def) .*\n(?:.*\n)*?[ \t]+\S", text, re.MULTILINE)
        return [_code(text)] if is_code and re.search(r"^def \w+\(", text, re.MULTILINE) else None
    lines = text.split("\n")
    starts = [0]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    was_definition = False
    for statement in body:
        is_definition = isinstance(statement, kinds)
        if is_definition or was_definition:
            starts.append(lines_of(statement)[0] - 1)
        was_definition = is_definition
    ends = [*starts[1:], len(lines)]
    return [_code("\n".join(lines[i:j])) for i, j in zip(starts, ends, strict=True) if i < j]
