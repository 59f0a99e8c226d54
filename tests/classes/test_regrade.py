"""``python -m grader regrade``: what a mended exercise affects, and nothing else."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.authoring.simulate import write_class
from grader.classes.regrade import affected_exercises, difference
from grader.exercises.assignment import Assignment
from grader.exercises.cases import exercise_fingerprints
from grader.exercises.exercise import Exercise
from grader.judging.graded import GradedExercise
from grader.sandbox.host import bubblewrap
from tests.helpers.commands import run_command

NAME = "a4_deep_network"


def with_changed(assignment: Assignment, name: str, **changes: object) -> Assignment:
    """The assignment with another edition of one exercise."""

    def edition(exercise: Exercise) -> Exercise:
        return dataclasses.replace(exercise, **changes) if exercise.name == name else exercise  # type: ignore[arg-type]

    return dataclasses.replace(assignment, exercises=tuple(map(edition, assignment.exercises)))


def affected(before: Assignment, after: Assignment) -> set[str]:
    """What is judged again."""
    now = exercise_fingerprints(after, "a test")
    return affected_exercises(after, exercise_fingerprints(before, "a test"), now)


def test_an_unchanged_assignment_affects_nothing(a4: Assignment) -> None:
    assert affected(a4, dataclasses.replace(a4)) == set()


def test_a_changed_exercise_affects_itself_and_what_builds_on_it(a4: Assignment) -> None:
    assert affected(a4, with_changed(a4, "update_parameters", points=5)) == {"update_parameters"}
    assert affected(a4, with_changed(a4, "linear_backward", points=5)) == {
        "linear_backward",
        "linear_activation_backward",
        "L_model_backward",
    }


def test_other_hints_affect_nothing(a4: Assignment) -> None:
    assert affected(a4, with_changed(a4, "compute_cost", hints=("Another hint.",))) == set()


def test_another_secret_affects_everything(a4: Assignment) -> None:
    recorded, now = exercise_fingerprints(a4, "one"), exercise_fingerprints(a4, "other")
    assert affected_exercises(a4, recorded, now) == {e.name for e in a4.exercises}


def test_marks_without_a_known_edition_are_judged_again(a4: Assignment) -> None:
    everything = {e.name for e in a4.exercises}
    assert affected_exercises(a4, {}, exercise_fingerprints(a4, "a test")) == everything


def test_a_change_says_points_and_verdict() -> None:
    before = {"f": GradedExercise("f", "wrong", 0, 10), "g": GradedExercise("g", "correct", 10, 10)}
    after = {"f": GradedExercise("f", "correct", 10, 10), "g": before["g"]}
    change = difference("ada", before, after)
    assert (change.before, change.after) == (10, 20)
    assert change.lines == ("f: 0 -> 10 (wrong -> correct)",)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the grader on a course folder."""
    isolation = ["--no-sandbox"] if bubblewrap.why_unavailable() else []
    environment = os.environ | {"COURSE_ROOT": str(root), "CLASS_SECRET": "a test"}
    return run_command("-m", "grader", *arguments, *isolation, environment=environment)


def pretend_an_older_edition(state: Path, name: str, points: float) -> None:
    """Make a recorded submission look as if an exercise had been judged otherwise before."""
    known = json.loads(state.read_text(encoding="utf-8"))
    known["editions"][name] = "an older edition"
    for exercise in known["exercises"]:
        if exercise["name"] == name:
            exercise.update(points=points, verdict="wrong", message="Not so.")
    state.chmod(0o644)
    state.write_text(json.dumps(known), encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of three, one of whose submissions has an older mark of compute_cost."""
    root = tmp_path_factory.mktemp("regrade")
    write_class(NAME, 3, 3, root / "submitted")
    assert run(root, "autograde", NAME).returncode == 0
    pretend_an_older_edition(
        root / "autograded" / "ada" / NAME / ".grading.json", "compute_cost", 0
    )
    return root


def test_the_changes_are_shown_and_nothing_is_written(graded: Path) -> None:
    state = graded / "autograded" / "ada" / NAME / ".grading.json"
    before = state.read_bytes()
    done = run(graded, "regrade", NAME)
    assert done.returncode == 0, done.stderr
    assert "1 submissions are affected, in: compute_cost." in done.stdout
    assert "ada: 100 -> 110" in done.stdout
    assert "compute_cost: 0 -> 10 (wrong -> correct)" in done.stdout
    assert "Nothing was written" in done.stdout
    assert state.read_bytes() == before


def test_wanted_changes_are_written_and_a_persons_mark_stays(graded: Path, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    root = tmp_path / "course"
    shutil.copytree(graded, root, symlinks=True)
    url = f"sqlite:///{root / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        gradebook.find_grade("linear_forward_check", NAME, NAME, "ada").manual_score = 4
        gradebook.db.commit()
    done = run(root, "regrade", NAME, "--yes")
    assert done.returncode == 0, done.stderr
    with Gradebook(url) as gradebook:
        assert gradebook.find_grade("compute_cost_check", NAME, NAME, "ada").score == 10
        assert gradebook.find_grade("linear_forward_check", NAME, NAME, "ada").score == 4
    assert "Nothing to grade again" in run(root, "regrade", NAME).stdout
