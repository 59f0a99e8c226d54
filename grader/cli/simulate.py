"""``python -m grader simulate``: a class of submissions with known mistakes."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "simulate"
HELP = "write a class of submissions with known mistakes, and the marks they must get"
EXAMPLES = ("simulate a4_deep_network --students 30 --seed 1",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("assignment", help="the assignment")
    parser.add_argument("--students", type=int, default=30, help="how many (default: 30)")
    parser.add_argument("--seed", type=int, default=1, help="which class (default: 1)")
    parser.add_argument(
        "--into", type=Path, help="where to write it (default: submitted/ of the course)"
    )
    parser.add_argument(
        "--pack",
        nargs=2,
        metavar=("SYSTEM", "ZIP"),
        help="also pack it as a learning management system would, for instance moodle class.zip",
    )


def run(options: argparse.Namespace) -> int:
    """Write the class; return the exit status."""
    from grader.authoring.packing import PACKERS, pack_class
    from grader.authoring.simulate import write_class
    from grader.exercises.assignment import AssignmentError, full_name_with_cases
    from grader.paths import course_root

    folder = options.into or course_root() / "submitted"
    if options.pack and options.pack[0] not in PACKERS:
        raise AssignmentError(f"--pack takes one of {', '.join(sorted(PACKERS))}")
    group = write_class(
        full_name_with_cases(options.assignment), options.students, options.seed, folder
    )
    print(f"{len(group)} submissions written to {folder}; the marks they must get: ", end="")
    print(folder / "expected.json")
    if options.pack:
        system, path = options.pack
        pack_class(
            folder, full_name_with_cases(options.assignment), system, Path(path), options.seed
        )
        print(f"packed as {system} does: {path}")
    return 0
