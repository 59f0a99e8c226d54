"""What is said of a wrong function is true of its code."""

from __future__ import annotations

import re
from typing import Any

import pytest

from grader.exercises import assignment as assignments
from grader.exercises.answers import run_on_cases
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.cases import make_cases
from grader.judging.blame import blame
from grader.judging.blanks import is_blank
from grader.judging.diagnosis import KnownMistakes, diagnosis_of
from grader.judging.evidence import bears_out
from grader.judging.global_names import names_from_the_notebook
from grader.judging.grade import grade

A1, A2 = "a1_numpy_basics", "a2_logistic_regression"
A3, A4 = "a3_shallow_network", "a4_deep_network"


def said_of(name: str, exercise: str, source: str) -> str:
    """What is said where a known mistake gives what a function gives; empty where none does."""
    assignment = assignments.load(name)
    namespace = assignment.namespace()
    run_source(source, namespace, exercise)
    cases = make_cases(assignment, exercise, "of a test")
    outcomes = run_on_cases(namespace[exercise], cases)
    found = KnownMistakes(assignment, exercise, cases).matching(outcomes)
    if not found or not bears_out(assignment, exercise, found, source):
        return ""
    return diagnosis_of(assignment, exercise, found).message


def with_edit(name: str, exercise: str, old: str, new: str) -> str:
    """The solution of an exercise with one thing changed."""
    text = assignments.load(name).solution(exercise)
    assert old in text
    return text.replace(old, new)


OTHER_CODE = {
    "a threshold beside one half": (A3, "predict", "A2 > 0.5", "A2 > 0.6", "Z2 is compared"),
    "the seed of the cases, set": (A3, "nn_model", "seed(3)", "seed(2)", "is not there"),
    "a size from the notebook": (
        A3, "layer_sizes", "n_x = X.shape[0]\n    n_h = 4\n    n_y = Y.shape[0]",
        "n_x, n_y = len([0, 0]), len([0])\n    n_h = 4", "written as",
    ),
    "parentheses around a sum": (
        A4, "L_model_backward", "-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))",
        "-(Y / AL + (1 - Y) / (1 - AL))", "parentheses are needed",
    ),
    "the other side of the curve": (
        A1, "sigmoid", "1 / (1 + np.exp(-x))", "1 - 1 / (1 + np.exp(-x))", "sign in the exponent",
    ),
    "None, returned": (A4, "compute_cost", "return cost", "return None", "which was given, is"),
    "the other class": (
        A2, "predict", "np.dot(w.T, X) + b", "np.dot(-w.T, X) + b", "The bias is subtracted",
    ),
    "always one": (A2, "sigmoid", "return s", "return 1", "softmax"),
    "a key of another dictionary": (
        A4, "update_parameters", 'grads["dW" + str(l + 1)]', 'grads["dW" + str(l + 1)]["W1"]',
        "keys begin",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHER_CODE)
def test_other_code_with_the_results_of_a_known_mistake_hears_nothing_untrue(kind: str) -> None:
    name, exercise, old, new, untrue = OTHER_CODE[kind]
    assert untrue not in said_of(name, exercise, with_edit(name, exercise, old, new))


_OF_CODE = re.compile(
    r"written as (a|the) (rounded )?number|was given, is missing|is not there, or|reaches only"
    r"|seeded (again|in between)|look at the parentheses|one round too early|minus sign is missing"
)


@pytest.mark.parametrize("name", assignments.names())
def test_no_sentence_of_a_known_mistake_claims_what_results_do_not_show(name: str) -> None:
    messages = {
        (exercise.name, mistake.name): mistake.message
        for exercise in assignments.load(name).exercises
        for mistake in exercise.misconceptions
    }
    assert {key: text for key, text in messages.items() if _OF_CODE.search(text)} == {}


@pytest.mark.parametrize("name", [A1, A4])
def test_a_known_mistake_is_borne_out_by_its_own_code_and_not_by_right_code(name: str) -> None:
    assignment = assignments.load(name)
    for exercise in assignment.exercises:
        right = assignment.solution(exercise.name)
        for mistake in exercise.misconceptions:
            source = assignment.variant_source(exercise.name, mistake)
            assert bears_out(assignment, exercise.name, [mistake.name], source), mistake.name
            if mistake.name in ("loop-starts-at-zero", "cache-beyond-the-end", "math-exp"):
                assert not bears_out(assignment, exercise.name, [mistake.name], right)


def test_parameters_may_have_other_names_in_the_code_that_bears_a_mistake_out() -> None:
    assignment = assignments.load(A4)
    text = "def linear_activation_backward(d, c, kind):\n    linear_cache, activation_cache = c\n"
    text += "    dZ = relu_backward(d, c)\n    dZ = sigmoid_backward(d, c)\n"
    assert bears_out(assignment, "linear_activation_backward", ["whole-cache-to-both"], text)


# Whom a right function fails through -------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "enough", "blamed"),
    [
        (["f", "g"], [{"g"}], ["g"]),
        (["f", "g"], [{"f", "g"}], ["f", "g"]),
        (["f", "g", "h"], [{"f", "h"}], ["f", "h"]),
        (["f"], [{"h"}], ["h"]),
        ([], [{"g"}], ["g"]),
        (["f"], [{"f", "h"}], ["f", "g", "h"]),
    ],
)
def test_only_functions_are_blamed_without_which_it_is_right(
    wrong: list[str], enough: list[set[str]], blamed: list[str]
) -> None:
    def is_right_with(names: Any) -> bool:
        return any(need <= set(names) for need in enough)

    assert blame(["f", "g", "h"], wrong, is_right_with) == blamed


def test_a_function_that_is_not_called_is_not_blamed(
    a4: Assignment, a4_worker: Any, submission: Any
) -> None:
    linear = a4.solution("linear_backward").replace("axis=1", "axis=0")
    whole = a4.solution("linear_activation_backward").replace(
        "dA_prev, dW, db = linear_backward(dZ, linear_cache)",
        "A_prev, W, b = linear_cache\n        m = A_prev.shape[1]\n"
        "        dW, dA_prev = np.dot(dZ, A_prev.T), np.dot(W.T, dZ)\n"
        "        db = np.sum(dZ, axis=1, keepdims=True) / m",
    )
    cells = {"linear_backward": linear, "linear_activation_backward": whole}
    graded = grade(submission(a4, cells), a4, a4_worker, "a class").graded
    found = next(e for e in graded.exercises if e.name == "L_model_backward")
    assert found.verdict == "blocked"
    assert "linear_activation_backward" in found.message
    assert "linear_backward" not in found.message


# Where it stopped --------------------------------------------------------------------------------


def test_the_line_is_that_of_the_exercise_where_a_called_function_stops(
    a4: Assignment, a4_worker: Any, submission: Any
) -> None:
    text = (
        "def checked(Z):\n    return Z.no_such_thing\n\n"
        "def linear_forward(A, W, b):\n    Z = checked(np.dot(W, A) + b)\n    return Z, (A, W, b)\n"
    )
    graded = grade(submission(a4, {"linear_forward": text}), a4, a4_worker, "a class").graded
    found = next(e for e in graded.exercises if e.name == "linear_forward")
    assert "The line was: Z = checked(np.dot(W, A) + b)" in found.message
    assert "It stopped in checked" in found.message


def test_of_a_function_that_calls_no_earlier_one_it_is_said_what_is_wrong(
    a4: Assignment, a4_worker: Any, submission: Any
) -> None:
    texts = {
        "linear_activation_forward": "    Z = W @ A_prev + 2 * b\n    return np.tanh(Z), Z",
        "linear_activation_backward": "    assert COUNT.append(1) is None\n    return dA.shape",
    }
    cells = {name: a4.solution(name) for name in ("linear_forward", "linear_backward")}
    cells = {name: text.replace("np.dot(W", "2 * np.dot(W") for name, text in cells.items()}
    for name, text in texts.items():
        head = a4.solution(name).partition("\n")[0]
        cells[name] = f"COUNT = []\n{head}\n{text}"
    graded = grade(submission(a4, cells), a4, a4_worker, "a class").graded
    messages = {e.name: e.message for e in graded.exercises if e.name in texts}
    assert "values are off" in messages["linear_activation_forward"]
    assert "should hold 3 values" in messages["linear_activation_backward"]
    assert not any("Mend linear" in message for message in messages.values())


def test_variables_of_the_notebook_are_seen_in_a_function_with_an_old_name() -> None:
    cell = "def normalizeRows(x):\n    return x / norms\n\nnormalize_rows = normalizeRows"
    assert names_from_the_notebook("normalize_rows", cell, ["norms = 3", cell], ()) == ["norms"]


def test_a_function_that_calls_itself_takes_no_variable_of_the_notebook() -> None:
    cell = "def normalizeRows(x):\n    return normalizeRows(x) or normalize_rows(x)"
    cells = [f"{cell}\n\nnormalize_rows = normalizeRows", "normalizeRows = memo(normalizeRows)"]
    assert names_from_the_notebook("normalize_rows", cells[0], cells, ()) == []


def test_constants_and_functions_of_the_notebook_are_no_data_of_it() -> None:
    cell = "def cost(x):\n    return double(x + EPS) / m / N / half(x + rng.random()) / AL"
    others = ["EPS = 1e-8\nN = X.size", "double = lambda x: 2 * x", "m = 209"]
    others += ["half = np.vectorize(f)\nrng = np.random.RandomState(3)", "AL = L_model(x)"]
    assert names_from_the_notebook("cost", cell, [*others, cell], ()) == ["AL", "N", "m"]


# What nobody has begun ---------------------------------------------------------------------------

BLANK = {
    "None": (A4, "linear_forward", "Z = None\n    assert Z.shape == 2\n    return Z, (A, W, b)"),
    "several": (
        A4, "L_model_forward", "A, cache = None, None\n    AL, cache = None\n    return AL",
    ),
    "by keys": (
        A4, "update_parameters",
        'L = len(params) // 2\n    for l in range(L):\n        params["W" + str(l+1)] = None\n'
        '        params["b" + str(l+1)] = None\n    return params',
    ),
    "dots": (A2, "sigmoid", "s = ...\n    return s"),
    "pass": (
        A2, "predict",
        "m = X.shape[1]\n    Y_prediction = np.zeros((1, m))\n    A = None\n"
        "    for i in range(A.shape[1]):\n        pass\n    return Y_prediction",
    ),
    "a line that shapes": (
        A4, "compute_cost", "m = Y.shape[1]\n    cost = None\n    cost = np.squeeze(cost)\n"
        "    return cost",
    ),
}  # fmt: skip
BEGUN = {
    "one of two": (
        A2, "initialize_with_zeros", "w = np.zeros((dim, 1))\n    b = None\n    return w, b",
    ),
    "returned at once": (A2, "sigmoid", "s = None\n    return 1 / (1 + np.exp(z))"),
    "None to begin with": (
        A4, "compute_cost", "cost = None\n    cost = np.sum(AL)\n    return cost",
    ),
    "endless": (A4, "compute_cost", "while True: pass"),
    "something else is set": (A4, "compute_cost", "np.dot = None\n    return {}"),
    "under names of its own": (
        A4, "compute_cost", "total = 0\n    for i in range(Y.shape[1]):\n        if Y[0, i] == 1:\n"
        "            total -= np.log(AL[0, i])\n        else:\n            pass\n    return total",
    ),
    "a magic computes it": (A4, "linear_forward", "%time Z = W @ A + b\n    return Z, (A, W, b)"),
    "nothing left open": (A2, "sigmoid", "s = z\n    return s"),
}  # fmt: skip


def function(assignment: str, name: str, body: str) -> str:
    """A function with the parameters of an exercise and another body."""
    head = re.search(rf"^def {name}\([^)]*\):", assignments.load(assignment).solution(name), re.M)
    assert head is not None
    return f"{head[0]}\n    {body}\n"


@pytest.mark.parametrize("kind", BLANK)
def test_a_blank_of_any_edition_is_not_begun(kind: str) -> None:
    name, exercise, body = BLANK[kind]
    assert is_blank(assignments.load(name), exercise, function(name, exercise, body))


def test_code_that_is_nested_very_deep_is_neither_blank_nor_known() -> None:
    assignment = assignments.load(A4)
    body = "cost = None\n    cost = 0" + " + 0" * 900 + "\n    return cost"
    source = function(A4, "compute_cost", body)
    assert not is_blank(assignment, "compute_cost", source)
    pair = ["less-for-greater", "bias-subtracted"]
    deep = function(A2, "predict", "A = w" + " + w" * 900 + "\n    return A")
    assert not bears_out(assignments.load(A2), "predict", pair, deep)


def test_two_known_mistakes_are_borne_out_by_numbers_that_nothing_else_gives() -> None:
    text = "def linear_backward(g, kept):\n    a, w, c = kept\n    m = a.shape[1]\n"
    text += "    return w.T @ g, g.dot(a.T), g.sum(axis=1) / m\n"
    said = said_of(A4, "linear_backward", text)
    assert "dW is a sum over the examples" in said and "db is flat" in said


@pytest.mark.parametrize("kind", BEGUN)
def test_a_function_that_computes_something_is_begun(kind: str) -> None:
    name, exercise, body = BEGUN[kind]
    assert not is_blank(assignments.load(name), exercise, function(name, exercise, body))


def test_no_solution_and_no_known_mistake_is_taken_for_a_blank() -> None:
    for name in assignments.names():
        assignment = assignments.load(name)
        for exercise in assignment.exercises:
            for variant in (*exercise.misconceptions, *exercise.correct_variants):
                source = assignment.variant_source(exercise.name, variant)
                assert not is_blank(assignment, exercise.name, source), (
                    exercise.name,
                    variant.name,
                )


def test_a_blank_of_another_edition_is_not_attempted(
    a4: Assignment, a4_worker: Any, submission: Any
) -> None:
    name, exercise, body = BLANK["None"]
    cells = {exercise: function(name, exercise, body)}
    graded = grade(submission(a4, cells), a4, a4_worker, "a class").graded
    found = next(e for e in graded.exercises if e.name == exercise)
    assert (found.verdict, found.misconceptions) == ("not attempted", ())
