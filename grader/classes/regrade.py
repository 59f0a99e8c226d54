"""After an exercise was mended, grade again only what it affects.

What has changed is told by digests of the exercises that were recorded with each mark. The marks
that would change are shown first, and are written only when that is wanted. Marks and comments that
a person gave stay.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.classes.folder_grader import digest_in
from grader.classes.grading_job import grading_job
from grader.classes.pool import grade_folders, jobs_for
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import exercise_fingerprints
from grader.judging.graded import GradedExercise
from grader.recording.gradebook_connection import open_gradebook
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.recording.grading import Grading, recorded_grading
from grader.recording.grading_lock import grading_alone
from grader.recording.grading_result import GradingResult
from grader.recording.recorder import Recorder
from grader.settings.class_folders import chosen_students
from grader.settings.course import Course, load_course


@dataclass
class Plan:
    """What is to be graded again.

    Attributes:
        folders: student and folder of each submission that is affected.
        known: for each of these students the exercises that stay as they are.
        before: for each of these students all exercises as they were recorded.
        affected: for each exercise, in how many submissions it is judged again.
        unaffected: how many submissions are not affected.
        not_graded: students whose submission is new or has changed; autograde grades those.
    """

    folders: list[tuple[str, Path]] = field(default_factory=list)
    known: dict[str, dict[str, GradedExercise]] = field(default_factory=dict)
    before: dict[str, dict[str, GradedExercise]] = field(default_factory=dict)
    affected: Counter[str] = field(default_factory=Counter)
    unaffected: int = 0
    not_graded: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """How the marks of a student change.

    Attributes:
        student_id: the student.
        before, after: the points of all exercises together, as the judge decides.
        lines: one for each exercise whose verdict or points change.
    """

    student_id: str
    before: float
    after: float
    lines: tuple[str, ...]


def make_plan(course: Course, assignment: Assignment, secret: str) -> Plan:
    """Find out which exercises of which submissions are affected."""
    now = exercise_fingerprints(assignment, secret)
    plan = Plan()
    folders = course.submissions(assignment.name)
    for student_id in chosen_students(course.coursedir, folders):
        folder = folders[student_id]
        autograded = course.folder("autograded", student_id, assignment.name)
        recorded = recorded_grading(autograded)
        digest = digest_in(folder, assignment)
        if recorded is None or recorded.submission != digest or recorded.waiting:
            plan.not_graded.append(student_id)
            continue
        again = affected_exercises(assignment, recorded.editions, now)
        if not again and _cells_are_the_same(recorded, assignment):
            plan.unaffected += 1
            continue
        before = recorded.by_name()
        plan.folders.append((student_id, folder))
        plan.before[student_id] = before
        plan.known[student_id] = {
            name: exercise for name, exercise in before.items() if name in now and name not in again
        }
        plan.affected.update(again)
    return plan


def affected_exercises(
    assignment: Assignment, recorded: Mapping[str, str], now: Mapping[str, str]
) -> set[str]:
    """The exercises that have changed since, and those that build on them."""
    changed = {name for name, digest in now.items() if recorded.get(name) != digest}
    return {name for name in now if changed.intersection([name, *assignment.foundations(name)])}


def _cells_are_the_same(recorded: Grading, assignment: Assignment) -> bool:
    """Whether the recorded exercises are those of the assignment, none more and none less."""
    return recorded.by_name().keys() == {item.name for item in assignment.items}


class Regrade:
    """One run: plan, grade what is affected, and record it if that is wanted.

    Use it as a context; what has been graded waits on disk until the context ends.

    Attributes:
        assignment: the assignment.
        plan: what is to be graded again.

    Parameters:
        assignment_name: the assignment.
        isolated: whether to use the sandbox.
        jobs: how many submissions to grade at the same time.

    Raises:
        SandboxError: isolation is wanted and does not work here.
    """

    def __init__(
        self, assignment_name: str, isolated: bool = True, jobs: int | None = None
    ) -> None:
        self._course = load_course()
        self.assignment = assignments.load(assignments.full_name(assignment_name))
        self._job = grading_job(self._course, self.assignment, isolated)
        self.plan = make_plan(self._course, self.assignment, self._job.secret)
        self._jobs = jobs_for(len(self.plan.folders), jobs)
        self._kept = tempfile.TemporaryFile(prefix="regrade-")  # noqa: SIM115

    def grade(self) -> Iterator[GradingResult]:
        """Grade what is affected, and keep it.

        Raises:
            GradebookSetupError: the gradebook cannot be opened, which is told before the work.
        """
        open_gradebook(self._course.coursedir).close()
        for done in grade_folders(self.plan.folders, self._job, self._jobs, self.plan.known):
            if done.graded is not None:  # what cannot be graded any more keeps its marks
                pickle.dump(done, self._kept)
            yield done

    def _graded(self) -> Iterator[GradingResult]:
        self._kept.seek(0)
        with suppress(EOFError):
            while True:
                yield pickle.load(self._kept)

    def change(self, done: GradingResult) -> Change | None:
        """How one submission changes; None where it does not, or could not be graded."""
        if done.graded is None:
            return None
        after = {exercise.name: exercise for exercise in done.graded.exercises}
        change = difference(done.student_id, self.plan.before[done.student_id], after)
        return change if change.lines else None

    def record(self) -> None:
        """Write the marks of all that has been graded, and is still what was handed in.

        Raises:
            RecordError, GradebookSetupError: the gradebook cannot be used.
        """
        ensure_in_gradebook(self.assignment, self._course.coursedir)
        coursedir = self._course.coursedir
        with grading_alone(coursedir, self.assignment.name), Recorder(coursedir) as recorder:
            for done in self._graded():
                if digest_in(done.folder, self.assignment) == done.digest:
                    recorder.record_folder(done, self.assignment)

    def __enter__(self) -> Regrade:
        return self

    def __exit__(self, *_error: object) -> None:
        self._kept.close()


def difference(
    student_id: str,
    before: Mapping[str, GradedExercise],
    after: Mapping[str, GradedExercise],
) -> Change:
    """How the verdicts and points of a student change."""
    lines = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            lines.append(f"{name}: {'new' if old is None else 'gone'}")
        elif (old.verdict, old.points) != (new.verdict, new.points):
            same = old.verdict == new.verdict
            verdicts = old.verdict if same else f"{old.verdict} -> {new.verdict}"
            lines.append(f"{name}: {old.points:g} -> {new.points:g} ({verdicts})")
    return Change(student_id, _points(before), _points(after), tuple(lines))


def _points(exercises: Mapping[str, GradedExercise]) -> float:
    return sum(one.points for one in exercises.values())
