"""A class of submissions with known mistakes, and the marks they must get.

Each student is the released notebook with some cells filled in: with the solution, with another
right variant, with a known mistake, with nothing, or with code that crashes. So the expected marks
are known without grading anything.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.paths import released_notebook

_FIRST_NAMES = (
    "ada alan alonzo annie barbara claude corinna david dorothy edsger emmy evelyn frances geoff "
    "grace hedy ida jean john judea karen katherine leslie linus lotfi lynn margaret marvin mary "
    "noam radia rosalind shafi sophie stephen tim vint yann yoshua zoubin"
).split()
_START = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


@dataclass
class SimulatedStudent:
    """What one student hands in, and what it must be worth.

    Attributes:
        student_id: the name of the submission's folder.
        kind: the sort of student, in words.
        cells: for each exercise the text of its cell; the released stub where absent.
        expected: for each exercise the points and what else is known of the verdict.
    """

    student_id: str
    kind: str
    cells: dict[str, str] = field(default_factory=dict)
    expected: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The marks that the submission must get."""
        return float(sum(entry["points"] for entry in self.expected.values()))


def simulate(assignment: Assignment, students: int, seed: int) -> list[SimulatedStudent]:
    """Make up a class.

    Parameters:
        assignment: what it hands in.
        students: how many there are.
        seed: the same seed gives the same class.
    """
    chance = random.Random(f"{assignment.name} {seed}")
    # The first students are one of each kind, so that even a small class shows everything.
    weights = (5, 6, 4, 4, 3, 1, 1)
    group = []
    for number in range(students):
        if number < len(_KINDS):
            kind = list(_KINDS)[number]
        else:
            kind = chance.choices(list(_KINDS), weights)[0]
        name = _FIRST_NAMES[number % len(_FIRST_NAMES)]
        suffix = number // len(_FIRST_NAMES)
        student = SimulatedStudent(f"{name}{suffix or ''}", kind)
        _KINDS[kind](_Filling(student, assignment, chance))
        group.append(student)
    return group


@dataclass(frozen=True)
class _Filling:
    """Fills in the notebook of a student."""

    student: SimulatedStudent
    assignment: Assignment
    chance: random.Random

    def all_right(self) -> None:
        for exercise in self.assignment.exercises:
            self._right(exercise.name, self.assignment.solution(exercise.name))

    def other_words(self) -> None:
        self.all_right()
        for exercise in self.assignment.exercises:
            if exercise.correct_variants:
                variant = self.chance.choice(exercise.correct_variants)
                self._right(exercise.name, self.assignment.variant_source(exercise.name, variant))

    def one_mistake(self) -> None:
        self._mistakes(1)

    def several_mistakes(self) -> None:
        self._mistakes(min(len(self.assignment.exercises), self.chance.choice((2, 3, 4))))

    def half_finished(self) -> None:
        self.all_right()
        done = self.chance.randint(0, len(self.assignment.exercises) - 1)
        for exercise in self.assignment.exercises[done:]:
            del self.student.cells[exercise.name]
            self._wrong(exercise.name, "not attempted")

    def nothing(self) -> None:
        for exercise in self.assignment.exercises:
            self._wrong(exercise.name, "not attempted")

    def one_crash(self) -> None:
        self.all_right()
        name = self.chance.choice(self.assignment.exercises).name
        lines = self.assignment.solution(name).splitlines()
        head = next(line for line in lines if line.startswith("def "))
        self.student.cells[name] = f"{head}\n    import os\n    os._exit(1)\n"
        self._wrong(name, "crashed")
        self._mark_dependents()

    def _right(self, name: str, text: str) -> None:
        self.student.cells[name] = text
        points = self.assignment.exercise(name).points
        self.student.expected[name] = {"points": points, "verdict": "correct"}

    def _wrong(self, name: str, verdict: str, **more: str) -> None:
        self.student.expected[name] = {"points": 0, "verdict": verdict, **more}

    def _mistakes(self, count: int) -> None:
        self.all_right()
        for exercise in self.chance.sample(self.assignment.exercises, count):
            mistake = self.chance.choice(exercise.misconceptions)
            text = self.assignment.variant_source(exercise.name, mistake)
            self.student.cells[exercise.name] = text
            self._wrong(exercise.name, "wrong or crashed", misconception=mistake.name)
        self._mark_dependents()

    def _mark_dependents(self) -> None:
        """What builds on a mistake is charged nothing: each mistake costs once."""
        broken: set[str] = set()
        for exercise in self.assignment.exercises:
            entry = self.student.expected[exercise.name]
            if entry["verdict"] != "correct":
                broken.add(exercise.name)
            elif broken.intersection(exercise.builds_on):
                broken.add(exercise.name)
                entry["verdict"] = "correct or blocked"


_KINDS: dict[str, Callable[[_Filling], None]] = {
    "everything right": _Filling.all_right,
    "one known mistake": _Filling.one_mistake,
    "right, in other words": _Filling.other_words,
    "several known mistakes": _Filling.several_mistakes,
    "half finished": _Filling.half_finished,
    "one exercise crashes": _Filling.one_crash,
    "nothing filled in": _Filling.nothing,
}


def submitted_notebook(student: SimulatedStudent, assignment: Assignment) -> nbformat.NotebookNode:
    """The released notebook with the student's cells filled in."""
    notebook = nbformat.read(released_notebook(assignment.name), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.id in student.cells:
            cell.source = student.cells[cell.id]
    return notebook


def write_class(
    assignment_name: str, students: int, seed: int, folder: Path
) -> list[SimulatedStudent]:
    """Write a simulated class as nbgrader collects it, and the marks it must get.

    The marks go to ``expected.json`` in the same folder, one entry an assignment.

    Parameters:
        assignment_name: the assignment.
        students, seed: see :func:`simulate`.
        folder: where the submissions go: ``submitted/`` of the course.
    """
    assignment = assignments.load(assignment_name)
    group = simulate(assignment, students, seed)
    chance = random.Random(seed)
    for student in group:
        target = folder / student.student_id / assignment.name
        target.mkdir(parents=True, exist_ok=True)
        nbformat.write(submitted_notebook(student, assignment), target / f"{assignment.name}.ipynb")
        handed_in = _START + timedelta(minutes=chance.randint(0, 6 * 24 * 60))
        (target / "timestamp.txt").write_text(handed_in.strftime("%Y-%m-%d %H:%M:%S UTC"))
    path = folder / "expected.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known[assignment.name] = {
        student.student_id: {
            "kind": student.kind,
            "score": student.score,
            "exercises": student.expected,
        }
        for student in group
    }
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    return group
