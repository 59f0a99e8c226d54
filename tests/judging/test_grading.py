"""The pure function from a submission to its marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nbformat
import pytest

from grader.authoring.simulate import simulate, submitted_notebook
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Misconception
from grader.judging.grade import grade
from grader.judging.graded import Graded, GradedExercise
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.submission.notebook_bytes import UnreadableNotebook
from tests.helpers.short_training import shortened

SECRET = "the secret of a class that exists in tests only"


@pytest.fixture
def impatient_worker(warm_worker: Any) -> Worker:
    """A worker that gives up soon."""
    limits = Limits(cell_seconds=1, exercise_seconds=1, submission_seconds=60)
    worker: Worker = warm_worker("a4_deep_network", limits)
    return worker


def verdicts(graded: Graded) -> dict[str, GradedExercise]:
    """The exercises by name."""
    return {exercise.name: exercise for exercise in graded.exercises}


def not_right(graded: Graded) -> dict[str, str]:
    """The verdicts other than ``correct``."""
    return {e.name: e.verdict for e in graded.exercises if e.verdict != "correct"}


def function(head: str, *body: str) -> str:
    """The text of a function."""
    return "\n".join([f"def {head}:", *(f"    {line}" for line in body)])


def misconception(assignment: Assignment, exercise: str, name: str) -> Misconception:
    """A known mistake by its name."""
    return next(m for m in assignment.exercise(exercise).misconceptions if m.name == name)


# A class whose marks are known -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "students", "seed"), [("a4_deep_network", 14, 3), ("a5_cat_classifier", 8, 3)]
)
def test_every_student_of_a_simulated_class_gets_the_known_marks(
    name: str, students: int, seed: int, warm_worker: Any
) -> None:
    worker: Worker = warm_worker(name)
    assignment = shortened(name)
    unexpected = {}
    for student in simulate(assignment, students, seed):
        raw = nbformat.writes(submitted_notebook(student, assignment)).encode()
        graded = grade(raw, assignment, worker, SECRET).graded
        found = [f"score {graded.score}"] if graded.score != student.score else []
        for exercise in graded.exercises:
            wanted = student.expected[exercise.name]
            named = " + ".join(exercise.misconceptions) or None
            if exercise.points != wanted["points"]:
                found.append(f"{exercise.name}: {exercise.points} points")
            if exercise.verdict not in wanted["verdict"]:
                found.append(f"{exercise.name}: {exercise.verdict}, not {wanted['verdict']}")
            if named != wanted.get("misconception"):
                found.append(f"{exercise.name}: {named}, not {wanted.get('misconception')}")
        if found:
            unexpected[student.student_id] = found
    assert unexpected == {}


def test_the_same_seed_gives_the_same_class(a4: Assignment) -> None:
    assert simulate(a4, 10, 5) == simulate(a4, 10, 5)
    assert simulate(a4, 10, 5) != simulate(a4, 10, 6)


def test_a_small_class_shows_every_kind_of_student(a4: Assignment) -> None:
    assert len({student.kind for student in simulate(a4, 7, 1)}) == 7


# Right, wrong, blocked ---------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["one class", "another class", "a third"])
def test_marks_do_not_depend_on_the_secret(
    a4: Assignment, a4_worker: Worker, submission: Any, secret: str
) -> None:
    mistake = a4.exercise("compute_cost").misconceptions[0]
    raw = submission(a4, {"compute_cost": a4.variant_source("compute_cost", mistake)})
    graded = grade(raw, a4, a4_worker, secret).graded
    assert graded.score == graded.max_score - 10
    assert not_right(graded) == {"compute_cost": "wrong"}
    assert verdicts(graded)["compute_cost"].misconceptions == (mistake.name,)


def test_the_released_notebook_is_not_attempted(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    graded = grade(submission(a4, solved=False), a4, a4_worker, SECRET).graded
    assert graded.score == 0
    assert {e.verdict for e in graded.exercises} == {"not attempted"}
    assert {e.message for e in graded.exercises} == {"Not implemented yet."}


def test_a_mistake_is_charged_once(a4: Assignment, a4_worker: Worker, submission: Any) -> None:
    text = a4.solution("linear_forward").replace("np.dot(W, A) + b", "np.dot(W, A) - b")
    graded = grade(submission(a4, {"linear_forward": text}), a4, a4_worker, SECRET).graded
    assert graded.score == graded.max_score - 10
    assert not_right(graded) == {
        "linear_forward": "wrong",
        "linear_activation_forward": "blocked",
        "L_model_forward": "blocked",
    }


def test_a_blocked_exercise_says_which_function_to_mend(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = a4.solution("linear_forward").replace("np.dot(W, A) + b", "np.dot(W, A) - b")
    graded = grade(submission(a4, {"linear_forward": text}), a4, a4_worker, SECRET).graded
    blocked = verdicts(graded)["L_model_forward"]
    assert blocked.points == blocked.max_points
    assert "linear_forward. Mend that first" in blocked.message


def test_the_instructor_decides_what_a_blocked_exercise_is_worth(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = a4.solution("linear_forward").replace("np.dot(W, A) + b", "np.dot(W, A) - b")
    raw = submission(a4, {"linear_forward": text})
    assert grade(raw, a4, a4_worker, SECRET, blocked_share=0.5).graded.score == a4.max_score - 20


def test_an_exercise_with_a_mistake_of_its_own_is_not_blocked(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    own = a4.exercise("linear_activation_forward").misconceptions[0]
    cells = {
        "linear_forward": a4.solution("linear_forward").replace("+ b", "- b"),
        "linear_activation_forward": a4.variant_source("linear_activation_forward", own),
    }
    graded = grade(submission(a4, cells), a4, a4_worker, SECRET).graded
    assert graded.score == graded.max_score - 20
    found = verdicts(graded)["linear_activation_forward"]
    assert (found.verdict, found.misconceptions) == ("wrong", (own.name,))


def test_what_builds_on_a_missing_function_is_blocked(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    graded = grade(
        submission(a4, {"linear_backward": "pass  # I gave up"}), a4, a4_worker, SECRET
    ).graded
    assert graded.score == graded.max_score - 10
    assert not_right(graded) == {
        "linear_backward": "missing",
        "linear_activation_backward": "blocked",
        "L_model_backward": "blocked",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("if A0 := 0:\n    def linear_forward(A, W, b):\n        pass", "was not reached"),
        ("linear_forward = 3", "No cell of the notebook defines"),
    ],
)
def test_why_there_is_no_function_is_said_and_costs_no_other(
    a4: Assignment, a4_worker: Worker, submission: Any, text: str, words: str
) -> None:
    graded = grade(submission(a4, {"linear_forward": text}), a4, a4_worker, SECRET).graded
    assert words in verdicts(graded)["linear_forward"].message
    assert not_right(graded) == {
        "linear_forward": "missing",
        "linear_activation_forward": "blocked",
        "L_model_forward": "blocked",
    }


def test_what_is_half_done_and_builds_on_nothing_is_not_attempted(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    whole = a4.solution("linear_activation_forward")
    half = whole.replace("    return A, cache", "    print(id(A))\n    raise NotImplementedError")
    assert half != whole
    cells = {
        "linear_forward": "def linear_forward(A, W, b):\n    raise NotImplementedError",
        "linear_activation_forward": half,
    }
    graded = grade(submission(a4, cells), a4, a4_worker, SECRET).graded
    verdicts = {e.name: e.verdict for e in graded.exercises}
    assert verdicts["linear_activation_forward"] == "not attempted"


def test_an_earlier_function_is_answered_for_wherever_the_notebook_keeps_it(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    def kept(name: str, old: str, new: str, before: str) -> str:
        text = a4.solution(name)
        assert old in text
        return f"{before}\n{text.replace(old, new)}"

    one, other = "linear_activation_forward", "linear_activation_backward"
    cells = {
        "linear_forward": "def linear_forward(into, by, plus):\n"
        "    return np.dot(by, into) - plus, (into, by, plus)",
        one: kept(
            one, "linear_forward(A_prev, W, b)", "linear_forward(by=W, into=A_prev, plus=b)", ""
        )
        + f"\ndef closing(f):\n    return lambda *a: f(*a)\n{one} = closing({one})",
        "L_model_forward": kept(
            "L_model_forward", f"{one}(", "step(", f"class Net:\n    step = staticmethod({one})"
        ).replace("X, parameters)", "X, parameters, step=Net.step)", 1),
        "linear_backward": a4.solution("linear_backward").replace("/ m", "* m"),
        other: kept(other, "linear_backward(", "KEPT['back'](", "KEPT = {'back': linear_backward}"),
        "L_model_backward": kept(
            "L_model_backward",
            f"{other}(",
            "back(",
            f"import functools\nback = functools.partial({other})",
        ),
    }
    graded = grade(submission(a4, cells), a4, a4_worker, SECRET).graded
    mistakes = ("linear_forward", "linear_backward")
    assert not_right(graded) == {name: "wrong" if name in mistakes else "blocked" for name in cells}


def test_two_known_mistakes_at_once_are_both_named(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = a4.solution("linear_backward")
    text = text.replace("np.dot(dZ, A_prev.T) / m", "np.dot(dZ, A_prev.T)")
    text = text.replace("np.sum(dZ, axis=1, keepdims=True) / m", "np.sum(dZ, axis=1) / m")
    graded = grade(submission(a4, {"linear_backward": text}), a4, a4_worker, SECRET).graded
    found = verdicts(graded)["linear_backward"]
    assert len(found.misconceptions) == 2
    for name in found.misconceptions:
        assert misconception(a4, "linear_backward", name).message in found.message


def test_a_message_never_shows_the_right_numbers(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = function("compute_cost(AL, Y)", "return 12345.0")
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    message = verdicts(graded)["compute_cost"].message
    assert "12345" in message
    from grader.exercises.cases import judged_cases

    for judged in judged_cases(a4, "compute_cost", SECRET):
        assert f"{float(judged.expected):.4g}" not in message


# What a function may return ----------------------------------------------------------------------

FORWARD = "linear_forward(A, W, b)"
RETURNS: Mapping[str, tuple[str, str]] = {
    "nothing": ("return None", "returns None"),
    "a generator": ("return (part for part in (A, W))", "generator"),
    "a class": ("return int", "an object of type type"),
    "a text": ("return 'Z'", "a text"),
    "a dictionary": ("return {'Z': A}", "a dictionary"),
    "too few values": ("return (np.dot(W, A) + b,)", "should hold 2 values"),
    "NaN": ("return (np.dot(W, A) + b) * np.nan, (A, W, b)", "NaN"),
    "complex numbers": ("return (np.dot(W, A) + b) * 1j, (A, W, b)", "complex"),
    "an array of objects": (
        "return (np.dot(W, A) + b).astype(object), (A, W, b)",
        "an array of dtype object",
    ),
    "a list of lists": ("return (np.dot(W, A) + b).tolist(), (A, W, b)", "NumPy array"),
    "something endless": ("x = []; x.append(x); return x", "cannot be judged"),
    "a huge array": ("return np.zeros((1100, 1100)), (A, W, b)", "too large"),
    "a view as huge as no memory": (
        "return np.broadcast_to(A[0, 0], (10**6, 10**6)), (A, W, b)",
        "what it returns is too large",
    ),
    "a huge list": ("return [0.5] * 1_000_000", "parts"),
    "a huge number": ("return 10 ** 5000", "digits"),
}


@pytest.mark.parametrize("kind", RETURNS)
def test_an_odd_result_is_wrong_and_is_put_in_words(
    a4: Assignment, a4_worker: Worker, submission: Any, kind: str
) -> None:
    statement, words = RETURNS[kind]
    text = function(FORWARD, statement)
    graded = grade(submission(a4, {"linear_forward": text}), a4, a4_worker, SECRET).graded
    found = verdicts(graded)["linear_forward"]
    assert found.verdict == "wrong"
    assert graded.score == graded.max_score - found.max_points
    assert words in found.message


RIGHT: Mapping[str, list[str]] = {
    "a subclass of ndarray": [
        "class Mine(np.ndarray):",
        "    def __eq__(self, other): raise RuntimeError",
        "return (np.dot(W, A) + b).view(Mine), (A, W, b)",
    ],
    "np.matrix": ["return np.asmatrix(np.dot(W, A) + b), (A, W, b)"],
    "single precision": ["return (np.dot(W, A) + b).astype(np.float32), (A, W, b)"],
    "a list for a tuple": ["return [np.dot(W, A) + b, [A, W, b]]"],
    "a named tuple": [
        "from collections import namedtuple",
        "return namedtuple('Step', 'Z cache')(np.dot(W, A) + b, (A, W, b))",
    ],
    "another memory order": ["return np.asfortranarray(np.dot(W, A) + b), (A, W, b)"],
    "a view": ["return np.dot(A.T, W.T).T + b, (A, W, b)"],
    "noise on stderr": [
        "import sys, warnings",
        "print('debug', file=sys.stderr)",
        "warnings.warn('look out')",
        "return np.dot(W, A) + b, (A, W, b)",
    ],
}


@pytest.mark.parametrize("kind", RIGHT)
def test_a_result_that_later_code_can_use_is_right(
    a4: Assignment, a4_worker: Worker, submission: Any, kind: str
) -> None:
    text = function(FORWARD, *RIGHT[kind])
    graded = grade(submission(a4, {"linear_forward": text}), a4, a4_worker, SECRET).graded
    assert not_right(graded) == {}


@pytest.mark.parametrize("always", ["True", "AnyEqual()"])
def test_a_result_that_claims_to_equal_everything_is_wrong(
    a4: Assignment, a4_worker: Worker, submission: Any, always: str
) -> None:
    text = "\n".join(
        [
            "class AnyEqual(float):",
            "    def __eq__(self, other): return True",
            "    def __sub__(self, other): return 0.0",
            "    __rsub__ = __sub__",
            function("compute_cost(AL, Y)", f"return {always}"),
        ]
    )
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    assert not_right(graded) == {"compute_cost": "wrong"}


def test_a_malformed_message_out_of_the_sandbox_costs_the_exercise_that_sent_it(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    value = {"array": {"dtype": "float64", "shape": [1], "numbers": [{"x": 1}]}}
    text = function(
        "compute_cost(AL, Y)",
        "import gc, json, socket, struct",
        f"body = json.dumps({{'case': 0, 'value': {value!r}}}).encode()",
        "for thing in gc.get_objects():",
        "    if isinstance(thing, socket.socket) and thing.fileno() >= 0:",
        "        thing.send(struct.pack('>Q', len(body)) + body)",
    )
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    assert graded.score == graded.max_score - 10


# Crashes and hangs -------------------------------------------------------------------------------


def test_a_crash_is_shown_with_its_line(a4: Assignment, a4_worker: Worker, submission: Any) -> None:
    text = function(FORWARD, "Z = np.dot(W, A) + bias  # no such name", "return Z, (A, W, b)")
    graded = grade(submission(a4, {"linear_forward": text}), a4, a4_worker, SECRET).graded
    found = verdicts(graded)["linear_forward"]
    assert found.verdict == "crashed"
    assert "NameError" in found.message
    assert "Z = np.dot(W, A) + bias  # no such name" in found.message


def test_an_endless_loop_costs_its_own_exercise_only(
    a4: Assignment, impatient_worker: Worker, submission: Any
) -> None:
    text = function("compute_cost(AL, Y)", "while True: pass")
    graded = grade(submission(a4, {"compute_cost": text}), a4, impatient_worker, SECRET).graded
    assert graded.score == graded.max_score - 10
    assert not_right(graded) == {"compute_cost": "timed out"}
    assert "1 second" in verdicts(graded)["compute_cost"].message


@pytest.mark.parametrize("hang", ["while True: pass", "import time; time.sleep(1000)"])
def test_a_cell_that_hangs_while_it_is_loaded_costs_what_it_defines(
    a4: Assignment, impatient_worker: Worker, submission: Any, hang: str
) -> None:
    text = hang + "\n" + a4.solution("compute_cost")
    graded = grade(submission(a4, {"compute_cost": text}), a4, impatient_worker, SECRET).graded
    assert graded.score == graded.max_score - 10
    assert not_right(graded) == {"compute_cost": "timed out"}


def test_a_cell_that_ends_the_process_costs_what_it_defines(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = a4.solution("compute_cost") + "\nimport os\nos._exit(0)\n"
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    assert graded.score == graded.max_score - 10
    assert not_right(graded) == {"compute_cost": "crashed"}


@pytest.mark.parametrize(
    "end",
    [
        "import os; os._exit(0)",
        "raise SystemExit(0)",
        "raise KeyboardInterrupt",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "return compute_cost(AL, Y)",
    ],
)
def test_a_function_that_ends_its_process_costs_itself(
    a4: Assignment, a4_worker: Worker, submission: Any, end: str
) -> None:
    text = function("compute_cost(AL, Y)", end)
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    assert graded.score == graded.max_score - 10
    assert not_right(graded) == {"compute_cost": "crashed"}


def test_a_cell_with_a_syntax_error_costs_what_it_defines(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = a4.solution("compute_cost").replace("return cost", "return cost)")
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    assert graded.score == graded.max_score - 10
    found = verdicts(graded)["compute_cost"]
    assert found.verdict == "crashed"
    assert "SyntaxError" in found.message


def test_statements_that_fail_beside_a_function_cost_nothing(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = "print(not_there)\n" + a4.solution("compute_cost") + "\nassert False"
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    assert not_right(graded) == {}


def test_one_exercise_leaves_no_trace_in_the_next(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = function("initialize_parameters(n_x, n_h, n_y)", "np.dot = None", "return {}")
    graded = grade(submission(a4, {"initialize_parameters": text}), a4, a4_worker, SECRET).graded
    assert not_right(graded) == {"initialize_parameters": "wrong"}


def test_one_submission_leaves_no_trace_in_the_next(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    spoilt = submission(a4, {"compute_cost": "import numpy\nnumpy.dot = None"})
    assert grade(spoilt, a4, a4_worker, SECRET).graded.score < a4.max_score
    assert grade(submission(a4), a4, a4_worker, SECRET).graded.score == a4.max_score


def test_a_memorised_answer_is_worth_nothing(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    text = "\n".join(
        [
            "from course.checks.stored_cases import public_cases",
            "known = public_cases('compute_cost')[0]",
            function(
                "compute_cost(AL, Y)",
                "for (one, two), cost in zip(known.arguments, known.expected):",
                "    if one.shape == AL.shape and np.allclose(one, AL):",
                "        return cost",
                "return known.expected[0]",
            ),
        ]
    )
    graded = grade(submission(a4, {"compute_cost": text}), a4, a4_worker, SECRET).graded
    assert not_right(graded) == {"compute_cost": "wrong"}


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"{", b"[1, 2]", b"\xff\xfe\x00"])
def test_what_is_no_notebook_is_refused(a4: Assignment, a4_worker: Worker, raw: bytes) -> None:
    with pytest.raises(UnreadableNotebook):
        grade(raw, a4, a4_worker, SECRET)


def test_the_two_models_are_not_trained_while_the_notebook_is_loaded(
    a5_worker: Worker, submission: Any
) -> None:
    a5 = shortened()
    text = a5.solution("two_layer_model") + "\ntwo_layer_model(None, None, None)  # would fail"
    graded = grade(submission(a5, {"two_layer_model": text}), a5, a5_worker, SECRET).graded
    assert not_right(graded) == {}
