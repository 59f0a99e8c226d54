"""Logistic regression in notebooks as students write them: what is right, and what is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Variant
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.sandbox.host.worker import Worker

NAME = "a2_logistic_regression"


@pytest.fixture(scope="module")
def a2() -> Assignment:
    """Logistic regression."""
    return assignments.load(NAME)


@pytest.fixture
def a2_worker(warm_worker: Callable[..., Worker]) -> Worker:
    """A warm worker for logistic regression."""
    return warm_worker(NAME)


CELLS = {
    "imports": """
import numpy as np
import copy
import matplotlib.pyplot as plt
import h5py
from lr_utils import load_dataset

%matplotlib inline
train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()
train_set_x = train_set_x_orig.reshape(train_set_x_orig.shape[0], -1).T / 255.
test_set_x = test_set_x_orig.reshape(test_set_x_orig.shape[0], -1).T / 255.
""",
    "sigmoid": """
# GRADED FUNCTION: sigmoid
def sigmoid(z):
    s = 1/(1+np.exp(-z))
    return s
""",
    "initialize_with_zeros": """
def initialize_with_zeros(dim):
    w = np.zeros(shape=(dim, 1))
    b = 0
    assert(isinstance(b, float) or isinstance(b, int))
    return w, b
""",
    "propagate": """
def propagate(w, b, X, Y):
    m = X.shape[1]
    # FORWARD PROPAGATION (FROM X TO COST)
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)) / m
    # BACKWARD PROPAGATION (TO FIND GRAD)
    dw = np.dot(X, (A - Y).T) / m
    db = np.sum(A - Y) / m
    assert(dw.shape == w.shape)
    assert(db.dtype == float)
    cost = np.squeeze(np.array(cost))
    grads = {"dw": dw,
             "db": db}
    return grads, cost
""",
    "optimize": """
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    w = copy.deepcopy(w)
    b = copy.deepcopy(b)
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        dw = grads["dw"]
        db = grads["db"]
        w = w - learning_rate * dw
        b = b - learning_rate * db
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print ("Cost after iteration %i: %f" %(i, cost))
    params = {"w": w, "b": b}
    grads = {"dw": dw, "db": db}
    return params, grads, costs
""",
    "predict": """
def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))
    w = w.reshape(X.shape[0], 1)
    A = sigmoid(np.dot(w.T, X) + b)
    for i in range(A.shape[1]):
        if A[0, i] > 0.5 :
            Y_prediction[0, i] = 1
        else:
            Y_prediction[0, i] = 0
    return Y_prediction
""",
    "model": """
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5,
          print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, grads, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate,
                                    print_cost)
    w = params["w"]
    b = params["b"]
    Y_prediction_test = predict(w, b, X_test)
    Y_prediction_train = predict(w, b, X_train)
    print("train accuracy: {} %".format(100 - np.mean(np.abs(Y_prediction_train - Y_train)) * 100))
    d = {"costs": costs,
         "Y_prediction_test": Y_prediction_test,
         "Y_prediction_train" : Y_prediction_train,
         "w" : w,
         "b" : b,
         "learning_rate" : learning_rate,
         "num_iterations": num_iterations}
    return d
""",
    "training": """
logistic_regression_model = model(train_set_x, train_set_y, test_set_x, test_set_y, 2000, 0.005)
plt.plot(np.squeeze(logistic_regression_model['costs']))
""",
}
"""A notebook without metadata, in the style of many, with one edition's asserts and another's
order."""


def graded_with(a2: Assignment, worker: Worker, *edits: tuple[str, str]) -> Graded:
    """Grade the notebook with edits: pairs (old, new), each old text occurring exactly once."""
    text = "\0".join(CELLS.values())
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    cells = [nbformat.v4.new_code_cell(cell.strip("\n")) for cell in text.split("\0")]
    cells.append(nbformat.v4.new_code_cell(a2.solution("momentum_step")))
    notebook = nbformat.v4.new_notebook(cells=cells)
    return grade(nbformat.writes(notebook).encode(), a2, worker, "a secret").graded


def not_right(graded: Graded) -> dict[str, str]:
    """The verdicts other than ``correct``."""
    return {e.name: e.verdict for e in graded.exercises if e.verdict != "correct"}


RIGHT_EDITS = {
    "as-it-is": (),
    "positional-without-defaults": (
        (
            "num_iterations=100, learning_rate=0.009, print_cost=False",
            "num_iterations, alpha, show=False",
        ),
        ("w = w - learning_rate * dw", "w = w - alpha * dw"),
        ("b = b - learning_rate * db", "b = b - alpha * db"),
        ("            if print_cost:\n", "            if show:\n"),
    ),
    "no-copy": (("    w = copy.deepcopy(w)\n    b = copy.deepcopy(b)\n", ""),),
    "caller-s-weights-changed": (
        ("    w = copy.deepcopy(w)\n", ""),
        ("w = w - learning_rate * dw", "w -= learning_rate * dw"),
    ),
    "bias-as-a-float": (("    b = 0\n", "    b = 0.0\n"),),
    "cost-as-a-float": (("cost = np.squeeze(np.array(cost))", "cost = float(np.squeeze(cost))"),),
    "rounded-predictions": (("    return Y_prediction\n", "    return np.round(A)\n"),),
    "truth-values-as-predictions": (("    return Y_prediction\n", "    return A > 0.5\n"),),
    "more-returned-by-the-model": (('d = {"costs": costs,', 'd = {"A": 1, "costs": costs,'),),
}


@pytest.mark.parametrize("edits", RIGHT_EDITS.values(), ids=RIGHT_EDITS)
def test_what_students_write_rightly_gets_full_marks(
    a2: Assignment, a2_worker: Worker, edits: Sequence[tuple[str, str]]
) -> None:
    graded = graded_with(a2, a2_worker, *edits)
    assert {e.name: e.message for e in graded.exercises if e.verdict != "correct"} == {}
    assert graded.score == a2.max_score


def test_a_wrong_pass_is_charged_once_and_blocks_what_builds_on_it(
    a2: Assignment, a2_worker: Worker
) -> None:
    graded = graded_with(a2, a2_worker, ("np.dot(X, (A - Y).T) / m", "np.dot(X, (Y - A).T) / m"))
    assert not_right(graded) == {
        "propagate": "wrong",
        "optimize": "blocked",
        "model": "blocked",
    }
    assert graded.score == a2.max_score - 25


def test_a_missing_sigmoid_is_charged_once(a2: Assignment, a2_worker: Worker) -> None:
    graded = graded_with(a2, a2_worker, ("def sigmoid(z):", "def squeeze(z):"))
    assert graded.score == a2.max_score - 10
    assert not_right(graded).pop("sigmoid") == "missing"
    assert set(not_right(graded).values()) == {"missing", "blocked"}


WRONG_EDITS = {
    "gradients-turned-round": (
        "propagate",
        (
            ("np.dot(X, (A - Y).T) / m", "np.dot(X, (Y - A).T) / m"),
            ("np.sum(A - Y) / m", "np.sum(Y - A) / m"),
        ),
    ),
    "labels-not-transposed": (
        "propagate",
        (
            ("np.dot(Y, np.log(A).T)", "np.dot(Y, np.log(A))"),
            ("np.dot(1 - Y, np.log(1 - A).T)", "np.dot(1 - Y, np.log(1 - A))"),
        ),
    ),
    "array-of-rank-one": (
        "initialize_with_zeros",
        (("np.zeros(shape=(dim, 1))", "np.zeros(dim)"),),
    ),
    "learning-rate-of-the-images": (
        "optimize",
        (
            ("w = w - learning_rate * dw", "w = w - 0.005 * dw"),
            ("b = b - learning_rate * db", "b = b - 0.005 * db"),
        ),
    ),
    "one-half-counts-as-a-cat": ("predict", (("A[0, i] > 0.5", "A[0, i] >= 0.5"),)),
    "probabilities-returned": ("predict", (("    return Y_prediction\n", "    return A\n"),)),
    "initialized-by-the-examples": ("model", (("(X_train.shape[0])", "(X_train.shape[1])"),)),
    "predictions-exchanged": (
        "model",
        (
            ("test = predict(w, b, X_test)", "test = predict(w, b, X_train)"),
            (
                "train = predict(w, b, X_train)\n    print",
                "train = predict(w, b, X_test)\n    print",
            ),
            ("Y_prediction_train - Y_train", "0"),
        ),
    ),
}


@pytest.mark.parametrize(("mistake", "name", "edits"), [(k, *v) for k, v in WRONG_EDITS.items()])
def test_a_mistake_in_a_student_s_own_style_is_named(
    a2: Assignment,
    a2_worker: Worker,
    mistake: str,
    name: str,
    edits: Sequence[tuple[str, str]],
) -> None:
    graded = graded_with(a2, a2_worker, *edits)
    found = {e.name: e for e in graded.exercises}[name]
    assert (found.points, found.misconceptions) == (0, (mistake,))
    assert graded.score == a2.max_score - found.max_points


def test_every_variant_has_a_name_of_its_own(a2: Assignment) -> None:
    for exercise in a2.exercises:
        variants: tuple[Variant, ...] = (*exercise.misconceptions, *exercise.correct_variants)
        names = [variant.name for variant in variants]
        assert len(set(names)) == len(names)
