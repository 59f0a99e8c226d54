"""Submissions a minute: this course's autograding against stock nbgrader's, on the same notebooks.

Stock nbgrader means its own configuration. Only the solution delimiters, the database and the time
limit of a cell are set; each notebook is executed in its kernel, with the public checks, and with
the hidden region calling :mod:`grader.judging.hidden_check`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.classes import TemporaryClass
from benchmarks.watch import ROLES, Run, run
from grader.paths import PROJECT, SOURCE

_LONGEST = 3600.0

_STOCK_CONFIGURATION = """\
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.db_url = "sqlite:///{root}/gradebook.db"
c.ClearSolutions.begin_solution_delimeter = "# YOUR CODE STARTS HERE"
c.ClearSolutions.end_solution_delimeter = "# YOUR CODE ENDS HERE"
c.Execute.timeout = 900
"""


class BenchmarkError(Exception):
    """What was to be measured did not work; the message is the end of what it printed."""


@dataclass(frozen=True)
class Rate:
    """How fast a class was graded.

    Attributes:
        students: how many submissions there were.
        seconds: wall clock of the whole command.
        steady_per_minute: submissions a minute once the workers are warm.
        cpu: processor seconds of the whole command, by role.
        steady_cpu_ms: processor milliseconds a submission once the workers are warm, by role.
        run: everything else that was seen.
    """

    students: int
    seconds: float
    steady_per_minute: float
    cpu: dict[str, float]
    steady_cpu_ms: dict[str, float]
    run: Run

    @property
    def per_minute(self) -> float:
        """Submissions a minute of the whole command, with its start."""
        return 60 * self.students / self.seconds

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain data."""
        return {
            "students": self.students,
            "seconds": self.seconds,
            "per_minute": self.per_minute,
            "steady_per_minute": self.steady_per_minute,
            "cpu_ms_per_submission": 1e3 * sum(self.cpu.values()) / self.students,
            "cpu_ms_per_submission_by_role": {
                role: 1e3 * used / self.students for role, used in self.cpu.items()
            },
            "steady_cpu_ms_per_submission": sum(self.steady_cpu_ms.values()),
            "steady_cpu_ms_per_submission_by_role": self.steady_cpu_ms,
        }


def autograde(
    group: TemporaryClass, jobs: int, one_core: bool = False, memory_every: int = 7
) -> Rate:
    """Grade a class with ``python -m grader autograde``, sandbox and diagnosis on.

    Parameters:
        group: the class; what an earlier run recorded is graded again.
        jobs: how many submissions at a time.
        one_core: whether all of it has one core and no more.
        memory_every: at how many looks at the processes their memory is looked at once.
    """
    arguments = ["autograde", group.assignment, "--jobs", str(jobs), "--json", "--force"]
    command = [sys.executable, "-m", "grader", *arguments]
    if one_core:
        core = min(os.sched_getaffinity(0))
        command = ["taskset", "--cpu-list", str(core), *command]
    environment = group.environment()
    done = run(command, environment, PROJECT, _LONGEST, memory_every=memory_every)
    graded = [at for at, line in done.lines if '"event": "graded"' in line]
    if done.status != 0 or len(graded) != len(group.students):
        said = "\n".join(line for _at, line in done.lines[-5:])
        raise BenchmarkError(f"autograde ended with {done.status}: {said}\n{done.errors}")
    # While the first quarter is graded the last of the workers may still be warming up.
    skip = min(max(2 * jobs, len(graded) // 4), len(graded) - 2)
    first, last, count = graded[skip], graded[-1], len(graded) - 1 - skip
    steady = {
        role: 1e3 * (done.cpu_until(last, role) - done.cpu_until(first, role)) / count
        for role in ROLES
    }
    return Rate(
        students=len(graded),
        seconds=done.seconds,
        steady_per_minute=60 * count / max(last - first, 1e-9),
        cpu={role: done.cpu(role) for role in ROLES},
        steady_cpu_ms=steady,
        run=done,
    )


def stock_autograde(group: TemporaryClass, count: int) -> dict[str, Any]:
    """Grade the first students of a class with nbgrader alone.

    Parameters:
        group: the class.
        count: how many of its students.

    Returns:
        Wall clock and processor time a submission, as plain data.
    """
    name = group.assignment
    with tempfile.TemporaryDirectory(prefix="benchmark-stock-") as folder:
        root = Path(folder)
        (root / "nbgrader_config.py").write_text(_STOCK_CONFIGURATION.format(root=root))
        (root / "source" / name).mkdir(parents=True)
        shutil.copy(SOURCE / name / f"{name}.ipynb", root / "source" / name)
        for student in group.students[:count]:
            target = root / "submitted" / student.student_id / name
            shutil.copytree(group.folder(student), target)
        environment = group.environment()
        del environment["COURSE_ROOT"]
        # The programs of the virtual environment, in which nbgrader looks for alembic too.
        environment["PATH"] = f"{Path(sys.executable).parent}:{environment.get('PATH', '')}"
        nbgrader = [sys.executable, "-m", "nbgrader"]
        made = run([*nbgrader, "generate_assignment", name], environment, root, _LONGEST)
        if made.status != 0:
            raise BenchmarkError(f"nbgrader generate_assignment: {made.errors}")
        done = run([*nbgrader, "autograde", name], environment, root, _LONGEST)
        graded = len(list((root / "autograded").glob(f"*/{name}/{name}.ipynb")))
        if done.status != 0 or graded != count:
            raise BenchmarkError(f"nbgrader autograde graded {graded} of {count}: {done.errors}")
    return {
        "students": count,
        "seconds": done.seconds,
        "per_minute": 60 * count / done.seconds,
        "cpu_ms_per_submission": 1e3 * done.cpu() / count,
    }


def flatness(rate: Rate, jobs: int) -> dict[str, Any]:
    """The memory of each sort of process early in a run and later, in MB (PSS) a process.

    A worker counts with the submissions that it has forked.
    """
    result: dict[str, Any] = {"submissions": rate.students}
    graded = [at for at, line in rate.run.lines if '"event": "graded"' in line]
    warm = graded[min(len(graded) // 10, len(graded) - 1)]
    for role in ROLES:
        count = 1 if role == "coordinator" else jobs
        seen = [
            used / count / 1e6 for at, used in rate.run.memory(role) if warm <= at <= graded[-1]
        ]
        third = max(1, len(seen) // 3)
        if seen:
            result[role] = {
                "first_third_mb": float(np.median(seen[:third])),
                "last_third_mb": float(np.median(seen[-third:])),
                "largest_mb": max(seen),
            }
    return result


def marks(rate: Rate) -> dict[str, float]:
    """The score of each student as the run told it, to see that runs agree."""
    events = [json.loads(line) for _at, line in rate.run.lines if '"event": "graded"' in line]
    return {event["student"]: event.get("score", 0.0) for event in events}
