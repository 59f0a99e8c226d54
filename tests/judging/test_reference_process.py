"""The process in which the reference answers for earlier functions."""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course.checks.plain_data import from_json, to_json
from grader.exercises import assignment as assignments
from grader.judging.reference_process import ReferenceProcess
from tests.helpers.oracle import (
    Array,
)


def double(number: float) -> float:
    """Twice the number."""
    return 2 * number


def own_process_id(_call: int) -> int:
    """The process that answers."""
    return os.getpid()


def open_descriptors() -> list[str]:
    """What the process that answers has open."""
    return sorted(os.readlink(f"/proc/self/fd/{n}") for n in range(4096) if _is_open(n))


def _is_open(number: int) -> bool:
    return Path(f"/proc/self/fd/{number}").is_symlink()


def for_ever() -> None:
    """Never return."""
    while True:
        pass


def of_no_end(size: int) -> Any:
    """Take more memory than there is."""
    return np.ones(size)


@pytest.fixture
def process() -> Iterator[ReferenceProcess]:
    """A process that answers for a few functions."""
    functions = (double, own_process_id, open_descriptors, for_ever, of_no_end)
    with contextlib.closing(ReferenceProcess({f.__name__: f for f in functions})) as made:
        yield made


def ask(answer: Any, name: str, *arguments: Any, seconds: float = 30.0) -> Any:
    """Call a function as the sandbox does, and read the answer."""
    request = {"call": name, "arguments": to_json(arguments), "named": to_json({})}
    said = json.loads(answer(json.dumps(request).encode(), time.monotonic() + seconds))
    return from_json(said["value"]) if "value" in said else said


def test_only_the_functions_that_an_exercise_builds_on_are_answered(
    process: ReferenceProcess,
) -> None:
    answer = process.allowing(["double"])
    assert ask(answer, "double", 4.0) == 8.0
    assert ask(answer, "own_process_id", 1) == {"refused": True}
    assert ask(answer, "no_such_function") == {"refused": True}
    assert answer(b"no message", time.monotonic() + 5) == b'{"refused":true}'
    assert ask(answer, "double", 5.0) == 10.0


def test_one_process_answers_for_all_submissions(process: ReferenceProcess) -> None:
    first = ask(process.allowing(["own_process_id"]), "own_process_id", 1)
    second = ask(process.allowing(["own_process_id"]), "own_process_id", 2)
    assert first == second != os.getpid()


def test_the_process_is_asked_once_for_what_a_class_calls_over_and_over(
    process: ReferenceProcess,
) -> None:
    first = ask(process.allowing(["own_process_id"]), "own_process_id", 1)
    process.close()
    assert ask(process.allowing(["own_process_id"]), "own_process_id", 1) == first
    assert ask(process.allowing(["own_process_id"]), "own_process_id", 2) != first
    assert ask(process.allowing(["double"]), "own_process_id", 1) == {"refused": True}


@pytest.mark.parametrize(("harm", "given"), [("for_ever", ()), ("of_no_end", (1 << 40,))])
def test_a_call_that_goes_wrong_is_refused_and_the_next_one_is_answered(
    process: ReferenceProcess, harm: str, given: tuple[Any, ...]
) -> None:
    answer = process.allowing([harm, "double"])
    assert ask(answer, "double", 1.0) == 2.0
    said = ask(answer, harm, *given, seconds=1.0)
    assert "refused" in said or "raised" in said
    assert ask(answer, "double", 2.0) == 4.0


def test_a_process_that_was_killed_is_started_again(process: ReferenceProcess) -> None:
    answer = process.allowing(["own_process_id"])
    os.kill(ask(answer, "own_process_id", 1), signal.SIGKILL)
    assert ask(answer, "own_process_id", 2) == {"refused": True}
    assert isinstance(ask(answer, "own_process_id", 2), int)


def test_the_process_that_answers_holds_nothing_open_of_the_one_that_judges(
    process: ReferenceProcess, tmp_path: Path
) -> None:
    with (tmp_path / "gradebook.db").open("w"):
        opened = ask(process.allowing(["open_descriptors"]), "open_descriptors")
    others = [link for link in opened if link != "/dev/null" and not link.startswith("socket:")]
    assert [link for link in others if not link.startswith("/proc/")] == []
    assert len([link for link in opened if link.startswith("socket:")]) == 1


def test_whether_a_reference_draws_random_numbers_is_seen_through_what_it_calls() -> None:
    reference = assignments.load("a5_cat_classifier").reference
    assert ReferenceProcess({"model": reference.L_layer_model}).draws("model")
    assert not ReferenceProcess({"double": double}).draws("double")


# Random numbers, and the arguments of older editions ----------------------------------------------


def draw(count: int) -> Array:
    """Random numbers."""
    numbers: Array = np.random.randn(count)
    return numbers


def call(process: ReferenceProcess, arguments: tuple[Any, ...], state: Any) -> dict[str, Any]:
    """The answer to a call of ``draw``."""
    request = {"call": "draw", "arguments": to_json(arguments), "named": to_json({})}
    body = json.dumps(request | {"random": to_json(state)}).encode()
    answer: dict[str, Any] = json.loads(process.allowing(["draw"])(body, time.monotonic() + 30))
    return answer


def test_a_function_answered_from_outside_goes_on_with_the_random_numbers_of_its_caller() -> None:
    random = np.random.RandomState(3)
    with contextlib.closing(ReferenceProcess({"draw": draw})) as process:
        for count in (3, 4):
            answer = call(process, (count,), random.get_state())
            assert np.array_equal(from_json(answer["value"]), random.randn(count))
            name, key, *rest = random.get_state()
            new_name, new_key, *new_rest = from_json(answer["random"])
            assert (name, rest) == (new_name, new_rest) and np.array_equal(key, new_key)


@pytest.mark.parametrize(
    "state",
    [
        None,
        ("MT19937",),
        ("MT19937", np.zeros(623, np.uint32), 0, 0, 0.0),
        ("MT19937", np.zeros(624, np.uint32), 625, 0, 0.0),
        ("MT19937", np.zeros(624, np.uint32), -1, 0, 0.0),
        ("MT19937", np.zeros(624, np.int64), 0, 0, 0.0),
        ("PCG64", np.zeros(624, np.uint32), 0, 0, 0.0),
    ],
)
def test_a_made_up_state_of_the_random_numbers_is_not_used(state: Any) -> None:
    with contextlib.closing(ReferenceProcess({"draw": draw})) as process:
        assert from_json(call(process, (2,), state)["value"]).shape == (2,)


def test_arguments_that_only_older_editions_hand_over_are_dropped() -> None:
    with contextlib.closing(ReferenceProcess({"draw": draw})) as process:
        answer = call(process, (2, {"W1": 1.0}), None)
    assert from_json(answer["value"]).shape == (2,)
    assert len(inspect.signature(draw).parameters) == 1
