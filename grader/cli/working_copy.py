"""``python -m grader working-copy``: where a student works, beside the course's own files."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.language import language, speaking, use_language

NAME = "working-copy"
HELP = "copy lessons and assignments to where a student works; nothing is overwritten"
EXAMPLES = ("working-copy", "working-copy --language zh_CN")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where (default: work/ in the course's folder)"
    )
    parser.add_argument(
        "--language",
        help="in which language (default: COURSE_LANGUAGE, else the one that the copy is in)",
    )


def run(options: argparse.Namespace) -> int:
    """Make the working copy, or bring it up to date; return the exit status."""
    from grader.release.start_page import write_start_page
    from grader.release.working_copy import WORK, language_of_copy, make_working_copy

    folder = (options.folder or WORK).absolute()
    use_language(language_of_copy(folder))
    with speaking(use_language(options.language) if options.language else ""):
        make_working_copy(folder, language=language())
        write_start_page(folder)
    return 0
