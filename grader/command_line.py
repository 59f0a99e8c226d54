"""The commands of ``python -m grader``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from grader import __doc__ as about
from grader.paths import RELEASE

_EPILOG = """examples:
  python -m grader grade homework.ipynb --assignment a4_deep_network
  python -m grader simulate a4_deep_network --students 30 --seed 1
  python -m grader autograde a4_deep_network

Every command has its own --help."""


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

    release = add(
        "release", "derive from source/ everything that students get", "release a4_deep_network"
    )
    release.add_argument("assignments", nargs="*", help="which ones (default: all)")
    release.add_argument("--folder", type=Path, default=RELEASE, help="where to write it")

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

    add("normalise", "remove outputs and traces of machines from all notebooks", "normalise")

    demo = add("demo", "grade submitted/, making a sample class where it is empty", "demo")
    demo.add_argument("--students", type=int, default=8, help="size of the sample class")
    return parser


def _add_sandbox_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="run students' code without isolation (only for code that you trust)",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 141


def _run(options: argparse.Namespace) -> int:
    # Each command imports what it needs, so that --help and short commands answer at once.
    from grader.assignment import AssignmentError
    from grader.sandbox.host import SandboxError

    try:
        if options.command == "grade":
            from grader.grade_command import grade_files

            return grade_files(
                options.paths, options.assignment, options.json, not options.no_sandbox
            )
        if options.command == "autograde":
            from grader.autograde_command import autograde

            return autograde(
                options.assignment,
                options.student,
                options.force,
                not options.no_sandbox,
                options.jobs,
                options.json,
                options.scheduler,
            )
        if options.command == "simulate":
            return _simulate(options)
        if options.command == "release":
            from grader.release import make_release

            make_release(options.assignments, options.folder.resolve())
            return 0
        if options.command == "check-course":
            from grader.check_course import check_course

            return check_course(options.assignments, options.exercise)
        if options.command == "sandbox":
            return _describe_sandbox()
        if options.command == "normalise":
            from grader.normalise import normalise_notebooks

            return normalise_notebooks()
        from grader.demo import demo

        return demo(options.students)
    except (AssignmentError, SandboxError) as error:
        print(f"grader: {error}", file=sys.stderr)
        return 1


def _simulate(options: argparse.Namespace) -> int:
    from grader.assignment import full_name
    from grader.paths import course_root
    from grader.simulate import write_class

    folder = options.into or course_root() / "submitted"
    group = write_class(full_name(options.assignment), options.students, options.seed, folder)
    print(f"{len(group)} submissions written to {folder}; the marks they must get: ", end="")
    print(folder / "expected.json")
    return 0


def _describe_sandbox() -> int:
    from grader import assignment as assignments
    from grader.sandbox.host import Worker

    with Worker(assignments.names()[0]) as worker:
        worker.start()
        print("Students' code is isolated from this machine by")
        for layer, what in worker.layers.items():
            print(f"  {layer:<12} {what}")
    return 0
