"""Which notebook of an assignment a file is, where the assignment has several.

What its cells say counts together with its name. Where neither says anything, or they say that it
may as well be another, it is none: whose answers those are is never guessed.
"""

from __future__ import annotations

import json
import re

from grader.exercises.assignment import Assignment
from grader.submission.notebook_bytes import UnreadableNotebook, read_notebook_file
from grader.submission.submitted_files import SubmittedFile

_GRADE_ID = re.compile(rb'"grade_id"\s*:\s*("(?:[^"\\]|\\.)*")')
_SUFFIX = re.compile(r"(?:[._-]ipynb.*|\.[a-z]{1,5})\Z")
_OF_A_COPY = re.compile(r"\(\d+\)|\bcopy(?: of |\d*(?=\W*\Z))|[\W_]+")


def notebook_of(file: SubmittedFile, assignment: Assignment, look: bool = True) -> str | None:
    """The name of the notebook that a file is.

    Parameters:
        file: what was handed in.
        assignment: one with several notebooks, or one of them.
        look: whether to look into the file; else its name alone counts.

    Returns:
        None where that cannot be said.
    """
    cells = assignment.cells_of_folder
    named = _named(file.name, list(cells))
    known = _cell_names(file) if look else frozenset()
    shared = {name: len(known & theirs) for name, theirs in cells.items()}
    most = max(shared.values(), default=0)
    if named is not None and (shared[named] or not most):
        return named
    leaders = [name for name, number in shared.items() if number == most and most]
    return leaders[0] if len(leaders) == 1 else None


def _named(path: str, notebooks: list[str]) -> str | None:
    """The notebook that a file is called like, whatever a browser or a system added."""
    name = path.rpartition("/")[2]
    if name.removesuffix(".ipynb") in notebooks:
        return name.removesuffix(".ipynb")
    plain = _plain(_SUFFIX.sub("", name.lower()))
    alike = [notebook for notebook in notebooks if _plain(notebook.lower()) == plain]
    return alike[0] if len(alike) == 1 else None


def _plain(name: str) -> str:
    return _OF_A_COPY.sub("", name)


def _cell_names(file: SubmittedFile) -> frozenset[str]:
    """What nbgrader calls the cells of a file."""
    try:
        with file.open() as stream:
            raw, _notes = read_notebook_file(stream, file.size)
        return frozenset(str(json.loads(found)) for found in _GRADE_ID.findall(raw))
    except (UnreadableNotebook, ValueError):
        return frozenset()
