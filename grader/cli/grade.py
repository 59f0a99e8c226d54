"""``python -m grader grade``: the pure function on any notebook."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.language import N_, _, speaking
from grader.cli.options import add_sandbox_option
from grader.text.terminal import printable, printable_path

if TYPE_CHECKING:
    from grader.exercises.assignment import Assignment
    from grader.judging.graded import Graded

NAME = "grade"
HELP = "grade notebooks, wherever they lie, and print one line an exercise"
EXAMPLES = ("grade submitted/*/a4_deep_network/*.ipynb --assignment a4_deep_network --json",)

UNREADABLE_STATUS = 2

_SYMBOLS = {
    N_("correct"): "✓",
    N_("blocked"): "✓",
    N_("wrong"): "✗",
    N_("not the same twice"): "✗",
    N_("crashed"): "✗",
    N_("timed out"): "✗",
    N_("not attempted"): "–",
    N_("missing"): "–",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="notebooks or folders")
    parser.add_argument("--assignment", "-a", required=True, help="what to grade them as")
    parser.add_argument("--json", action="store_true", help="print one JSON object a notebook")
    add_sandbox_option(parser)


def run(options: argparse.Namespace) -> int:
    """Grade notebooks and print the result of each.

    Returns:
        The exit status: 0, or 2 where a file could not be read as a notebook.
    """
    from grader.exercises import assignment as assignments
    from grader.exercises.assignment import AssignmentError
    from grader.judging.grade import grade
    from grader.judging.training import reference_result
    from grader.sandbox.host.worker import SandboxError, Worker
    from grader.settings.class_secret import class_secret
    from grader.settings.course import load_course
    from grader.submission.notebook_bytes import UnreadableNotebook
    from grader.submission.own_files import readable_beside
    from grader.submission.submission_folder import given_part, read_given
    from grader.text.terminal import unexpected

    settings = load_course().settings
    assignment = assignments.load(assignments.full_name(options.assignment))
    secret = class_secret()
    status = 0
    if not options.isolated:
        text = _("Without the sandbox: this code can do whatever you can do.")
        print(text, file=sys.stderr)
    beside = readable_beside(assignment)
    with Worker(assignment.name, isolated=options.isolated, readable=beside) as worker:
        worker.begin()  # it gets warm meanwhile
        worker.limits = assignment.limits(settings.limits)
        for exercise in assignment.exercises:
            if exercise.training is not None and sys.stderr.isatty():
                text = _("Training the reference of {name} ...").format(name=exercise.name)
                print(text, file=sys.stderr, flush=True)
                reference_result(assignment, exercise.name)
        for path in _notebooks(options.paths):
            try:
                part = given_part(path, assignment)
                submission = read_given(path, part)
                done = grade(
                    submission.raw,
                    part,
                    worker,
                    secret,
                    settings.blocked_share,
                    None,
                    submission.own_files,
                )
                with speaking(done.language):
                    repairs = (*map(str, submission.repairs), *done.graded.repairs)
                graded = dataclasses.replace(done.graded, repairs=repairs)
            except UnreadableNotebook as error:
                status = UNREADABLE_STATUS
                _print_unreadable(path, assignment, str(error), options.json)
                continue
            except (SandboxError, AssignmentError):
                raise
            except Exception as error:  # one submission must never stop a class
                status = UNREADABLE_STATUS
                _print_unreadable(path, assignment, unexpected(error), options.json)
                continue
            if options.json:
                _print_json(graded.as_dict(printable_path(path)))
                continue
            with speaking(done.language):
                _print_lines(path, graded)
    return status


def _notebooks(paths: Sequence[Path]) -> list[Path]:
    """The notebooks that were named, and those in folders, under whatever name."""
    from grader.submission.notebook_choice import rank_of

    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for parent, folders, names in os.walk(path):
            folders[:] = sorted(f for f in folders if f not in (".ipynb_checkpoints", "__MACOSX"))
            by_rank: dict[int, list[Path]] = {}
            for name in sorted(names):
                rank = rank_of(name)
                if rank is not None and rank <= 2 and not name.startswith("._"):
                    by_rank.setdefault(rank, []).append(Path(parent, name))
            if by_rank:
                found += by_rank[min(by_rank)]
    return found


def _print_unreadable(path: Path, assignment: Assignment, sentence: str, as_json: bool) -> None:
    if as_json:
        from grader.judging.graded import Graded

        empty = Graded(assignment.name, ())
        entry = empty.as_dict(printable_path(path)) | {
            "max_score": assignment.max_score,
            "error": sentence,
        }
        _print_json(entry)
    print(f"{printable(printable_path(path))}: {printable(sentence)}", file=sys.stderr)


def _print_json(entry: dict[str, Any]) -> None:
    print(json.dumps(entry, ensure_ascii=True), flush=True)


def _print_lines(path: Path, graded: Graded) -> None:
    text = _("{path}: {score:g} of {max_score:g}")
    shown = printable(printable_path(path))
    print(text.format(path=shown, score=graded.score, max_score=graded.max_score))
    for repair in graded.repairs:
        print("    " + _("repaired: {repair}").format(repair=printable(repair)))
    width = max((len(exercise.name) for exercise in graded.exercises), default=0)
    for exercise in graded.exercises:
        marks = f"{exercise.points:g}/{exercise.max_points:g}"
        symbol = _SYMBOLS[exercise.verdict]
        print(f"  {symbol} {exercise.name:<{width}}  {marks:>7}  {_(exercise.verdict)}")
        for line in exercise.advice.splitlines():
            print(f"      {printable(line)}")
