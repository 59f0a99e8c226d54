"""``python -m grader release``: derive from ``source/`` everything that students get."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from grader.paths import RELEASE

if TYPE_CHECKING:
    from grader.release.self_study import SelfStudyOptions

NAME = "release"
HELP = "derive from source/ everything that students get"
EXAMPLES = ("release a4_deep_network",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignments", nargs="*", help="which ones (default: all)")
    parser.add_argument("--folder", type=Path, default=RELEASE, help="where to write it")
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


def run(options: argparse.Namespace) -> int:
    """Make the release; return the exit status."""
    from grader.release.making import make_release

    make_release(
        options.assignments, options.folder.resolve(), options=_self_study_options(options)
    )
    return 0


def _self_study_options(options: argparse.Namespace) -> SelfStudyOptions:
    """What is configured, but for what the command says otherwise."""
    from grader.release.self_study import configured_options

    given = {"hints": options.hints, "solutions": options.solutions}
    return dataclasses.replace(
        configured_options(), **{name: value for name, value in given.items() if value is not None}
    )
