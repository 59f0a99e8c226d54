"""No release folder holds what its student has still to find, in whatever words."""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from course.study.solution_store import END_MARKER, START_MARKER
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.hand_graded import problems_of_questions, questions
from grader.exercises.markers import BROKEN_SUFFIX
from grader.paths import PROJECT, RELEASE
from grader.release.audit import leaks
from grader.release.folder import files_of

TEXTS = (".py", ".ipynb", ".json", ".md", ".csv", ".txt")
every_assignment = pytest.mark.parametrize("name", assignments.names())


def released_notebook(name: str) -> nbformat.NotebookNode:
    """The notebook of a release folder."""
    return nbformat.read(RELEASE / name / f"{name}.ipynb", as_version=4)


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


def test_the_helpers_of_this_module_see_a_leak(a4: Assignment) -> None:
    parts = parts_to_find(a4)
    leaked = "    dW = np.dot(\n        dZ, A_prev.T\n    ) / m   # here it is"
    assert any(part in squeezed(leaked) for part in parts)
    renamed = parsed("G = np.dot(error, before.T) / count").body[0]
    shapes = {shape_of(statement) for _, statement in solved_statements(a4)}
    assert shape_of(renamed) in shapes
