"""The set-up of an assignment, as the judge runs it: without what draws, and with all its names."""

from __future__ import annotations

import subprocess
import sys
import types

import pytest

from grader.exercises import assignment as assignments
from grader.exercises.author_code import flat_utils
from grader.paths import PROJECT

_REFERENCE = """
import sys
from grader.exercises import assignment as assignments
from grader.exercises.cases import judged_cases
a4 = assignments.load("a4_deep_network")
assert judged_cases(a4, "L_model_forward", "a secret")
assert "matplotlib" not in sys.modules
a4.reference.plt.figure
assert "matplotlib" in sys.modules
"""


@pytest.mark.parametrize("name", assignments.names())
def test_the_set_up_gives_the_functions_that_it_gives_a_student(name: str) -> None:
    assignment = assignments.load(name)
    lines = [line for line in assignment.setup.splitlines() if not line.startswith("%")]
    everything: dict[str, object] = {"__name__": "__main__"}
    with flat_utils():
        exec("\n".join(lines), everything)
    functions = {n for n, value in everything.items() if isinstance(value, types.FunctionType)}
    assert assignment.given_functions == functions
    assert vars(assignment.reference).keys() >= everything.keys()


def test_matplotlib_is_imported_when_something_is_drawn() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _REFERENCE], capture_output=True, text=True, check=False, cwd=PROJECT
    )
    assert done.returncode == 0, done.stderr
