"""Make a gradable submission of whatever came in, and say what was repaired.

Students delete, double, merge and reorder cells without meaning to, editors strip metadata, and
whole notebooks come from elsewhere. None of this says anything about what a student knows, so it
costs nothing: cells are matched to the course's by nbgrader's id, else by the cell's id, else by
the function that they define; what is locked is restored; and the code is run in the order in which
the student left it, so that the last definition of a function counts, as it did for the student.

Nothing of a submission is ever run here.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from nbformat import NotebookNode

from course.language import _, language_of_metadata, speaking
from grader.exercises.assignment import Assignment
from grader.submission.cell_matching import match_cells
from grader.submission.cell_source import parse
from grader.submission.editions import editions_of
from grader.submission.newer_strings import in_older_strings
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.notebook_file import NotebookFile, open_notebook
from grader.submission.own_modules import OwnModules
from grader.submission.released_cells import skeleton_of
from grader.submission.repair_notes import Notes
from grader.submission.repaired_notebook import record
from grader.submission.sentences import sentence
from grader.submission.submitted_cells import Matching, StudentCell, student_cells
from grader.submission.submitted_files import is_archive, notebook_in_archive


@dataclass(frozen=True)
class RepairedSubmission:
    """A submission that can be graded.

    Attributes:
        cells: the code cells to run, as ``(id, source)``, in order: the set-up as released, then
            the student's cells. Left out are the check cells, the cells that train for long, and
            an unsolved function where another cell solves it.
        repairs: what was repaired, as sentences.
        notebook: the notebook to record: every cell that nbgrader knows exactly once, with its
            metadata, locked ones as released, and all other cells of the student as plain cells.
        functions: for each exercise the source, out of ``cells``, of the cell that defines it;
            absent where none does.
        untouched: the exercises that stand as they were released.
        absent: the solution cells that the student does not have, by name: what stands for them in
            the notebook is not to be run.
        language: the language of the notebook, such as ``zh_CN``; empty where nothing tells it.
    """

    cells: tuple[tuple[str, str], ...]
    repairs: tuple[str, ...]
    notebook: NotebookNode
    functions: Mapping[str, str]
    untouched: frozenset[str]
    absent: frozenset[str]
    language: str = ""


def repair(
    raw: bytes, assignment: Assignment, own_files: Sequence[tuple[str, bytes]] = ()
) -> RepairedSubmission:
    """Make a gradable submission of the bytes of a notebook file.

    Parameters:
        raw: the file as it was handed in.
        assignment: what it is a submission of.
        own_files: the student's other files, which the notebook may import: paths and bytes.

    Raises:
        UnreadableNotebook: the bytes are no notebook. Nothing else is raised, whatever the bytes.
    """
    file = _opened(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a student's string is no affair of ours
            return _repaired(file, assignment, own_files)
    except (RecursionError, MemoryError):
        raise UnreadableNotebook(
            _(
                "The cells of the notebook are nested too deeply to be read: look at the file, or "
                "ask the student for a notebook with the code of the assignment alone."
            )
        ) from None


def _opened(raw: bytes) -> NotebookFile:
    """The notebook that the bytes are, or that is packed in them."""
    packed = notebook_in_archive(raw) if is_archive(raw[:300]) else None
    if packed is None:
        return open_notebook(raw)
    inner, name = packed
    file = open_notebook(inner)
    note = sentence(
        "The notebook was taken out of an archive, where it is called {name}.", name=name[:80]
    )
    return replace(file, notes=(note, *file.notes))


def _is_put_in_older_strings(cell: StudentCell) -> bool:
    """Let a cell that a newer Python reads stand there as this one reads it."""
    if parse(cell.source) is not None:
        return False
    older = in_older_strings(cell.source)
    if older == cell.source or parse(older) is None:
        return False
    cell.stand_in(older)
    return True


def _repaired(
    file: NotebookFile, assignment: Assignment, own_files: Sequence[tuple[str, bytes]]
) -> RepairedSubmission:
    """Make a gradable submission of a notebook; what is said of it is said in its language."""
    skeleton = skeleton_of(assignment)
    editions = editions_of(assignment)
    cells = student_cells(file)
    found = editions.put_into_english(cells)
    language = language_of_metadata(file.notebook.metadata) or found
    newer = [cell for cell in cells if cell.is_code and _is_put_in_older_strings(cell)]
    matching = Matching(skeleton, cells, language)
    modules = OwnModules(own_files, [cell.source for cell in cells])
    with speaking(language):
        notes = Notes(file)
        if newer:
            notes.add(
                _(
                    "Some f-strings are written as only Python 3.12 and newer read them; they were "
                    "put in another way, which means the same."
                ),
                always=True,
            )
        match_cells(matching, editions, assignment.not_run, notes, modules)
        notebook = record(matching, skeleton, notes)
        repairs = notes.sentences(matching.is_ours)
    setup = tuple((cell.cell_id, cell.source) for cell in skeleton.of_kind("setup"))
    handed_in = {cell.recorded_id for cell in matching.cells}
    absent = (c.name for c in skeleton.of_kind("solution") if c.cell_id not in handed_in)
    return RepairedSubmission(
        cells=setup + matching.cells_to_run(),
        repairs=repairs,
        notebook=notebook,
        functions=MappingProxyType(matching.functions()),
        untouched=frozenset(matching.untouched),
        absent=frozenset(absent),
        language=language,
    )
