"""A variant of a solution is tried in a process of its own, whatever it does there."""

from __future__ import annotations

import os
import time

import pytest

from grader.authoring.isolated_trial import in_own_process


def test_the_answer_of_a_task_comes_back() -> None:
    assert in_own_process(lambda: "accepted") == "accepted"


def test_what_a_task_changes_stays_in_its_process() -> None:
    changed: list[int] = []
    assert in_own_process(lambda: str(changed.append(1))) == "None"
    assert changed == []


def test_a_task_that_never_ends_is_timed_out() -> None:
    assert in_own_process(lambda: str(time.sleep(600)), seconds=0.2) == "timed out"


def test_a_task_that_ends_its_process_died() -> None:
    assert in_own_process(lambda: str(os._exit(3))) == "died"


def test_an_exception_of_a_task_is_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        in_own_process(lambda: str(1 // 0))
