"""``python -m grader new``: the folder of a new assignment."""

from __future__ import annotations

import argparse
from pathlib import Path

from grader.paths import PROGRAM

NAME = "new"
HELP = "write a new assignment that is sound from the start, to be filled in (docs/author.md)"
EXAMPLES = (
    "new a7_sparse_weights --functions 'compute_cost_with_l1_penalty,f(X, Y)'",
    "new a7_sparse_weights --from my_solved_notebook.ipynb",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="what it is called: a7_sparse_weights")
    parser.add_argument(
        "--functions", default="", help="the graded functions: f,g or 'f(X, Y), g(X, lambd=0.7)'"
    )
    parser.add_argument(
        "--from",
        dest="solved",
        type=Path,
        metavar="NOTEBOOK",
        help="a solved notebook of your own, which is run: solutions, and cases like its calls",
    )


def run(options: argparse.Namespace) -> int:
    """Write the folder; return the exit status."""
    from grader.authoring.skeleton import new_assignment

    for remark in new_assignment(options.name, options.functions, options.solved):
        print(f"  · {remark}")
    print(f"source/{options.name}: {options.name}.ipynb and exercises.py are written. Next:")
    print("  - replace what is marked NEXT; docs/author.md shows how")
    print(f"  - {PROGRAM} check-course {options.name} --quick")
    print(f"  - {PROGRAM} release {options.name}")
    return 0
