"""``python -m grader import``: submissions out of an archive of a learning management system."""

from __future__ import annotations

import argparse
from pathlib import Path

from grader.cli.options import add_sandbox_option

NAME = "import"
HELP = "take submissions out of an archive of a learning management system"
EXAMPLES = (
    "import a4_deep_network moodle.zip --dry-run",
    "import a4_deep_network canvas.zip --attempt best",
    "import a4_deep_network moodle.zip --roster worksheet.csv",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", help="the assignment")
    parser.add_argument("archive", type=Path, help="the zip file as downloaded, or a folder")
    parser.add_argument(
        "--from",
        dest="system",
        choices=(
            *("blackboard", "brightspace", "canvas", "folder", "gradescope", "ilias", "moodle"),
            *("openolat", "sakai"),
        ),
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
    add_sandbox_option(parser)


def run(options: argparse.Namespace) -> int:
    """Import the submissions.

    Returns:
        The exit status: 0; 1 where something was left out, or nothing could be done at all.
    """
    from grader.lms.incoming.importing import ImportOptions, import_submissions

    chosen = ImportOptions(
        system=options.system,
        attempt=options.attempt,
        dry_run=options.dry_run,
        replace=options.replace,
        timezone=options.timezone,
        roster=options.roster,
        surname_first=options.surname_first,
        isolated=options.isolated,
    )
    return import_submissions(options.assignment, options.archive, chosen)
