"""Where the processor time of one submission goes: repair, load, probe, judge, record."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.classes import SECRET, TemporaryClass
from benchmarks.watch import run, used_by_tree
from grader import assignment as assignments
from grader.graded_folder import FolderGrader
from grader.loaded_notebook import LoadedNotebook
from grader.paths import PROJECT
from grader.repair import repair
from grader.sandbox.host import Worker
from grader.sandbox.session import Session


class _Clock:
    """Adds up the processor time of nested stages, each without what is inside of it."""

    def __init__(self) -> None:
        self.own: dict[str, float] = defaultdict(float)
        self.sandbox: dict[str, float] = defaultdict(float)
        self.worker: Worker | None = None
        self._inner = [0.0]

    def _used(self) -> float:
        process = self.worker.process_id if self.worker else None
        return used_by_tree(process) if process else 0.0

    @contextmanager
    def stage(self, name: str, sandboxed: bool) -> Iterator[None]:
        """Count what happens inside for a stage."""
        looked = time.process_time()
        before = self._used() if sandboxed else 0.0
        self._inner[-1] += time.process_time() - looked  # looking is nobody's work
        self._inner.append(0.0)
        started = time.process_time()
        try:
            yield
        finally:
            whole = time.process_time() - started
            self.own[name] += whole - self._inner.pop()
            looked = time.process_time()
            if sandboxed:
                self.sandbox[name] += self._used() - before
            self._inner[-1] += whole + (time.process_time() - looked)

    def wrap(self, function: Callable[..., Any], name: str, sandboxed: bool) -> Callable[..., Any]:
        """The function as a stage."""

        def measured(*arguments: Any, **named: Any) -> Any:
            with self.stage(name, sandboxed):
                return function(*arguments, **named)

        return measured


def stages(group: TemporaryClass) -> dict[str, Any]:
    """Measure each stage over a class, one worker, warm: milliseconds a submission.

    This is done in a process of its own. The time in the sandbox is read in ticks of the system's
    clock, so it is rough for a small class. ``start and end`` is the forking, isolating and ending
    of the submission's process.
    """
    command = [sys.executable, "-m", "benchmarks.stages", group.assignment, str(group.root)]
    done = run(command, group.environment(), PROJECT, 3600.0, memory_every=10**9)
    if done.status != 0:
        raise RuntimeError(done.errors)
    result: dict[str, Any] = json.loads(done.lines[-1][1])
    return result


def _measure(name: str, root: Path) -> dict[str, Any]:
    from grader.course import load_course
    from grader.gradebook_setup import ensure_in_gradebook
    from grader.record import Recorder

    course = load_course()
    assignment = assignments.load(name)
    ensure_in_gradebook(assignment, course.coursedir)
    clock = _Clock()
    grader = FolderGrader(assignment, course.settings, SECRET, isolated=True)
    grader.worker.start()
    folders = list(course.submissions(name).items())
    try:
        for student_id, folder in folders[:4]:
            grader.grade(student_id, folder)
        clock.worker = grader.worker
        with (
            mock.patch("grader.grade.repair", clock.wrap(repair, "repair", False)),
            mock.patch.object(Session, "load", clock.wrap(Session.load, "load", True)),
            mock.patch.object(Session, "probe", clock.wrap(Session.probe, "probe", True)),
            mock.patch.object(
                Session,
                "probe_together",
                clock.wrap(Session.probe_together, "probe together", True),
            ),
            mock.patch.object(Worker, "open", clock.wrap(Worker.open, "start and end", True)),
            mock.patch.object(
                LoadedNotebook,
                "__exit__",
                clock.wrap(LoadedNotebook.__exit__, "start and end", True),
            ),
        ):
            results = []
            for student_id, folder in folders:
                with clock.stage("judge and diagnose", sandboxed=False):
                    results.append(grader.grade(student_id, folder))
    finally:
        grader.close()
    with clock.stage("record", sandboxed=False), Recorder(course.coursedir) as recorder:
        for done in results:
            recorder.record_folder(done, assignment)
    each = 1e3 / len(folders)
    return {
        name: {"own_ms": own * each, "sandbox_ms": clock.sandbox.get(name, 0.0) * each}
        for name, own in clock.own.items()
    }


def main() -> None:
    """``python -m benchmarks.stages ASSIGNMENT FOLDER`` prints the figures as JSON."""
    name, folder = sys.argv[1:]
    print(json.dumps(_measure(name, Path(folder))))


if __name__ == "__main__":
    main()
