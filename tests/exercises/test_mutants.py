"""Generated mistakes: one small change each, within what a student writes, under lasting names."""

from __future__ import annotations

import ast

import pytest

from course.study.solution_store import END_MARKER, START_MARKER
from grader.exercises.assignment import Assignment
from grader.exercises.mutants import generate_mutants

LAYER = f'''
def layer(W, A, b):
    """One layer."""
    m = 7
    {START_MARKER}
    Z = np.dot(W, A) + b  # a comment
    {END_MARKER}
    return Z
'''


def names_of(source: str) -> list[str]:
    """The names of the mutants of a text."""
    return [mutant.name for mutant in generate_mutants(source)]


def statement(text: str) -> list[str]:
    """The changed statements of a function of one statement."""
    return [
        mutant.source.partition("\n    ")[2].strip()
        for mutant in generate_mutants(f"def f(x, y):\n    {text}\n")
    ]


def test_only_what_stands_between_the_markers_is_changed() -> None:
    for mutant in generate_mutants(LAYER):
        before, *_changed, after = ast.unparse(ast.parse(mutant.source)).splitlines()
        assert before == "def layer(W, A, b):" and after == "    return Z"
        assert '"""One layer."""\n    m = 7\n' in mutant.source


def test_no_two_mutants_are_the_same_program_and_none_is_the_solution(a4: Assignment) -> None:
    solution = a4.solution("linear_backward")
    programs = [ast.dump(ast.parse(mutant.source)) for mutant in generate_mutants(solution)]
    assert len(programs) > 50
    assert len({ast.dump(ast.parse(solution)), *programs}) == len(programs) + 1


def test_every_mutant_has_a_name_of_its_own() -> None:
    text = "def f(x):\n    x = x + 1\n    x = x + 1\n    return x + 1\n"
    names = names_of(text)
    assert len(set(names)) == len(names)
    assert "operator: x + 1 -> x - 1 (3)" in names


def test_a_mutant_keeps_its_name_when_other_lines_change() -> None:
    longer = LAYER.replace("Z = np.dot", "A = A * 2\n    Z = np.dot")
    assert set(names_of(LAYER)) < set(names_of(longer))


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("return x - y", "return x + y"),
        ("return x - y", "return y - x"),
        ("return x / y", "return x"),
        ("return -x", "return x"),
        ("return x > y", "return x >= y"),
        ("return x > y", "return x < y"),
        ("return 0.5", "return 5.0"),
        ("return x[1]", "return x[0]"),
        ("return x['dW1']", "return x['db1']"),
        ("return x['dW1']", "return x['dW2']"),
        ("return np.dot(x, y)", "return np.multiply(x, y)"),
        ("return np.dot(x, y)", "return np.dot(y, x)"),
        ("return np.dot(x, y)", "return np.dot(x.T, y)"),
        ("return np.dot(x, y.T)", "return np.dot(x, y)"),
        ("return np.sum(x, axis=1, keepdims=True)", "return np.sum(x, axis=1)"),
        ("return np.sum(x)", "return np.mean(x)"),
        ("return range(1, x)", "return range(x)"),
        ("return range(x)", "return range(x - 1)"),
        ("return x, y", "return (y, x)"),
        ("x += y", "pass"),
        ("x += y", "x -= y"),
        ("x = y.sum()", "x = -y.sum()"),
        ("return x", "return"),
        ("return x", "return y"),
    ],
)
def test_a_mistake_that_students_make_is_among_the_mutants(text: str, change: str) -> None:
    assert change in statement(text)
