"""``python -m grader working-copy``: where a student works, beside the course's own files."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "working-copy"
HELP = "copy lessons and assignments to where a student works; nothing is overwritten"
EXAMPLES = ("working-copy",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where (default: work/ in the course's folder)"
    )


def run(options: argparse.Namespace) -> int:
    """Make the working copy, or bring it up to date; return the exit status."""
    from grader.release.start_page import write_start_page
    from grader.release.working_copy import WORK, make_working_copy

    folder = (options.folder or WORK).absolute()
    make_working_copy(folder)
    write_start_page(folder)
    return 0
