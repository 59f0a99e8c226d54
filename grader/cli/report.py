"""``python -m grader report``: what a class has understood, and what it has not."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from course.language import _
from grader.paths import PROGRAM
from grader.text.terminal import shown

if TYPE_CHECKING:
    from grader.report.class_report import ClassReport

NAME = "report"
HELP = "say what a class has understood of an assignment, and what it has not"
EXAMPLES = ("report a4_deep_network", "report a4_deep_network --anonymous")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", nargs="?", help="the assignment (default: all with marks)")
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="where to write (default: exports/)"
    )
    parser.add_argument(
        "--anonymous", action="store_true", help="call students by numbers, to show it to others"
    )


def run(options: argparse.Namespace) -> int:
    """Write the class report of an assignment, or of every assignment that has marks.

    Returns:
        The exit status: 0; 1 where there are no marks, or the report cannot be written.
    """
    import sqlalchemy

    from grader.exercises import assignment as assignments
    from grader.recording.gradebook_trouble import trouble_in_words
    from grader.recording.reader import graded_assignments
    from grader.report.class_report import make_report
    from grader.report.reading import read_classes
    from grader.report.writing import write
    from grader.settings.class_secret import class_secret
    from grader.settings.course import load_course

    # Named before anything is read, so that a typing mistake is told at once.
    wanted = [assignments.full_name(options.assignment)] if options.assignment else None
    course = load_course()
    try:
        graded = graded_assignments(course.coursedir)
        names = sorted(graded.intersection(assignments.all_names()))
        wanted = names if wanted is None else wanted
        if not wanted or not set(wanted) <= graded:
            text = _(
                "There are no marks of {names} in the gradebook yet. Grade it first: {program} "
                "autograde {first}"
            )
            first = shlex.quote(wanted[0]) if wanted else "ASSIGNMENT"
            names_of_all = ", ".join(wanted) or _("any assignment")
            return _problem(text.format(names=names_of_all, program=PROGRAM, first=first))
        by_name = read_classes(course, names, wanted)
    except sqlalchemy.exc.SQLAlchemyError as error:
        return _problem(trouble_in_words(error, course.coursedir))
    for name in wanted:
        others = [results for other, results in by_name.items() if other != name]
        base = options.output or Path(course.coursedir.root) / "exports" / name / "report"
        folder = base / name if options.output and len(wanted) > 1 else base
        key = class_secret() if options.anonymous else ""
        made = make_report(by_name[name], others, options.anonymous, key)
        try:
            write(made, folder)
        except OSError as error:
            text = _("{folder} cannot be written: {reason}.")
            return _problem(text.format(folder=folder, reason=error.strerror or error))
        _tell(made, folder)
    return 0


def _problem(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _tell(made: ClassReport, folder: Path) -> None:
    results, figures = made.results, made.marks
    text = _("{name}: {number} students")
    if figures:
        text = _("{name}: {number} students, mean {mean:.1f} of {max_score:g}")
    print(
        text.format(
            name=results.assignment.name,
            number=len(results.students),
            mean=figures.mean if figures else 0.0,
            max_score=results.max_score,
        )
    )
    for one in made.misconceptions[:3]:
        print(f"  {len(one.students)} × {one.exercise}: {one.name.replace('-', ' ')}")
    for failure in made.failures[:3]:
        print(shown(f"  {len(failure.students)} × {failure.test}: {failure.in_short}"))
    if made.most_blocking:
        text = _("{name} stands in the way of the most other exercises")
        print("  " + text.format(name=made.most_blocking.name))
    if made.trouble:
        print("  " + _("{number} may need help").format(number=len(made.trouble)))
    if made.waiting:
        text = _("{number} wait for a person; their marks are not final")
        print("  " + text.format(number=len(made.waiting)))
    print(f"  {folder / 'index.html'}")
