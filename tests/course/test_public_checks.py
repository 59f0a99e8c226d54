"""The checks that students run: what they accept, and what they say."""

from __future__ import annotations

import ast
import contextlib
import copy
import functools
import importlib.util
import json
import math
import re
import subprocess
import sys
import textwrap
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import public_tests
from course.checks.compare import Comparison, Opaque, agrees, first_difference
from course.checks.describe import describe, words_for
from course.checks.failures import CheckFailed, NotImplementedYet
from course.checks.fingerprint import fingerprint, fingerprint_of_error, same
from course.checks.plain_data import ArrayStyle, PlainDataError, from_json, to_json
from course.checks.stored_cases import public_cases
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.cases import PUBLIC_SECRET, judged_cases
from grader.exercises.markers import CODE_STUB
from grader.paths import PROJECT, UTILS

moderately = settings(
    deadline=None,
    max_examples=80,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

EXERCISES = [
    pytest.param(name, exercise.name, id=exercise.name)
    for name in assignments.names()
    for exercise in assignments.load(name).exercises
]
every_exercise = pytest.mark.parametrize(("assignment_name", "name"), EXERCISES)


def check(name: str, function: Callable[..., Any], assignment_name: str | None = None) -> None:
    """What a notebook does: ``linear_forward_test(linear_forward)``."""
    getattr(public_tests, f"{name}_test")(function, assignment=assignment_name)


def complaint(
    name: str, function: Callable[..., Any], assignment_name: str | None = None
) -> CheckFailed:
    """The failure of a check on a wrong function."""
    with np.errstate(all="ignore"), pytest.raises(CheckFailed) as failure:
        check(name, function, assignment_name)
    return failure.value


def from_file(source: str, name: str, folder: Path, **names: Any) -> Callable[..., Any]:
    """A function out of a file, so that the text of its lines is known, as a notebook's is."""
    path = folder / f"cell_of_{name}.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    vars(module).update(names)
    spec.loader.exec_module(module)
    function: Callable[..., Any] = getattr(module, name)
    return function


# What they accept --------------------------------------------------------------------------------


@every_exercise
def test_the_solution_passes(
    assignment_name: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    check(name, getattr(assignments.load(assignment_name).reference, name), assignment_name)
    assert "All tests passed." in capsys.readouterr().out


@every_exercise
def test_every_right_variant_passes(assignment_name: str, name: str) -> None:
    assignment = assignments.load(assignment_name)
    refused = {}
    for variant in assignment.exercise(name).correct_variants:
        try:
            check(name, assignment.variant(name, variant), assignment_name)
        except CheckFailed as failure:
            refused[variant.name] = str(failure)
    assert refused == {}


@every_exercise
def test_there_is_a_check_of_the_usual_name(assignment_name: str, name: str) -> None:
    assert f"{name}_test" in public_tests.__all__


# What they say -----------------------------------------------------------------------------------


def stub(assignment: Assignment, name: str) -> Callable[..., Any]:
    """The function with the text that stands in a released, unsolved cell."""
    solution = assignment.solution(name)
    (function_there,) = ast.parse(solution).body
    assert isinstance(function_there, ast.FunctionDef)
    head = "\n".join(solution.splitlines()[: function_there.body[0].lineno - 1])
    namespace: dict[str, Any] = {}
    run_source(f"{head}\n{textwrap.indent(CODE_STUB, '    ')}", namespace, name)
    function: Callable[..., Any] = namespace[name]
    return function


@every_exercise
def test_an_unsolved_exercise_is_called_not_implemented_yet(
    assignment_name: str, name: str
) -> None:
    failure = complaint(name, stub(assignments.load(assignment_name), name), assignment_name)
    assert isinstance(failure, NotImplementedYet)
    assert failure.message.startswith("Not implemented yet.")


@every_exercise
def test_a_notebook_shows_the_message_without_a_traceback(assignment_name: str, name: str) -> None:
    failure = complaint(name, stub(assignments.load(assignment_name), name), assignment_name)
    lines = failure._render_traceback_()
    shown = " ".join(" ".join(lines).split())
    assert name in shown
    assert " ".join(failure.message.split()) in shown
    assert all(len(line) <= 100 or " " not in line.strip() for line in lines)
    assert "Traceback" not in shown and "NameError" not in shown


@functools.cache
def said_to_mistakes(assignment_name: str, name: str) -> dict[str, str]:
    """For each known mistake of an exercise what the check says to it."""
    assignment = assignments.load(assignment_name)
    return {
        mistake.name: complaint(name, assignment.variant(name, mistake), assignment_name).message
        for mistake in assignment.exercise(name).misconceptions
    }


@every_exercise
def test_every_known_mistake_is_named(assignment_name: str, name: str) -> None:
    said = said_to_mistakes(assignment_name, name)
    mistakes = assignments.load(assignment_name).exercise(name).misconceptions
    unnamed = {m.name: said[m.name] for m in mistakes if m.message not in said[m.name]}
    # Where the first line of the function was changed, that is what is said.
    assert {m: text for m, text in unnamed.items() if not text.startswith("Your `def` line")} == {}


KNOWN_NUMBERS = {f"{math.log(2):.4g}"}
"""The cost of a model that knows nothing is also the factor between two logarithms."""


@every_exercise
def test_no_message_shows_an_expected_number(assignment_name: str, name: str) -> None:
    assignment = assignments.load(assignment_name)
    cases = public_cases(name, assignment_name)[0]
    asked_for = {f"{abs(x):.4g}" for x in all_numbers(cases.expected) if is_telling(x)}
    given_away = {}
    for mistake in assignment.exercise(name).misconceptions:
        said = said_to_mistakes(assignment_name, name)[mistake.name].replace(mistake.message, "")
        shown = {f"{abs(float(x)):.4g}" for x in re.findall(r"\d+\.\d{3,}(?:e-?\d+)?", said)}
        shown -= KNOWN_NUMBERS
        if shown & asked_for:  # right entries of the student's own may be shown
            returned = results(assignment.variant(name, mistake), cases.arguments)
            own = {f"{abs(x):.4g}" for x in all_numbers(list(returned))}
            if shown & asked_for - own:
                given_away[mistake.name] = said
    assert given_away == {}


def is_telling(number: float) -> bool:
    """Whether a number is one that nobody meets by chance."""
    return math.isfinite(number) and len(f"{abs(number):.4g}".strip("0.")) >= 4


def all_numbers(value: Any) -> Iterator[float]:
    """Every number in a piece of plain data."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from all_numbers(part)
    elif isinstance(value, (np.ndarray, np.generic, int, float)):
        yield from (float(x) for x in np.asarray(value, dtype=float).flat)


def results(function: Callable[..., Any], arguments: list[Any]) -> Iterator[Any]:
    """What a function returns for each case; nothing where it fails."""
    for one in arguments:
        try:
            with np.errstate(all="ignore"):
                yield function(*copy.deepcopy(one))
        except Exception:
            continue


def test_a_crash_is_reported_with_the_line_of_the_student(tmp_path: Path) -> None:
    source = """
    import numpy as np

    def linear_forward(A, W, b):
        Z = np.dot(A, W) + b[7]  # both wrong
        return Z, (A, W, b)
    """
    function = from_file(textwrap.dedent(source), "linear_forward", tmp_path)
    said = complaint("linear_forward", function).message
    assert "Z = np.dot(A, W) + b[7]  # both wrong" in said


def test_a_crash_inside_a_given_function_shows_the_line_that_calls_it(
    a4: Assignment, tmp_path: Path
) -> None:
    source = """
    def linear_activation_backward(dA, cache, activation):
        linear_cache, activation_cache = cache
        dZ = relu_backward(dA[:1], activation_cache)
        return linear_backward(dZ, linear_cache)
    """
    function = from_file(
        textwrap.dedent(source),
        "linear_activation_backward",
        tmp_path,
        relu_backward=a4.reference.relu_backward,
        linear_backward=a4.reference.linear_backward,
    )
    said = complaint("linear_activation_backward", function).message
    assert "The line was: dZ = relu_backward(dA[:1], activation_cache)" in said


def test_what_is_no_function_is_called_so() -> None:
    assert "is not a function" in complaint("linear_forward", 3).message  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["right", "wrong", "unsolved"])
def test_a_check_leaves_the_random_numbers_of_the_notebook_alone(a4: Assignment, kind: str) -> None:
    name = "initialize_parameters"
    exercise = a4.exercise(name)
    function = {
        "right": a4.reference.initialize_parameters,
        "wrong": a4.variant(name, exercise.misconceptions[0]),
        "unsolved": stub(a4, name),
    }[kind]
    np.random.seed(7)
    expected = np.random.RandomState(7).randn(3)
    try:
        check(name, function)
    except CheckFailed:
        assert kind != "right"
    assert np.array_equal(np.random.randn(3), expected)


def test_a_check_gives_the_function_copies_of_its_inputs(a4: Assignment) -> None:
    def spoiling(A: Any, W: Any, b: Any) -> Any:
        result = a4.reference.linear_forward(A.copy(), W.copy(), b.copy())
        for array in (A, W, b):
            array[:] = 0
        return result

    check("linear_forward", spoiling)
    check("linear_forward", a4.reference.linear_forward)


# Where they run ----------------------------------------------------------------------------------

_ALONE = """
import sys
sys.path = [p for p in sys.path if p not in ({project!r}, {utils!r}, "")]
sys.path.insert(0, {utils!r})
from public_tests import *
try:
    linear_forward_test(lambda A, W, b: None)
except AssertionError as error:
    print(type(error).__name__, "|", error)
linear_forward_test(lambda A, W, b: (W @ A + b, (A, W, b)))
print(sorted(name for name in sys.modules if name.split(".")[0] == "grader"))
"""


def test_the_checks_work_without_the_grader(tmp_path: Path) -> None:
    program = _ALONE.format(project=str(PROJECT), utils=str(UTILS))
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-W", "error", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "CheckFailed | linear_forward: " in done.stdout
    assert "The function returns None." in done.stdout
    assert "All tests passed." in done.stdout
    assert "'grader" not in done.stdout


def test_a_call_that_fails_has_one_fingerprint_in_every_python() -> None:
    for old, new in (
        ("float division by zero", "division by zero"),  # 3.13, 3.14
        ("too many values to unpack (expected 2)", "too many values to unpack (expected 2, got 3)"),
    ):
        assert fingerprint_of_error("Error", old) == fingerprint_of_error("Error", new)
    three = "not enough values to unpack (expected 3, got 2)"
    assert fingerprint_of_error("Error", three) != fingerprint_of_error("Error", new)


# compare.py --------------------------------------------------------------------------------------

floats = st.floats(allow_nan=True, allow_infinity=True)
shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)
DTYPES = [
    *("bool", "int8", "int32", "int64", "uint8", "uint64"),
    *("float16", "float32", "float64"),
]


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray:
    """An array of any shape and dtype, special values among its entries."""
    shape = draw(shapes)
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    random = np.random.RandomState(draw(st.integers(0, 2**31)))
    array = random.randint(0, 2, shape) if dtype.kind == "b" else random.randn(*shape) * 50
    with np.errstate(all="ignore"):
        result = np.array(np.abs(array) if dtype.kind == "u" else array).astype(dtype)
    if dtype.kind == "f" and result.size and draw(st.booleans()):
        result.flat[0] = draw(st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -0.0]))
    return result


plain_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    floats,
    st.text(max_size=8),
    arrays(),
)
plain_data = st.recursive(
    plain_leaves,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.lists(parts, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.text(max_size=5), st.integers()), parts, max_size=3),
    ),
    max_leaves=6,
)
odd_objects = st.sampled_from(
    [Opaque("generator"), object(), {1, 2}, b"bytes", 1j, np.array(["a"]), np.array([1j]), len]
)
matrices = st.builds(
    lambda rows, columns, seed: np.random.RandomState(seed).randn(rows, columns),
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(0, 2**31),
)
HOW = Comparison()


@moderately
@given(plain_data)
def test_a_value_agrees_with_its_copy(value: Any) -> None:
    assert first_difference(value, copy.deepcopy(value), HOW) is None


@moderately
@given(plain_data, st.one_of(plain_data, odd_objects))
def test_any_two_values_can_be_compared(expected: Any, returned: Any) -> None:
    first_difference(expected, returned, HOW)


@moderately
@given(matrices)
def test_single_precision_is_accepted(array: np.ndarray) -> None:
    assert agrees(array, array.astype(np.float32), HOW)


@moderately
@given(matrices, st.floats(1e-3, 1e3))
def test_another_factor_is_rejected(array: np.ndarray, more: float) -> None:
    difference = first_difference(array, array * (1 + more), HOW)
    assert difference is not None and difference.kind == "value"


@moderately
@given(matrices)
def test_a_lost_dimension_is_rejected(array: np.ndarray) -> None:
    difference = first_difference(array, array.ravel(), HOW)
    assert difference is not None and difference.kind == "shape"


@moderately
@given(matrices)
def test_nan_is_rejected_where_the_reference_has_none(array: np.ndarray) -> None:
    spoilt = array.copy()
    spoilt.flat[-1] = np.nan
    difference = first_difference(array, spoilt, HOW)
    assert difference is not None and difference.kind == "nan"


@pytest.mark.parametrize(
    "cost", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5)], ids=lambda x: type(x).__name__
)
def test_a_number_may_come_as_any_type_of_number(cost: Any) -> None:
    assert agrees(np.float64(0.5), cost, HOW)


def test_an_array_of_one_element_is_a_number_only_where_that_is_allowed() -> None:
    assert not agrees(0.5, np.array([[0.5]]), HOW)
    assert agrees(0.5, np.array([[0.5]]), Comparison(allow_one_element_array=True))


@pytest.mark.parametrize("labels", [np.array([[True, False]]), np.array([[1, 0]], dtype=np.uint8)])
def test_predictions_may_be_of_any_numeric_type(labels: np.ndarray) -> None:
    assert agrees(np.array([[1.0, 0.0]]), labels, HOW)


def test_a_list_of_costs_may_be_an_array_and_the_other_way_round_not() -> None:
    assert agrees([0.5, 0.25], np.array([0.5, 0.25]), HOW)
    assert not agrees(np.array([0.5, 0.25]), [0.5, 0.25], HOW)


def test_an_extra_key_is_a_difference_unless_it_is_allowed() -> None:
    expected, returned = {"dW": 1.0}, {"dW": 1.0, "dZ": 2.0}
    difference = first_difference(expected, returned, HOW)
    assert difference is not None and (difference.kind, difference.path) == ("extra key", "['dZ']")
    assert agrees(expected, returned, Comparison(allow_extra_keys=True))


def dumps(value: Any, arrays: ArrayStyle = "bytes") -> str:
    """Plain data as text, as it is stored and sent."""
    return json.dumps(to_json(value, arrays))


def loads(text: str | bytes) -> Any:
    """What a text of the untrusted side holds."""
    return from_json(json.loads(text), trusted=False)


# plain_data.py -----------------------------------------------------------------------------------


def identical(one: Any, other: Any) -> bool:
    """Equal in every bit and every type."""
    if isinstance(one, np.ndarray):
        alike = isinstance(other, (np.ndarray, np.generic))
        return alike and one.dtype == other.dtype and one.tobytes() == np.asarray(other).tobytes()
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(identical(one[k], other[k]) for k in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other or (one != one and other != other))


@moderately
@given(plain_data)
def test_plain_data_comes_back_as_it_was(value: Any) -> None:
    assert identical(value, loads(dumps(value)))


@moderately
@given(plain_data)
def test_readable_numbers_are_stable_after_one_round(value: Any) -> None:
    once = from_json(to_json(value, "numbers"))
    assert identical(once, from_json(json.loads(dumps(once, "numbers"))))


def test_an_untrusted_array_comes_as_bytes_only() -> None:
    spelt_out = to_json(np.eye(2), "numbers")
    assert np.array_equal(from_json(spelt_out), np.eye(2))
    with pytest.raises(PlainDataError):
        from_json(spelt_out, trusted=False)


@moderately
@given(odd_objects)
def test_what_is_no_plain_data_arrives_as_the_name_of_its_type(value: Any) -> None:
    if not isinstance(value, Opaque):
        assert isinstance(loads(dumps(value)), Opaque)


WORDS = ["tuple", "list", "dict", "float", "opaque", "array"]
HEADS = ["dtype", "shape", "bytes", "numbers"]
scraps = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2**40),
    floats,
    st.sampled_from([*DTYPES, "object", "nan", "inf", "AAAA", "", "é", "=", "V8"]),
)
near_misses = st.recursive(
    scraps,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.dictionaries(st.sampled_from([*WORDS, *HEADS]), parts, min_size=1, max_size=2),
        st.fixed_dictionaries(
            {
                "array": st.fixed_dictionaries(
                    {
                        "dtype": st.one_of(st.sampled_from(DTYPES), parts),
                        "shape": st.one_of(st.lists(st.integers(0, 3), max_size=2), parts),
                    },
                    optional={
                        "bytes": st.one_of(st.sampled_from(["", "AAAAAAAAAAA="]), parts),
                        "numbers": st.one_of(st.lists(parts, max_size=3), parts),
                    },
                )
            }
        ),
    ),
    max_leaves=8,
)


@settings(moderately, max_examples=400)
@given(near_misses, st.booleans())
def test_the_decoder_refuses_what_it_does_not_know_and_never_fails_otherwise(
    data: Any, trusted: bool
) -> None:
    with contextlib.suppress(PlainDataError):
        from_json(data, trusted)


@pytest.mark.parametrize(
    "content",
    [
        {"dtype": "float64", "shape": [1], "numbers": [{"x": 1}]},
        {"dtype": "float64", "shape": [1], "numbers": ["text"]},
        {"dtype": "float64", "shape": [1], "numbers": 3},
        {"dtype": "uint8", "shape": [1], "numbers": [300]},
        {"dtype": ["float64"], "shape": [1], "bytes": ""},
        {"dtype": "float64", "shape": [0, 2**31 - 1, 2**31 - 1, 2**31 - 1], "bytes": ""},
        {"dtype": "float64", "shape": [-1], "bytes": ""},
        {"dtype": "float64", "shape": [2], "bytes": "AAAAAAAAAAA="},
        {"dtype": "object", "shape": [1], "bytes": "AAAAAAAAAAA="},
    ],
    ids=lambda content: json.dumps(content)[:60],
)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_malformed_array_is_refused(content: Any, trusted: bool) -> None:
    with pytest.raises(PlainDataError):
        from_json({"array": content}, trusted)


@pytest.mark.parametrize("text", ["[" * 900 + "]" * 900, "{}", '{"a": 1, "b": 2}'])
def test_what_is_no_plain_data_is_refused(text: Any) -> None:
    with pytest.raises(PlainDataError):
        loads(text)


def test_what_contains_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(PlainDataError):
        to_json(endless)


# describe.py -------------------------------------------------------------------------------------

QUANTITIES = {"m": 7, "learning_rate": 0.3}


def described(expected: Any, returned: Any, *returns: str) -> str:
    """The sentence on the first difference."""
    difference = first_difference(expected, returned, HOW)
    assert difference is not None
    return describe(difference, expected, returns, QUANTITIES)


@settings(moderately, max_examples=300)
@given(plain_data, st.one_of(plain_data, odd_objects))
def test_any_difference_can_be_described(expected: Any, returned: Any) -> None:
    difference = first_difference(expected, returned, HOW)
    assume(difference is not None)
    assert difference is not None
    assert describe(difference, expected, ("A", "cache"), QUANTITIES).strip()


@settings(moderately, max_examples=200)
@given(arrays(), st.integers(0, 2**31))
def test_any_two_arrays_of_one_shape_can_be_told_apart_in_words(
    expected: np.ndarray, seed: int
) -> None:
    random = np.random.RandomState(seed)
    returned = random.choice([0.0, 1.0, -2.5, 1e300, np.inf, np.nan], size=expected.shape)
    difference = first_difference(expected, np.asarray(returned), HOW)
    assume(difference is not None)
    assert difference is not None
    assert describe(difference, expected, (), QUANTITIES).strip()


def test_half_precision_is_named_where_it_is_all_that_is_wrong() -> None:
    right = np.array([[0.123456, -7.654321, 0.0]])
    assert "float16" in described(right, right.astype(np.float16))
    assert "float16" not in described(right, (2 * right).astype(np.float16))
    assert first_difference(right, right.astype(np.float32), HOW) is None


@pytest.mark.parametrize("kind", [complex, object, str])
def test_what_cannot_be_compared_as_a_number_is_none(kind: type) -> None:
    """Later code orders, rounds and takes logarithms."""
    right = np.array([[0.5, 0.25]])
    difference = first_difference(right, right.astype(kind), HOW)
    assert difference is not None and difference.kind == "type"
    assert "an array of dtype" in describe(difference, right, (), QUANTITIES)


def test_a_list_in_place_of_a_number_is_not_said_to_lack_the_shape_of_an_array() -> None:
    assert "should be a number, but it is a list" in described(np.array(0.5), [0.5])


@moderately
@given(st.one_of(plain_data, odd_objects))
def test_any_value_has_words(value: Any) -> None:
    assert words_for(value)


RANDOM = np.random.RandomState(5)
MATRIX = RANDOM.randn(3, 4)
SQUARE = RANDOM.randn(4, 4)


@pytest.mark.parametrize(
    ("expected", "returned", "words"),
    [
        (MATRIX, MATRIX * 7, "exactly m times too large"),
        (MATRIX, MATRIX / 7, "exactly m times too small"),
        (MATRIX, MATRIX * 49, "m² times too large"),
        (MATRIX, MATRIX * 0.3, "learning_rate"),
        (MATRIX, MATRIX * -7, "and has the wrong sign"),
        (MATRIX, MATRIX * 2, "2 times too large"),
        (MATRIX, -MATRIX, "has the wrong sign everywhere"),
        (MATRIX, np.abs(MATRIX), "has the wrong sign in some of its entries"),
        (MATRIX, MATRIX + 1, "off by the same amount (1) everywhere"),
        (MATRIX, MATRIX * 0, "zero everywhere"),
        (MATRIX * 0, MATRIX, "should be zero everywhere"),
        (MATRIX, MATRIX.T, "It looks transposed"),
        (SQUARE, SQUARE.T, "is transposed"),
        (MATRIX, MATRIX.T.reshape(3, 4), "the right numbers in the wrong order"),
        (MATRIX, MATRIX * (np.arange(3)[:, None] != 1), "wrong in the row 1"),
        (MATRIX, MATRIX * (np.arange(4) != 2), "wrong in the column 2"),
        (MATRIX, np.where(np.eye(3, 4) > 0, 0, MATRIX), "zero in some entries"),
        (MATRIX, MATRIX[0], "has lost a dimension"),
        (MATRIX, np.sum(MATRIX), "summed up to a single number"),
        (MATRIX, MATRIX[:, :2], "number of columns"),
        (MATRIX, MATRIX[:2], "number of rows"),
        (MATRIX, np.where(np.eye(3, 4) > 0, np.nan, MATRIX), "NaN"),
        (MATRIX, np.where(np.eye(3, 4) > 0, np.inf, MATRIX), "infinity"),
        (MATRIX, MATRIX.tolist(), "should be a NumPy array of shape (3, 4)"),
        (MATRIX, None, "returns None"),
        (MATRIX, MATRIX**3, "the right shape, but its values are off"),
        (0.5, np.array([[0.5]]), "should be a single number"),
        ({"W1": MATRIX}, {}, "W1 is missing"),
        ({"W1": MATRIX}, {"W1": MATRIX, "W2": MATRIX}, "holds W2"),
        ((MATRIX, SQUARE), (MATRIX,), "should hold 2 values, but it holds 1"),
        ((MATRIX, SQUARE), (MATRIX, None), "is None"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_difference_is_put_in_words(expected: Any, returned: Any, words: str) -> None:
    assert words in described(expected, returned)


def test_a_value_in_the_place_of_another_is_noticed() -> None:
    said = described((MATRIX, SQUARE), (SQUARE, MATRIX), "dW", "dA")
    assert "dW (the first returned value) holds what belongs in dA" in said


def test_braces_in_a_key_of_the_student_do_no_harm() -> None:
    said = described({"W1": 1.0}, {"{place}": 1.0, "{0}": 2})
    assert "W1 is missing" in said and "{place}" in said


# fingerprint.py ----------------------------------------------------------------------------------


@moderately
@given(plain_data)
def test_a_value_has_the_fingerprint_of_its_copy(value: Any) -> None:
    assert same(fingerprint(value), fingerprint(copy.deepcopy(value)))


@moderately
@given(plain_data)
def test_a_fingerprint_survives_being_stored(value: Any) -> None:
    assert same(fingerprint(value), json.loads(json.dumps(fingerprint(value))))


@moderately
@given(plain_data, plain_data)
def test_any_two_fingerprints_can_be_compared(one: Any, other: Any) -> None:
    assert same(fingerprint(one), fingerprint(other)) == same(fingerprint(other), fingerprint(one))


@moderately
@given(matrices, st.data())
def test_another_entry_gives_another_fingerprint(array: np.ndarray, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, array.size - 1))
    changed = array.copy()
    changed.flat[index] += 0.01 * np.linalg.norm(array)
    assert not same(fingerprint(array), fingerprint(changed))


@moderately
@given(matrices)
def test_another_order_gives_another_fingerprint(array: np.ndarray) -> None:
    assume(array.size > 1)
    assert not same(fingerprint(array), fingerprint(array.ravel()[::-1].reshape(array.shape)))


@every_exercise
def test_no_known_mistake_has_the_fingerprints_of_the_right_results(
    assignment_name: str, name: str
) -> None:
    cases = public_cases(name, assignment_name)[0]
    right = [fingerprint(value) for value in cases.expected]
    assert cases.mistakes
    for mistake in cases.mistakes:
        assert not all(map(same, mistake.outcomes, right)), mistake.message


@every_exercise
def test_the_public_cases_are_those_of_the_public_seed(assignment_name: str, name: str) -> None:
    stored = public_cases(name, assignment_name)[0]
    derived = judged_cases(assignments.load(assignment_name), name, PUBLIC_SECRET)
    assert stored.names == [judged.case.name for judged in derived]
    for arguments, expected, judged in zip(stored.arguments, stored.expected, derived, strict=True):
        assert agrees(judged.case.args, arguments, HOW)
        assert agrees(judged.expected, expected, HOW)


def test_of_several_assignments_with_a_function_the_one_of_the_folder_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = public_cases("predict")
    assert len(editions) > 1
    for edition in editions:
        right = assignments.load(edition.assignment).reference.predict
        for other in editions:
            (tmp_path / other.assignment).mkdir(exist_ok=True)
            monkeypatch.chdir(tmp_path / other.assignment)
            if other is edition:
                check("predict", right)
            else:
                complaint("predict", right)
    monkeypatch.chdir(tmp_path)
    for edition in editions:
        check("predict", assignments.load(edition.assignment).reference.predict)


def test_a_check_of_an_assignment_that_has_no_such_exercise_says_so(a5: Assignment) -> None:
    failure = complaint("linear_forward", lambda A, W, b: None, a5.name)
    assert "a5_cat_classifier has no such exercise" in failure.message


def test_the_module_of_checks_says_which_checks_there_are() -> None:
    assert isinstance(public_tests, types.ModuleType)
    with pytest.raises(AttributeError, match="linear_forward_test"):
        public_tests.linear_forwards_test  # noqa: B018
