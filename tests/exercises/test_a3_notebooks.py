"""The shallow network in notebooks of several editions of the course: each gets fair marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.sandbox.host.worker import Worker

NAME = "a3_shallow_network"


@pytest.fixture(scope="module")
def a3() -> Assignment:
    """The shallow network."""
    return assignments.load(NAME)


@pytest.fixture
def worker(warm_worker: Callable[..., Worker]) -> Worker:
    """A warm worker for the shallow network."""
    return warm_worker(NAME)


OLD_IMPORTS = """
import numpy as np
import matplotlib.pyplot as plt
from testCases_v2 import *
import sklearn
import sklearn.datasets
import sklearn.linear_model
from planar_utils import plot_decision_boundary, sigmoid, load_planar_dataset, load_extra_datasets

%matplotlib inline
np.random.seed(1)
"""
OLD_LOGISTIC_REGRESSION = """
X, Y = load_planar_dataset()
clf = sklearn.linear_model.LogisticRegressionCV();
clf.fit(X.T, Y.T);
"""


def old_cell(head: str, *lines: str) -> str:
    """A function as a student of another edition wrote it, without our markers."""
    body = "\n".join(f"    {line}" for line in lines)
    return f"# GRADED FUNCTION\ndef {head}:\n{body}\n"


PARAMETERS = '{"W1": W1, "b1": b1, "W2": W2, "b2": b2}'
OLD_SOLUTIONS = {
    "layer_sizes": old_cell(
        "layer_sizes(X, Y)",
        "### START CODE HERE ### (≈ 3 lines of code)",
        "n_x = X.shape[0]",
        "n_h = 4",
        "n_y = Y.shape[0]",
        "return (n_x, n_h, n_y)",
    ),
    "initialize_parameters": old_cell(
        "initialize_parameters(n_x, n_h, n_y)",
        "np.random.seed(2)",
        "W1 = np.random.randn(n_h,n_x)*0.01",
        "b1 = np.zeros((n_h,1))",
        "W2 = np.random.randn(n_y,n_h)*0.01",
        "b2 = np.zeros((n_y,1))",
        "assert (W1.shape == (n_h, n_x))",
        f"return {PARAMETERS}",
    ),
    "forward_propagation": old_cell(
        "forward_propagation(X, parameters)",
        "W1, b1, W2, b2 = [parameters[k] for k in ('W1', 'b1', 'W2', 'b2')]",
        "Z1 = np.dot(W1,X)+b1",
        "A1 = np.tanh(Z1)",
        "Z2 = np.dot(W2,A1)+b2",
        "A2 = sigmoid(Z2)",
        "assert(A2.shape == (1, X.shape[1]))",
        "return A2, {'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}",
    ),
    "compute_cost": old_cell(
        "compute_cost(A2, Y, parameters)",
        "m = Y.shape[1]",
        "W1 = parameters['W1']",
        "W2 = parameters['W2']",
        "logprobs = np.multiply(np.log(A2),Y) + np.multiply((1-Y),np.log(1-A2))",
        "cost = -np.sum(logprobs)/m",
        "cost = np.squeeze(cost)",
        "assert(isinstance(cost, float))",
        "return cost",
    ),
    "backward_propagation": old_cell(
        "backward_propagation(parameters, cache, X, Y)",
        "m = X.shape[1]",
        "W2, A1, A2 = parameters['W2'], cache['A1'], cache['A2']",
        "dZ2 = A2-Y",
        "dW2 = 1/m*np.dot(dZ2,A1.T)",
        "db2 = 1/m*np.sum(dZ2,axis=1,keepdims=True)",
        "dZ1 = np.dot(W2.T,dZ2)*(1-np.power(A1,2))",
        "dW1 = 1/m*np.dot(dZ1,X.T)",
        "db1 = 1/m*np.sum(dZ1,axis=1,keepdims=True)",
        "return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}",
    ),
    "update_parameters": old_cell(
        "update_parameters(parameters, grads, learning_rate = 1.2)",
        "W1 = parameters['W1']-learning_rate*grads['dW1']",
        "b1 = parameters['b1']-learning_rate*grads['db1']",
        "W2 = parameters['W2']-learning_rate*grads['dW2']",
        "b2 = parameters['b2']-learning_rate*grads['db2']",
        f"return {PARAMETERS}",
    ),
    "nn_model": old_cell(
        "nn_model(X, Y, n_h, num_iterations = 10000, print_cost=False)",
        "np.random.seed(3)",
        "n_x = layer_sizes(X, Y)[0]",
        "n_y = layer_sizes(X, Y)[2]",
        "parameters = initialize_parameters(n_x,n_h,n_y)",
        "for i in range(0, num_iterations):",
        "    A2, cache = forward_propagation(X, parameters)",
        "    cost = compute_cost(A2, Y, parameters)",
        "    grads = backward_propagation(parameters, cache, X, Y)",
        "    parameters = update_parameters(parameters, grads)",
        "    if print_cost and i % 1000 == 0:",
        '        print ("Cost after iteration %i: %f" %(i, cost))',
        "return parameters",
    ),
    "predict": old_cell(
        "predict(parameters, X)",
        "A2, cache = forward_propagation(X, parameters)",
        "predictions = np.round(A2)",
        "return predictions",
    ),
}
NEW_SOLUTIONS = OLD_SOLUTIONS | {
    "initialize_parameters": OLD_SOLUTIONS["initialize_parameters"].replace(
        "    np.random.seed(2)\n", ""
    ),
    "compute_cost": OLD_SOLUTIONS["compute_cost"]
    .replace(", parameters)", ")")
    .replace("    W1 = parameters['W1']\n    W2 = parameters['W2']\n", ""),
    "nn_model": OLD_SOLUTIONS["nn_model"].replace("(A2, Y, parameters)", "(A2, Y)"),
}


def graded(a3: Assignment, worker: Worker, solutions: Mapping[str, str]) -> Graded:
    """The marks of a notebook of bare cells, as the well-known course's notebooks are."""
    cells = [OLD_IMPORTS, OLD_LOGISTIC_REGRESSION, *solutions.values(), a3.solution("leaky_relu")]
    cells += ["parameters = nn_model(X, Y, n_h = 4, num_iterations = 10000, print_cost=True)"]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in cells]
    )
    return grade(nbformat.writes(notebook).encode(), a3, worker, "of the tests").graded


def verdicts(result: Graded) -> dict[str, str]:
    """The exercises that are not simply correct."""
    return {e.name: e.verdict for e in result.exercises if e.verdict != "correct"}


def test_the_newest_edition_of_the_notebook_gets_full_marks(a3: Assignment, worker: Worker) -> None:
    assert verdicts(graded(a3, worker, NEW_SOLUTIONS)) == {}


def test_the_oldest_edition_gets_full_marks_for_its_own_seed_and_third_parameter(
    a3: Assignment, worker: Worker
) -> None:
    result = graded(a3, worker, OLD_SOLUTIONS)
    assert verdicts(result) == {"nn_model": "blocked"}
    assert result.score == result.max_score
    message = next(e.message for e in result.exercises if e.name == "nn_model")
    assert "with ours in place of your initialize_parameters" in message
    assert "seed" in message


@pytest.mark.parametrize(
    ("name", "right", "wrong", "blocked"),
    [
        ("backward_propagation", "np.power(A1,2)", "A1", {"nn_model"}),
        ("initialize_parameters", "np.random.randn(n_h", "np.random.rand(n_h", {"nn_model"}),
        ("layer_sizes", "n_x = X.shape[0]", "n_x = X.shape[1]", {"nn_model"}),
        ("update_parameters", "-learning", "+learning", {"nn_model"}),
        ("forward_propagation", "np.tanh(Z1)", "sigmoid(Z1)", {"nn_model", "predict"}),
    ],
)
def test_a_mistake_is_charged_once(
    a3: Assignment, worker: Worker, name: str, right: str, wrong: str, blocked: set[str]
) -> None:
    mistaken = NEW_SOLUTIONS[name].replace(right, wrong)
    assert mistaken != NEW_SOLUTIONS[name]
    result = graded(a3, worker, NEW_SOLUTIONS | {name: mistaken})
    assert verdicts(result) == {name: "wrong"} | dict.fromkeys(blocked, "blocked")
    assert result.score == a3.max_score - a3.exercise(name).points


def test_a_minus_sign_before_unsigned_labels_is_explained(a3: Assignment, worker: Worker) -> None:
    mistaken = NEW_SOLUTIONS["compute_cost"].replace(
        "np.multiply(np.log(A2),Y) + np.multiply((1-Y),np.log(1-A2))",
        "np.multiply(-Y,np.log(A2)) - np.multiply((1-Y),np.log(1-A2))",
    )
    mistaken = mistaken.replace("cost = -np.sum", "cost = np.sum")
    result = graded(a3, worker, NEW_SOLUTIONS | {"compute_cost": mistaken})
    exercise = next(e for e in result.exercises if e.name == "compute_cost")
    assert exercise.verdict == "wrong"
    assert "255" in exercise.message
