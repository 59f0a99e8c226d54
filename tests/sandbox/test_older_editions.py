"""What was right under older versions of NumPy, SciPy and Python is right, with a remark."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.checks.public_check import CheckFailed, check
from course.checks.retired import RENAMED, reason, today
from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.judging.graded import Graded, GradedExercise
from grader.sandbox.host.worker import Worker

SECRET = "of a class with an old book"
COST = """
def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), keepdims=True) / m
    {lines}
    return cost
"""
SQUEEZED = "cost = np.squeeze(cost)"
OLD_LINES = [
    "cost = float(cost)",
    "cost = np.asscalar(cost)",
    "cost = np.float_(np.squeeze(cost))",
    "import math; cost = math.fabs(cost)",
    "from math import fabs; cost = fabs(cost)",
    'cost = float("%.17g" % cost)',
    "kept = np.zeros(1); kept[0] = cost; cost = kept[0]",
    "kept = np.zeros((1, 2)); kept[0, 1] += cost; cost = kept[0, 1]",
    "cost = np.array(np.squeeze(cost), dtype=np.float, copy=False)",
    "cost = np.reshape(cost, newshape=())",
    "cost = cost.reshape(()); cost.itemset(cost * np.product([1.0]))",
    "cost = np.sum(part for part in cost.ravel())",
    "cost = np.squeeze(cost) + np.random.random_integers(1, 1) - 1",
    "import scipy; cost = scipy.squeeze(cost)",
    "from scipy.misc import logsumexp; cost = np.squeeze(cost)",
    "cost = np.math.fabs(np.lib.pad(np.squeeze(cost), 0)); np.disp(np.bool8(1))",
    "from IPython.core.display import display; display(cost); cost = np.squeeze(cost)",
    "import time; started = time.clock(); cost = np.squeeze(cost)",
    "from collections import Iterable; cost = np.squeeze(cost)",
    "cost = (lambda c: float(c))(cost)",
]


def graded(worker: Worker, assignment: Assignment, submission: Any, source: str) -> Graded:
    """The marks of a notebook that is solved but for its cost."""
    raw = submission(assignment, {"compute_cost": source})
    return grade(raw, assignment, worker, SECRET).graded


def cost_of(all_of_it: Graded) -> GradedExercise:
    """The exercise of the cost."""
    return next(e for e in all_of_it.exercises if e.name == "compute_cost")


@pytest.mark.parametrize("lines", OLD_LINES)
def test_what_older_versions_had_is_right(
    a4: Assignment, a4_worker: Worker, submission: Any, lines: str
) -> None:
    source = COST.format(lines=lines.replace("; ", "\n    "))
    found = graded(a4_worker, a4, submission, source)
    assert (found.score, cost_of(found).verdict) == (a4.max_score, "correct"), cost_of(
        found
    ).message


def test_the_remark_says_which_line_it_is_and_what_to_write_today(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    found = cost_of(graded(a4_worker, a4, submission, COST.format(lines="cost = float(cost)")))
    (remark,) = found.remarks
    assert "x.item()" in remark
    assert "cost = float(cost)" in remark


def test_nothing_is_remarked_where_nothing_old_was_used(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    found = graded(a4_worker, a4, submission, COST.format(lines="cost = np.squeeze(cost)"))
    assert [e.remarks for e in found.exercises if e.remarks] == []
    assert found.notes == ()


def test_an_array_with_more_entries_is_no_number_in_any_version(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    source = COST.format(lines="cost = float(np.ones(2))")
    found = cost_of(graded(a4_worker, a4, submission, source))
    assert (found.verdict, found.remarks) == ("crashed", ())


def test_what_a_cell_used_while_it_was_run_is_noted(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    source = "LARGEST = np.Inf\nONE = float(np.ones((1, 1)))\n" + COST.format(
        lines="cost = min(LARGEST, ONE * np.squeeze(cost))"
    )
    found = graded(a4_worker, a4, submission, source)
    assert found.score == a4.max_score
    assert any("LARGEST = np.Inf" in note for note in found.notes)
    assert any("ONE = float" in note for note in found.notes)


def test_what_is_announced_for_later_is_no_error_whatever_a_notebook_sets(
    a4: Assignment, a4_worker: Worker, submission: Any
) -> None:
    source = "import warnings\nwarnings.simplefilter('error')\n" + COST.format(
        lines="cost = np.squeeze(np.asmatrix(cost).A)"
    )
    assert graded(a4_worker, a4, submission, source).score == a4.max_score


def test_libraries_find_what_there_is_today() -> None:
    assert not hasattr(np, "float_")


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        (lambda cost: float(cost), "x.item()"),
        (lambda cost: np.float_(cost), "np.float64"),  # type: ignore[attr-defined]
        (lambda cost: np.asscalar(cost), "x.item()"),  # type: ignore[attr-defined]
        (lambda cost: cost.ptp(), "np.ptp(x)"),
        (lambda cost: np.array(cost, dtype=np.float32, copy=False), "np.asarray(x)"),
    ],
)
def test_the_public_check_says_what_to_write_today(line: Any, advice: str, a4: Assignment) -> None:
    def compute_cost(AL: Any, Y: Any) -> Any:
        return line(np.ones((1, 1)))

    with pytest.raises(CheckFailed) as failed:
        check("compute_cost", compute_cost, a4.name)
    assert advice in failed.value.message


def test_other_mistakes_are_not_said_to_be_old() -> None:
    assert reason("NameError", "name 'float_' is not defined") == ""
    assert reason("AttributeError", "module 'numpy' has no attribute 'sigmoid'") == ""
    assert reason("ValueError", "operands could not be broadcast together") == ""


def test_what_is_to_be_written_in_place_of_a_numpy_name_is_there() -> None:
    for old in RENAMED:
        new = RENAMED[old]
        if new.startswith("np.") and new.isidentifier():
            assert hasattr(np, new[3:]), old
        assert new in today(old)
