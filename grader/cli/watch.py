"""``python -m grader watch``: grade what students hand in, as they hand it in."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from grader.cli.options import add_jobs_option, add_sandbox_option

NAME = "watch"
HELP = "grade what students hand in within seconds, and give feedback at once"
EXAMPLES = ("watch a4_deep_network", "watch --folder ~/Nextcloud/homework --json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "assignments",
        nargs="*",
        metavar="ASSIGNMENT",
        help="which (default: c.Attempts.assignments, else all); workers of these are kept ready",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        help="watch this folder, with <student>/<assignment>/ in it, in place of the exchange",
    )
    add_jobs_option(parser)
    parser.add_argument(
        "--json", action="store_true", help="print one JSON event a line, for scripts"
    )
    add_sandbox_option(parser)


def run(options: argparse.Namespace) -> int:
    """Watch until the process is told to end; return the exit status."""
    from nbgrader.exchange.default import ExchangeCollect

    from grader.classes.arrivals import Arrivals, ExchangeArrivals, FolderArrivals
    from grader.classes.fork_server import fork_server
    from grader.classes.grading_job import grading_job
    from grader.classes.pool import default_jobs
    from grader.classes.watch import Watch
    from grader.cli.watch_progress import report_for
    from grader.exercises import assignment as assignments
    from grader.feedback.publishing import FeedbackPublisher
    from grader.recording.attempts import AttemptRecord
    from grader.recording.grading_lock import AlreadyWatched, watching_alone
    from grader.settings.course import configured, load_course
    from grader.settings.grading_settings import FairGrading

    fork_server()
    course = load_course()
    application = configured(course.coursedir)
    rules = course.attempts
    named = [assignments.full_name(name) for name in options.assignments or rules.assignments]
    names = named or assignments.names()
    report = report_for(options.json)
    root = Path(course.coursedir.root)
    collect = ExchangeCollect(coursedir=course.coursedir, parent=application)
    exchange = Path(collect.root, course.coursedir.course_id)
    jobs = options.jobs or default_jobs()
    try:
        with watching_alone(root):
            record = AttemptRecord(root, write=True)
            done = record.names()
            arrivals: Arrivals
            if options.folder:
                arrivals = FolderArrivals(options.folder.resolve(), names, done)
            else:
                inbound, check_owner = exchange / "inbound", bool(collect.check_owner)
                arrivals = ExchangeArrivals(inbound, names, check_owner, done, report.warn)
            if not arrivals.where.is_dir():
                report.warn(
                    f"There is no {arrivals.where} yet: it is watched for. Nothing can be handed "
                    "in before it is there (nbgrader release_assignment makes it)."
                )
            outbound = exchange / "feedback" if exchange.is_dir() else None
            link = FairGrading(parent=application).lesson_link
            watch = Watch(
                course,
                [arrivals],
                rules,
                record,
                lambda name: grading_job(course, assignments.load(name), options.isolated),
                FeedbackPublisher(course.coursedir, rules, link, outbound),
                report,
                jobs,
            )
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_given: watch.end())
            for name in named:
                watch.warm_up(name)
            report.start(names, [arrivals.where], jobs)
            watch.run()
            report.end()
    except AlreadyWatched as error:
        report.warn(str(error))
        return 1
    return 0
