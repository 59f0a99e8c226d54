"""``python -m grader export``: marks and feedback for a learning management system."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "export"
HELP = "write marks and feedback in the form that a learning management system takes"
EXAMPLES = (
    "export a4_deep_network --to moodle --feedback",
    "export a4_deep_network --to canvas --roster gradebook.csv",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
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


def run(options: argparse.Namespace) -> int:
    """Export the marks.

    Returns:
        The exit status: 0; 1 where something was left out, or nothing could be done at all.
    """
    from grader.lms.outgoing.exporting import ExportOptions, export_marks

    chosen = ExportOptions(
        system=options.system,
        feedback=options.feedback,
        output=options.output,
        roster=options.roster,
        column=options.column,
    )
    return export_marks(options.assignment, chosen)
