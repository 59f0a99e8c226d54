"""What students get: complete, runnable, and without an answer in it.

That it is fresh, and gives no line of a solution away, is part of what ``check-course`` says of
each assignment of the course (``tests/authoring``).
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from course.study.solution_store import END_MARKER, START_MARKER
from grader.exercises import assignment as assignments
from grader.exercises.hand_graded import questions
from grader.paths import PROJECT, PUBLIC_CASES, RELEASE, UTILS
from grader.release import making as release
from grader.release.folder import files_of
from grader.release.reading_order import THE_COURSE
from tests.helpers.pictures import LAY_OUT_ALONE

NAMES = assignments.names()
OF_THE_COURSE = [one.name for one in THE_COURSE]
every_assignment = pytest.mark.parametrize("name", NAMES)


def released_notebook(name: str) -> nbformat.NotebookNode:
    """The notebook of a release folder."""
    return nbformat.read(RELEASE / name / f"{name}.ipynb", as_version=4)


# Fresh -------------------------------------------------------------------------------------------


def test_what_utils_derives_from_the_solutions_is_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "utils"
    shutil.copytree(UTILS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(release, "OWN_UTILS", copy)
    monkeypatch.setattr(release, "PUBLIC_CASES", copy / PUBLIC_CASES.relative_to(UTILS))
    written: list[str] = []
    assert not release.derive_utils(written.append), written


def test_only_the_last_digits_of_stored_numbers_may_differ() -> None:
    assert release.same_numbers('{"a": [1.0, "x"]}', '{"a": [1.0000000001, "x"]}')
    assert not release.same_numbers('{"a": [1.0]}', '{"a": [1.0001]}')
    assert not release.same_numbers('{"a": [1.0]}', '{"a": [1.0, 2.0]}')
    assert not release.same_numbers('{"a": "x"}', '{"a": "y"}')


@every_assignment
def test_make_release_of_any_class_writes_the_released_folder_byte_for_byte(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another test proves that utils/ is fresh; here it must not be written whatever it holds.
    monkeypatch.setattr(release, "derive_utils", lambda say, names: False)
    # The secret of the class has no part in what students get.
    monkeypatch.setenv("CLASS_SECRET", "the secret of another class")
    release.make_release([name], tmp_path, say=lambda line: None)
    made, there = files_of(tmp_path / name), files_of(RELEASE / name)
    assert sorted(made) == sorted(there)
    assert [path for path in made if made[path] != there[path]] == []


# Complete ----------------------------------------------------------------------------------------


@every_assignment
def test_every_solution_cell_is_a_stub_between_its_markers(name: str) -> None:
    assignment = assignments.load(name)
    cells = {cell.id: cell for cell in released_notebook(name).cells}
    for exercise in assignment.exercises:
        lines = [line.strip() for line in cells[exercise.name].source.splitlines()]
        solved = [line.strip() for line in assignment.solution(exercise.name).splitlines()]
        starts = [i for i, line in enumerate(lines) if line == START_MARKER]
        assert len(starts) == solved.count(START_MARKER) > 0
        for start in starts:
            assert lines[start + 1].startswith("raise NotImplementedError(")
            assert lines[start + 2] == END_MARKER


@every_assignment
def test_outside_the_markers_a_solution_cell_is_as_the_author_wrote_it(name: str) -> None:
    assignment = assignments.load(name)
    cells = {cell.id: cell for cell in released_notebook(name).cells}
    between = re.compile(f"{START_MARKER}.*?{END_MARKER}", re.DOTALL)
    for exercise in assignment.exercises:
        released = between.sub("", cells[exercise.name].source)
        assert released == between.sub("", assignment.solution(exercise.name))


@every_assignment
def test_every_exercise_is_followed_by_its_check(name: str) -> None:
    code = [cell.id for cell in released_notebook(name).cells if cell.cell_type == "code"]
    for exercise in assignments.load(name).exercises:
        assert code.index(f"{exercise.name}_check") == code.index(exercise.name) + 1


@every_assignment
def test_the_points_of_the_notebook_are_those_of_the_exercises(name: str) -> None:
    assignment = assignments.load(name)
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in released_notebook(name).cells
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade
    }
    by_hand = {question.name: question.points for question in questions(assignment)}
    assert by_hand or name not in OF_THE_COURSE
    assert points == {f"{e.name}_check": e.points for e in assignment.exercises} | by_hand


@every_assignment
def test_no_expected_output_is_left_to_be_filled_in(name: str) -> None:
    for cell in released_notebook(name).cells:
        assert "printed output of" not in cell.source


_IMPORT = """
import importlib, pathlib, sys
folder = pathlib.Path({folder!r})
sys.path = [p for p in sys.path if p not in ({project!r}, {utils!r}, "")]
sys.path.insert(0, {folder!r})
for path in sorted(folder.rglob("*.py")):
    importlib.import_module(".".join(path.relative_to(folder).with_suffix("").parts))
strangers = [
    module.__file__
    for module in list(sys.modules.values())
    if (getattr(module, "__file__", None) or "").startswith({project!r})
    and not module.__file__.startswith(({folder!r}, sys.prefix))
]
assert not strangers, strangers
"""


@every_assignment
def test_the_modules_of_a_folder_need_nothing_but_the_folder(name: str, tmp_path: Path) -> None:
    program = _IMPORT.format(project=str(PROJECT), utils=str(UTILS), folder=str(RELEASE / name))
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-W", "error", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


# Runnable ----------------------------------------------------------------------------------------


@functools.cache
def run_released(name: str, scratch: Path) -> nbformat.NotebookNode:
    """Run the released notebook in a copy of its folder, without the cells that train for long."""
    assignment = assignments.load(name)
    folder = scratch / name
    shutil.copytree(RELEASE / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
    notebook = released_notebook(name)
    graded = {exercise.name for exercise in assignment.exercises}
    # What follows the training needs its results; the checks and all that comes before do not.
    first_training = min(
        (i for i, cell in enumerate(notebook.cells) if cell.id in assignment.not_run),
        default=len(notebook.cells),
    )
    notebook.cells = [
        cell
        for i, cell in enumerate(notebook.cells)
        if i < first_training or cell.id.removesuffix("_check") in graded
    ]
    notebook.cells.insert(0, nbformat.v4.new_code_cell(LAY_OUT_ALONE, id="pictures"))
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    return notebook


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where copies of release folders are run."""
    return tmp_path_factory.mktemp("released")


def outputs_of(cell: Any, kind: str) -> list[Any]:
    """The outputs of one kind."""
    return [output for output in cell.get("outputs", []) if output.output_type == kind]


@every_assignment
def test_an_unsolved_notebook_fails_with_friendly_messages_only(name: str, scratch: Path) -> None:
    errors = {
        cell.id: error
        for cell in run_released(name, scratch).cells
        for error in outputs_of(cell, "error")
    }
    for exercise in assignments.load(name).exercises:
        error = errors.pop(f"{exercise.name}_check")
        shown = "\n".join(error.traceback)
        assert error.ename == "NotImplementedYet"
        assert "Not implemented yet." in shown or "which is not written yet." in shown
        assert "Traceback" not in shown
    # A cell that puts the functions together can only say which of them is not there yet.
    for cell_id, error in errors.items():
        assert error.ename == "NotImplementedError", cell_id
        assert error.evalue.startswith("Not implemented yet"), cell_id


def test_cells_keep_their_names_from_source_to_release() -> None:
    for name in NAMES:
        source = nbformat.read(assignments.load(name).notebook_path, as_version=4)
        assert [c.id for c in source.cells] == [c.id for c in released_notebook(name).cells]
