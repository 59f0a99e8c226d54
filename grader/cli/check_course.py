"""``python -m grader check-course``: the author's linter."""

from __future__ import annotations

import argparse

NAME = "check-course"
HELP = "say whether every exercise is sound: the author's linter"
EXAMPLES = ("check-course a4_deep_network", "check-course a4 --quick")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignments", nargs="*", help="which ones (default: all)")
    parser.add_argument(
        "--exercise", action="append", default=[], help="only this exercise (may be repeated)"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="seconds, while you write: one seed, no generated mutants, nothing of the release",
    )


def run(options: argparse.Namespace) -> int:
    """Check the course; return the exit status."""
    from grader.authoring.check_course import check_course

    return check_course(options.assignments, options.exercise, options.quick)
