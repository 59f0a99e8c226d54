"""``python -m grader grade``: the pure function on any notebook."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from grader import assignment as assignments
from grader.cases import class_secret
from grader.grade import grade
from grader.graded import Graded
from grader.notebook_file import UnreadableNotebook
from grader.sandbox.host import Worker
from grader.settings import GradingSettings

UNREADABLE_STATUS = 2
_LARGEST_FILE = 64 << 20

_SYMBOLS = {
    "correct": "✓",
    "blocked": "✓",
    "wrong": "✗",
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
    settings = GradingSettings.load()
    status = 0
    with Worker(assignment.name, settings.limits, isolated) as worker:
        for path in _notebooks(paths):
            try:
                submission = read_submission(path)
                graded = grade(
                    submission, assignment, worker, secret, settings.blocked_share
                ).graded
            except UnreadableNotebook as error:
                status = UNREADABLE_STATUS
                _print_unreadable(path, assignment, str(error), as_json)
                continue
            if as_json:
                print(json.dumps(graded.as_dict(str(path)), ensure_ascii=False), flush=True)
            else:
                _print_lines(path, graded)
    return status


def read_submission(path: Path) -> bytes:
    """The bytes of a submitted file.

    Raises:
        UnreadableNotebook: it is no ordinary file, cannot be opened, or is far too large.
    """
    try:
        if not path.is_file():
            raise UnreadableNotebook(f"{path.name}: there is no such file.")
        if path.stat().st_size > _LARGEST_FILE:
            raise UnreadableNotebook(f"{path.name} is larger than {_LARGEST_FILE >> 20} MB.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableNotebook(f"{path.name} cannot be read: {error.strerror}.") from error


def _notebooks(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*.ipynb"))
            found += [p for p in inside if ".ipynb_checkpoints" not in p.parts]
        else:
            found.append(path)
    return found


def _print_unreadable(
    path: Path, assignment: assignments.Assignment, sentence: str, as_json: bool
) -> None:
    if as_json:
        empty = Graded(assignment.name, ())
        entry = empty.as_dict(str(path)) | {"max_score": assignment.max_score, "error": sentence}
        print(json.dumps(entry, ensure_ascii=False), flush=True)
    print(f"{path}: {sentence}", file=sys.stderr)


def _print_lines(path: Path, graded: Graded) -> None:
    print(f"{path}: {graded.score:g} of {graded.max_score}")
    for repair in graded.repairs:
        print(f"    repaired: {repair}")
    width = max(len(exercise.name) for exercise in graded.exercises)
    for exercise in graded.exercises:
        marks = f"{exercise.points:g}/{exercise.max_points}"
        symbol = _SYMBOLS[exercise.verdict]
        print(f"  {symbol} {exercise.name:<{width}}  {marks:>7}  {exercise.verdict}")
        if exercise.verdict != "correct":
            for line in exercise.message.splitlines():
                print(f"      {printable(line)}")


def printable(text: str) -> str:
    """Text of a student without control characters, which could change the terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
