"""One student's excess in one exercise costs that exercise alone.

The limits are so far apart that no outcome depends on how fast the machine is: what is slow never
ends, and all other work has minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.sandbox.limits import Limits
from tests.helpers.short_training import shortened

SECRET = "of a patient class"
HANGS = "def {name}(*arguments):\n    while True:\n        pass\n"
CELL_HANGS = "while True:\n    pass\n"


Grade = Callable[..., Graded]


@pytest.fixture
def graded(submission: Any, warm_worker: Any) -> Grade:
    """Grade a notebook that is solved but for some cells, under some limits of its own."""

    def graded(assignment: Assignment, cells: dict[str, str], **limits: Any) -> Graded:
        worker = warm_worker(assignment.name, Limits(**limits))
        return grade(submission(assignment, cells), assignment, worker, SECRET).graded

    return graded


def not_right(found: Graded) -> dict[str, str]:
    """The verdicts other than ``correct``."""
    return {e.name: e.verdict for e in found.exercises if e.verdict != "correct"}


def test_functions_that_never_end_take_no_time_from_the_others(
    a4: Assignment, graded: Grade
) -> None:
    # More than the time for loading, were it taken from it.
    slow = ("linear_forward", "compute_cost")
    cells = {name: HANGS.format(name=name) for name in slow}
    found = graded(a4, cells, exercise_seconds=1, submission_seconds=2)
    verdicts = not_right(found)
    assert {name for name, verdict in verdicts.items() if verdict == "timed out"} == set(slow)
    assert set(verdicts.values()) <= {"timed out", "blocked"}


def test_cells_that_use_up_the_time_for_loading_cost_themselves(
    a4: Assignment, graded: Grade
) -> None:
    solved = a4.solution("compute_cost") + "\n" + CELL_HANGS
    cells = {
        "compute_cost": solved,
        "linear_backward": a4.solution("linear_backward") + "\n" + CELL_HANGS,
    }
    found = graded(a4, cells, cell_seconds=1.5, submission_seconds=2)
    assert set(not_right(found)) <= set(cells)


def test_what_one_exercise_prints_is_not_taken_from_another(a4: Assignment, graded: Grade) -> None:
    def chatty(name: str) -> str:
        return a4.solution(name).replace("    return ", '    print("x" * 3000)\n    return ')

    names = ("compute_cost", "update_parameters", "L_model_backward", "L_model_forward")
    cells = {name: chatty(name) for name in names}
    found = graded(a4, cells, output_kb=60)
    assert not_right(found) == {}


def test_what_the_cells_keep_in_memory_is_not_taken_from_an_exercise(
    a4: Assignment, graded: Grade
) -> None:
    keeps = "kept = np.empty(180 << 20, np.uint8)\n" + a4.solution("compute_cost")
    needs = a4.solution("linear_backward").replace(
        "    return ", "    needed = np.empty(180 << 20, np.uint8)\n    return "
    )
    cells = {"compute_cost": keeps, "linear_backward": needs}
    found = graded(a4, cells, memory_mb=256, exercise_seconds=120)
    assert not_right(found) == {}


def test_files_that_cells_left_open_take_nothing_from_the_exercises(
    a4: Assignment, graded: Grade
) -> None:
    opens = (
        "opened = []\ntry:\n    while True:\n        opened.append(open('/dev/null'))\n"
        "except OSError:\n    pass\n"
    )
    wrong = a4.solution("linear_backward").replace("np.dot", "np.multiply")
    cells = {"compute_cost": opens + a4.solution("compute_cost"), "linear_backward": wrong}
    verdicts = not_right(graded(a4, cells))
    assert verdicts.pop("linear_backward") in ("wrong", "crashed")
    assert set(verdicts.values()) <= {"blocked"}


@pytest.mark.parametrize("name", ["two_layer_model", "L_layer_model"])
def test_a_model_that_trains_for_ever_leaves_the_other_its_marks(graded: Grade, name: str) -> None:
    a5 = shortened(steps=101)
    endless = a5.solution(name).replace(
        "    costs = []",
        "    while X.shape[1] > 150:\n        __import__('time').sleep(1)\n    costs = []",
    )
    assert endless != a5.solution(name)
    found = graded(a5, {name: endless}, training_seconds=3, submission_seconds=2.5)
    assert not_right(found) == {name: "timed out"}
    assert not [note for note in found.notes if "initial parameters" in note]
