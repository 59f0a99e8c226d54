"""The shallow network: its solutions against an oracle, its data, pictures and fair marks.

The oracle shares no line with the solutions: loops over units and examples, with complex numbers,
so that a derivative is the imaginary part of one evaluation (the complex step), exact to rounding.
"""

from __future__ import annotations

import cmath
import contextlib
import inspect
import io
import json
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st

import planar_utils
from course.checks import calling, public_check
from course.checks.plain_data import from_json, to_json
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.judging.reference_process import ReferenceProcess
from grader.sandbox import limits
from grader.sandbox.host.worker import Worker
from tests.helpers import oracle
from tests.helpers.oracle import (
    Array,
    Parameters,
    assert_close,
    cost_of,
    examples,
    moderately,
    outputs,
    seeds,
    sizes,
)

NAME = "a3_shallow_network"


@pytest.fixture(scope="module")
def a3() -> Assignment:
    """The shallow network."""
    return assignments.load(NAME)


# The oracle --------------------------------------------------------------------------------------


def forward(X: Array, p: Mapping[str, Array]) -> tuple[Array, Array]:
    """A1 and A2, a unit and an example at a time, for real or complex parameters."""
    n_h, n_y, m = p["W1"].shape[0], p["W2"].shape[0], X.shape[1]
    A1, A2 = np.zeros((n_h, m), dtype=complex), np.zeros((n_y, m), dtype=complex)
    for i in range(m):
        for unit in range(n_h):
            z = sum(p["W1"][unit, k] * X[k, i] for k in range(X.shape[0])) + p["b1"][unit, 0]
            A1[unit, i] = (cmath.exp(2 * z) - 1) / (cmath.exp(2 * z) + 1)
        for unit in range(n_y):
            z = sum(p["W2"][unit, k] * A1[k, i] for k in range(n_h)) + p["b2"][unit, 0]
            A2[unit, i] = 1 / (1 + cmath.exp(-z))
    return A1, A2


def gradient(X: Array, Y: Array, p: Parameters, name: str) -> Array:
    """The gradient of the cost with respect to one parameter, by the complex step."""
    return oracle.gradient(lambda moved: cost_of(forward(X, p | {name: moved})[1], Y), p[name])


def network(seed: int, n_x: int, n_h: int, n_y: int, m: int) -> tuple[Array, Array, Parameters]:
    """An input, labels and parameters."""
    random = np.random.RandomState(seed)
    parameters = {
        "W1": random.randn(n_h, n_x),
        "b1": random.randn(n_h, 1) * 0.5,
        "W2": random.randn(n_y, n_h),
        "b2": random.randn(n_y, 1) * 0.5,
    }
    return random.randn(n_x, m), random.randint(0, 2, (n_y, m)), parameters


# The solutions -----------------------------------------------------------------------------------


@moderately
@given(sizes, outputs, examples)
def test_the_sizes_are_those_of_one_example(a3: Assignment, n_x: int, n_y: int, m: int) -> None:
    assert a3.reference.layer_sizes(np.zeros((n_x, m)), np.zeros((n_y, m))) == (n_x, 4, n_y)


@moderately
@given(seeds, sizes, sizes, outputs)
def test_parameters_go_on_with_the_random_numbers_of_the_caller(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int
) -> None:
    np.random.seed(seed)
    parameters = a3.reference.initialize_parameters(n_x, n_h, n_y)
    stream = np.random.RandomState(seed).randn(n_h * n_x + n_y * n_h) / 100
    assert set(parameters) == {"W1", "b1", "W2", "b2"}
    assert_close(parameters["W1"], stream[: n_h * n_x].reshape(n_h, n_x))
    assert_close(parameters["W2"], stream[n_h * n_x :].reshape(n_y, n_h))
    assert_close(parameters["b1"], np.zeros((n_h, 1)))
    assert_close(parameters["b2"], np.zeros((n_y, 1)))


@moderately
@given(seeds, sizes, sizes, outputs, examples)
def test_the_forward_pass_is_that_of_the_formulas(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int, m: int
) -> None:
    X, _, parameters = network(seed, n_x, n_h, n_y, m)
    A2, cache = a3.reference.forward_propagation(X, parameters)
    A1, expected = forward(X, parameters)
    assert_close(A2, expected)
    assert_close(cache["A1"], A1)
    assert_close(cache["A2"], expected)
    assert_close(np.tanh(cache["Z1"]), A1)
    assert_close(scipy.special.expit(cache["Z2"]), expected)


@moderately
@given(seeds, examples, st.sampled_from(["int64", "uint8", "float64", "bool"]))
def test_the_cost_is_the_mean_cross_entropy_for_labels_of_every_type(
    a3: Assignment, seed: int, m: int, dtype: str
) -> None:
    random = np.random.RandomState(seed)
    A2, Y = random.uniform(0.01, 0.99, (1, m)), random.randint(0, 2, (1, m)).astype(dtype)
    if dtype == "bool":
        Y = Y.astype("uint8")
    cost = a3.reference.compute_cost(A2, Y)
    assert isinstance(cost, float)
    assert_close(cost, cost_of(A2, Y))


@moderately
@given(seeds, sizes, sizes, outputs, examples, st.sampled_from(["int64", "uint8"]))
def test_the_backward_pass_is_the_derivative_of_the_cost(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int, m: int, dtype: str
) -> None:
    X, Y, parameters = network(seed, n_x, n_h, n_y, m)
    _, cache = a3.reference.forward_propagation(X, parameters)
    grads = a3.reference.backward_propagation(parameters, cache, X, Y.astype(dtype))
    assert set(grads) == {"dW1", "db1", "dW2", "db2"}
    for name in parameters:
        assert_close(grads["d" + name], gradient(X, Y, parameters, name))


@moderately
@given(seeds, sizes, sizes, outputs, st.none() | st.floats(0.001, 3))
def test_an_update_is_one_step_downhill_and_leaves_the_old_parameters_alone(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int, rate: float | None
) -> None:
    _, _, parameters = network(seed, n_x, n_h, n_y, 1)
    before = {name: value.copy() for name, value in parameters.items()}
    grads = {"d" + name: np.cos(value) for name, value in parameters.items()}
    updated = a3.reference.update_parameters(parameters, grads, *([rate] if rate else []))
    for name, value in before.items():
        assert_close(updated[name], value - (rate or 1.2) * np.cos(value))
        assert_close(parameters[name], value)


@settings(deadline=None, max_examples=8, derandomize=True)
@given(seeds, st.integers(1, 3), st.integers(1, 3), st.integers(0, 4))
def test_a_training_takes_as_many_steps_downhill_as_asked(
    seed: int, n_x: int, n_h: int, steps: int
) -> None:
    X, Y, _ = network(seed, n_x, n_h, 1, 4)
    learned = assignments.load(NAME).reference.nn_model(X, Y, n_h, steps)
    stream = np.random.RandomState(3).randn(n_h * n_x + n_h) / 100
    expected = {
        "W1": stream[: n_h * n_x].reshape(n_h, n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": stream[n_h * n_x :].reshape(1, n_h),
        "b2": np.zeros((1, 1)),
    }
    for _ in range(steps):
        step = {name: gradient(X, Y, expected, name) for name in expected}
        expected = {name: value - 1.2 * step[name] for name, value in expected.items()}
    for name, value in expected.items():
        assert_close(learned[name], value)


def test_a_training_prints_the_cost_at_every_thousandth_step(
    a3: Assignment, capsys: pytest.CaptureFixture[str]
) -> None:
    X, Y, _ = network(1, 2, 3, 1, 5)
    a3.reference.nn_model(X, Y, 3, 2001, print_cost=True)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"Cost after iteration {i}" for i in (0, 1000, 2000)
    ]
    assert float(lines[0].split(":")[1]) == pytest.approx(math.log(2), abs=1e-3)


@moderately
@given(seeds, sizes, sizes, examples)
def test_a_prediction_is_one_where_the_probability_is_above_one_half(
    a3: Assignment, seed: int, n_x: int, n_h: int, m: int
) -> None:
    X, _, parameters = network(seed, n_x, n_h, 1, m)
    expected = [[a.real > 0.5 for a in forward(X, parameters)[1][0]]]
    assert np.array_equal(a3.reference.predict(parameters, X), expected)


def test_a_probability_of_one_half_is_predicted_as_zero(a3: Assignment) -> None:
    _, _, parameters = network(1, 2, 3, 1, 1)
    nothing = {name: 0 * value for name, value in parameters.items()}
    assert not a3.reference.predict(nothing, np.ones((2, 3))).any()


def test_four_hidden_units_learn_the_flower(a3: Assignment) -> None:
    X, Y = planar_utils.load_planar_dataset()
    parameters = a3.reference.nn_model(X, Y, 4, 2000)
    assert np.mean(a3.reference.predict(parameters, X) == Y) > 0.85


# The data ----------------------------------------------------------------------------------------


def test_the_flower_has_400_points_of_two_classes_as_notebooks_expect() -> None:
    X, Y = planar_utils.load_planar_dataset()
    assert X.shape == (2, 400) and Y.shape == (1, 400)
    assert Y.dtype == np.uint8 and Y.sum() == 200
    again, _ = planar_utils.load_planar_dataset()
    assert np.array_equal(X, again)


def test_loading_data_leaves_the_random_numbers_of_the_notebook_alone() -> None:
    np.random.seed(7)
    planar_utils.load_planar_dataset()
    planar_utils.load_extra_datasets()
    assert np.random.rand() == np.random.RandomState(7).rand()


def test_an_odd_number_of_points_is_refused() -> None:
    with pytest.raises(ValueError, match="even"):
        planar_utils.load_planar_dataset(points=401)


def test_the_extra_datasets_are_pairs_of_rows_and_labels() -> None:
    found = planar_utils.load_extra_datasets()
    assert len(found) == 5
    for X, y in found:
        assert X.shape == (200, 2) and y.shape == (200,)
        assert set(np.unique(y % 2)) == {0, 1}
    assert set(np.unique(found[2][1])) == set(range(6))


@moderately
@given(st.floats(-1e3, 1e3))
def test_the_sigmoid_is_scipys_and_never_overflows(x: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        assert_close(planar_utils.sigmoid(x), scipy.special.expit(x))


# The pictures ------------------------------------------------------------------------------------

X_FEW, Y_FEW = planar_utils.load_planar_dataset(20)


@pytest.mark.parametrize(
    "answer",
    [
        lambda rows: rows[:, 0] > 0,
        lambda rows: (rows[:, 0] > 0).astype(int).reshape(1, -1),
        lambda rows: 1.0 * (rows[:, [0]] > 0),
    ],
    ids=["flat", "row", "column"],
)
def test_the_decision_boundary_takes_what_models_of_old_notebooks_give(
    answer: Callable[[Array], Array],
) -> None:
    plt.figure()
    try:
        planar_utils.plot_decision_boundary(answer, X_FEW, Y_FEW)
        plt.gcf().savefig(io.BytesIO(), format="png", dpi=40)
    finally:
        plt.close()


# The judge ---------------------------------------------------------------------------------------


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


def test_the_public_checks_and_the_judge_begin_with_the_same_random_numbers() -> None:
    assert calling.CASE_SEED == limits.CASE_SEED


def test_a_check_gives_the_same_answer_whatever_was_drawn_before(a3: Assignment) -> None:
    for seed in (0, 1):
        np.random.seed(seed)
        with contextlib.redirect_stdout(io.StringIO()):
            public_check.check("initialize_parameters", a3.reference.initialize_parameters)


def test_the_check_accepts_the_seed_that_older_editions_set_inside(a3: Assignment) -> None:
    def seeded(n_x: int, n_h: int, n_y: int) -> Parameters:
        np.random.seed(2)
        parameters: Parameters = a3.reference.initialize_parameters(n_x, n_h, n_y)
        return parameters

    with contextlib.redirect_stdout(io.StringIO()):
        public_check.check("initialize_parameters", seeded)


# Earlier functions that are answered from outside ------------------------------------------------


def draw(count: int) -> Array:
    """Random numbers."""
    numbers: Array = np.random.randn(count)
    return numbers


def call(process: ReferenceProcess, arguments: tuple[Any, ...], state: Any) -> dict[str, Any]:
    """The answer to a call of ``draw``."""
    request = {"call": "draw", "arguments": to_json(arguments), "named": to_json({})}
    body = json.dumps(request | {"random": to_json(state)}).encode()
    answer: dict[str, Any] = json.loads(process.allowing(["draw"])(body, time.monotonic() + 30))
    return answer


def test_a_function_answered_from_outside_goes_on_with_the_random_numbers_of_its_caller() -> None:
    random = np.random.RandomState(3)
    with contextlib.closing(ReferenceProcess({"draw": draw})) as process:
        for count in (3, 4):
            answer = call(process, (count,), random.get_state())
            assert np.array_equal(from_json(answer["value"]), random.randn(count))
            name, key, *rest = random.get_state()
            new_name, new_key, *new_rest = from_json(answer["random"])
            assert (name, rest) == (new_name, new_rest) and np.array_equal(key, new_key)


@pytest.mark.parametrize(
    "state",
    [
        None,
        ("MT19937",),
        ("MT19937", np.zeros(623, np.uint32), 0, 0, 0.0),
        ("MT19937", np.zeros(624, np.uint32), 625, 0, 0.0),
        ("MT19937", np.zeros(624, np.uint32), -1, 0, 0.0),
        ("MT19937", np.zeros(624, np.int64), 0, 0, 0.0),
        ("PCG64", np.zeros(624, np.uint32), 0, 0, 0.0),
    ],
)
def test_a_made_up_state_of_the_random_numbers_is_not_used(state: Any) -> None:
    with contextlib.closing(ReferenceProcess({"draw": draw})) as process:
        assert from_json(call(process, (2,), state)["value"]).shape == (2,)


def test_arguments_that_only_older_editions_hand_over_are_dropped() -> None:
    with contextlib.closing(ReferenceProcess({"draw": draw})) as process:
        answer = call(process, (2, {"W1": 1.0}), None)
    assert from_json(answer["value"]).shape == (2,)
    assert len(inspect.signature(draw).parameters) == 1
