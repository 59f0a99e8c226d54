"""What the checks know of a notebook: which cells ran, which did not, and what has no end."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from course.checks import public_check
from course.checks.public_check import CheckFailed, check
from course.checks.time_limit import TimeIsUp, time_limit
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.markers import without_hidden_tests

SETUP = "import numpy as np\nfrom public_tests import *\nfrom testCases import *"
RESTART = "Run All Above Selected Cell"
Z = "Z = np.dot(W, A) + b"
ENDLESS = "i = 0\n    while i < 3:\n        Z = i"


class Kernel:
    """The kernel of one notebook."""

    def __init__(self, folder: Path) -> None:
        self.manager, self.client = start_new_kernel(cwd=str(folder))

    def shows(self, source: str, interrupted: str = "") -> str:
        """What a cell shows, as one line of text.

        Parameters:
            source: the cell.
            interrupted: interrupt the cell as soon as it has printed this.
        """
        shown: list[str] = []

        def keep(message: Any) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                shown.append(content["text"])
                if interrupted and interrupted in content["text"]:
                    self.manager.interrupt_kernel()
            elif message["msg_type"] == "error":
                shown.append("\n".join(content["traceback"]))
            elif message["msg_type"] == "display_data":
                shown.append(content["data"].get("text/markdown", ""))

        self.client.execute_interactive(source, output_hook=keep, timeout=120)
        return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(shown)).split())

    def end(self) -> None:
        """Stop the kernel."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel in which nothing has run yet; the tests of this file share it, in their order."""
    folder = tmp_path_factory.mktemp("work") / "a4_deep_network"
    folder.mkdir()
    kernel = Kernel(folder)
    yield kernel
    kernel.end()


@pytest.fixture(scope="module")
def the_check(a4: Assignment) -> str:
    """The cell that checks linear_forward, as students have it."""
    return without_hidden_tests(dict(a4.cells)["linear_forward_check"])


def solved(a4: Assignment, *edits: tuple[str, str]) -> str:
    """The cell of linear_forward with its solution, edited."""
    source = a4.solution("linear_forward")
    for old, new in edits:
        source = source.replace(old, new)
    return source


# In the order of the file: a fresh kernel first ---------------------------------------------------


def test_after_a_restart_a_check_says_what_to_run(kernel: Kernel, the_check: str) -> None:
    shown = kernel.shows(the_check)
    assert shown.startswith("NameError: `linear_forward` is not defined yet in this session.")
    assert RESTART in shown and "Traceback" not in shown


def test_after_a_restart_a_cell_without_the_imports_says_so(kernel: Kernel) -> None:
    assert kernel.shows("np.zeros(3)").startswith("NameError: `np` is not imported")


def test_any_other_missing_name_is_shown_as_ever(kernel: Kernel) -> None:
    shown = kernel.shows("print(1)\nno_such_name")
    assert "Traceback (most recent call last)" in shown
    assert shown.endswith("NameError: name 'no_such_name' is not defined")


def test_a_name_that_misses_inside_a_function_is_shown_as_ever(kernel: Kernel) -> None:
    shown = kernel.shows("def f():\n    return linear_forward\nf()")
    assert "Traceback (most recent call last)" in shown and "in f()" in shown


def test_an_import_that_was_forgotten_is_named_by_the_check(
    kernel: Kernel, a4: Assignment, the_check: str
) -> None:
    kernel.shows("del np" if "np" in kernel.shows("print(dir())").split() else "0")
    kernel.shows(solved(a4))
    assert "`np` is not imported in this session" in kernel.shows(the_check)


def test_a_cell_that_did_not_parse_is_named_in_place_of_the_older_version(
    kernel: Kernel, a4: Assignment, the_check: str
) -> None:
    kernel.shows(SETUP)
    kernel.shows(solved(a4))
    assert "All tests passed." in kernel.shows(the_check)
    kernel.shows(solved(a4, (Z, "Z = np.dot(W, A + b")))
    shown = kernel.shows(the_check)
    assert "should define `linear_forward` did not run (SyntaxError in line 17: '(' was" in shown
    assert "The line is: Z = np.dot(W, A + b" in shown
    assert "passed" not in shown


def test_a_def_without_its_colon_is_found_too(
    kernel: Kernel, a4: Assignment, the_check: str
) -> None:
    kernel.shows(solved(a4, ("(A, W, b):", "(A, W, b)")))
    assert "did not run (SyntaxError in line 1: expected ':')" in kernel.shows(the_check)


def test_a_cell_that_stopped_before_its_function_is_named(
    kernel: Kernel, a4: Assignment, the_check: str
) -> None:
    kernel.shows("undefined_name\n" + solved(a4))
    assert "stopped with NameError before it came to that" in kernel.shows(the_check)


def test_a_misspelt_function_is_named(kernel: Kernel, a4: Assignment, the_check: str) -> None:
    kernel.shows(solved(a4, ("def linear_forward", "def linear_foward")))
    shown = kernel.shows(the_check)
    assert "defines `linear_foward`, and the check looks for `linear_forward`" in shown


@pytest.mark.parametrize(
    "name",
    ["linear_forward_2", "linear_backward", "linear_forward_old", "linear_activation_forward"],
)
def test_another_function_is_no_misspelling(
    kernel: Kernel, a4: Assignment, the_check: str, name: str
) -> None:
    kernel.shows(solved(a4))
    kernel.shows(solved(a4, ("def linear_forward", f"def {name}")))
    assert "All tests passed." in kernel.shows(the_check)


def test_a_cell_that_fails_after_its_function_is_no_older_version(
    kernel: Kernel, a4: Assignment, the_check: str
) -> None:
    kernel.shows(solved(a4) + "\nundefined_name")
    assert "All tests passed." in kernel.shows(the_check)


def test_a_function_that_was_overwritten_is_named_with_the_cell_that_did_it(
    kernel: Kernel, the_check: str
) -> None:
    kernel.shows("linear_forward = linear_forward(*linear_forward_test_case())")
    shown = kernel.shows(the_check)
    assert "is not a function any more" in shown
    assert "`linear_forward = linear_forward(*linear_forward_test_case())`" in shown


def test_below_a_failed_check_is_a_link_to_the_section(
    kernel: Kernel, a4: Assignment, the_check: str
) -> None:
    kernel.shows(solved(a4, ("+ b", "- b")))
    shown = kernel.shows(the_check)
    assert shown.endswith('hint("linear_forward") Read again: [4. The forward pass](#forward)')
    assert "Read again" not in kernel.shows("1 + 1")


def test_an_interrupted_check_shows_where_it_was_and_nothing_of_the_course(
    kernel: Kernel, a4: Assignment, the_check: str
) -> None:
    kernel.shows(solved(a4, (Z, "print('now')\n    " + ENDLESS)))
    shown = kernel.shows(the_check, interrupted="now")
    assert "The check was interrupted" in shown
    assert "Nothing in the loop `while i < 3:` assigns `i` a new value." in shown
    assert "public_check" not in shown and "Traceback" not in shown
    assert "public_check" not in kernel.shows("%tb")


# Without a kernel ---------------------------------------------------------------------------------


def test_an_endless_loop_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_check, "LONGEST", 0.05)

    def endless(A: Any, W: Any, b: Any) -> Any:
        i = 0
        while i < 3:
            try:
                A = A
            except Exception:
                raise
        return A

    with pytest.raises(CheckFailed, match="had not come to an end") as failure:
        check("linear_forward", endless)
    assert "Nothing in the loop `while i < 3:` assigns `i` a new value." in str(failure.value)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_loop_without_an_end_is_named_though_another_function_was_running(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(public_check, "LONGEST", 0.05)

    def busy() -> None:
        sum(i * i for i in range(10_000))

    def endless(A: Any, W: Any, b: Any) -> Any:
        i = 0
        while i < 3:
            busy()
        return A

    with pytest.raises(CheckFailed, match="Nothing in the loop `while i < 3:` assigns `i`"):
        check("linear_forward", endless)


def test_code_that_swallows_the_interruption_is_interrupted_again() -> None:
    swallowed = 0
    with pytest.raises(TimeIsUp), time_limit(0.01):
        while True:
            try:
                while True:
                    pass
            except TimeIsUp:
                swallowed += 1
                if swallowed > 1:
                    raise
    assert swallowed > 1


def test_an_alarm_of_somebody_else_is_left_alone() -> None:
    def theirs(*_arguments: Any) -> None:
        raise AssertionError("not yet")

    before = signal.signal(signal.SIGALRM, theirs)
    signal.setitimer(signal.ITIMER_REAL, 3600)
    try:
        with time_limit(0.01):
            pass
        assert signal.getsignal(signal.SIGALRM) is theirs
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 3000
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_in_another_thread_a_check_runs_without_a_limit(
    a4: Assignment, capsys: pytest.CaptureFixture[str]
) -> None:
    thread = threading.Thread(target=check, args=("linear_forward", a4.reference.linear_forward))
    thread.start()
    thread.join()
    assert "All tests passed." in capsys.readouterr().out


@pytest.mark.parametrize("name", assignments.names())
def test_every_check_cell_imports_the_checks(name: str) -> None:
    assignment = assignments.load(name)
    cells = dict(assignment.cells)
    for exercise in assignment.exercises:
        assert cells[f"{exercise.name}_check"].startswith("from public_tests import *\n")
