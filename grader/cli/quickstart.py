"""``fairgrader quickstart``: the folder of a new course, which works at once."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from grader.paths import PROGRAM
from grader.text.terminal import printable_path

NAME = "quickstart"
HELP = "make the folder of a new course, with a small assignment to look at"
EXAMPLES = ("quickstart my-course",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where; nothing is overwritten")


def run(options: argparse.Namespace) -> int:
    """Make the folder; return the exit status."""
    from grader.authoring.quickstart import quickstart

    (name,) = quickstart(options.folder)
    print(f"{printable_path(options.folder)} is a course with one assignment, {name}. Next:")
    steps = (
        (f"cd {shlex.quote(printable_path(options.folder))}", ""),
        (f"{PROGRAM} release", "what students get: release/"),
        (f"{PROGRAM} simulate {name}", "a made-up class, to try: submitted/"),
        (f"{PROGRAM} autograde {name}", "marks: gradebook.db"),
        ("jupyter lab", "with formgrader, in the menu Nbgrader"),
    )
    for command, effect in steps:
        print(f"  {command:<40}  # {effect}" if effect else f"  {command}")
    print(f"The second to the fourth at once, and feedback pages: {PROGRAM} demo")
    return 0
