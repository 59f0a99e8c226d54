"""``python -m grader simulate``: a class of submissions with known mistakes."""

from __future__ import annotations

import argparse
from pathlib import Path

from grader.paths import PROGRAM

NAME = "simulate"
HELP = "write a class of submissions with known mistakes, and the marks they must get"
EXAMPLES = ("simulate a4_deep_network --students 30 --seed 1",)

_WITHOUT_CASES = (
    "which marks a simulated class must get follows from the known mistakes that are listed there. "
    f"`{PROGRAM} check-course {{name}}` tries its tests on the solution, on the released notebook, "
    "and on many small mistakes"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
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
    name = full_name_with_cases(options.assignment, _WITHOUT_CASES)
    if options.pack and options.pack[0] not in PACKERS:
        raise AssignmentError(f"--pack takes one of {', '.join(sorted(PACKERS))}")
    group = write_class(name, options.students, options.seed, folder)
    print(f"{len(group)} submissions written to {folder}; the marks they must get: ", end="")
    print(folder / "expected.json")
    if options.pack:
        system, path = options.pack
        pack_class(folder, name, system, Path(path), options.seed)
        print(f"packed as {system} does: {path}")
    return 0
