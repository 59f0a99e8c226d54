"""What students get: fresh, complete, runnable, and without an answer in it."""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from course.study.solution_store import END_MARKER, START_MARKER
from grader.authoring.normalise import normalised, stored_notebooks
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.hand_graded import problems_of_questions, questions
from grader.exercises.markers import BROKEN_SUFFIX
from grader.paths import PROJECT, PUBLIC_CASES, RELEASE, UTILS
from grader.release import making as release
from grader.release.audit import leaks, problems_of_release
from grader.release.folder import files_of
from grader.release.reading_order import THE_COURSE
from tests.helpers.pictures import LAY_OUT_ALONE

NAMES = assignments.names()
OF_THE_COURSE = [one.name for one in THE_COURSE]
NOTEBOOKS = stored_notebooks()
TEXTS = (".py", ".ipynb", ".json", ".md", ".csv", ".txt")
every_assignment = pytest.mark.parametrize("name", NAMES)


def released_notebook(name: str) -> nbformat.NotebookNode:
    """The notebook of a release folder."""
    return nbformat.read(RELEASE / name / f"{name}.ipynb", as_version=4)


# Fresh -------------------------------------------------------------------------------------------


@every_assignment
def test_the_release_passes_the_audit(name: str) -> None:
    assert list(problems_of_release(assignments.load(name))) == []


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


# Nothing given away ------------------------------------------------------------------------------


@functools.cache  # most modules lie in every folder
def squeezed(text: str) -> str:
    """Text in which spaces, line breaks, the sort of quotes and final commas do not count."""
    return re.sub(r"\s+", "", text).replace('"', "'").replace(",)", ")")


def solved_statements(assignment: Assignment) -> Iterator[tuple[str, ast.stmt]]:
    """The simple statements between the markers, with the name of their function."""
    for exercise in assignment.exercises:
        source = assignment.solution(exercise.name)
        lines = source.splitlines()
        inside = set()
        for number, line in enumerate(lines, start=1):
            if line.strip() == START_MARKER:
                end = next(n for n in range(number, len(lines)) if lines[n].strip() == END_MARKER)
                inside |= set(range(number, end + 1))
        for node in ast.walk(ast.parse(source)):
            is_simple = isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Return))
            if is_simple and node.lineno in inside:
                yield exercise.name, node


def computes(node: ast.AST | None) -> bool:
    """Whether there is more in it than a call of a function of the course.

    How such a function is called is told to the student; which calls make a solution is not.
    """
    return node is not None and any(
        isinstance(part, (ast.BinOp, ast.UnaryOp))
        or (isinstance(part, ast.Call) and ast.unparse(part.func).startswith("np."))
        for part in ast.walk(node)
    )


def parts_to_find(assignment: Assignment) -> dict[str, str]:
    """What a student has to find, squeezed: whole statements, and what they compute."""
    parts = {}
    for name, statement in solved_statements(assignment):
        value = getattr(statement, "value", None)
        for node in [statement, value] if computes(value) else [statement]:
            text = squeezed(ast.unparse(node))
            if len(text) >= 12:
                parts[text] = name
    return parts


def texts_of_release(name: str) -> Iterator[tuple[str, str]]:
    """Every text of a release folder, notebooks cell by cell."""
    for path, content in files_of(RELEASE / name).items():
        if path.endswith(".ipynb"):
            for cell in nbformat.reads(content.decode(), as_version=4).cells:
                yield f"{path}, cell {cell.id}", cell.source
        elif path.endswith(TEXTS):
            yield path, content.decode()


@every_assignment
def test_no_statement_of_a_solution_stands_in_any_text_of_the_release(name: str) -> None:
    parts = parts_to_find(assignments.load(name))
    assert parts
    found = [
        f"{where}: {part} ({function})"
        for where, text in texts_of_release(name)
        for part, function in parts.items()
        if part in squeezed(text) and not where.endswith(f"cell {function}{BROKEN_SUFFIX}")
    ]
    assert found == []


@every_assignment
def test_students_read_the_criteria_of_a_written_question_and_markers_the_rubric(name: str) -> None:
    assert list(problems_of_questions(assignments.load(name))) == []
    for question in questions(assignments.load(name)):
        released = {cell.id: cell.source for cell in released_notebook(name).cells}
        assert question.text in released.values()
        assert released[question.name] == "YOUR ANSWER HERE"


@pytest.mark.parametrize("file", ["notes.md", "helper.py", "notebook.ipynb"])
def test_the_audit_finds_a_part_of_a_marking_guide_in_a_release_folder(
    file: str, a4: Assignment, tmp_path: Path
) -> None:
    question = questions(a4)[0]
    sentence = question.guide.split("\n")[-1].replace("The weights", "so **the weights**")
    text = f'"""{sentence}"""\n'
    if file.endswith(".ipynb"):
        cell = nbformat.v4.new_markdown_cell(text)
        text = nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    (tmp_path / file).write_text(text, encoding="utf-8")
    problems = list(leaks(a4, tmp_path))
    assert problems
    assert all(f"marking guide of {question.name}" in problem for problem in problems)


def test_a_guide_whose_points_are_not_those_of_the_criteria_is_told(
    a4: Assignment, tmp_path: Path
) -> None:
    notebook = nbformat.read(a4.notebook_path, as_version=4)
    answer = next(c for c in notebook.cells if c.id == questions(a4)[0].name)
    answer.source = answer.source.replace(" | 3 |", " | 4 |", 1)
    changed = dataclasses.replace(a4, folder=tmp_path)
    nbformat.write(notebook, changed.notebook_path)
    assert [problem for problem in problems_of_questions(changed) if "[4, 3, 2, 2]" in problem]


@every_assignment
def test_no_code_of_the_release_computes_as_a_solution_does(name: str) -> None:
    """Unlike the search for text, this one sees through names: variables are numbered."""
    solved = {
        shape_of(statement): function
        for function, statement in solved_statements(assignments.load(name))
        if computes(statement) and not is_commonplace(statement)
    }
    found = []
    for where, text in texts_of_release(name):
        if where.endswith(".py") or "cell " in where:
            found += [
                f"{where}: {statement}"
                for statement, shape in shapes_of(text)
                if (function := solved.get(shape))
                and not where.endswith(f"cell {function}{BROKEN_SUFFIX}")
            ]
    assert found == []


@functools.cache
def shapes_of(text: str) -> list[tuple[str, str]]:
    """The statements of code, and their shapes."""
    statements = [node for node in ast.walk(parsed(text)) if isinstance(node, ast.stmt)]
    return [(ast.unparse(node), shape_of(node)) for node in statements]


def is_commonplace(statement: ast.stmt) -> bool:
    """Whether it is no more than ``c = a / b``: any program may say that."""
    value = getattr(statement, "value", None)
    return isinstance(value, ast.BinOp) and all(
        isinstance(side, ast.Name) for side in (value.left, value.right)
    )


def shape_of(statement: ast.stmt) -> str:
    """A statement with its own variables numbered in order; functions and modules keep names."""
    tree = ast.parse(ast.unparse(statement))
    kept = {"np"} | {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    numbers: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in kept:
            node.id = numbers.setdefault(node.id, f"v{len(numbers)}")
    return ast.dump(tree)


def parsed(text: str) -> ast.Module:
    """The syntax of code; empty where the text is none."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("%", "!"))]
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


@every_assignment
def test_nothing_of_the_grader_is_in_the_release(name: str) -> None:
    words = (
        *("hidden test", "hidden_test", "hidden case", "hidden seed", "secret", "mutant"),
        *("from grader", "import grader", "grader.", "exercises.py", "misconception"),
    )
    found = [
        f"{where}: {word}"
        for where, text in texts_of_release(name)
        for word in words
        if word in re.sub(r"nbgrader\.|submission_secret\.txt", "", text.lower())
    ]
    assert found == []
    assert [path for path in files_of(RELEASE / name) if "exercises" in path] == []


@every_assignment
def test_the_secret_of_the_class_is_not_in_the_release(name: str) -> None:
    secret = PROJECT / ".class_secret"
    if not secret.exists():
        pytest.skip("no secret has been made on this machine yet")
    text = secret.read_bytes().strip()
    assert [path for path, content in files_of(RELEASE / name).items() if text in content] == []


@every_assignment
def test_no_module_of_the_folder_defines_a_function_that_is_still_to_be_found(name: str) -> None:
    graded = {exercise.name for exercise in assignments.load(name).exercises}
    defined = {
        path: {n.name for n in ast.walk(ast.parse(content)) if isinstance(n, ast.FunctionDef)}
        for path, content in files_of(RELEASE / name).items()
        if path.endswith(".py")
    }
    assert {path: found & graded for path, found in defined.items() if found & graded} == {}


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
def run_released(name: str, scratch: Path, solved: bool) -> nbformat.NotebookNode:
    """Run the released notebook in a copy of its folder, without the cells that train for long."""
    assignment = assignments.load(name)
    folder = scratch / f"{name}-{'solved' if solved else 'unsolved'}"
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
    for cell in notebook.cells:
        if solved and cell.id in graded:
            cell.source = assignment.solution(cell.id)
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
        for cell in run_released(name, scratch, solved=False).cells
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


@every_assignment
def test_a_solved_notebook_runs_without_an_error(name: str, scratch: Path) -> None:
    errors = {
        cell.id: [error.ename, error.evalue]
        for cell in run_released(name, scratch, solved=True).cells
        for error in outputs_of(cell, "error")
    }
    assert errors == {}


@every_assignment
def test_a_solved_notebook_passes_every_check(name: str, scratch: Path) -> None:
    cells = {cell.id: cell for cell in run_released(name, scratch, solved=True).cells}
    for exercise in assignments.load(name).exercises:
        printed = "".join(o.text for o in outputs_of(cells[f"{exercise.name}_check"], "stream"))
        assert "All tests passed." in printed


@every_assignment
def test_a_check_cell_of_a_solved_notebook_prints_what_the_text_below_shows(
    name: str, scratch: Path
) -> None:
    cells = run_released(name, scratch, solved=True).cells
    shown = "\n".join(c.source for c in released_notebook(name).cells if c.cell_type == "markdown")
    for exercise in assignments.load(name).exercises:
        check = next(cell for cell in cells if cell.id == f"{exercise.name}_check")
        printed = "".join(o.text for o in outputs_of(check, "stream"))
        assert re.sub(r"\x1b\[[0-9;]*m", "", printed).strip() in shown


# Stored ------------------------------------------------------------------------------------------

each_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: path.relative_to(PROJECT).as_posix()
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


def test_cells_keep_their_names_from_source_to_release() -> None:
    for name in NAMES:
        source = nbformat.read(assignments.load(name).notebook_path, as_version=4)
        assert [c.id for c in source.cells] == [c.id for c in released_notebook(name).cells]


def test_the_helpers_of_this_module_see_a_leak(a4: Assignment) -> None:
    parts = parts_to_find(a4)
    leaked = "    dW = np.dot(\n        dZ, A_prev.T\n    ) / m   # here it is"
    assert any(part in squeezed(leaked) for part in parts)
    renamed = parsed("G = np.dot(error, before.T) / count").body[0]
    shapes = {shape_of(statement) for _, statement in solved_statements(a4)}
    assert shape_of(renamed) in shapes
