"""``python -m grader report``: what a class has understood, and what it has not."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.exercises.cases import class_secret
from grader.recording.gradebook_trouble import trouble_in_words
from grader.report.class_report import ClassReport, make_report
from grader.report.class_results import ClassResults
from grader.report.data import as_data
from grader.report.page import report_page
from grader.report.reading import graded_assignments, read_class
from grader.report.tables import tables
from grader.settings.course import Course, load_course
from grader.settings.whole_files import write_whole


def report(assignment_name: str | None, output: Path | None = None, anonymous: bool = False) -> int:
    """Write the class report of an assignment, or of every assignment that has marks.

    Parameters:
        assignment_name: the assignment; None for all of them.
        output: the folder; ``exports/<assignment>/report`` of the course where None.
        anonymous: call students by numbers.

    Returns:
        The exit status: 0; 1 where there are no marks, or the report cannot be written.

    Raises:
        AssignmentError: there is no assignment of that name.
    """
    import sqlalchemy

    # Named before anything is read, so that a typing mistake is told at once.
    wanted = [assignments.full_name(assignment_name)] if assignment_name else None
    course = load_course()
    try:
        graded = graded_assignments(course)
        names = sorted(graded.intersection(assignments.names()))
        wanted = names if wanted is None else wanted
        if not wanted or not set(wanted) <= graded:
            return _problem(
                f"There are no marks of {', '.join(wanted) or 'any assignment'} in the gradebook "
                "yet. Grade it first: python -m grader autograde "
                f"{wanted[0] if wanted else 'ASSIGNMENT'}"
            )
        by_name = _read(course, names, wanted)
    except sqlalchemy.exc.SQLAlchemyError as error:
        return _problem(trouble_in_words(error, course.coursedir))
    for name in wanted:
        others = [results for other, results in by_name.items() if other != name]
        base = output or Path(course.coursedir.root) / "exports" / name / "report"
        folder = base / name if output and len(wanted) > 1 else base
        key = class_secret() if anonymous else ""
        made = make_report(by_name[name], others, anonymous, key)
        try:
            write(made, folder)
        except OSError as error:
            return _problem(f"{folder} cannot be written: {error.strerror or error}.")
        _tell(made, folder)
    return 0


def write(made: ClassReport, folder: Path) -> None:
    """Write the page, the tables and the data of a report.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.datetime.now(datetime.UTC)
    data = json.dumps(as_data(made), indent=1, ensure_ascii=False, allow_nan=False)
    files = {"index.html": report_page(made, now), "report.json": data + "\n", **tables(made)}
    for name, text in files.items():
        # Ids of students may hold what no text file can; a report is better than none.
        write_whole(folder / name, text)


def _read(course: Course, names: Iterable[str], wanted: list[str]) -> dict[str, ClassResults]:
    """The results of all assignments with marks; code only of those that are wanted."""
    found = {}
    for name in names:
        try:
            assignment = assignments.load(name)
        except AssignmentError as error:
            if name in wanted:
                raise
            print(f"{name} is left out of the trends: {error}", file=sys.stderr)
            continue
        with tqdm(desc=f"reading {name}", unit="student", leave=False, delay=1) as bar:
            found[name] = read_class(course, assignment, name in wanted, bar.update)
    return found


def _problem(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _tell(made: ClassReport, folder: Path) -> None:
    results, figures = made.results, made.marks
    mean = f", mean {figures.mean:.1f} of {results.max_score:g}" if figures else ""
    print(f"{results.assignment.name}: {len(results.students)} students{mean}")
    for one in made.misconceptions[:3]:
        print(f"  {len(one.students)} × {one.exercise}: {one.name.replace('-', ' ')}")
    if made.most_blocking:
        print(f"  {made.most_blocking.name} stands in the way of the most other exercises")
    if made.trouble:
        print(f"  {len(made.trouble)} may need help")
    if made.waiting:
        print(f"  {len(made.waiting)} wait for a person; their marks are not final")
    print(f"  {folder / 'index.html'}")
