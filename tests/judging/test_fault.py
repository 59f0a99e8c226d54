"""The one edit of a wrong function that makes it right, and what is said of it."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from course.checks.plain_data import from_json, to_json
from grader.exercises import assignment as assignments
from grader.exercises.answers import run_on_cases
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.cases import make_cases
from grader.judging.fault import find_fault
from grader.judging.grade import grade
from grader.judging.graded import GradedExercise
from grader.sandbox.host.calls import Answers
from grader.sandbox.limits import CASE_SEED


def said_of(name: str, exercise: str, source: str) -> str:
    """What is said of a function that replaces the solution of an exercise."""
    assignment = assignments.load(name)
    namespace = assignment.namespace()
    run_source(textwrap.dedent(source), namespace, exercise)
    cases = make_cases(assignment, exercise, "of a test")
    outcomes = run_on_cases(namespace[exercise], cases)

    def run(
        cells: Sequence[str], functions: Sequence[str], given: Sequence[Any]
    ) -> dict[str, Answers]:
        for cell in cells:
            exec(cell, namespace)
        return {
            function: _answers([_answer(namespace[function], one) for one in given])
            for function in functions
        }

    return find_fault(assignment, exercise, source, cases, outcomes, run)


def _answer(function: Any, given: Any) -> dict[str, Any]:
    np.random.seed(CASE_SEED)
    try:
        with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
            return {"value": to_json(function(*copy.deepcopy(from_json(given))))}
    except Exception as error:
        return {"error": {"type": type(error).__name__, "message": str(error)}}


def _answers(answers: list[dict[str, Any]]) -> Answers:
    return Answers(json.dumps({"answers": answers}).encode(), len(answers))


def mistaken(name: str, exercise: str, *edits: tuple[str, str]) -> str:
    """The solution of an exercise with mistakes in it."""
    text = assignments.load(name).solution(exercise)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


A2, A3, A4 = "a2_logistic_regression", "a3_shallow_network", "a4_deep_network"

PARTS = {
    "a factor too much": (A4, "linear_backward", "np.dot(W.T, dZ)", "np.dot(W.T, dZ) / 7", "/ 7`"),
    "a transposition": (A4, "linear_forward", "np.dot(W, A)", "np.dot(W, A.T)", "transposed"),
    "an axis": (A4, "linear_backward", "axis=1", "axis=-2", "axis"),
    "an index": (A4, "L_model_backward", "caches[l]", "caches[l - 2]", "l - 2"),
    "a number": (A3, "layer_sizes", "n_h = 4", "n_h = 9", "`9`"),
    "a name": (A3, "backward_propagation", "dot(dZ1, X.T)", "dot(dZ1, A1.T * X.T)", "A1.T * X.T"),
    "a name of nothing": (A4, "linear_forward", "dot(W, A)", "dot(W, A_last)", "name `A_last`"),
    "a sign": (A3, "forward_propagation", "Z1 = np", "Z1 = -np", "sign"),
    "a function": (A3, "forward_propagation", "np.tanh(Z1)", "np.sinh(Z1)", "np.sinh"),
    "an order": (A2, "model", "X_train, Y_train, num", "Y_train, X_train, num", "exchanged"),
    "a comparison": (A3, "predict", "A2 > 0.5", "A2 != 0.5", "comparison"),
}


@pytest.mark.parametrize("kind", PARTS)
def test_the_part_is_named_without_which_a_function_is_right(kind: str) -> None:
    name, exercise, right, wrong, words = PARTS[kind]
    said = said_of(name, exercise, mistaken(name, exercise, (right, wrong)))
    assert words in said
    assert "The line: " in said and wrong in said.split("The line: ")[1]


LINES = {
    "one that is too much": (
        A4, "compute_cost", "cost = np.squeeze", "cost = cost + m\n    cost = np.squeeze",
        "is too much", "cost = cost + m",
    ),
    "one that is missing": (
        A4, "L_model_forward", "caches.append(cache)\n        # YOUR", "pass\n        # YOUR",
        "A line is missing", "",
    ),
    "one in the wrong place": (
        A2, "optimize", "        if i % 100 == 0:\n            costs.append(cost)\n",
        "    if i % 100 == 0:\n        costs.append(cost)\n        if False:\n            pass\n",
        "inside the loop", "",
    ),
    "one that stands within the loop": (
        A4, "update_parameters", None, """def update_parameters(params, grads, rate):
    new = dict(params)
    for key in params:
        new[key] = params[key] - rate * grads["d" + key]
        return new
""",
        "after the block", "return new",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", LINES)
def test_a_line_is_named_where_no_part_of_one_is_enough(kind: str) -> None:
    name, exercise, right, wrong, words, line = LINES[kind]
    source = mistaken(name, exercise, (right, wrong)) if right else wrong
    said = said_of(name, exercise, source)
    assert words in said and line in said


def test_two_wrong_lines_are_named_together() -> None:
    edits = (
        ("dA_prev = np.dot(W.T, dZ)", "dA_prev = np.dot(W.T, dZ) + m"),
        ("dZ, axis=1", "dZ + 1, axis=1"),
    )
    said = said_of(A4, "linear_backward", mistaken(A4, "linear_backward", *edits))
    assert said.startswith("Look at these lines")
    assert len(said.splitlines()) == 3


def test_two_mistakes_are_found_one_after_the_other() -> None:
    text = """def linear_backward(g, stored):
    a, w, b = stored
    n = a.shape[1]
    return np.dot(w.T, g) / n * 5, np.dot(g, a.T) / n, np.sum(g + 2, axis=1, keepdims=True) / n
"""
    wrong = text.replace(
        "    return np.dot(w.T, g) / n * 5, ", "    back = w.T @ g * 5\n    return back, "
    )
    said = said_of(A4, "linear_backward", wrong)
    assert "back = w.T @ g * 5" in said and "np.sum(g + 2, axis=1" in said


def test_the_parameters_may_have_any_names() -> None:
    said = said_of(
        A4,
        "linear_forward",
        "def linear_forward(x, w, c):\n    return w @ x + c * x.shape[1], (x, w, c)\n",
    )
    assert "c * x.shape[1]" in said


def test_what_belongs_in_the_place_of_the_mistake_is_not_told() -> None:
    said = said_of(
        A3,
        "forward_propagation",
        mistaken(A3, "forward_propagation", ("np.tanh(Z1)", "np.sinh(Z1)")),
    )
    assert "tanh" not in said


def test_the_students_text_is_shown_whole_where_the_cell_is_indented() -> None:
    text = mistaken(A4, "linear_forward", ("np.dot(W, A) + b", "np.dot(W, A) + b * 4"))
    source = "\n".join(f"  {line}" for line in text.splitlines())
    assert "`b * 4`" in said_of(A4, "linear_forward", source)


@pytest.mark.parametrize(
    "source",
    [
        "def linear_forward(A, W, b):\n    return 1, 2\n",
        "linear_forward = lambda A, W, b: (np.dot(W, A) - b, (A, W, b))",
        "def linear_forward(A, W, b):\n    while True:\n        return None\n",
        "def linear_forward(A, W, b):\n    return W" + " + W" * 900 + "\n",
        "def linear_forward(A, W, b):\n" + "    A = A + A * W - b\n" * 500 + "    return A\n",
    ],
)
def test_nothing_is_said_where_no_single_edit_is_enough(source: str) -> None:
    assert said_of(A4, "linear_forward", source) == ""


def graded(a4: Assignment, worker: Any, raw: bytes, name: str) -> GradedExercise:
    """What a student is told of one exercise."""
    exercises = grade(raw, a4, worker, "a class").graded.exercises
    return next(exercise for exercise in exercises if exercise.name == name)


def test_a_student_reads_where_the_mistake_is(
    a4: Assignment, a4_worker: Any, submission: Any
) -> None:
    edit = ("dA_prev = np.dot(W.T, dZ)", "dA_prev = np.dot(W.T, dZ) * 3")
    raw = submission(a4, {"linear_backward": mistaken(A4, "linear_backward", edit)})
    found = graded(a4, a4_worker, raw, "linear_backward")
    assert (found.verdict, found.misconceptions) == ("wrong", ())
    assert "`np.dot(W.T, dZ) * 3` is too much" in found.message
    assert "The line: dA_prev = np.dot(W.T, dZ) * 3" in found.message
    assert len(found.message.splitlines()) <= 6


def test_a_mistake_after_another_one_is_found_with_right_functions_before_it(
    a4: Assignment, a4_worker: Any, submission: Any
) -> None:
    earlier = ("dA_prev = np.dot(W.T, dZ)", "dA_prev = np.dot(W.T, dZ) * 3")
    later = ('grads["dW" + str(l + 1)] = dW_temp', 'grads["dW" + str(l + 1)] = dW_temp * 5')
    cells = {
        "linear_backward": mistaken(A4, "linear_backward", earlier),
        "L_model_backward": mistaken(A4, "L_model_backward", later),
    }
    found = graded(a4, a4_worker, submission(a4, cells), "L_model_backward")
    assert found.verdict == "wrong"
    assert "`dW_temp * 5` is too much" in found.message
