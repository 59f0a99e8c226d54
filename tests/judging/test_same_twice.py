"""Marks rest on all runs of a function: one that answers now this, now that, has one guess."""

from __future__ import annotations

import textwrap
from types import SimpleNamespace
from typing import Any, cast

import pytest

from grader.exercises.assignment import Assignment
from grader.judging.attempt_runs import AttemptRuns
from grader.judging.grade import grade
from grader.judging.graded import GradedExercise
from grader.recording.autograded_notebook import check_outputs
from grader.sandbox.host.outcome import Outcome
from grader.sandbox.host.worker import Worker

SECRET = "the secret of a class that exists in tests only"

RIGHT = "return np.dot(W, A) + b, (A, W, b)"
WRONG = "return np.dot(W, A) - b, (A, W, b)"


def one_of(condition: str, before: str = "", inside: str = "") -> str:
    """A ``linear_forward`` that is right where a condition holds."""
    lines = [inside] if inside else []
    body = "\n".join([*lines, f"if {condition}:", f"    {RIGHT}", WRONG])
    return f"{before}\ndef linear_forward(A, W, b):\n{textwrap.indent(body, '    ')}\n"


def graded_one(
    a4: Assignment, worker: Worker, submission: Any, cells: dict[str, str], name: str
) -> GradedExercise:
    """One exercise of a notebook with these cells."""
    graded = grade(submission(a4, cells), a4, worker, SECRET).graded
    return next(exercise for exercise in graded.exercises if exercise.name == name)


COUNTING = "STATE['calls'] += 1"
TWO_GUESSES = {
    "in the process of the notebook": one_of("os.getpid() == 1", "import os"),
    "in a fork of it": one_of("os.getpid() != 1", "import os"),
    "in a process that is not its group's head": one_of("os.getpid() != os.getpgrp()", "import os"),
    "where its caller is another": one_of(
        "any(f.name == '_probe' for f in traceback.extract_stack())", "import traceback"
    ),
    "where its caller is not another": one_of(
        "not any(f.name == '_probe' for f in traceback.extract_stack())", "import traceback"
    ),
}


@pytest.mark.parametrize("where", TWO_GUESSES)
def test_a_function_that_sees_where_it_runs_has_one_guess(
    a4: Assignment, a4_worker: Worker, submission: Any, where: str
) -> None:
    cells = {"linear_forward": TWO_GUESSES[where]}
    found = graded_one(a4, a4_worker, submission, cells, "linear_forward")
    assert found.points == 0


@pytest.mark.parametrize("where", ["in the process of the notebook", "in a fork of it"])
def test_that_it_is_not_the_same_twice_is_said(
    a4: Assignment, a4_worker: Worker, isolated: bool, submission: Any, where: str
) -> None:
    if not isolated:
        pytest.skip("without isolation no process is the first")
    cells = {"linear_forward": TWO_GUESSES[where]}
    found = graded_one(a4, a4_worker, submission, cells, "linear_forward")
    assert found.verdict == "not the same twice"
    assert "counter" in found.message and "without a seed" in found.message
    assert "not the same twice" in check_outputs(found)[0]["text"]


UNSTEADY = {
    "random numbers": "rng = np.random.default_rng()\ndef linear_forward(A, W, b):\n"
    "    return np.dot(W, A) + b * rng.random(), (A, W, b)",
    "noise": "import random\ndef linear_forward(A, W, b):\n"
    "    return np.dot(W, A) + b * random.SystemRandom().random(), (A, W, b)",
    "the clock": "import time\ndef linear_forward(A, W, b):\n"
    "    return np.dot(W, A) + b * time.time_ns() % 1e6, (A, W, b)",
    "a coin that is tossed when the notebook is loaded": "import os\n"
    "COIN = int.from_bytes(os.urandom(6), 'big')\n"
    "def linear_forward(A, W, b):\n    return np.dot(W, A) + COIN * b, (A, W, b)",
}


@pytest.mark.parametrize("kind", UNSTEADY)
def test_a_function_that_leaves_it_to_chance_costs_itself_alone(
    a4: Assignment, a4_worker: Worker, submission: Any, kind: str
) -> None:
    raw = submission(a4, {"linear_forward": UNSTEADY[kind]})
    found = {e.name: e for e in grade(raw, a4, a4_worker, SECRET).graded.exercises}
    others = {name: e.verdict for name, e in found.items() if e.verdict != "correct"}
    assert others == {
        "linear_forward": "not the same twice",
        "linear_activation_forward": "blocked",
        "L_model_forward": "blocked",
    }
    assert [name for name, e in found.items() if e.points != e.max_points] == ["linear_forward"]


@pytest.mark.parametrize(
    ("factor", "verdict"),
    [("2", "wrong"), ("1 + (os.getpid() == 1)", "not the same twice")],
)
def test_a_mistake_of_its_own_beside_one_that_leaves_it_to_chance_costs_marks(
    a4: Assignment, a4_worker: Worker, isolated: bool, submission: Any, factor: str, verdict: str
) -> None:
    if not isolated:
        pytest.skip("without isolation no process is the first")
    own = a4.solution("linear_activation_forward").replace("return A,", f"return A * ({factor}),")
    cells = {
        "linear_forward": UNSTEADY["random numbers"],
        "linear_activation_forward": f"import os\n{own}",
    }
    found = graded_one(a4, a4_worker, submission, cells, "linear_activation_forward")
    assert (found.verdict, found.points) == (verdict, 0)


COUNTERS = [
    "STATE['calls'] <= 5",
    "STATE['calls'] > 5",
    "STATE['calls'] % 2 == 0",
    "STATE['others']",
    "not STATE['others']",
]


@pytest.mark.parametrize("condition", COUNTERS)
def test_a_function_that_counts_calls_has_one_guess(
    a4: Assignment, a4_worker: Worker, submission: Any, condition: str
) -> None:
    """What it gives when nothing else has been called before it is what it gives."""
    state = "STATE = {'calls': 0, 'others': False}"
    cells = {
        "initialize_parameters": f"{state}\n"
        + a4.solution("initialize_parameters").replace(
            "    W1 =", "    STATE['others'] = True\n    W1 =", 1
        ),
        "linear_forward": one_of(condition, inside=COUNTING),
    }
    found = graded_one(a4, a4_worker, submission, cells, "linear_forward")
    opposite = cells | {"linear_forward": one_of(f"not ({condition})", inside=COUNTING)}
    other = graded_one(a4, a4_worker, submission, opposite, "linear_forward")
    assert 0 in (found.points, other.points)


ACTIVATION = """
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    if SEEN:
        return A, (linear_cache, cache)
    return A * 2, (linear_cache, cache)
"""
SEEING = {
    "its name": "linear_forward.__code__.co_name != 'linear_forward'",
    "its file": "not linear_forward.__code__.co_filename.startswith('<cell')",
    "what it closes over": "bool(linear_forward.__code__.co_freevars)",
    "its source": "'channel' in __import__('inspect').getsource(linear_forward)",
    "its arguments": "linear_forward.__code__.co_argcount != 3",
}


@pytest.mark.parametrize("earlier", ["right", "wrong"])
@pytest.mark.parametrize("sign", SEEING)
def test_a_function_that_sees_who_answers_for_an_earlier_one_has_one_guess(
    a4: Assignment, a4_worker: Worker, submission: Any, sign: str, earlier: str
) -> None:
    cells = {"linear_activation_forward": ACTIVATION.replace("SEEN", SEEING[sign])}
    if earlier == "wrong":
        cells["linear_forward"] = a4.solution("linear_forward").replace("+ b", "- b")
    found = graded_one(a4, a4_worker, submission, cells, "linear_activation_forward")
    assert (found.verdict, found.points) == ("not the same twice", 0)


HONEST = {
    "reads a variable of the notebook": "UNIT = 1\ndef linear_forward(A, W, b):\n"
    "    return UNIT * np.dot(W, A) + b, (A, W, b)",
    "counts its calls": "CALLS = []\ndef linear_forward(A, W, b):\n"
    f"    CALLS.append(1)\n    {RIGHT}",
    "counts its calls in a global": "N = 0\ndef linear_forward(A, W, b):\n"
    f"    global N\n    N += 1\n    {RIGHT}",
    "remembers what it gave": "KNOWN = {}\ndef linear_forward(A, W, b):\n"
    "    key = (A.tobytes(), W.tobytes(), b.tobytes())\n"
    "    if key not in KNOWN:\n        KNOWN[key] = np.dot(W, A) + b\n"
    "    return KNOWN[key], (A, W, b)",
    "fills what was empty": "def linear_forward(A, W, b):\n"
    "    Z = np.empty((W.shape[0], A.shape[1]))\n    Z[:] = np.dot(W, A) + b\n"
    "    return Z, (A, W, b)",
    "a class": "class Layer:\n    def __call__(self, A, W, b):\n"
    f"        {RIGHT}\nlinear_forward = Layer()",
    "a lambda": "linear_forward = lambda A, W, b: (W @ A + b, (A, W, b))",
    "tells how long it took": "import time\ndef linear_forward(A, W, b):\n"
    "    began = time.time()\n    Z = np.dot(W, A) + b\n    print(time.time() - began)\n"
    "    return Z, (A, W, b)",
    "draws and throws away": "rng = np.random.default_rng()\ndef linear_forward(A, W, b):\n"
    f"    rng.random()\n    {RIGHT}",
    "adds in an order of its own": "def linear_forward(A, W, b):\n"
    "    order = np.random.default_rng().permutation(W.shape[1])\n"
    "    return np.dot(W[:, order], A[order]) + b, (A, W, b)",
}


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_function_that_is_not_plain_gets_its_marks(
    a4: Assignment, a4_worker: Worker, submission: Any, kind: str
) -> None:
    graded = grade(submission(a4, {"linear_forward": HONEST[kind]}), a4, a4_worker, SECRET).graded
    assert [e.name for e in graded.exercises if e.points != e.max_points] == []
    assert {e.verdict for e in graded.exercises} == {"correct"}


def test_a_right_function_that_is_not_plain_is_blocked_by_a_wrong_one(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    counting = "COUNT = []\n" + a4.solution("linear_activation_forward").replace(
        "    if activation", "    COUNT.append(1)\n    if activation", 1
    )
    cells = {
        "linear_forward": a4.solution("linear_forward").replace("+ b", "- b"),
        "linear_activation_forward": counting,
    }
    found = graded_one(a4, a4_worker, submission, cells, "linear_activation_forward")
    assert (found.verdict, found.points) == ("blocked", found.max_points)


LATE, GONE = Outcome("timed out"), Outcome("died")
ONE, OTHER = Outcome("returned", 1.0), Outcome("returned", 2.0)


@pytest.mark.parametrize(
    ("submitted", "behind", "same"),
    [
        ([ONE, LATE, LATE], [ONE, ONE, LATE], True),
        ([ONE, ONE, GONE], [LATE, LATE, LATE], True),
        ([ONE, LATE, LATE], [OTHER, LATE, LATE], False),
        ([ONE, ONE, LATE], [ONE, OTHER, LATE], False),
    ],
)
def test_a_slow_earlier_function_makes_no_difference_as_far_as_both_runs_come(
    a4: Assignment, submitted: list[Outcome], behind: list[Outcome], same: bool
) -> None:
    notebook = cast(Any, SimpleNamespace(behind_stand_ins=lambda *_given: behind))
    exercise = a4.exercise("L_model_forward")
    runs = AttemptRuns(a4, notebook, SECRET)
    assert runs.is_steady_behind_stand_ins(exercise, submitted, ["linear_forward"]) is same
