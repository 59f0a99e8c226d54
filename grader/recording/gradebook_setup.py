"""Bring an assignment into the gradebook, so that marks can be recorded for it.

The gradebook must know every graded cell. nbgrader learns of them when ``nbgrader
generate_assignment`` has run; here the same steps run whenever they are needed, without touching
the release folder.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.exercises.assignment import Assignment
from grader.recording.gradebook_connection import (
    GradebookSetupError,
    open_gradebook,
    setting_up,
    why_not_writable,
)
from grader.recording.gradebook_trouble import trouble_in_words
from grader.settings.course import configured
from grader.settings.course_directory import CourseDirectory
from grader.text.terminal import one_line


def ensure_in_gradebook(assignment: Assignment, coursedir: CourseDirectory) -> bool:
    """Create or update the assignment in the gradebook, where it is missing or has changed.

    Returns:
        Whether anything had to be done.

    Raises:
        GradebookSetupError: graded cells were added or removed while there are marks already, or
            the gradebook cannot be opened.
    """
    wanted = [cells_of_source(part, coursedir) for part in assignment.parts]

    def is_known() -> bool:
        return [cells_in_gradebook(part, coursedir) for part in assignment.parts] == wanted

    if is_known():
        return False
    if busy := why_not_writable(coursedir):
        raise GradebookSetupError(busy)
    with setting_up(coursedir):
        if is_known():
            return False  # another process was first
        try:
            _generate(assignment, coursedir)
        except OSError as error:
            raise GradebookSetupError(
                f"{assignment.name} cannot be brought into the gradebook: {error.strerror} "
                f"({error.filename or tempfile.gettempdir()}). Look whether there is room."
            ) from error
        if is_known():
            return True
    raise GradebookSetupError(
        f"{assignment.name} has other graded cells than the gradebook, which already holds "
        "submissions of it. Keep a copy of the gradebook and of autograded/, then run "
        f"`nbgrader db assignment remove {assignment.name} --force` and grade again."
    )


def cells_of_source(
    assignment: Assignment, coursedir: CourseDirectory
) -> dict[str, tuple[str, float | None]]:
    """What the gradebook must know of a notebook: for each cell its checksum and its points."""
    from nbgrader.preprocessors import ClearSolutions, ComputeChecksums
    from nbgrader.utils import is_grade, is_task

    notebook = _source(assignment)
    config = _config(assignment, coursedir)
    # The steps of generate_assignment that decide what the gradebook stores.
    for step in (ClearSolutions, ComputeChecksums):
        made = step(config=config, log=_silent())
        notebook, _resources = made.preprocess(notebook, {})
    cells: dict[str, tuple[str, float | None]] = {}
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if any(meta.get(key) for key in ("grade", "solution", "locked", "task")):
            points = float(meta["points"]) if is_grade(cell) or is_task(cell) else None
            cells[meta["grade_id"]] = (meta["checksum"], points)
    return cells


def _source(assignment: Assignment) -> NotebookNode:
    """The source notebook, with what this nbgrader calls the metadata of older ones."""
    from nbgrader.nbgraderformat import MetadataValidator

    parsed = json.loads(assignment.notebook_path.read_bytes())
    if parsed.get("nbformat") != 4:
        parsed = nbformat.read(assignment.notebook_path, as_version=4)
    for cell in parsed["cells"]:
        if isinstance(cell["source"], list):
            cell["source"] = "".join(cell["source"])
    return MetadataValidator().upgrade_notebook_metadata(nbformat.from_dict(parsed))


def cells_in_gradebook(
    assignment: Assignment, coursedir: CourseDirectory
) -> dict[str, tuple[str, float | None]]:
    """The same as the gradebook has it; empty where it does not know the assignment."""
    from nbgrader.api import MissingEntry

    with _readable(coursedir), open_gradebook(coursedir) as gradebook:
        try:
            notebook = gradebook.find_notebook(assignment.notebook_name, assignment.name)
        except MissingEntry:
            return {}
        points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
        points |= {cell.name: float(cell.max_score) for cell in notebook.task_cells}
        return {
            cell.name: (str(cell.checksum), points.get(cell.name)) for cell in notebook.source_cells
        }


@contextmanager
def _readable(coursedir: CourseDirectory) -> Iterator[None]:
    """Make a sentence of what the database says."""
    import sqlalchemy

    try:
        yield
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise GradebookSetupError(trouble_in_words(error, coursedir)) from error


def _generate(assignment: Assignment, coursedir: CourseDirectory) -> None:
    """Run nbgrader's ``generate_assignment`` with its database steps, all in a scratch folder."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    quiet = _silent()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "source", assignment.name)
        source.mkdir(parents=True)
        for part in assignment.parts:
            text = json.dumps(_source(part))
            (source / part.notebook_path.name).write_text(text, encoding="utf-8")
        config = _config(assignment, coursedir)
        config.CourseDirectory.root = coursedir.root
        config.CourseDirectory.db_url = coursedir.db_url
        config.CourseDirectory.course_id = coursedir.course_id
        config.CourseDirectory.source_directory = str(source.parent)
        config.CourseDirectory.release_directory = os.path.join(scratch, "release")
        config.CourseDirectory.assignment_id = assignment.name
        config.CourseDirectory.notebook_id = "*"
        config.CourseDirectory.student_id = "*"
        for end in ("header", "footer"):  # given as seen from the folder of the class
            if given := config.IncludeHeaderFooter.get(end):
                config.IncludeHeaderFooter[end] = os.path.join(coursedir.root, given)
        # What students see (expected outputs, modules, data) is of no concern to the gradebook.
        config.GenerateAssignment.preprocessors = GenerateAssignment.preprocessors.default_args[0]
        config.GenerateAssignment.no_database = False
        config.BaseConverter.force = True
        scratch_course = CourseDirectory(config=config, log=quiet)
        converter = GenerateAssignment(coursedir=scratch_course, config=config, log=quiet)
        said = _Said()
        quiet.addHandler(said)
        try:
            converter.start()
        except Exception as error:
            if busy := why_not_writable(coursedir):
                raise GradebookSetupError(busy) from error
            raise GradebookSetupError(
                f"{assignment.name} cannot be brought into the gradebook. nbgrader says: "
                f"{said.error or error}. Mend the source notebook. If graded cells were added or "
                "removed while there are submissions already, keep a copy of the gradebook and "
                f"of autograded/, run `nbgrader db assignment remove {assignment.name} --force` "
                "and grade again."
            ) from error
        finally:
            quiet.removeHandler(said)


def _config(assignment: Assignment, coursedir: CourseDirectory) -> Any:
    """The configuration of the class, with the delimiters and stubs of the assignment's course."""
    config = copy.deepcopy(configured(coursedir).config)
    own = assignment.parts[0].own
    if own is not None:
        begin, end = own.conventions.solution
        config.ClearSolutions.begin_solution_delimeter = begin
        config.ClearSolutions.end_solution_delimeter = end
        config.ClearSolutions.code_stub = {"python": own.conventions.code_stub}
        config.ClearSolutions.text_stub = own.conventions.text_stub
        config.ClearSolutions.enforce_metadata = False  # a region elsewhere goes as well
    return config


class _Said(logging.Handler):
    """Keeps the error, as one line, of which nbgrader shows the traceback first."""

    error = ""

    def emit(self, record: logging.LogRecord) -> None:
        found = re.findall(r"^[\w.]*(?:Error|Exception): (.+)", record.getMessage(), re.MULTILINE)
        if found and not self.error:
            self.error = one_line(found[-1]).rstrip(".")


def _silent() -> logging.Logger:
    """A log that goes nowhere: formgrader shows instructors whatever nbgrader's steps say."""
    log = logging.getLogger(__name__ + ".silent")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    return log
