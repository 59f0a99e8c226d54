"""Where the processor time of one submission goes: repair, start, load, look, judge, record.

A whole class is taken through ever more of the stages, and a stage's time is what it adds. (Time in
the sandbox cannot be read stage by stage: the system counts a process's time in ticks that are
longer than a stage.)
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.classes import SECRET, TemporaryClass
from benchmarks.watch import run, used_by_tree
from grader.classes.folder_grader import FolderGrader
from grader.classes.grading_job import GradingJob
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.grade import preparation
from grader.judging.judge import Judge
from grader.judging.loaded_notebook import LoadedNotebook
from grader.paths import PROJECT
from grader.sandbox.host.session import Session
from grader.sandbox.host.worker import Worker
from grader.submission.repair import RepairedSubmission, repair

_REPEATS = 3


def stages(group: TemporaryClass) -> dict[str, Any]:
    """Measure each stage over a class, one worker, warm: milliseconds a submission.

    This is done in a process of its own.

    Returns:
        For each stage ``own_ms``, in the trusted process, and ``sandbox_ms``.
    """
    command = [sys.executable, "-m", "benchmarks.stages", group.assignment]
    done = run(command, group.environment(), PROJECT, 3600.0, memory_every=10**9)
    if done.status != 0:
        raise RuntimeError(done.errors)
    result: dict[str, Any] = json.loads(done.lines[-1][1])
    return result


def _measure(name: str) -> dict[str, Any]:
    from grader.recording.gradebook_setup import ensure_in_gradebook
    from grader.recording.recorder import Recorder
    from grader.settings.course import load_course

    course = load_course()
    assignment = assignments.load(name)
    ensure_in_gradebook(assignment, course.coursedir)
    folders = course.submissions(name)
    raw = [(folder / f"{name}.ipynb").read_bytes() for folder in folders.values()]
    repaired = [repair(each, assignment) for each in raw]
    with FolderGrader(GradingJob(name, course.settings, SECRET)) as grader:
        worker = grader.worker
        worker.prepare(preparation(assignment, SECRET))

        def whole_class() -> list[Any]:
            return [grader.grade(student, folder) for student, folder in folders.items()]

        steps: dict[str, Callable[[], Any]] = {
            "repair": lambda: [repair(each, assignment) for each in raw],
            "start and end": lambda: [_start(worker) for _each in repaired],
            "load": lambda: [_load(each, assignment, worker) for each in repaired],
            "look": lambda: [_look(each, assignment, worker) for each in repaired],
        }
        results = whole_class()
        used = {step: _used(worker, work) for step, work in steps.items()}
        everything = _used(worker, whole_class)
    used["look"] -= used["load"]
    used["load"] -= used["start and end"]
    used["judge, diagnose, prepare the record"] = everything - sum(used.values())
    started = time.process_time()
    with Recorder(course.coursedir) as recorder:
        for done in results:
            recorder.record_folder(done, assignment)
    used["record"] = np.array([time.process_time() - started, 0.0])
    each = 1e3 / len(folders)
    return {
        step: {"own_ms": float(own) * each, "sandbox_ms": float(sandbox) * each}
        for step, (own, sandbox) in used.items()
    }


def _start(worker: Worker) -> Session:
    session = worker.open()
    session.close()
    return session


def _load(repaired: RepairedSubmission, assignment: Assignment, worker: Worker) -> bool:
    with LoadedNotebook(repaired.cells, assignment, worker) as notebook:
        return notebook.process.session(with_cases=bool(notebook.plain)) is not None


def _look(repaired: RepairedSubmission, assignment: Assignment, worker: Worker) -> Judge:
    with LoadedNotebook(repaired.cells, assignment, worker) as notebook:
        judge = Judge(assignment, SECRET, notebook, repaired.functions)
        judge.look([e.name for e in assignment.exercises if e.name not in repaired.untouched])
        return judge


def _used(worker: Worker, work: Callable[[], Any]) -> Any:
    """Processor seconds that something takes: in this process, and in the worker and below."""
    assert worker.process_id is not None
    seen = []
    for _repeat in range(_REPEATS):
        own, sandbox = time.process_time(), used_by_tree(worker.process_id)
        work()
        own = time.process_time() - own
        seen.append((own, used_by_tree(worker.process_id) - sandbox))
    return np.median(np.array(seen), axis=0)


def main() -> None:
    """``python -m benchmarks.stages ASSIGNMENT`` prints the figures as JSON."""
    print(json.dumps(_measure(sys.argv[1])))


if __name__ == "__main__":
    main()
