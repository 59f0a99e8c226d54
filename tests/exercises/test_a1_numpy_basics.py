"""The NumPy assignment: its solutions against an oracle, and submissions as students write them.

The oracle shares no line with the solutions: it goes entry by entry, with the functions of ``math``
and with other closed forms.
"""

from __future__ import annotations

import cmath
import itertools
import math
from collections.abc import Callable
from typing import Any

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import judged_cases
from grader.judging.grade import grade
from grader.sandbox.host.worker import Worker
from tests.helpers import oracle
from tests.helpers.oracle import STEP, Array

SECRET = "the secret of a class that exists in tests only"

moderately = settings(oracle.moderately, max_examples=40)
side = st.integers(1, 6)
moderate = st.floats(-30, 30, allow_subnormal=False)
any_shape = arrays.array_shapes(min_dims=1, max_dims=3, max_side=5)
matrix_shape = arrays.array_shapes(min_dims=2, max_dims=2, max_side=6)
vectors = st.integers(1, 9).flatmap(
    lambda m: st.tuples(*[arrays.arrays(float, m, elements=moderate)] * 2)
)


def arrays_of(shape: st.SearchStrategy[Any]) -> st.SearchStrategy[Array]:
    """Arrays of moderate numbers."""
    return arrays.arrays(float, shape, elements=moderate)


@pytest.fixture(scope="module")
def a1() -> Assignment:
    """NumPy for neural networks."""
    return assignments.load("a1_numpy_basics")


@pytest.fixture
def a1_worker(warm_worker: Callable[..., Worker]) -> Worker:
    """A warm worker for the NumPy assignment."""
    return warm_worker("a1_numpy_basics")


# The solutions -----------------------------------------------------------------------------------


def entries(function: Callable[[float], complex], x: Array) -> Array:
    """A function of one number, applied entry by entry; the real part of it."""
    return np.array([function(float(v)).real for v in x.flat]).reshape(x.shape)


def curve(x: complex) -> complex:
    """The sigmoid as a hyperbolic tangent, of a complex number too."""
    return (1 + cmath.tanh(x / 2)) / 2


@moderately
@given(moderate)
def test_the_sigmoid_of_a_number_is_a_tangent_shifted_and_scaled(a1: Assignment, x: float) -> None:
    value = a1.reference.basic_sigmoid(x)
    assert type(value) is float
    assert value == pytest.approx(curve(x).real, rel=1e-9, abs=1e-15)


@moderately
@given(arrays_of(any_shape))
def test_the_sigmoid_of_an_array_is_that_of_every_entry(a1: Assignment, x: Array) -> None:
    value = a1.reference.sigmoid(x)
    assert value.shape == x.shape
    np.testing.assert_allclose(value, entries(curve, x), rtol=1e-9, atol=1e-15)


@moderately
@given(arrays_of(any_shape))
def test_the_derivative_is_the_slope_of_the_curve(a1: Assignment, x: Array) -> None:
    # The complex step: the imaginary part of one evaluation is the slope, exact to rounding.
    slopes = entries(lambda v: curve(v + 1j * STEP).imag / STEP + 0j, x)
    np.testing.assert_allclose(a1.reference.sigmoid_derivative(x), slopes, rtol=1e-6, atol=1e-15)


@pytest.mark.parametrize("name", ["sigmoid", "sigmoid_derivative"])
def test_a_single_number_is_taken_as_well_as_an_array(a1: Assignment, name: str) -> None:
    function = getattr(a1.reference, name)
    assert np.shape(function(0.5)) == ()
    assert function(0.5) == function(np.array([0.5]))[0]


@moderately
@given(side, side, side)
def test_the_column_of_an_image_goes_pixel_by_pixel_and_row_by_row(
    a1: Assignment, length: int, height: int, depth: int
) -> None:
    image = np.random.RandomState(length).permutation(length * height * depth)
    image = image.reshape(length, height, depth)
    column = a1.reference.image2vector(image)
    places = itertools.product(range(length), range(height), range(depth))
    assert column.tolist() == [[image[place]] for place in places]


@moderately
@given(arrays_of(matrix_shape).filter(lambda x: bool(np.abs(x).max(axis=1).min() > 1e-3)))
def test_normalised_rows_keep_their_direction_and_have_length_one(a1: Assignment, x: Array) -> None:
    before = x.copy()
    unit = a1.reference.normalize_rows(x)
    for row, original in zip(unit, before, strict=True):
        assert math.hypot(*row) == pytest.approx(1)
        length = math.hypot(*original)
        assert [length * entry for entry in row] == pytest.approx(list(original))
    assert np.array_equal(x, before)


@moderately
@given(arrays_of(matrix_shape))
def test_softmax_is_one_over_a_sum_of_differences(a1: Assignment, x: Array) -> None:
    shares = a1.reference.softmax(x)
    expected = [[1 / math.fsum(math.exp(k - j) for k in row) for j in row] for row in x]
    np.testing.assert_allclose(shares, expected, rtol=1e-9)


@moderately
@given(arrays_of(matrix_shape), st.floats(-20, 20))
def test_softmax_knows_differences_only(a1: Assignment, x: Array, shift: float) -> None:
    np.testing.assert_allclose(a1.reference.softmax(x + shift), a1.reference.softmax(x), rtol=1e-9)


@moderately
@given(vectors)
def test_the_losses_add_up_the_errors(a1: Assignment, pair: tuple[Array, Array]) -> None:
    errors = [float(a) - float(b) for a, b in zip(*pair, strict=True)]
    assert a1.reference.L1(*pair) == pytest.approx(math.fsum(math.fabs(e) for e in errors))
    assert a1.reference.L2(*pair) == pytest.approx(math.fsum(e * e for e in errors))
    assert np.ndim(a1.reference.L1(*pair)) == np.ndim(a1.reference.L2(*pair)) == 0


# The cases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["one class", "another class", "a third", "a fourth"])
def test_no_case_makes_the_plain_formula_warn(a1: Assignment, secret: str) -> None:
    with np.errstate(all="raise"):
        for exercise in a1.exercises:
            for judged in judged_cases(a1, exercise.name, secret):
                getattr(a1.reference, exercise.name)(*judged.case.args)


@pytest.mark.parametrize("secret", ["one class", "another class", "a third", "a fourth"])
def test_no_row_that_is_to_be_normalised_is_short(a1: Assignment, secret: str) -> None:
    for judged in judged_cases(a1, "normalize_rows", secret):
        (x,) = judged.case.args
        assert np.linalg.norm(x, axis=1).min() > 1


# Submissions as students of several editions write them ------------------------------------------

OLD_EDITION = {
    "basic_sigmoid": """import math

def basic_sigmoid(x):
    ### START CODE HERE ### (≈ 1 line of code)
    s = 1.0 / (1 + math.exp(-x))
    ### END CODE HERE ###
    return s""",
    "example": "x = [1, 2, 3]\nbasic_sigmoid(x)  # stops with an error, as it is meant to",
    "sigmoid": """import numpy as np

def sigmoid(x):
    s = 1.0 / (1 + np.exp(-x))
    return s""",
    "sigmoid_derivative": """def sigmoid_derivative(x):
    s = 1.0 / (1 + np.exp(-x))
    ds = s * (1 - s)
    return ds""",
    "image2vector": """def image2vector(image):
    v = image.reshape((image.shape[0] * image.shape[1] * image.shape[2], 1))
    return v""",
    "normalize_rows": """def normalize_rows(x):
    x_norm = np.linalg.norm(x, ord=2, axis=1, keepdims=True)
    x = x / x_norm
    return x""",
    "softmax": """def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    s = x_exp / x_sum
    return s""",
    "L1": """def L1(yhat, y):
    loss = np.sum(abs(y - yhat))
    return loss""",
    "L2": """def L2(yhat, y):
    loss = np.dot(y - yhat, y - yhat)
    return loss""",
}

NEW_EDITION = OLD_EDITION | {
    "first": "test = 'Hello World'\nprint('test: ' + test)\n%matplotlib inline",
    "basic_sigmoid": """import math
from public_tests import *

# GRADED FUNCTION: basic_sigmoid
def basic_sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s""",
    "example": "print(basic_sigmoid(1))\nbasic_sigmoid_test(basic_sigmoid)",
    "sigmoid_derivative": """def sigmoid_derivative(z):
    s = sigmoid(z)
    return np.multiply(s, 1 - s)""",
    "image2vector": "def image2vector(a):\n    return a.reshape(-1, 1)",
    "normalize_rows": """def normalize_rows(x):
    x /= np.linalg.norm(x, axis=1, keepdims=1)
    return x

normalizeRows_test(normalize_rows)""",
    "softmax": """def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    print(e.shape)
    return e / e.sum(axis=1)[:, np.newaxis]""",
    "L1": "def L1(yhat, y):\n    return sum(abs(y - yhat))",
    "L2": "def L2(yhat, y):\n    return np.array(np.sum(np.power(yhat - y, 2)))",
}


def bare(texts: dict[str, str]) -> bytes:
    """A notebook of plain code cells, with nothing that says which is which.

    The function that is to be mended, which other editions do not have, is in it.
    """
    mended = assignments.load("a1_numpy_basics").solution("standardize_rows")
    cells = [nbformat.v4.new_code_cell(text) for text in (*texts.values(), mended)]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()


@pytest.mark.parametrize(
    "texts", [OLD_EDITION, NEW_EDITION], ids=["the old edition", "the new edition"]
)
def test_solutions_of_the_known_editions_get_full_marks(
    a1: Assignment, a1_worker: Worker, texts: dict[str, str]
) -> None:
    graded = grade(bare(texts), a1, a1_worker, SECRET).graded
    wrong = [(e.name, e.message) for e in graded.exercises if e.verdict != "correct"]
    assert wrong == []
    assert graded.score == graded.max_score


MISTAKES = [
    ("basic_sigmoid", "def basic_sigmoid(x):\n    return 1 / 1 + math.exp(-x)", "parentheses"),
    ("sigmoid", "def sigmoid(x):\n    return 1 / (1 + math.exp(-x))", "takes every entry"),
    (
        "sigmoid_derivative",
        "def sigmoid_derivative(x):\n    s = sigmoid(x)\n    return s(1 - s)",
        "multiplication sign",
    ),
    ("image2vector", "def image2vector(a):\n    return a.flatten()", "rank-1"),
    (
        "normalize_rows",
        "def normalize_rows(x):\n    return x / np.linalg.norm(x, axis=1)",
        "keep the dimension",
    ),
    ("softmax", "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x))", "over the whole"),
    ("L1", "def L1(yhat, y):\n    return abs(sum(y - yhat))", "have cancelled already"),
    (
        "L2",
        "def L2(yhat, y):\n    loss = 0\n    for i in range(len(y)):\n"
        "        loss += (yhat[i] - y[i]) ** 2\n    return loss / len(y)",
        "number of examples",
    ),
]


@pytest.mark.parametrize(("name", "text", "words"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_usual_mistake_is_named_and_costs_itself_alone(
    a1: Assignment, a1_worker: Worker, name: str, text: str, words: str
) -> None:
    graded = grade(bare(NEW_EDITION | {name: text}), a1, a1_worker, SECRET).graded
    found = {e.name: e.message for e in graded.exercises if not e.points}
    assert list(found) == [name]
    assert words in found[name]


def test_a_wrong_sigmoid_costs_itself_alone(a1: Assignment, a1_worker: Worker) -> None:
    texts = NEW_EDITION | {"sigmoid": "def sigmoid(x):\n    return 1 / (1 + np.exp(x))"}
    graded = grade(bare(texts), a1, a1_worker, SECRET).graded
    found = {e.name: e.verdict for e in graded.exercises if e.verdict != "correct"}
    # The slope of the curve that runs the wrong way is the same, so it is right all the same.
    assert found == {"sigmoid": "wrong"}
    texts["sigmoid"] = "def sigmoid(x):\n    return np.tanh(x)"
    graded = grade(bare(texts), a1, a1_worker, SECRET).graded
    found = {e.name: e.verdict for e in graded.exercises if e.verdict != "correct"}
    assert found == {"sigmoid": "wrong", "sigmoid_derivative": "blocked"}
    assert graded.score == graded.max_score - 10


# Cases -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["L1", "L2"])
def test_there_are_as_many_predictions_as_true_values_whatever_the_secret(
    a1: Assignment, name: str
) -> None:
    """Every attempt has cases of its own, so a seed in a hundred is a student of every class."""
    exercise = a1.exercise(name)
    uneven = [
        (seed, case.name)
        for seed in range(400)
        for case in exercise.cases(np.random.RandomState(seed), a1.reference)
        if len(case.args[0]) != len(case.args[1])
    ]
    assert uneven == []
