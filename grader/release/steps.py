"""The steps that ``nbgrader generate_assignment`` takes here beside its own.

``nbgrader_config.py`` adds them to nbgrader's list, so that the command, formgrader's button and
``make release`` write the same folder.
"""

from __future__ import annotations

import contextlib
import io
import re
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from course.language import ENGLISH, speaking
from course.study.solution_store import END_MARKER, START_MARKER
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.kernel import notebook_metadata
from grader.exercises.markers import ANSWER_STUB, CODE_STUB, without_hidden_tests
from grader.release.folder import support_files
from grader.release.self_study import SelfStudy, WithholdHints

PRINTED_OUTPUT = re.compile(r"<!-- printed output of: ([\w-]+) -->")
"""Stands in a source notebook where the release shows what a check prints."""

_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def configure_release(c: Any) -> None:
    """Set how ``nbgrader generate_assignment`` makes a student's notebook of a source.

    Parameters:
        c: the configuration object of nbgrader (traitlets).
    """
    from nbgrader.converters import GenerateAssignment

    c.ClearSolutions.begin_solution_delimeter = START_MARKER
    c.ClearSolutions.end_solution_delimeter = END_MARKER
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.ClearSolutions.text_stub = ANSWER_STUB
    c.GenerateAssignment.preprocessors = [
        NormaliseNotebook,
        WithholdHints,
        ShowExpectedOutputs,
        *GenerateAssignment.preprocessors.default_args[0],
        AddStudentFiles,
    ]


class ShowExpectedOutputs(NbGraderPreprocessor):
    """Write what each check prints with the solution into the cell below it.

    Nobody types an expected number: the markdown cell of the source says which cell's output
    belongs there.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace every ``<!-- printed output of: <cell id> -->``."""
        assignment = assignments.load(resources["nbgrader"]["assignment"])
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                with speaking(ENGLISH):
                    cell.source = PRINTED_OUTPUT.sub(
                        lambda found: shown_output(assignment, found[1]), cell.source
                    )
        return nb, resources


def shown_output(assignment: Assignment, cell_id: str) -> str:
    """What a check cell prints when the assignment is solved, as a notebook shows it."""
    source = without_hidden_tests(dict(assignment.cells)[cell_id])
    namespace = assignment.namespace()
    printed = io.StringIO()
    # The name of the folder says whose check is meant, where several assignments have the function.
    with contextlib.chdir(assignment.folder), contextlib.redirect_stdout(printed):
        run_source(source, namespace, cell_id)
    text = _ANSI.sub("", printed.getvalue()).strip()
    return f"```text\n{text}\n```"


class AddStudentFiles(NbGraderPreprocessor):
    """Put the modules and the data that the notebook imports into the release folder."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Hand the files to nbconvert's writer."""
        assignment = assignments.load(resources["nbgrader"]["assignment"])
        files = support_files(assignment, SelfStudy(parent=self).options())
        resources.setdefault("outputs", {}).update(files)
        return nb, resources


class NormaliseNotebook(NbGraderPreprocessor):
    """Keep what is released free of anything that differs from machine to machine."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Reduce the notebook's metadata, and remove outputs and execution counts."""
        nb.metadata = nbformat.from_dict(notebook_metadata())
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                cell.execution_count = None
        return nb, resources
