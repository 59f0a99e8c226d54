"""``python -m grader normalise``: store notebooks without outputs and traces of machines."""

from __future__ import annotations

from pathlib import Path

import nbformat

from course.language import LANGUAGE_KEY
from grader.exercises.kernel import notebook_metadata
from grader.files import write_whole
from grader.paths import PROJECT

_KEPT_CELL_METADATA = frozenset({"nbgrader", "tags", "editable", "deletable"})
HIDDEN = "hide-input"
"""The tag of cells whose code is folded away: on the site by MyST-NB, in JupyterLab by a key of its
own, which follows from the tag."""


def normalised(text: str) -> str:
    """The normal form of a notebook of the course.

    No outputs, no execution counts, the plain Python 3 kernel, and of the cells' metadata what the
    course itself uses; code is folded away where the tag ``hide-input`` says so.
    """
    notebook = nbformat.reads(text, as_version=4)
    notebook.nbformat_minor = 5
    notebook.metadata = nbformat.from_dict(
        notebook_metadata(str(notebook.metadata.get(LANGUAGE_KEY, "")))
    )
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: value for key, value in cell.metadata.items() if key in _KEPT_CELL_METADATA}
        )
        if HIDDEN in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return str(nbformat.writes(notebook)) + "\n"


def stored_notebooks() -> list[Path]:
    """The notebooks that are kept in the project."""
    found = [
        path
        for folder in ("source", "release", "notebooks")
        for path in PROJECT.glob(f"{folder}/**/*.ipynb")
    ]
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def normalise_notebooks() -> int:
    """Write every stored notebook in its normal form, and say which ones changed."""
    changed = 0
    for path in stored_notebooks():
        text = path.read_text(encoding="utf-8")
        normal = normalised(text)
        if normal != text:
            write_whole(path, normal)
            print(f"normalised {path.relative_to(PROJECT)}")
            changed += 1
    print(f"{changed} notebooks changed" if changed else "all notebooks are in their normal form")
    return 0
