"""The checks that students run: what they accept, and what they say."""

from __future__ import annotations

import ast
import copy
import functools
import importlib.util
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

import public_tests
from course.checks.compare import agrees
from course.checks.failures import CheckFailed, NotImplementedYet
from course.checks.fingerprint import fingerprint, same
from course.checks.stored_cases import public_cases
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.cases import PUBLIC_SECRET, judged_cases
from grader.exercises.markers import CODE_STUB
from grader.paths import PROJECT, UTILS
from tests.helpers.any_data import HOW

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
