"""``python -m grader grade``: the pure function on any notebook."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.exercises.cases import class_secret
from grader.judging.grade import grade
from grader.judging.graded import Graded
from grader.judging.training import reference_result
from grader.sandbox.host.worker import SandboxError, Worker
from grader.settings.course import load_course
from grader.submission.notebook_choice import rank_of
from grader.submission.notebook_file import UnreadableNotebook
from grader.submission.submission_folder import read_given

UNREADABLE_STATUS = 2

_SYMBOLS = {
    "correct": "✓",
    "blocked": "✓",
    "wrong": "✗",
    "not the same twice": "✗",
    "crashed": "✗",
    "timed out": "✗",
    "not attempted": "–",
    "missing": "–",
}


def grade_files(paths: Sequence[Path], assignment_name: str, as_json: bool, isolated: bool) -> int:
    """Grade notebooks and print the result of each.

    Parameters:
        paths: notebooks, or folders that hold notebooks.
        assignment_name: what to grade them as.
        as_json: print one JSON object a notebook instead of lines.
        isolated: whether to use the sandbox.

    Returns:
        The exit status: 0, or 2 where a file could not be read as a notebook.
    """
    assignment = assignments.load(assignments.full_name(assignment_name))
    secret = class_secret()
    settings = load_course().settings
    status = 0
    if not isolated:
        print("Without the sandbox: this code can do whatever you can do.", file=sys.stderr)
    for exercise in assignment.exercises:
        if exercise.training is not None and sys.stderr.isatty():
            print(f"Training the reference of {exercise.name} ...", file=sys.stderr, flush=True)
            reference_result(assignment, exercise.name)
    with Worker(assignment.name, settings.limits, isolated) as worker:
        for path in _notebooks(paths):
            try:
                submission = read_given(path, assignment)
                graded = grade(
                    submission.raw,
                    assignment,
                    worker,
                    secret,
                    settings.blocked_share,
                    None,
                    submission.own_files,
                ).graded
                repairs = (*submission.repairs, *graded.repairs)
                graded = dataclasses.replace(graded, repairs=repairs)
            except UnreadableNotebook as error:
                status = UNREADABLE_STATUS
                _print_unreadable(path, assignment, str(error), as_json)
                continue
            except (SandboxError, AssignmentError):
                raise
            except Exception as error:  # one submission must never stop a class
                status = UNREADABLE_STATUS
                _print_unreadable(path, assignment, unexpected(error), as_json)
                continue
            if as_json:
                _print_json(graded.as_dict(_shown(path)))
            else:
                _print_lines(path, graded)
    return status


def unexpected(error: Exception) -> str:
    """The sentence for a submission on which the grader itself failed."""
    what = printable(f"{type(error).__name__}: {error}")[:200]
    return (
        f"The grader failed on this submission ({what}). "
        "Please report this with the notebook, and grade it by hand."
    )


def _notebooks(paths: Sequence[Path]) -> list[Path]:
    """The notebooks that were named, and those in folders, under whatever name."""
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
    return sorted(found)


def _print_unreadable(
    path: Path, assignment: assignments.Assignment, sentence: str, as_json: bool
) -> None:
    if as_json:
        empty = Graded(assignment.name, ())
        entry = empty.as_dict(_shown(path)) | {"max_score": assignment.max_score, "error": sentence}
        _print_json(entry)
    print(f"{printable(_shown(path))}: {printable(sentence)}", file=sys.stderr)


def _print_json(entry: dict[str, Any]) -> None:
    print(json.dumps(entry, ensure_ascii=True), flush=True)


def _shown(path: Path) -> str:
    """A path that can be printed, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _print_lines(path: Path, graded: Graded) -> None:
    print(f"{printable(_shown(path))}: {graded.score:g} of {graded.max_score}")
    for repair in graded.repairs:
        print(f"    repaired: {printable(repair)}")
    width = max(len(exercise.name) for exercise in graded.exercises)
    for exercise in graded.exercises:
        marks = f"{exercise.points:g}/{exercise.max_points}"
        symbol = _SYMBOLS[exercise.verdict]
        print(f"  {symbol} {exercise.name:<{width}}  {marks:>7}  {exercise.verdict}")
        for line in exercise.advice.splitlines():
            print(f"      {printable(line)}")


def printable(text: str) -> str:
    """Text of a student without control characters, which could change the terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
