"""The floor of autograding: the students' own arithmetic in a bare forked process.

A warm process with the same imports forks once for each submission. The child runs the same
statements of the same cells, and calls the same functions on fresh copies of the same cases: no
sandbox, no messages, no judge, no record. Where an exercise trains on images, it trains on the
reduced problem.
"""

from __future__ import annotations

import copy
import io
import json
import os
import resource
import sys
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.classes import SECRET, TemporaryClass
from benchmarks.watch import run
from grader.classes.pool import keep_for_good
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import judged_cases
from grader.judging.training import reduced_problem
from grader.paths import PROJECT, RELEASE
from grader.sandbox.guest.notebook_runner import NotebookRunner
from grader.sandbox.guest.worker import warm_up
from grader.sandbox.limits import CASE_SEED
from grader.submission.repair import repair


def floor(group: TemporaryClass, repeats: int = 1) -> dict[str, Any]:
    """Measure the floor for a class, in a process of its own.

    Returns:
        ``cpu_ms_per_submission``, with the forking process's own share.
    """
    command = [sys.executable, "-m", "benchmarks.floor", group.assignment, str(group.root)]
    done = run([*command, str(repeats)], group.environment(), PROJECT, 3600.0, memory_every=10**9)
    if done.status != 0:
        raise RuntimeError(done.errors)
    result: dict[str, Any] = json.loads(done.lines[-1][1])
    return result


class _PlainShell:
    """Gives a notebook's cells as they are; only what is no Python goes through IPython."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self.user_ns: dict[str, Any] = shell.user_ns

    def transform_cell(self, source: str) -> str:
        """The text to compile."""
        try:
            compile(source, "<cell>", "exec")
        except SyntaxError:
            return str(self._shell.transform_cell(source))
        return source


def _run_all(shell: Any, assignment: Assignment, cells: tuple[tuple[str, str], ...]) -> None:
    runner = NotebookRunner(_PlainShell(shell))
    runner.expensive = frozenset(e.name for e in assignment.exercises if e.expensive)
    for cell_id, source in cells:  # the set-up is the first of them
        runner.run(cell_id, source)
    for exercise in assignment.exercises:
        function = runner.function(exercise.name)
        if function is None:
            continue
        for judged in judged_cases(assignment, exercise.name, SECRET):
            np.random.seed(CASE_SEED)
            with suppress(Exception):
                function(*copy.deepcopy(judged.case.args))
        if exercise.training is not None:
            problem = reduced_problem(assignment, exercise.name)
            initial = copy.deepcopy(problem.initial)
            runner.namespace[exercise.training.initializer] = lambda *_sizes, given=initial: given
            with suppress(Exception):
                function(*problem.arguments)


def _measure(assignment: Assignment, root: TemporaryClass, repeats: int) -> dict[str, Any]:
    shell = warm_up(RELEASE / assignment.name)
    repaired = []
    for path in sorted(root.submitted.glob(f"*/{assignment.name}/{assignment.name}.ipynb")):
        repaired.append(repair(path.read_bytes(), assignment).cells)
    for exercise in assignment.exercises:  # nobody pays for the cases
        judged_cases(assignment, exercise.name, SECRET)
        if exercise.training is not None:
            reduced_problem(assignment, exercise.name)
    keep_for_good()  # no child pays for a look through the parent's objects
    costs = []
    for _repeat in range(repeats):
        before = _children() + time.process_time()
        for cells in repaired:
            pid = os.fork()
            if pid == 0:
                with suppress(BaseException):
                    sys.stdout = sys.stderr = io.StringIO()
                    warnings.simplefilter("ignore")
                    _run_all(shell, assignment, cells)
                os._exit(0)
            os.waitpid(pid, 0)
        costs.append((_children() + time.process_time() - before) / len(repaired))
    return {"students": len(repaired), "cpu_ms_per_submission": 1e3 * float(np.median(costs))}


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """``python -m benchmarks.floor ASSIGNMENT FOLDER REPEATS`` prints the figures as JSON."""
    name, folder, repeats = sys.argv[1:]
    assignment = assignments.load(name)
    print(json.dumps(_measure(assignment, TemporaryClass(name, Path(folder), []), int(repeats))))


if __name__ == "__main__":
    main()
