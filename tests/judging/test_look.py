"""What is judged where the notebook was loaded, and what is never judged there alone.

All exercises run in one process first. These tests make sure that this costs nobody a mark: what
one function does to the process is held against no other. And what is the same for a whole class is
found out once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import numpy as np
import psutil
import pytest

from course.checks.plain_data import fresh, to_json
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import case_set, exercise_fingerprints, judged_cases
from grader.exercises.exercise import Exercise
from grader.judging import findings as finding_module
from grader.judging import notebook_process
from grader.judging.attempt_runs import AttemptRuns
from grader.judging.diagnosis import diagnose
from grader.judging.findings import Findings
from grader.judging.first_sight import FirstSight
from grader.judging.grade import grade, preparation
from grader.judging.graded import Graded
from grader.judging.loaded_notebook import LoadedNotebook
from grader.judging.notebook_process import NotebookProcess
from grader.sandbox.guest.notebook_runner import NotebookRunner
from grader.sandbox.guest.prepared import Prepared
from grader.sandbox.guest.serving import _answer
from grader.sandbox.host.calls import Answers
from grader.sandbox.host.outcome import Outcome
from grader.sandbox.host.session import LoadReport
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.submission.own_files import released

SECRET = "the secret of a class that exists in tests only"


def not_right(graded: Graded) -> dict[str, str]:
    """The verdicts other than ``correct``."""
    return {e.name: e.verdict for e in graded.exercises if e.verdict != "correct"}


def with_first_line(assignment: Assignment, exercise: str, line: str) -> str:
    """The solution of an exercise, with one more line at the beginning of the function."""
    head, body = assignment.solution(exercise).split('"""', 1)
    text, rest = body.split('"""', 1)
    return f'{head}"""{text}"""\n    {line}\n{rest}'


def test_what_the_first_call_explains_is_not_run_by_itself(
    a4: Assignment, a4_worker: Worker, submission: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []
    submitted = AttemptRuns.submitted

    def counted(self: AttemptRuns, exercise: Exercise) -> Any:
        runs.append(exercise.name)
        return submitted(self, exercise)

    monkeypatch.setattr(AttemptRuns, "submitted", counted)
    known = a4.solution("linear_forward").replace("np.dot(W, A) + b", "np.dot(W, A) - b")
    cells = {
        "linear_forward": known,
        "update_parameters": "def update_parameters(p, g, rate):\n    raise NotImplementedError",
    }
    graded = grade(submission(a4, cells), a4, a4_worker, SECRET).graded
    assert not_right(graded) == {
        "linear_forward": "wrong",
        "linear_activation_forward": "blocked",
        "L_model_forward": "blocked",
        "update_parameters": "not attempted",
    }
    assert not runs


# One function and the others ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "harm",
    [
        "np.dot = None",
        "np.matmul = np.dot = np.multiply = lambda *given: 0.0",
        "np.sum = None",
        "globals().clear()",
        "import builtins; builtins.range = None",
        "import sys; sys.modules['numpy'] = None; sys.setrecursionlimit(60)",
        "np.seterr(all='raise')",
        "import os; os.chdir('/')",
    ],
)
def test_what_a_function_does_to_its_process_is_held_against_no_other(
    a4: Assignment, a4_worker: Worker, submission: Any, harm: str
) -> None:
    lines = a4.solution("compute_cost").replace("return cost", f"{harm}\n    return cost")
    graded = grade(submission(a4, {"compute_cost": lines}), a4, a4_worker, SECRET).graded
    assert set(not_right(graded)) <= {"compute_cost"}


@pytest.mark.parametrize("end", ["import os; os._exit(0)", "raise SystemExit"])
def test_each_of_many_functions_that_end_the_process_costs_itself(
    a4: Assignment, a4_worker: Worker, submission: Any, end: str
) -> None:
    ending = ("initialize_parameters", "compute_cost", "linear_backward", "update_parameters")
    cells = {name: with_first_line(a4, name, end) for name in ending}
    graded = grade(submission(a4, cells), a4, a4_worker, SECRET).graded
    assert graded.score == graded.max_score - 40
    found = not_right(graded)
    assert {name: found[name] for name in ending} == dict.fromkeys(ending, "crashed")
    # What calls linear_backward is right in itself.
    assert set(found) - set(ending) <= {"linear_activation_backward", "L_model_backward"}


def test_a_result_that_another_function_has_spoilt_is_no_known_mistake(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    # With this, linear_backward gives in the same process just what a known mistake gives.
    spoiling = a4.solution("compute_cost").replace(
        "return cost", "np.dot = lambda a, b: np.matmul(a, b) * b.shape[0]\n    return cost"
    )
    graded = grade(submission(a4, {"compute_cost": spoiling}), a4, a4_worker, SECRET).graded
    assert set(not_right(graded)) <= {"compute_cost"}


def test_a_mistake_stays_a_mistake_when_all_that_it_builds_on_is_right(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    for exercise in a4.exercises:
        mistake = exercise.misconceptions[0]
        text = a4.variant_source(exercise.name, mistake)
        graded = grade(submission(a4, {exercise.name: text}), a4, a4_worker, SECRET).graded
        wrong = {e.name: e for e in graded.exercises if e.points == 0}
        assert set(wrong) == {exercise.name}, mistake.name
        assert wrong[exercise.name].misconceptions == (mistake.name,)


@pytest.mark.parametrize(("unwatched_seconds", "most"), [(300.0, 1), (0.5, 2)])
def test_a_notebook_that_takes_long_to_load_is_loaded_as_rarely_as_can_be(
    a4: Assignment,
    a4_worker: Worker,
    submission: Any,
    monkeypatch: pytest.MonkeyPatch,
    unwatched_seconds: float,
    most: int,
) -> None:
    opened = []

    def counting(worker: Worker) -> Any:
        opened.append(worker)
        return really_open(worker)

    really_open = Worker.open
    monkeypatch.setattr(Worker, "open", counting)
    monkeypatch.setattr(notebook_process, "_UNWATCHED_SECONDS", unwatched_seconds)
    slow = "import time\ntime.sleep(1.2)\n" + a4.solution("compute_cost")
    odd = a4.solution("update_parameters").replace("return parameters", "return 17")
    cells = {"compute_cost": slow, "update_parameters": odd}
    graded = grade(submission(a4, cells), a4, a4_worker, SECRET).graded
    assert not_right(graded) == {"update_parameters": "wrong"}
    assert len(opened) <= most


def test_of_many_cells_that_end_the_process_only_some_are_run_before_definitions_alone() -> None:
    asked = []

    def opened() -> Any:
        session = SimpleNamespace(alive=True)

        def load(
            _cells: Any, _expensive: Any, definitions_only: bool, watched: bool, *_: Any
        ) -> Any:
            asked.append(definitions_only)
            assert len(asked) < 10
            session.alive = definitions_only
            return LoadReport(lost=0 if watched and not definitions_only else None)

        session.load = load
        return session

    worker = cast(Any, SimpleNamespace(limits=Limits(), open=opened))
    cells = tuple((f"cell {number}", "quit()") for number in range(9))
    process = NotebookProcess(cells, (), worker, None)
    assert process.session() is not None
    assert list(process.lost) == ["cell 0", "cell 1", "cell 2", "cell 3"]
    assert asked == [False] * 5 + [True]


# What the sandbox is told -------------------------------------------------------------------------


def arrays_in(value: Any) -> Iterator[np.ndarray]:
    """All arrays of plain data that hold more than a few numbers."""
    if isinstance(value, np.ndarray) and value.size >= 3:
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from arrays_in(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from arrays_in(part)


@pytest.mark.parametrize("name", assignments.names())
def test_no_argument_of_a_case_is_what_another_case_must_give(name: str) -> None:
    """A worker knows the arguments of all cases, so none of them may be an answer."""
    assignment = assignments.load(name)
    given: dict[bytes, str] = {}
    for exercise in assignment.exercises:
        for judged in judged_cases(assignment, exercise.name, SECRET):
            for array in arrays_in(judged.case.args):
                given[array.tobytes()] = exercise.name
    leaks = set()
    for exercise in assignment.exercises:
        for judged in judged_cases(assignment, exercise.name, SECRET):
            own = {array.tobytes() for array in arrays_in(judged.case.args)}
            for array in arrays_in(judged.expected):
                key = array.tobytes()
                if key not in own and key in given and np.any(array):
                    leaks.add((exercise.name, given[key]))
    assert leaks == set()


def test_what_is_prepared_holds_arguments_and_no_results(a4: Assignment) -> None:
    ready = preparation(a4, SECRET)
    assert ready.setup == a4.setup
    for exercise in a4.exercises:
        cases = judged_cases(a4, exercise.name, SECRET)
        assert ready.cases[exercise.name] == tuple(to_json(judged.case.args) for judged in cases)


def test_what_many_submissions_share_none_can_change(a4: Assignment) -> None:
    shared = (
        preparation(a4, SECRET).cases,
        exercise_fingerprints(a4, SECRET),
        released(a4.name).data,
    )
    for mapping in shared:
        assert isinstance(mapping, MappingProxyType)


class Shell:
    """Stands in for IPython's shell."""

    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {"count": 0}

    def transform_cell(self, source: str) -> str:
        """The source as it is."""
        return source


def test_the_set_up_runs_once_for_all_submissions() -> None:
    shell, prepared = Shell(), Prepared()
    message = {"imports": ["no_such_module"], "setup": "count += 1", "cases": {}}
    prepared.prepare(shell, message)
    prepared.prepare(shell, message)
    assert shell.user_ns["count"] == 1
    prepared.prepare(shell, {**message, "setup": "count += 10"})
    assert shell.user_ns["count"] == 11


def test_every_call_gets_arguments_of_its_own() -> None:
    prepared = Prepared()
    arguments = (np.ones((2, 3)), {"W1": np.zeros((1, 2)), "sizes": [1, 2]}, (np.ones(1),))
    cases = {"f": [to_json(arguments), to_json((1,))]}
    prepared.prepare(Shell(), {"imports": [], "setup": "", "cases": cases})

    def spoiling(array: Any, rest: Any, _one: Any) -> None:
        array[:] = 7
        rest["W1"][:] = 7
        rest["sizes"].append(7)

    (case,) = prepared.arguments("f", only=0)
    runner = NotebookRunner(Shell())
    for _call in range(2):
        assert set(_answer(runner, spoiling, case)) == {"value", "changed"}
    (again,) = prepared.arguments("f", only=0)
    assert to_json(again) == to_json(arguments)
    ((number,),) = prepared.arguments("f", only=1)
    assert number == 1


def test_a_copy_shares_no_array_with_what_it_is_copied_from_nor_within_itself() -> None:
    shared = np.arange(3.0)
    original = {"a": shared, "b": [shared, (shared,)]}
    copied = fresh(original)
    assert to_json(copied) == to_json(original)
    found = list(arrays_in(copied))
    assert len(found) == 3
    for index, array in enumerate(found):
        assert not any(np.shares_memory(array, other) for other in [shared, *found[:index]])


def test_a_submission_is_gone_before_the_next_one_begins(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    a4_worker.start()
    assert a4_worker.process_id is not None
    tree = psutil.Process(a4_worker.process_id)
    before = None
    for _submission in range(5):
        session = a4_worker.open()
        loaded = session.load([("a", "x = 1")], [], False, False, time.monotonic() + 300)
        assert loaded.lost is None
        count = len(tree.children(recursive=True))
        assert before in (None, count)  # none is left of those before
        before = count
        session.close()


GONE, DONE = Outcome("died"), Outcome("returned", 1.0)
NOT_LOADED = Outcome("timed out", message="the notebook could not be loaded in time")
TOO_LONG = Outcome("timed out", message="all its runs together took too long")


def ending_every_process(a4: Assignment, runs: Sequence[list[Outcome]]) -> LoadedNotebook:
    """A notebook that every run takes down; it loads as often as there are ``runs`` left."""
    left = list(runs)

    def session(fresh: bool) -> Any:
        return left and SimpleNamespace(alive=False, probe=lambda *_given: left.pop(0)) or None

    notebook = LoadedNotebook((), a4, cast(Any, SimpleNamespace(limits=Limits())))
    process = SimpleNamespace(load_seconds=0.0, definitions_only=False, session=session)
    notebook.process = cast(Any, process)
    return notebook


@pytest.mark.parametrize(
    ("runs", "outcomes"),
    [
        ([], [NOT_LOADED, NOT_LOADED]),
        ([[GONE, GONE]], [NOT_LOADED, NOT_LOADED]),
        ([[GONE, GONE], [GONE, GONE], [DONE, DONE]], [GONE, GONE]),
        ([[DONE, GONE], [DONE, DONE]], [DONE, GONE]),
    ],
)
def test_an_exercise_that_ends_the_notebook_is_run_once_more_beside_definitions_alone(
    a4: Assignment, runs: list[list[Outcome]], outcomes: list[Outcome]
) -> None:
    notebook = ending_every_process(a4, runs)
    notebook._end = time.monotonic() + 300
    assert notebook.outcomes(a4.exercise("linear_forward"), [(), ()]) == outcomes
    assert notebook.process.definitions_only == bool(runs)


def test_an_exercise_whose_time_is_over_is_not_run(a4: Assignment) -> None:
    notebook = ending_every_process(a4, [[DONE]])
    assert notebook.outcomes(a4.exercise("linear_forward"), [()]) == [TOO_LONG]


# What was found before ----------------------------------------------------------------------------


def answers_of(values: list[Any], function: str = "linear_forward") -> Answers:
    """Answers as the sandbox sends them."""
    encoded = [{"value": to_json(value)} for value in values]
    body = json.dumps({"function": function, "answers": encoded}, separators=(",", ":"))
    return Answers(body.encode(), len(values))


def test_the_same_answers_are_explained_once(
    a4: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def counting(*arguments: Any) -> Any:
        asked.append(arguments)
        return diagnose(*arguments)

    monkeypatch.setattr(finding_module, "diagnose", counting)
    findings = Findings(case_set(a4, SECRET))
    exercise = a4.exercise("linear_forward")
    cases = judged_cases(a4, "linear_forward", SECRET)
    wrong = [(judged.expected[0] + 1, judged.expected[1]) for judged in cases]
    worse = [(judged.expected[0] + 2, judged.expected[1]) for judged in cases]
    for values in (wrong, wrong, worse, wrong):
        answers = answers_of(values)
        assert findings.of(exercise, answers).first_wrong == 0
        assert findings.diagnosis(exercise, answers).message
    assert len(asked) == 2


def test_right_answers_are_right_and_the_first_wrong_case_is_known(a4: Assignment) -> None:
    findings = Findings(case_set(a4, SECRET))
    exercise = a4.exercise("linear_forward")
    values = [judged.expected for judged in judged_cases(a4, "linear_forward", SECRET)]
    assert findings.of(exercise, answers_of(values)).right
    values[2] = (values[2][0] * 2, values[2][1])
    assert findings.of(exercise, answers_of(values)).first_wrong == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"answers":7}',
        b'{"answers":[7]}',
        b'{"answers":[]}',
        b"{" * 100_000,
        b"\xff\xfe",
        b'{"answers":[{},{},{},{},{}',
    ],
)
def test_answers_that_are_none_are_not_believed(a4: Assignment, body: bytes) -> None:
    findings = Findings(case_set(a4, SECRET))
    found = findings.of(a4.exercise("linear_forward"), Answers(body, 5))
    assert not found.readable and not found.right


BESIDE_REFERENCES = {
    "none": None,
    "unreadable": Answers(b'{"function":"linear_activation_forward","answers":7}', 5),
    "of no function": Answers(b'{"function":"linear_activation_forward","answers":null}', 5),
}


@pytest.mark.parametrize("kind", BESIDE_REFERENCES)
def test_answers_beside_the_references_that_are_none_settle_nothing(
    a4: Assignment, kind: str
) -> None:
    name = "linear_activation_forward"
    exercise = a4.exercise(name)
    count = len(judged_cases(a4, name, SECRET))
    notebook = SimpleNamespace(
        asked=True,
        first_look=lambda _exercises: {name: answers_of([1.0] * count, name)},
        second_look=lambda *_given: BESIDE_REFERENCES[kind],
    )
    first = FirstSight(a4, SECRET, cast(Any, notebook), lambda *_mistakes: True)
    first.look([exercise])
    sight = first.sight(exercise, {"linear_forward": "wrong"})
    assert sight is not None and sight.settled is None


def test_answers_that_cannot_be_read_settle_nothing(a4: Assignment) -> None:
    exercise = a4.exercise("linear_forward")
    looks = {exercise.name: Answers(b'{"function":"linear_forward","answers":7}', 5)}
    notebook = SimpleNamespace(first_look=lambda _exercises: looks)
    first = FirstSight(a4, SECRET, cast(Any, notebook), lambda *_mistakes: True)
    first.look([exercise])
    sight = first.sight(exercise, {})
    assert sight is not None and sight.settled is None


def test_what_is_remembered_of_a_class_is_bounded(
    a4: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding_module, "_MOST_REMEMBERED", 10)
    findings = Findings(case_set(a4, SECRET))
    exercise = a4.exercise("linear_forward")
    for number in range(50):
        findings.of(exercise, answers_of([number] * 5))
    assert len(findings._found) == 10
