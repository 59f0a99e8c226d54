"""``make grade``: from nothing to graded notebooks, feedback pages and a table of the marks."""

from __future__ import annotations

import argparse
import logging
import sys
from typing import TYPE_CHECKING

from grader.paths import IS_INSTALLED, PROGRAM, PROJECT
from grader.text.terminal import CannotGoOn

if TYPE_CHECKING:
    from grader.recording.grading import Grading
    from grader.settings.course import Course

NAME = "demo"
HELP = "grade submitted/, making a sample class where it is empty"
EXAMPLES = ("demo",)

SAMPLE_SEED = 7
_WIDEST_TABLE = 30

if IS_INSTALLED:
    _NEXT = f"""`jupyter lab` in the folder of the course has nbgrader's formgrader, and
  `{PROGRAM} report` says what the class did not understand."""
else:
    _NEXT = f"""`make lab` opens the assignments as a student sees them, and
  `{PROJECT.name}$ .venv/bin/python -m nbgrader --help` has all of nbgrader's own commands."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--students", type=int, default=8, help="size of the sample class")


def run(options: argparse.Namespace) -> int:
    """Grade ``submitted/``; where it is empty, make a sample class first."""
    from grader.authoring.simulate import write_class
    from grader.classes.autograde import autograde
    from grader.cli.autograde_progress import report_for
    from grader.exercises import assignment as assignments
    from grader.release.making import is_fresh, make_release
    from grader.sandbox.host import bubblewrap
    from grader.settings.course import load_course

    course = load_course()
    names = assignments.names()
    if not names:
        raise CannotGoOn(
            "no assignment of this course has an exercises.py, from which a class can be made up; "
            f"grade what was handed in: {PROGRAM} autograde ASSIGNMENT"
        )
    submitted = course.folder("submitted", ".", ".")
    _step(1, "Building the release")
    if is_fresh():
        print("  release/ is up to date")
    else:
        make_release()
    if any(course.submissions(name) for name in names):
        _step(2, f"Found submissions in {submitted}")
    else:
        _step(2, f"Making a sample class of {options.students} in {submitted}")
        for name in names:
            write_class(name, options.students, SAMPLE_SEED, submitted)
    isolated = course.sandbox
    reason = bubblewrap.why_unavailable() if isolated else None
    if reason and _is_sample(course):
        print(f"  The sandbox does not work here: {reason}", file=sys.stderr)
        print("  The sample class is harmless, so it is graded without.", file=sys.stderr)
        isolated = False
    _step(3, "Grading")
    status = max(autograde(name, report_for(as_json=False), isolated=isolated) for name in names)
    _step(4, "Writing the feedback pages")
    for name in names:
        write_feedback(course, name)
    _step(5, "The marks")
    for name in names:
        _print_table(course, name)
    _print_where(course)
    return 1 if status > 1 else 0


def _step(number: int, text: str) -> None:
    print(f"[{number}/5] {text}", flush=True)


def _is_sample(course: Course) -> bool:
    return (course.folder("submitted", ".", ".") / "expected.json").exists()


def write_feedback(course: Course, name: str) -> None:
    """Write the feedback pages of an assignment where they are missing or older than the marks."""
    from nbgrader.converters import GenerateFeedback
    from nbgrader.converters.base import NbGraderException
    from tqdm import tqdm

    from grader.settings.course import configured

    students = course.submissions(name)
    waiting = [student for student in students if _wants_feedback(course, student, name)]
    application = configured(course.coursedir)
    application.log.setLevel(logging.ERROR)
    for student in tqdm(waiting, unit="page", desc=f"  {name}", disable=None):
        course.coursedir.assignment_id, course.coursedir.student_id = name, student
        converter = GenerateFeedback(coursedir=course.coursedir, parent=application)
        converter.force = True
        try:
            converter.start()
        except NbGraderException as error:
            print(f"  {student}: no feedback page: {error}", file=sys.stderr)
    course.coursedir.assignment_id, course.coursedir.student_id = "", "*"


def _wants_feedback(course: Course, student: str, name: str) -> bool:
    page = course.folder("feedback", student, name) / f"{name}.html"
    notebook = course.folder("autograded", student, name) / f"{name}.ipynb"
    if not notebook.exists():
        return False
    return not page.exists() or page.stat().st_mtime < notebook.parent.stat().st_mtime


def _print_table(course: Course, name: str) -> None:
    from grader.exercises import assignment as assignments
    from grader.recording.grading import recorded_grading

    assignment = assignments.load(name)
    students = list(course.submissions(name))
    print(f"\n  {name}: {len(students)} submissions, {assignment.max_score} points")
    width = max([len(student) for student in students[:_WIDEST_TABLE]] + [7])
    for student in students[:_WIDEST_TABLE]:
        recorded = recorded_grading(course.folder("autograded", student, name))
        print(f"    {student:<{width}}  {_marks(recorded)}")
    if len(students) > _WIDEST_TABLE:
        print(f"    ... and {len(students) - _WIDEST_TABLE} more; `nbgrader export` has them all")


def _marks(recorded: Grading | None) -> str:
    if recorded is None or not recorded.exercises:
        return "not graded"
    if recorded.unreadable:
        return f"    –  {recorded.unreadable}"
    names = [
        f"{exercise.name} {exercise.verdict}"
        for exercise in recorded.exercises
        if exercise.verdict not in ("correct", "blocked")
    ]
    said = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{recorded.score:5g}  {said or 'all right'}"


def _print_where(course: Course) -> None:
    root = course.coursedir.root
    print(
        f"""
  Where to look (in {root}):
    feedback/<student>/<assignment>/   the page that a student gets
    autograded/                        the graded notebooks
    gradebook.db                       the marks; `nbgrader export` writes them to grades.csv
  Next: {_NEXT}"""
    )
