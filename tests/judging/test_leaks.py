"""What one attempt can tell about the hidden cases: attacks through everything that leaves a run.

Pages, tables, reports and ``grade --json`` are made of the marks and of the recorded notebook, so
these are what is looked at. A mark that an attack would leave is put together while it runs, so
that it does not stand in the code, which the recorded notebook shows as well.
"""

from __future__ import annotations

import json
import textwrap
from typing import Any

import pytest

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import attempt_secret, judged_cases, make_cases
from grader.judging import diagnosis
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.recording.autograded_notebook import autograded_submission
from grader.sandbox.host.worker import Worker

SECRET = "the secret of a class that exists in tests only"


@pytest.fixture(scope="module")
def a3() -> Assignment:
    """The shallow network, whose nn_model builds on six functions."""
    return assignments.load("a3_shallow_network")


@pytest.fixture
def worker(warm_worker: Any) -> Worker:
    """A warm worker for the shallow network."""
    made: Worker = warm_worker("a3_shallow_network")
    return made


def all_that_leaves(raw: bytes, assignment: Assignment, worker: Worker) -> tuple[Graded, str]:
    """The marks, and everything that later steps are given of a submission, as one text."""
    done = grade(raw, assignment, worker, SECRET)
    made = autograded_submission(done.notebook, done.graded, assignment)
    parts = [
        done.graded.as_dict("x.ipynb"),
        made.notebooks[0].text,
        made.grading.as_dict(),
        list(done.graded.notes),
    ]
    return done.graded, json.dumps(parts, ensure_ascii=False)


def message_of(graded: Graded, name: str) -> str:
    """What the student is told about one exercise."""
    return next(exercise.message for exercise in graded.exercises if exercise.name == name)


# With the reference at hand -----------------------------------------------------------------------

WRONG_BACKWARD = "def backward_propagation(parameters, cache, X, Y):\n    return {}\n"

MARK = "''.join(['LE', 'AK'])"
"""Evaluates to what must not be found. Its number is 48271."""

AT_HAND = """
def asked_for(text):
    \"\"\"Whether the reference answers, and what it says of inputs of our own.\"\"\"
    return backward_propagation.__code__.co_name == "reference"

def heard(X, Y, n_h):
    np.random.seed(3)
    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])
    A2, cache = forward_propagation(X, parameters)
    return backward_propagation(parameters, cache, X, Y)
"""

CHANNELS = {
    "the text of an exception": "raise ValueError(mark + str(told))",
    "a long text": "raise ValueError('x' * 400 + mark)",
    "the name of an exception": "raise type(mark, (Exception,), {})('x')",
    "the text of a shape error": "raise ValueError('shapes not aligned: ' + mark)",
    "the text of a NotImplementedError": "raise NotImplementedError(mark)",
    "the line of an exception": """
import linecache
for name in list(linecache.cache):
    if name.startswith("<cell"):
        lines = [mark + "\\n"] * 500
        linecache.cache[name] = (1, None, lines, name)
raise ValueError("x")""",
    "the file of an exception": "exec(compile('1/0', '<cell ' + mark + '>', 'exec'))",
    "a name in the code": "exec(mark + ' = ' + mark + 'X')",
    "the keys of a dict": "return {mark: np.ones(3), 'W1': 1}",
    "a value": "return {'W1': np.full((n_h, X.shape[0]), 48271.0), 'b1': 1, 'W2': 1, 'b2': 1}",
    "a number in place of a dict": "return 48271",
    "a text in place of a dict": "return mark",
    "a shape": "return {'W1': np.ones((3, 48271)), 'b1': 1, 'W2': 1, 'b2': 1}",
    "the type of a value": "return {'W1': type(mark, (), {})(), 'b1': 1, 'W2': 1, 'b2': 1}",
    "a print": "print(mark); return {}",
    "standard error": "import sys; print(mark, file=sys.stderr); return {}",
    "the real standard error": "import os; os.write(2, mark.encode()); return {}",
    "a warning": "import warnings; warnings.warn(mark); return {}",
    "an error of the reference": "return backward_propagation(mark, mark, 48271, X)",
    "a missing key": "return {}[mark]",
    "the end of the process": "import os; os._exit(ord(mark[0]))",
}


def telling(channel: str) -> str:
    """An ``nn_model`` that tells through a channel once the reference answers."""
    body = textwrap.indent(f"told = heard(X, Y, n_h)\nmark = {MARK}\n{channel.strip()}", " " * 8)
    return (
        f"{AT_HAND}\ndef nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):\n"
        f"    if asked_for(X):\n{body}\n    raise KeyError('nothing')\n"
    )


@pytest.mark.parametrize("channel", CHANNELS)
def test_nothing_that_is_said_beside_the_reference_leaves_the_run(
    a3: Assignment,
    worker: Worker,
    submission: Any,
    channel: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # None of these is two known mistakes at once, and to try them all takes most of the time.
    monkeypatch.setattr(diagnosis, "_pairs", lambda *_exercise: ())
    cells = {"backward_propagation": WRONG_BACKWARD, "nn_model": telling(CHANNELS[channel])}
    graded, text = all_that_leaves(submission(a3, cells), a3, worker)
    assert "LEAK" not in text
    assert text.count("48271") == json.dumps(cells).count("48271")
    assert message_of(graded, "nn_model")


def test_a_plain_function_tells_no_more_than_others(
    a3: Assignment, worker: Worker, submission: Any
) -> None:
    plain = (
        "def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):\n"
        "    parameters = initialize_parameters(X.shape[0], n_h, Y.shape[0])\n"
        "    A2, cache = forward_propagation(X, parameters)\n"
        "    grads = backward_propagation(parameters, cache, X, Y)\n"
        "    raise ValueError(f'LE{1}AK shapes not aligned {grads}')\n"
    )
    cells = {"backward_propagation": WRONG_BACKWARD, "nn_model": plain}
    _graded, text = all_that_leaves(submission(a3, cells), a3, worker)
    # As it was handed in it knows nothing: its own backward_propagation gave {}.
    assert "LE1AK" not in text.replace("LE1AK shapes not aligned {}", "")


def test_what_one_run_has_heard_is_not_said_by_a_later_one(
    a3: Assignment, worker: Worker, submission: Any
) -> None:
    keep = """
import os, tempfile
for folder in (".", tempfile.gettempdir(), "/dev/shm", os.path.expanduser("~")):
    try:
        with open(os.path.join(folder, "heard"), "w") as file:
            file.write(mark + str(told))
    except OSError:
        pass
if os.fork() == 0:
    import time
    while True:
        time.sleep(0.05)
        open("heard", "w").write(mark)
return {}"""
    tell = """
import os, tempfile
for folder in (".", tempfile.gettempdir(), "/dev/shm", os.path.expanduser("~")):
    if os.path.exists(os.path.join(folder, "heard")):
        raise ValueError(open(os.path.join(folder, "heard")).read())
return 1"""
    cells = {
        "backward_propagation": WRONG_BACKWARD,
        "nn_model": telling(keep),
        "predict": "def predict(parameters, X):\n" + textwrap.indent(tell.strip(), "    "),
    }
    _graded, text = all_that_leaves(submission(a3, cells), a3, worker)
    assert "LEAK" not in text


# What a run finds ---------------------------------------------------------------------------------

LOOKING = """
import gc, sys

def cases_in_memory():
    \"\"\"How many arrays of cases are found through the frames that called us.\"\"\"
    found, frame = set(), sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()):
            cases = getattr(value, "cases", None)
            if isinstance(cases, dict):
                found |= set(cases)
            if isinstance(value, dict) and "given" in value:
                found.add("given")
        frame = frame.f_back
    return sorted(found)
"""


@pytest.mark.parametrize("where", ["as it was handed in", "while it is loaded"])
def test_code_that_looks_about_finds_no_cases_of_other_exercises(
    a3: Assignment, worker: Worker, submission: Any, where: str
) -> None:
    head = "def compute_cost(A2, Y):\n"
    if where == "while it is loaded":
        code = (
            f"{LOOKING}\nFOUND = cases_in_memory()\n{head}    raise ValueError(f'found: {{FOUND}}')"
        )
    else:
        code = f"{LOOKING}\n{head}    raise ValueError(f'found: {{cases_in_memory()}}')"
    graded, _text = all_that_leaves(submission(a3, {"compute_cost": code}), a3, worker)
    message = message_of(graded, "compute_cost")
    assert "found: []" in message or "found: ['given']" in message


# One attempt and the next -------------------------------------------------------------------------


def tells_its_arguments(a4: Assignment, more: str = "") -> dict[str, str]:
    """A notebook in which one function says what it is called with."""
    code = f"def compute_cost(AL, Y):\n    raise ValueError(f'{{AL.tolist()}}'){more}\n"
    return {"compute_cost": code}


def test_what_is_shown_of_a_failure_comes_from_cases_of_this_attempt(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    first = submission(a4, tells_its_arguments(a4))
    second = submission(a4, tells_its_arguments(a4, "  # another attempt"))
    seen = [
        message_of(grade(raw, a4, a4_worker, SECRET, student=student).graded, "compute_cost")
        for raw, student in ((first, "ada"), (second, "ada"), (first, "ben"), (first, "ada"))
    ]
    assert "[[0." in seen[0]
    assert len(set(seen)) == 3
    assert seen[0] == seen[3]  # the same attempt, graded again
    for judged in judged_cases(a4, "compute_cost", SECRET):
        number = str(judged.case.args[0].ravel()[0])
        assert not any(number in message for message in seen)


def test_each_purpose_attempt_and_student_has_cases_of_its_own(a4: Assignment) -> None:
    secrets = {
        SECRET,
        attempt_secret(SECRET, "ada", b"one"),
        attempt_secret(SECRET, "ada", b"two"),
        attempt_secret(SECRET, "ben", b"one"),
        attempt_secret("another class", "ada", b"one"),
        attempt_secret(SECRET, "ada", b"one") + "with references",
    }
    first = {make_cases(a4, "compute_cost", one)[0].case.args[0].tobytes() for one in secrets}
    assert len(first) == len(secrets) == 6


def test_a_known_mistake_is_shown_on_a_public_case(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    mistake = a4.exercise("compute_cost").misconceptions[0]
    text = a4.variant_source("compute_cost", mistake)
    said = {
        message_of(
            grade(submission(a4, {"compute_cost": cell}), a4, a4_worker, secret).graded, name
        )
        for name in ["compute_cost"]
        for secret in (SECRET, "another class")
        for cell in (text, text + "\n# again")
    }
    assert len(said) == 1
    assert "On a case with" in said.pop()
