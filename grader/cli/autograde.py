"""``python -m grader autograde``: all of ``submitted/``, in parallel, into the gradebook."""

from __future__ import annotations

import argparse

from grader.cli.options import add_jobs_option, add_sandbox_option

NAME = "autograde"
HELP = "grade all of submitted/ into the gradebook"
EXAMPLES = ("autograde a4_deep_network",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", help="the assignment")
    parser.add_argument(
        "--force", action="store_true", help="grade again what has been graded already"
    )
    parser.add_argument("--student", help="only this student")
    parser.add_argument(
        "--notebook", default="*", help="only this notebook; the others keep their marks"
    )
    add_jobs_option(parser)
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="grade on the cluster of this Dask scheduler, for instance tcp://10.0.0.5:8786",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON event a line, for scripts"
    )
    add_sandbox_option(parser)


def run(options: argparse.Namespace) -> int:
    """Grade the class; return the exit status."""
    from itertools import islice

    from grader.classes.fork_server import FEW, fork_server
    from grader.paths import course_root
    from grader.sandbox.host import bubblewrap

    # All this goes on while this process imports what it needs, and reads the course.
    submitted = course_root() / "submitted"
    few = submitted.is_dir() and len(list(islice(submitted.iterdir(), FEW + 1))) <= FEW
    if options.jobs != 1 and not options.scheduler and not few:
        fork_server()
    if options.isolated and not options.scheduler:
        bubblewrap.try_meanwhile()
    from grader.classes.autograde import autograde
    from grader.cli.autograde_progress import report_for

    return autograde(
        options.assignment,
        report_for(options.json),
        student=options.student,
        force=options.force,
        isolated=options.isolated,
        jobs=options.jobs,
        scheduler=options.scheduler,
        notebook=options.notebook,
    )
