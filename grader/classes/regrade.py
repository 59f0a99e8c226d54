"""``python -m grader regrade``: after an exercise was mended, grade again only what it affects.

What has changed is told by digests of the exercises that were recorded with each mark. The marks
that would change are shown first, and are written only when that is wanted. Marks and comments that
a person gave stay.
"""

from __future__ import annotations

import pickle
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from grader.classes.graded_folder import GradedFolder, digest_of_read, read
from grader.classes.pool import default_jobs, grade_folders
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import class_secret, exercise_fingerprints
from grader.judging.graded import GradedExercise
from grader.recording.gradebook_connection import open_gradebook
from grader.recording.gradebook_setup import GradebookSetupError, ensure_in_gradebook
from grader.recording.grading_state import recorded_state
from grader.recording.recorder import Recorder, RecordError
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.worker import SandboxError
from grader.settings.class_folders import chosen_students
from grader.settings.course import Course, load_course


@dataclass
class Plan:
    """What is to be graded again.

    Attributes:
        folders: student and folder of each submission that is affected.
        known: for each of these students the exercises that stay as they are.
        before: for each of these students all exercises as they were recorded.
        affected: how many submissions each exercise is judged again in.
        unaffected: how many submissions nothing has changed for.
        not_graded: students whose submission is new or has changed: a matter for autograde.
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


def regrade(
    assignment_name: str,
    yes: bool = False,
    isolated: bool = True,
    jobs: int | None = None,
) -> int:
    """Grade again what a changed assignment affects; show the changes, then write them.

    Parameters:
        assignment_name: the assignment.
        yes: write without asking.
        isolated: whether to use the sandbox.
        jobs: how many submissions to grade at the same time.

    Returns:
        The exit status: 0; 1 where something could not be graded or written.
    """
    course = load_course()
    assignment = assignments.load(assignments.full_name(assignment_name))
    isolated = isolated and course.sandbox
    if isolated and (reason := bubblewrap.why_unavailable()):
        raise SandboxError(reason)
    plan = make_plan(course, assignment, class_secret())
    _tell_plan(plan, assignment)
    if not plan.folders:
        return 0
    # A gradebook that cannot be opened is told before the work.
    open_gradebook(course.coursedir).close()
    with tempfile.TemporaryDirectory(prefix="regrade-") as scratch:
        kept = _Kept(Path(scratch))
        changes = list(_grade(course, assignment, plan, isolated, jobs, kept))
        _tell_changes(changes, len(plan.folders))
        if not (yes or _is_wanted()):
            return 0
        try:
            ensure_in_gradebook(assignment, course.coursedir)
            with Recorder(course.coursedir) as recorder:
                for done in kept:
                    recorder.record_folder(done, assignment)
        except (RecordError, GradebookSetupError) as error:
            print(error, file=sys.stderr)
            return 1
    print(f"{len(plan.folders)} submissions are recorded. Feedback pages are made again by: ")
    print(f"  nbgrader generate_feedback {assignment.name} --force")
    return 1 if kept.problems else 0


def make_plan(course: Course, assignment: Assignment, secret: str) -> Plan:
    """Find out which exercises of which submissions are affected."""
    now = exercise_fingerprints(assignment, secret)
    plan = Plan()
    folders = course.submissions(assignment.name)
    for student_id in chosen_students(course.coursedir, folders):
        folder = folders[student_id]
        autograded = course.folder("autograded", student_id, assignment.name)
        state = recorded_state(autograded, assignment.name)
        digest = digest_of_read(read(folder, assignment))
        if not state or state.get("submission") != digest:
            plan.not_graded.append(student_id)
            continue
        again = affected_exercises(assignment, state.get("editions", {}), now)
        if not again and _cells_are_the_same(state, assignment):
            plan.unaffected += 1
            continue
        before = {entry["name"]: _exercise(entry) for entry in state.get("exercises", ())}
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


def _cells_are_the_same(state: Mapping[str, Any], assignment: Assignment) -> bool:
    """Whether the recorded exercises are those of the assignment, none more and none less."""
    recorded = [entry.get("name") for entry in state.get("exercises", ())]
    return recorded == [exercise.name for exercise in assignment.exercises]


def _exercise(entry: Mapping[str, Any]) -> GradedExercise:
    return GradedExercise(
        entry["name"],
        entry["verdict"],
        entry["points"],
        entry["max_points"],
        tuple(entry["misconceptions"]),
        entry["message"],
        entry["lesson"],
        tuple(entry.get("remarks", ())),
    )


def _grade(
    course: Course,
    assignment: Assignment,
    plan: Plan,
    isolated: bool,
    jobs: int | None,
    kept: _Kept,
) -> Iterator[Change]:
    count = max(1, min(jobs or default_jobs(), len(plan.folders)))
    how = (assignment, course.settings, class_secret(), isolated, count, plan.known)
    results: Iterable[GradedFolder] = grade_folders(plan.folders, *how)
    for done in tqdm(results, total=len(plan.folders), unit="submission", disable=None):
        kept.add(done)
        if done.graded is None:
            tqdm.write(f"{done.student_id}: {done.problem}", file=sys.stderr)
            continue
        after = {exercise.name: exercise for exercise in done.graded.exercises}
        change = difference(done.student_id, plan.before[done.student_id], after)
        if change.lines:
            yield change


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


class _Kept:
    """Graded submissions that wait on disk until their marks are wanted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.problems = 0

    def add(self, done: GradedFolder) -> None:
        """Keep one; a submission that cannot be graded any more keeps its marks."""
        if done.graded is None:
            self.problems += 1
            return
        (self.folder / str(self.count)).write_bytes(pickle.dumps(done))
        self.count += 1

    def __iter__(self) -> Iterator[GradedFolder]:
        for number in range(self.count):
            done: GradedFolder = pickle.loads((self.folder / str(number)).read_bytes())
            yield done


def _tell_plan(plan: Plan, assignment: Assignment) -> None:
    if plan.not_graded:
        print(
            f"{len(plan.not_graded)} submissions are new or have changed; grade them with: "
            f"python -m grader autograde {assignment.name}"
        )
    if not plan.folders:
        print(f"Nothing to grade again: {plan.unaffected} submissions have marks of this edition.")
        return
    names = [exercise.name for exercise in assignment.exercises if exercise.name in plan.affected]
    print(f"{len(plan.folders)} submissions are affected, in: {', '.join(names) or 'no exercise'}.")
    if plan.unaffected:
        print(f"{plan.unaffected} submissions are not.")


def _tell_changes(changes: list[Change], graded: int) -> None:
    if not changes:
        print(f"No mark changes in {graded} submissions; messages may.")
        return
    for change in sorted(changes, key=lambda one: one.student_id):
        shown = "".join(c if c.isprintable() else "?" for c in change.student_id)
        print(f"{shown}: {change.before:g} -> {change.after:g}")
        for line in change.lines:
            print(f"    {line}")
    up = sum(change.after > change.before for change in changes)
    down = sum(change.after < change.before for change in changes)
    total = sum(change.after - change.before for change in changes)
    print(
        f"{len(changes)} of {graded} submissions change: {up} go up, {down} go down, "
        f"{len(changes) - up - down} keep their points; the mean changes by {total / graded:+.2f}. "
        "Marks and comments given by a person stay."
    )


def _is_wanted() -> bool:
    if not sys.stdin.isatty():
        print("Nothing was written. Write these marks with --yes.")
        return False
    answer = input("Write these marks? [y/N] ").strip().lower()
    if answer not in ("y", "yes"):
        print("Nothing was written.")
        return False
    return True
