"""Simulated classes in temporary folders, and the environment in which they are graded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.simulate import SimulatedStudent, write_class
from grader.paths import PROJECT, UTILS

SECRET = "benchmark"
SEED = 1


@dataclass(frozen=True)
class TemporaryClass:
    """A class that has handed in one assignment.

    Attributes:
        assignment: the assignment's full name.
        root: the folder that holds ``submitted/``, the gradebook and the rest.
        students: who handed in.
    """

    assignment: str
    root: Path
    students: list[SimulatedStudent]

    @property
    def submitted(self) -> Path:
        """Where the submissions lie."""
        return self.root / "submitted"

    def folder(self, student: SimulatedStudent) -> Path:
        """What one student handed in."""
        return self.submitted / student.student_id / self.assignment

    def environment(self) -> dict[str, str]:
        """The environment of commands that work on this class."""
        return {
            **os.environ,
            "COURSE_ROOT": str(self.root),
            "CLASS_SECRET": SECRET,
            "PYTHONPATH": os.pathsep.join([str(PROJECT), str(UTILS)]),
            "JUPYTER_PLATFORM_DIRS": "1",
        }


@contextmanager
def temporary_class(assignment: str, students: int) -> Iterator[TemporaryClass]:
    """A simulated class, which is gone afterwards.

    Parameters:
        assignment: the assignment's full name.
        students: how many there are. The first ones are one of each kind: everything right, one
            mistake, other words, several mistakes, half finished, a crash, nothing filled in.
    """
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        root = Path(name)
        group = write_class(assignment, students, SEED, root / "submitted")
        yield TemporaryClass(assignment, root, group)
