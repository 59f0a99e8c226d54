"""A small class in folders of its own, whose commands run as processes, as a teacher runs them."""

from __future__ import annotations

import functools
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from grader.exercises import assignment as assignments
from grader.paths import RELEASE
from grader.sandbox.host import bubblewrap
from tests.helpers.commands import run_command

NAME = "a1_numpy_basics"

BUTTON = """
import json
import sys
from nbgrader.apps import NbGraderAPI
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

extension = FormgradeExtension()
extension.initialize(sys.argv[3:])
for student in json.loads(sys.argv[2]):
    extension.coursedir.parent.load_config_file()  # as formgrader's handlers do for each click
    api = NbGraderAPI(extension.coursedir, extension.authenticator, parent=extension)
    result = api.autograde(sys.argv[1], student)
    print(result.get("log"), result.get("error"), file=sys.stderr)
"""


@functools.cache
def solved() -> bytes:
    """A notebook in which everything is right."""
    assignment = assignments.load(NAME)
    notebook = nbformat.read(RELEASE / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id in {exercise.name for exercise in assignment.exercises}:
            cell.source = assignment.solution(cell.id)
    return nbformat.writes(notebook).encode()


class Class:
    """A class in folders of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = os.environ | {
            "COURSE_ROOT": str(root),
            "CLASS_SECRET": "a test",
            "JUPYTER_CONFIG_DIR": str(root / "user"),
        }

    def hand_in(self, student: str, raw: bytes, time: str = "2026-03-01 12:00:00 UTC") -> Path:
        """Put a submission in its place."""
        folder = self.root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_bytes(raw)
        (folder / "timestamp.txt").write_text(time)
        return folder

    def run(self, *command: str) -> str:
        """Run a command in the project, and give all that it says."""
        done = run_command(*command, environment=self.environment)
        return done.stdout + done.stderr

    def autograde(self, entry: str, *settings: str) -> str:
        """Grade the class by one of the entries; its button is pressed for each student."""
        if entry == "button":
            return self.run(
                "-c", BUTTON, NAME, json.dumps(sorted(self.students())), *settings, *isolation()
            )
        return self.run("-m", entry, "autograde", NAME, *settings, *isolation())

    def press(self, *students: str, settings: Sequence[str] = ()) -> str:
        """Press formgrader's button for some students."""
        return self.run("-c", BUTTON, NAME, json.dumps(students), *settings, *isolation())

    def students(self) -> list[str]:
        """Who handed in."""
        return [path.name for path in (self.root / "submitted").iterdir()]

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        """nbgrader's gradebook."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            yield gradebook

    def penalties(self) -> dict[str, float]:
        """Who pays how many points for being late."""
        with self.gradebook() as gradebook:
            submissions = gradebook.assignment_submissions(NAME)
            return {s.student_id: float(s.late_submission_penalty or 0) for s in submissions}

    def copy(self, root: Path) -> Class:
        """The same class in another folder."""
        shutil.copytree(self.root, root, symlinks=True)
        return Class(root)


_MARKS = """
    SELECT student_id, sum(auto_score) FROM grade
    JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    GROUP BY student_id
"""


def marks_in(root: Path) -> dict[str, float]:
    """The marks in the gradebook of a class with one assignment, whatever its folder is called."""
    with sqlite3.connect(root / "gradebook.db") as book:
        return dict(book.execute(_MARKS).fetchall())


def isolation() -> list[str]:
    """What switches the sandbox off where a machine has none."""
    return ["--FairGrading.sandbox=False"] if bubblewrap.why_unavailable() else []
