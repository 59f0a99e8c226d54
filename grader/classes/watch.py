"""Grade what students hand in, as they hand it in: warm workers, one writer, feedback at once.

An attempt is copied first, so that nobody changes what is graded. Workers grade copies; what comes
back is recorded in the order in which it was handed in. An attempt is finished when its row is in
the record of attempts, which is written last: at whatever moment this process is ended, each
attempt is either finished or still to be graded, and grading it again gives the same.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from grader.classes.arrivals import Arrivals
from grader.classes.grading_job import GradingJob
from grader.classes.hooks import Hooks
from grader.classes.pool import Results, WarmPool, keep_for_good, result_of, start_grading
from grader.classes.turns import Key, Turn, Turns
from grader.exercises import assignment as assignments
from grader.recording.attempts import GRADED, Attempt, AttemptRecord
from grader.recording.autograded_folder import Workshop
from grader.recording.collecting import collect
from grader.recording.gradebook_connection import GradebookSetupError
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.recording.gradebook_trouble import RecordError
from grader.recording.grading_lock import grading_alone
from grader.recording.grading_result import GradingResult
from grader.recording.recorder import Recorder
from grader.settings.attempt_settings import Attempts
from grader.settings.autograde_settings import autograde_step, not_in_gradebook
from grader.settings.course import Course
from grader.submission.hand_ins import HandIn

_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_BETWEEN_CHORES = 5.0
_SECONDS_UNTIL_NEXT_TRY = 5.0
_MOST_AT_ONCE = 8
_AHEAD = 2
_IDLE_SECONDS = 1800.0
_ODD_SECONDS = 900.0
"""Students write the time at which they hand in; so much later it should be there."""


class Publisher(Protocol):
    """Whoever gives students their feedback."""

    def shows_public(self, student: str, assignment: str) -> bool:
        """Whether a student sees at first what the public cases say of an attempt."""

    def graded(
        self,
        attempt: Attempt,
        done: GradingResult,
        earlier: Sequence[Attempt],
        gradebook: Any,
        public: GradingResult | None,
    ) -> None:
        """Give the feedback of an attempt that is graded, and recorded where it counts."""

    def not_graded(self, attempt: Attempt, folder: Path, earlier: Sequence[Attempt]) -> None:
        """Say why an attempt is not graded."""

    def chores(self) -> None:
        """Do what has become due by now."""


class WatchReport(Protocol):
    """Whoever is told how it goes on."""

    def start(self, names: Collection[str], where: Collection[Path], jobs: int) -> None:
        """Grading begins."""

    def waiting(self, number: int) -> None:
        """So many attempts wait, or are being graded."""

    def done(self, attempt: Attempt, graded: GradingResult | None, seconds: float) -> None:
        """An attempt is finished, so many seconds after it was handed in."""

    def warn(self, sentence: str) -> None:
        """Something that the teacher must know."""


@dataclass
class _Running:
    """An attempt that is being graded.

    Attributes:
        hand_in: as it was handed in.
        copy: what is graded.
        came: from when on it could be graded.
        pools: who grades it: on the hidden cases, and on the public ones where the student sees
            what comes of those.
        results: what came of it, by the number of the pool.
    """

    hand_in: HandIn
    copy: Path
    came: float
    pools: list[WarmPool]
    results: dict[int, GradingResult] = field(default_factory=dict)

    @property
    def public(self) -> GradingResult | None:
        """What came of it on the public cases; None where that is not asked for."""
        return self.results.get(1)


class Watch:
    """Grades what arrives, until it is told to end.

    Parameters:
        course: the configured course.
        arrivals: where students hand in.
        rules: how many attempts a student has, and which counts.
        record: the attempts that are finished.
        job: how an assignment is graded, by its name.
        publisher: who gives feedback.
        report: who is told how it goes on.
        jobs: how many to grade at the same time.
    """

    def __init__(
        self,
        course: Course,
        arrivals: Sequence[Arrivals],
        rules: Attempts,
        record: AttemptRecord,
        job: Callable[[str], GradingJob],
        publisher: Publisher,
        report: WatchReport,
        jobs: int,
    ) -> None:
        self._course = course
        self._arrivals = arrivals
        self._rules = rules
        self._record = record
        self._job = job
        self._publisher = publisher
        self._report = report
        self._jobs = jobs
        self._turns = Turns(rules, record)
        self._running: dict[Key, _Running] = {}
        self._graded: list[GradingResult] = []
        self._results: Results = SimpleQueue()
        self._pools: dict[tuple[str, bool], WarmPool] = {}
        self._used: dict[tuple[str, bool], float] = {}
        self._hooks: dict[str, Hooks] = {}  # by assignment, like the pools
        self._ended = False
        self._step = autograde_step(course.coursedir)
        self._create_students = bool(self._step.create_student)
        self._recorder: Recorder | None = None  # open while there is work
        base = course.coursedir.format_path(course.coursedir.submitted_directory, ".", ".")
        self._workshop = Workshop(Path(base), bool(course.coursedir.groupshared))

    def end(self) -> None:
        """End soon: what is graded is recorded, everything else is graded the next time."""
        self._ended = True

    def warm_up(self, name: str) -> None:
        """Have workers ready for an assignment before anything is handed in.

        Raises:
            SandboxError: students' code cannot be isolated here.
            GradebookSetupError: the gradebook cannot be opened.
        """
        self._pool(name)

    def _pool(self, name: str, public: bool = False) -> WarmPool:
        """Warm workers for an assignment, and for its hidden or its public cases."""
        key = name, public
        if key not in self._pools:
            job = self._job(name)
            self._pools[key] = WarmPool(job.with_public_cases() if public else job, self._jobs)
            self._hooks[name] = Hooks(self._step, job)
            ensure_in_gradebook(job.assignment, self._course.coursedir)
        self._used[key] = time.monotonic()
        return self._pools[key]

    def run(self) -> None:
        """Look, grade and record, until :meth:`end` is called.

        Raises:
            SandboxError: the sandbox does not work any more.
        """
        chores = 0.0
        keep_for_good()
        with ExitStack() as stack:
            stack.callback(self._workshop.close)
            stack.callback(self._stop_pools)
            stack.callback(self._close_recorder)
            while not self._ended:
                self._look()
                self._begin()
                self._collect_results()
                self._finish()
                if not self._running:
                    self._close_recorder()
                if time.monotonic() > chores:
                    chores = time.monotonic() + _SECONDS_BETWEEN_CHORES
                    self._do_chores()
                self._report.waiting(len(self._turns) + len(self._running))

    def _do_chores(self) -> None:
        self._stop_pools(idle_for=_IDLE_SECONDS)
        try:
            self._publisher.chores()
        except (GradebookSetupError, OSError) as error:
            self._report.warn(f"{error} It is tried again.")

    # ------------------------------------------------------------------- what is to be graded

    def _look(self) -> None:
        new = [hand_in for source in self._arrivals for hand_in in source.look()]
        for hand_in in sorted(new, key=lambda one: (one.time, one.name)):
            if hand_in.came - hand_in.time.timestamp() > _ODD_SECONDS:
                when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(hand_in.came))
                self._report.warn(f"{hand_in.name} was not there before {when}.")
            self._turns.add(hand_in)

    def _begin(self) -> None:
        """Start what may be started; finish what is not to be graded."""
        for turn in self._turns.next(self._running, self._jobs * _AHEAD):
            if turn.state == GRADED:
                self._start(turn)
            else:
                self._leave(turn.hand_in, turn.state)

    def _start(self, turn: Turn) -> None:
        hand_in = turn.hand_in
        copy = self._workshop.folder / hand_in.assignment / hand_in.student / hand_in.assignment
        shutil.rmtree(copy, ignore_errors=True)
        try:
            pools = [self._pool(hand_in.assignment)]
            if self._publisher.shows_public(hand_in.student, hand_in.assignment):
                pools.append(self._pool(hand_in.assignment, public=True))
            collect(self._course.coursedir, hand_in.folder, copy)
            self._hooks[hand_in.assignment].before(copy)
        except OSError as error:
            self._report.warn(f"{hand_in.name} cannot be read: {error.strerror or error}.")
            return
        except GradebookSetupError as error:
            self._report.warn(str(error))
            self._turns.put_back(hand_in)
            time.sleep(_SECONDS_UNTIL_NEXT_TRY)
            return
        self._running[hand_in.key] = _Running(hand_in, copy, turn.came, pools)
        for pool in pools:
            start_grading(self._results, pool, hand_in.student, copy)

    # ----------------------------------------------------------------------- what came of it

    def _collect_results(self) -> None:
        """Take what is graded; wait a moment for the first."""
        wait = 0.0 if self._graded else _SECONDS_BETWEEN_LOOKS
        while len(self._graded) < _MOST_AT_ONCE:
            try:
                ended = self._results.get(timeout=wait)
            except Empty:
                return
            wait = 0.0
            done = result_of(self._results, ended)
            if done is None:
                continue
            running = self._running[done.student_id, done.folder.name]
            running.results[running.pools.index(ended.pool)] = done
            if len(running.results) == len(running.pools):
                self._graded.append(running.results[0])

    def _finish(self) -> None:
        """Record what is graded, give feedback, and note that it is finished."""
        for name in {done.folder.name for done in self._graded}:
            mine = [done for done in self._graded if done.folder.name == name]
            try:
                with grading_alone(self._course.coursedir, name):
                    self._record_all(name, mine)
            except (RecordError, GradebookSetupError, OSError, sqlite3.Error) as error:
                self._report.warn(f"{error} It is tried again.")
                self._close_recorder()
                time.sleep(_SECONDS_UNTIL_NEXT_TRY)
                continue
            self._graded = [done for done in self._graded if done.folder.name != name]

    def _record_all(self, name: str, graded: list[GradingResult]) -> None:
        if self._recorder is None:
            self._recorder = Recorder(self._course.coursedir, batch=1000, seconds=3600.0)
        recorder = self._recorder
        finished: list[tuple[Attempt, GradingResult, Sequence[Attempt]]] = []
        strangers = []
        for done in graded:
            if not (self._create_students or recorder.marks.has_student(done.student_id)):
                strangers.append(done)
                continue
            done = self._with_penalties(done, recorder)
            attempt, earlier = self._decided(done)
            if attempt.counts:
                place = self._course.folder("submitted", done.student_id, name)
                done = self._in_place(done, place)
                recorder.record_folder(done, assignments.load(name))
            finished.append((attempt, done, earlier))
        recorder.flush()
        hooks = self._hooks[name]
        if hooks.wanted_after:
            for attempt, done, _earlier in finished:
                if attempt.counts:
                    hooks.after(done.folder)
        for attempt, done, earlier in finished:
            public = self._running[attempt.student, name].public
            self._publisher.graded(attempt, done, earlier, recorder.marks.gradebook, public)
        recorder.marks.gradebook.db.rollback()  # nothing was changed since: only read
        for done in strangers:
            self._report.warn(f"{done.student_id}: {not_in_gradebook(done.student_id)}")
            self._forget(done)
        now = time.time()
        self._record.add(dataclasses.replace(one[0], done=now) for one in finished)
        for attempt, done, _earlier in finished:
            self._report.done(attempt, done, max(0.0, now - attempt.came))
            self._forget(done)

    def _with_penalties(self, done: GradingResult, recorder: Recorder) -> GradingResult:
        """With what is to be taken off each notebook for being late."""
        if done.autograded is None:
            return done
        hand_in = self._running[done.student_id, done.folder.name].hand_in
        asked = (hand_in.assignment, hand_in.student, hand_in.time)
        notebooks = tuple(
            dataclasses.replace(
                one, late_penalty=recorder.marks.expected_penalty(*asked, one.score)
            )
            for one in done.autograded.notebooks
        )
        made = dataclasses.replace(done.autograded, notebooks=notebooks)
        return dataclasses.replace(done, autograded=made)

    def _decided(self, done: GradingResult) -> tuple[Attempt, Sequence[Attempt]]:
        """The attempt, with its points and whether it counts; and those before it."""
        running = self._running[done.student_id, done.folder.name]
        hand_in = running.hand_in
        earlier = self._record.of(hand_in.student, hand_in.assignment)
        notebooks = done.autograded.notebooks if done.autograded is not None else ()
        points = sum(one.score - one.late_penalty for one in notebooks)
        before = next((one for one in earlier if one.counts), None)
        if before is None:
            counts = True
        elif self._rules.counts == "best":
            counts = points >= before.points
        else:
            counts = hand_in.time >= before.time
        attempt = _attempt(hand_in, earlier, running.came, GRADED)
        return dataclasses.replace(attempt, points=points, counts=counts), earlier

    def _in_place(self, done: GradingResult, place: Path) -> GradingResult:
        """Move the copy that was graded to ``submitted/``; it may be there from an earlier try."""
        handed_in = self._running[done.student_id, done.folder.name].hand_in.folder
        if done.folder.exists() and handed_in.resolve() != place.resolve():
            self._workshop.move(done.folder, place)
        return dataclasses.replace(done, folder=place)

    def _close_recorder(self) -> None:
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            with suppress(RecordError, GradebookSetupError, OSError):  # it is graded once more
                recorder.close()

    def _forget(self, done: GradingResult) -> None:
        running = self._running.pop((done.student_id, done.folder.name))
        shutil.rmtree(running.copy, ignore_errors=True)

    def _leave(self, hand_in: HandIn, state: str) -> None:
        """Finish an attempt that is not graded."""
        earlier = self._record.of(hand_in.student, hand_in.assignment)
        now = time.time()
        attempt = dataclasses.replace(_attempt(hand_in, earlier, hand_in.came, state), done=now)
        self._publisher.not_graded(attempt, hand_in.folder, earlier)
        self._record.add([attempt])
        self._report.done(attempt, None, max(0.0, now - attempt.came))

    def _stop_pools(self, idle_for: float = 0.0) -> None:
        for key in list(self._pools):
            if time.monotonic() - self._used[key] >= idle_for:
                self._pools.pop(key).stop()


def _attempt(hand_in: HandIn, earlier: Sequence[Attempt], came: float, state: str) -> Attempt:
    return Attempt(
        name=hand_in.name,
        student=hand_in.student,
        assignment=hand_in.assignment,
        number=len(earlier) + 1,
        time=hand_in.time,
        came=came,
        state=state,
    )
