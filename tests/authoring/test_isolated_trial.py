"""A variant of a solution is tried in a process of its own, whatever it does there."""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Callable

import pytest

from grader.authoring.isolated_trial import in_own_process, in_own_processes


def test_the_answer_of_a_task_comes_back() -> None:
    assert in_own_process(lambda: "accepted") == "accepted"


def test_what_a_task_changes_stays_in_its_process() -> None:
    changed: list[int] = []
    assert in_own_process(lambda: str(changed.append(1))) == "None"
    assert changed == []


def test_a_task_that_never_ends_is_timed_out() -> None:
    assert in_own_process(lambda: str(time.sleep(600)), seconds=0.2) == "timed out"


@pytest.mark.parametrize("end", [os._exit, sys.exit])
def test_a_task_that_ends_its_process_died(end: Callable[[int], None]) -> None:
    assert in_own_process(lambda: str(end(3))) == "died"


def test_one_that_dies_or_hangs_spoils_no_answer_of_the_others() -> None:
    tasks = [lambda: "one", lambda: str(os._exit(3)), lambda: str(time.sleep(600)), lambda: "four"]
    found = in_own_processes(tasks, seconds=3.0)  # slept, not computed: no machine is that slow
    assert found == ["one", "died", "timed out", "four"]


def test_many_tasks_answer_in_their_order() -> None:
    tasks = [functools.partial(str, number) for number in range(120)]
    assert in_own_processes(tasks) == [str(number) for number in range(120)]


def test_an_exception_of_a_task_is_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        in_own_process(lambda: str(1 // 0))
