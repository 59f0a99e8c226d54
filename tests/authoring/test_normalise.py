"""Every notebook that is kept in the project is in its normal form."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from grader.authoring.normalise import normalised, stored_notebooks
from grader.paths import PROJECT

each_notebook = pytest.mark.parametrize(
    "path", stored_notebooks(), ids=lambda path: path.relative_to(PROJECT).as_posix()
)


@each_notebook
def test_a_stored_notebook_is_in_its_normal_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert normalised(text) == text


@each_notebook
def test_a_stored_notebook_is_valid_and_holds_no_output(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.outputs or cell.execution_count] == []


@each_notebook
def test_the_cells_of_a_stored_notebook_have_readable_names_of_their_own(path: Path) -> None:
    ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
    assert len(set(ids)) == len(ids)
    for cell_id in ids:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)*", cell_id)
        assert not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", cell_id), "a random id"
        assert len(cell_id) >= 2
