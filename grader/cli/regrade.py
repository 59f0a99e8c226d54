"""``python -m grader regrade``: after an exercise was mended, grade again only what it affects."""

from __future__ import annotations

import argparse
import shlex
import sys
from typing import TYPE_CHECKING

from grader.cli.options import add_jobs_option, add_sandbox_option
from grader.paths import PROGRAM
from grader.text.terminal import printable

if TYPE_CHECKING:
    from grader.classes.regrade import Change, Plan
    from grader.exercises.assignment import Assignment

NAME = "regrade"
HELP = "after an exercise was mended, grade again only what it affects, and show the changes"
EXAMPLES = ("regrade a4_deep_network",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", help="the assignment")
    parser.add_argument("--yes", action="store_true", help="write the marks without asking")
    add_jobs_option(parser)
    add_sandbox_option(parser)


def run(options: argparse.Namespace) -> int:
    """Show what would change, and write it where that is wanted.

    Returns:
        The exit status: 0; 1 where something could not be graded or written.
    """
    from tqdm import tqdm

    from grader.classes.regrade import Regrade
    from grader.recording.gradebook_connection import GradebookSetupError
    from grader.recording.gradebook_trouble import RecordError

    with Regrade(options.assignment, options.isolated, options.jobs) as regrade:
        plan = regrade.plan
        _tell_plan(plan, regrade.assignment)
        if not plan.folders:
            return 0
        changes, problems = [], 0
        for done in tqdm(regrade.grade(), total=len(plan.folders), unit="submission", disable=None):
            if done.graded is None:
                problems += 1
                tqdm.write(f"{printable(done.student_id)}: {done.problem}", file=sys.stderr)
            elif change := regrade.change(done):
                changes.append(change)
        _tell_changes(changes, len(plan.folders))
        if not (options.yes or _is_wanted()):
            return 0
        try:
            regrade.record()
        except (RecordError, GradebookSetupError) as error:
            print(error, file=sys.stderr)
            return 1
    print(f"{len(plan.folders)} submissions are recorded. Feedback pages are made again by: ")
    print(f"  nbgrader generate_feedback {shlex.quote(regrade.assignment.name)} --force")
    return 1 if problems else 0


def _tell_plan(plan: Plan, assignment: Assignment) -> None:
    if plan.not_graded:
        print(
            f"{len(plan.not_graded)} submissions are new or have changed; grade them with: "
            f"{PROGRAM} autograde {shlex.quote(assignment.name)}"
        )
    if not plan.folders:
        print(f"Nothing to grade again: {plan.unaffected} submissions have marks of this edition.")
        return
    names = [exercise.name for exercise in assignment.exercises if exercise.name in plan.affected]
    print(f"{len(plan.folders)} submissions are affected, in: {', '.join(names) or 'no exercise'}.")
    if plan.unaffected:
        print(f"{plan.unaffected} submissions are not.")


def _tell_changes(changes: list[Change], graded: int) -> None:
    if not changes:
        print(f"No mark changes in {graded} submissions; messages may.")
        return
    for change in sorted(changes, key=lambda one: one.student_id):
        shown = printable(change.student_id)
        print(f"{shown}: {change.before:g} -> {change.after:g}")
        for line in change.lines:
            print(f"    {line}")
    up = sum(change.after > change.before for change in changes)
    down = sum(change.after < change.before for change in changes)
    total = sum(change.after - change.before for change in changes)
    print(
        f"{len(changes)} of {graded} submissions change: {up} go up, {down} go down, "
        f"{len(changes) - up - down} keep their points; the mean changes by {total / graded:+.2f}. "
        "Marks and comments given by a person stay."
    )


def _is_wanted() -> bool:
    if not sys.stdin.isatty():
        print("Nothing was written. Write these marks with --yes.")
        return False
    answer = input("Write these marks? [y/N] ").strip().lower()
    if answer not in ("y", "yes"):
        print("Nothing was written.")
        return False
    return True
