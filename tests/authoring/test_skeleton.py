"""A new assignment is sound from the start, and says what it could not take over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
import pytest

from course.study.solution_store import END_MARKER, START_MARKER
from grader.authoring import exercise_check, skeleton
from grader.authoring.example_calls import generator_like
from grader.authoring.exercise_check import check_exercise
from grader.authoring.skeleton import new_assignment
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment, AssignmentError

NAME = "a6_trial"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of source/."""
    folder = tmp_path / "source"
    folder.mkdir()
    for module in (skeleton, assignments, exercise_check):
        monkeypatch.setattr(module, "SOURCE", folder)
    return folder


def notebook(folder: Path, *cells: str) -> Path:
    """A solved notebook."""
    path = folder / "mine.ipynb"
    new = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(new, path)
    return path


def problems(assignment: Assignment) -> list[str]:
    """What the linter says of all exercises."""
    return [p for e in assignment.exercises for p in check_exercise(assignment, e).problems]


def test_a_skeleton_with_placeholders_is_sound(source: Path) -> None:
    assert new_assignment(NAME, "f, g(X, lambd=0.7)") == []
    assert problems(assignments.load(NAME)) == []
    assert assignments.load(NAME).solution("g").startswith("def g(X, lambd=0.7):")


def test_from_a_solved_notebook_come_solutions_what_they_need_and_cases(source: Path) -> None:
    cells = (
        "%%bash\necho not (Python",
        "%matplotlib inline\nimport numpy as np\nFACTOR = 3",
        "def helper(x):\n    return FACTOR * x",
        "def f(X, name):\n    '''Doc.'''\n    half = helper(X) / 2\n\n    return half",
        "def g(X): return f(X, 'a') + 1",
        "g(np.array([[0.5, -2.0, 1.0]]))",
    )
    assert new_assignment(NAME, "f,g", notebook(source.parent, *cells)) == []
    made = assignments.load(NAME)
    assert problems(made) == []
    assert made.exercise("g").builds_on == ("f",)
    inside = made.solution("f").partition(START_MARKER)[2].partition(END_MARKER)[0]
    assert inside.strip() == "half = helper(X) / 2"
    assert made.solution("f").endswith("return half")


def test_what_a_solved_notebook_does_not_show_is_said(source: Path) -> None:
    cells = ("def f(x):\n    return x + 1", "def g(x):\n    return x * 2", "g(1.5)\n1 / 0", "f(1)")
    remarks = new_assignment(NAME, "", notebook(source.parent, *cells))
    assert any("code cell 3 stopped: ZeroDivisionError" in remark for remark in remarks)
    assert any(remark.startswith("f: write its cases yourself") for remark in remarks)
    assert not any(remark.startswith("g:") for remark in remarks)


def test_nbgrader_s_markers_of_a_solution_become_the_course_s(source: Path) -> None:
    own = "    ### BEGIN SOLUTION\n    y = a * x\n    ### END SOLUTION"
    cell = f"def f(x):\n    a = 2\n{own}\n    return y"
    new_assignment(NAME, "f", notebook(source.parent, cell, "f(1.5)"))
    solution = assignments.load(NAME).solution("f")
    assert f"{START_MARKER}\n    y = a * x\n    {END_MARKER}" in solution


@pytest.mark.parametrize(
    ("name", "functions", "cells", "sentence"),
    [
        ("regularisation", "f", (), "is called a<number>_<words>"),
        ("a6_x/../../y", "f", (), "is called a<number>_<words>"),
        (NAME, "", (), "say which functions"),
        (NAME, "f,f", (), "takes different names"),
        (NAME, "f(1)", (), "takes different names"),
        (NAME, "f; import os", (), "takes different names"),
        (NAME, "h", ("def f(x):\n    return x",), "does not define h; it defines: f"),
        (NAME, "f", ("def f(x:\n    return x",), "code cell 1"),
        (NAME, "f", ("import no_such_module", "def f(x):\n    return x"), "no_such_module"),
    ],
)
def test_what_cannot_become_an_assignment_is_refused_and_nothing_written(
    source: Path, name: str, functions: str, cells: tuple[str, ...], sentence: str
) -> None:
    solved = notebook(source.parent, *cells) if cells else None
    with pytest.raises(AssignmentError, match=sentence):
        new_assignment(name, functions, solved)
    assert list(source.iterdir()) == []


def test_nothing_is_overwritten(source: Path) -> None:
    (source / NAME).mkdir()
    with pytest.raises(AssignmentError, match="there already"):
        new_assignment(NAME, "f")
    assert list((source / NAME).iterdir()) == []


def test_cases_are_like_a_call_in_kind_and_differ_in_size() -> None:
    call = ({"W": np.ones((3, 2)) * 5.5, "b": np.zeros((3, 1))}, np.full((2, 7), 0.5), "relu", 4)
    text = generator_like("f", ("parameters", "A", "activation", "layers"), call)
    namespace: dict[str, Callable[..., list[tuple[object, ...]]]] = {
        "Case": lambda name, args: args
    }
    exec(f"from __future__ import annotations\n{text}", namespace)
    cases = list(namespace["f_cases"](np.random.RandomState(1), None))
    assert all(p["W"].shape[1] == A.shape[0] for p, A, *_ in cases)
    assert all(((A > 0) & (A < 1)).all() and rest == ["relu", 4] for _, A, *rest in cases)
    assert len({A.shape for _, A, *_ in cases}) > 1
