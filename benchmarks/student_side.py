"""What a student waits for: importing the checks, and the answer of one."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import numpy as np

from benchmarks.watch import run
from grader.paths import PROJECT, RELEASE, SOURCE

_IMPORT = """
import time
import numpy
before = time.perf_counter()
import {module}
print(time.perf_counter() - before)
"""

_CHECKS = """
import json, sys, time
import numpy
sys.path.insert(0, {project!r})
from grader.exercises import assignment as assignments
assignment = assignments.load({name!r})
functions = [getattr(assignment.reference, e.name) for e in assignment.exercises]
import public_tests
import contextlib, io
taken = {{}}
for function in functions:
    check = getattr(public_tests, function.__name__ + "_test")
    times = []
    for _repeat in range({repeats}):
        before = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            check(function)
        times.append(time.perf_counter() - before)
    taken[function.__name__] = times
print(json.dumps(taken))
"""


def student_side(repeats: int) -> dict[str, Any]:
    """Seconds of wall clock: the import beyond NumPy's own, and the checks of each assignment.

    ``first`` is the first answer in a fresh process, ``again`` the median of the next ones.
    """
    imports = [
        float(_run(_IMPORT.format(module="public_tests"), str(PROJECT)))
        for _repeat in range(repeats)
    ]
    checks: dict[str, Any] = {}
    for folder in sorted(SOURCE.iterdir()):
        if not (folder / "exercises.py").exists():
            continue
        code = _CHECKS.format(project=str(PROJECT), name=folder.name, repeats=repeats + 1)
        taken = json.loads(_run(code, str(RELEASE / folder.name)))
        for name, times in taken.items():
            checks[f"{folder.name}.{name}"] = {
                "first": times[0],
                "again": float(np.median(times[1:])),
            }
    return {
        "import_beyond_numpy_seconds": float(np.median(imports)),
        "slowest_first_check_seconds": max(check["first"] for check in checks.values()),
        "median_check_seconds": float(np.median([c["again"] for c in checks.values()])),
        "checks": checks,
    }


def _run(code: str, folder: str) -> str:
    environment = {**os.environ, "PYTHONPATH": folder}
    done = run([sys.executable, "-c", code], environment, PROJECT, 600.0, memory_every=10**9)
    if done.status != 0:
        raise RuntimeError(done.errors)
    return done.lines[-1][1]
