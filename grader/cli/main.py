"""The commands of ``python -m grader``."""

from __future__ import annotations

import argparse
import dataclasses
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grader import __doc__ as about
from grader.paths import RELEASE

if TYPE_CHECKING:
    from grader.release.self_study import SelfStudyOptions

_EPILOG = """examples:
  python -m grader grade homework.ipynb --assignment a4_deep_network
  python -m grader simulate a4_deep_network --students 30 --seed 1
  python -m grader autograde a4_deep_network

Every command has its own --help. Commands that work with a class take nbgrader's settings as well,
which then count more than nbgrader_config.py:
  python -m grader autograde a4_deep_network --LateSubmissionPlugin.penalty_method=zero"""

_SETTING = re.compile(r"--(?:[A-Z]\w*(?:\.\w+)+|db|course-dir)(=.*)?", re.DOTALL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m grader",
        description=about,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, help_text: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=help_text,
            description=help_text[0].upper() + help_text[1:] + ".",
            epilog=f"example:\n  python -m grader {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    grade = add(
        "grade",
        "grade notebooks, wherever they lie, and print one line an exercise",
        "grade submitted/*/a4_deep_network/*.ipynb --assignment a4_deep_network --json",
    )
    grade.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="notebooks or folders")
    grade.add_argument("--assignment", "-a", required=True, help="what to grade them as")
    grade.add_argument("--json", action="store_true", help="print one JSON object a notebook")
    _add_sandbox_option(grade)

    autograde = add(
        "autograde",
        "grade all of submitted/ into the gradebook",
        "autograde a4_deep_network",
    )
    autograde.add_argument("assignment", help="the assignment")
    autograde.add_argument(
        "--force", action="store_true", help="grade again what has been graded already"
    )
    autograde.add_argument("--student", help="only this student")
    autograde.add_argument(
        "--jobs", type=int, help="how many to grade at the same time (default: one a core)"
    )
    autograde.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="grade on the cluster of this Dask scheduler, for instance tcp://10.0.0.5:8786",
    )
    autograde.add_argument(
        "--json", action="store_true", help="print one JSON event a line, for scripts"
    )
    _add_sandbox_option(autograde)

    regrade = add(
        "regrade",
        "after an exercise was mended, grade again only what it affects, and show the changes",
        "regrade a4_deep_network",
    )
    regrade.add_argument("assignment", help="the assignment")
    regrade.add_argument("--yes", action="store_true", help="write the marks without asking")
    regrade.add_argument(
        "--jobs", type=int, help="how many to grade at the same time (default: one a core)"
    )
    _add_sandbox_option(regrade)

    simulate = add(
        "simulate",
        "write a class of submissions with known mistakes, and the marks they must get",
        "simulate a4_deep_network --students 30 --seed 1",
    )
    simulate.add_argument("assignment", help="the assignment")
    simulate.add_argument("--students", type=int, default=30, help="how many (default: 30)")
    simulate.add_argument("--seed", type=int, default=1, help="which class (default: 1)")
    simulate.add_argument(
        "--into", type=Path, help="where to write it (default: submitted/ of the course)"
    )
    simulate.add_argument(
        "--pack",
        nargs=2,
        metavar=("SYSTEM", "ZIP"),
        help="also pack it as a learning management system would, for instance moodle class.zip",
    )

    release = add(
        "release", "derive from source/ everything that students get", "release a4_deep_network"
    )
    release.add_argument("assignments", nargs="*", help="which ones (default: all)")
    release.add_argument("--folder", type=Path, default=RELEASE, help="where to write it")
    _add_self_study_options(release)

    check = add(
        "check-course",
        "say whether every exercise is sound: the author's linter",
        "check-course a4_deep_network",
    )
    check.add_argument("assignments", nargs="*", help="which ones (default: all)")
    check.add_argument(
        "--exercise", action="append", default=[], help="only this exercise (may be repeated)"
    )

    add("sandbox", "say whether students' code can be isolated here, and by what", "sandbox")

    working_copy = add(
        "working-copy",
        "copy lessons and assignments to where a student works; nothing is overwritten",
        "working-copy",
    )
    working_copy.add_argument(
        "folder", nargs="?", type=Path, help="where (default: work/ in the course's folder)"
    )

    add("normalise", "remove outputs and traces of machines from all notebooks", "normalise")

    _add_import(
        add(
            "import",
            "take submissions out of an archive of Moodle, Canvas, Gradescope or Blackboard",
            "import a4_deep_network moodle.zip --dry-run\n"
            "  python -m grader import a4_deep_network canvas.zip --attempt best\n"
            "  python -m grader import a4_deep_network moodle.zip --roster worksheet.csv",
        )
    )
    _add_export(
        add(
            "export",
            "write marks and feedback in the form that a learning management system takes",
            "export a4_deep_network --to moodle --feedback\n"
            "  python -m grader export a4_deep_network --to canvas --roster gradebook.csv",
        )
    )

    report = add(
        "report",
        "say what a class has understood of an assignment, and what it has not",
        "report a4_deep_network",
    )
    report.add_argument("assignment", nargs="?", help="the assignment (default: all with marks)")
    report.add_argument(
        "--output", type=Path, metavar="FOLDER", help="where to write (default: exports/)"
    )
    report.add_argument(
        "--anonymous", action="store_true", help="call students by numbers, to show it to others"
    )

    demo = add("demo", "grade submitted/, making a sample class where it is empty", "demo")
    demo.add_argument("--students", type=int, default=8, help="size of the sample class")
    return parser


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", help="the assignment")
    parser.add_argument("archive", type=Path, help="the zip file as downloaded, or a folder")
    parser.add_argument(
        "--from",
        dest="system",
        choices=("blackboard", "brightspace", "canvas", "folder", "gradescope", "ilias", "moodle"),
        default="",
        help="what made the archive (default: recognised by the names in it)",
    )
    parser.add_argument(
        "--attempt",
        choices=("last", "best"),
        default="",
        help="which of several attempts counts; best grades them (default: last, a setting)",
    )
    parser.add_argument("--dry-run", action="store_true", help="only show what would be done")
    parser.add_argument(
        "--replace", action="store_true", help="put aside other submissions that are in place"
    )
    parser.add_argument(
        "--roster",
        type=Path,
        metavar="CSV",
        help="a list of the class as the system exports it, which tells what file names do not",
    )
    parser.add_argument(
        "--timezone", default="", help="the zone of times that name none (default: UTC, a setting)"
    )
    parser.add_argument(
        "--surname-first", action="store_true", help="full names begin with the surname"
    )
    _add_sandbox_option(parser)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", help="the assignment")
    parser.add_argument(
        "--to",
        dest="system",
        choices=("canvas", "gradescope", "moodle", "nbgrader"),
        required=True,
        help="who takes the marks",
    )
    parser.add_argument("--feedback", action="store_true", help="pack the feedback pages, too")
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER", help="where to write (default: exports/)"
    )
    parser.add_argument(
        "--roster",
        type=Path,
        metavar="CSV",
        help="Moodle's grading worksheet or Canvas's gradebook, to be filled in",
    )
    parser.add_argument(
        "--column", default="", help="the name of the assignment in Canvas's gradebook"
    )


def _add_self_study_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what students get beside the exercises")
    hints = group.add_mutually_exclusive_group()
    hints.add_argument(
        "--with-hints",
        dest="hints",
        action="store_true",
        default=None,
        help="hints can be opened (default, a setting: c.SelfStudy.hints)",
    )
    hints.add_argument("--without-hints", dest="hints", action="store_false", help="no hints")
    solutions = group.add_mutually_exclusive_group()
    solutions.add_argument(
        "--with-solutions",
        dest="solutions",
        action="store_const",
        const="sealed",
        help="put the reference solutions into each folder, packed; they open once one's own pass",
    )
    solutions.add_argument(
        "--without-solutions",
        dest="solutions",
        action="store_const",
        const="withheld",
        help="show no solution even in a copy of the whole course, where they are found otherwise "
        "(a setting: c.SelfStudy.solutions)",
    )


def _add_sandbox_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="run students' code without isolation (only for code that you trust)",
    )


def split_settings(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part nbgrader's settings on a command line from what is left.

    Parameters:
        arguments: the words of the command line.

    Returns:
        The settings, ``--Class.name=value`` each, and everything else.
    """
    settings: list[str] = []
    others: list[str] = []
    words = iter(arguments)
    for word in words:
        found = _SETTING.fullmatch(word)
        if found is None:
            others.append(word)
        else:
            settings.append(word if found[1] else f"{word}={next(words, '')}")
    return settings, others


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status."""
    settings, others = split_settings(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(others)
    if settings:
        from grader.settings.course import give_settings

        give_settings(settings)
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 141


def _run(options: argparse.Namespace) -> int:
    # Each command imports what it needs, so that --help and short commands answer at once.
    from grader.exercises.assignment import AssignmentError
    from grader.recording.gradebook_connection import GradebookSetupError
    from grader.sandbox.host.worker import SandboxError
    from grader.settings.course import ConfigurationError

    try:
        if options.command == "grade":
            from grader.cli.grade import grade_files

            return grade_files(
                options.paths, options.assignment, options.json, not options.no_sandbox
            )
        if options.command == "autograde":
            from grader.classes.autograde import autograde

            return autograde(
                options.assignment,
                options.student,
                options.force,
                not options.no_sandbox,
                options.jobs,
                options.json,
                options.scheduler,
            )
        if options.command == "regrade":
            from grader.classes.regrade import regrade

            return regrade(options.assignment, options.yes, not options.no_sandbox, options.jobs)
        if options.command == "simulate":
            return _simulate(options)
        if options.command == "release":
            from grader.release.making import make_release

            make_release(
                options.assignments,
                options.folder.resolve(),
                options=_self_study_options(options),
            )
            return 0
        if options.command == "check-course":
            from grader.authoring.check_course import check_course

            return check_course(options.assignments, options.exercise)
        if options.command == "sandbox":
            return _describe_sandbox()
        if options.command == "working-copy":
            from grader.release.working_copy import WORK, WorkingCopyError, make_working_copy

            try:
                make_working_copy((options.folder or WORK).absolute())
            except WorkingCopyError as error:
                print(f"grader: {error}", file=sys.stderr)
                return 1
            return 0
        if options.command == "normalise":
            from grader.authoring.normalise import normalise_notebooks

            return normalise_notebooks()
        if options.command == "report":
            from grader.cli.report import report

            return report(options.assignment, options.output, options.anonymous)
        if options.command in ("import", "export"):
            from grader.cli.exchange_with_lms import run

            return run(options)
        from grader.cli.demo import demo

        return demo(options.students)
    except (AssignmentError, ConfigurationError, GradebookSetupError, SandboxError) as error:
        print(f"grader: {error}", file=sys.stderr)
        return 1


def _self_study_options(options: argparse.Namespace) -> SelfStudyOptions:
    """What is configured, but for what the command says otherwise."""
    from grader.release.self_study import configured_options

    given = {"hints": options.hints, "solutions": options.solutions}
    return dataclasses.replace(
        configured_options(), **{name: value for name, value in given.items() if value is not None}
    )


def _simulate(options: argparse.Namespace) -> int:
    from grader.authoring.packing import PACKERS, pack_class
    from grader.authoring.simulate import write_class
    from grader.exercises.assignment import AssignmentError, full_name
    from grader.paths import course_root

    folder = options.into or course_root() / "submitted"
    if options.pack and options.pack[0] not in PACKERS:
        raise AssignmentError(f"--pack takes one of {', '.join(sorted(PACKERS))}")
    group = write_class(full_name(options.assignment), options.students, options.seed, folder)
    print(f"{len(group)} submissions written to {folder}; the marks they must get: ", end="")
    print(folder / "expected.json")
    if options.pack:
        system, path = options.pack
        pack_class(folder, full_name(options.assignment), system, Path(path), options.seed)
        print(f"packed as {system} does: {path}")
    return 0


def _describe_sandbox() -> int:
    from grader.exercises import assignment as assignments
    from grader.sandbox.host.worker import Worker

    with Worker(assignments.names()[0]) as worker:
        worker.start()
        print("Students' code is isolated from this machine by")
        for layer, what in worker.layers.items():
            print(f"  {layer:<12} {what}")
    return 0
