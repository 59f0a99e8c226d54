"""The marks are the same from all three entries, with whatever setting of nbgrader's touches them.

The entries are ``python -m grader autograde``, ``nbgrader autograde`` and formgrader's button. Each
runs as a process of its own on a copy of one class, which was graded once without any penalty.
"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import split_settings
from grader.exercises import assignment as assignments
from tests.helpers.small_class import NAME, Class, solved

STUDENTS = ("ada", "bob", "cy")  # on time, late, late with an extension
FULL = float(assignments.load(NAME).max_score)
DUE = datetime.datetime(2026, 3, 2)

PLUGIN = """
from nbgrader.plugins import BasePlugin

class HalfOrSome(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2 if student_id == "bob" else 1.5
"""

STEP = """
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades

class Ours(AssignLatePenalties):
    def _check_late_penalty(self, notebook, penalty):
        return 2.0

class Ours2(SaveAutoGrades):
    pass

c.LateSubmissionPlugin.penalty_method = "zero"
c.Autograde.autograde_preprocessors = [SaveAutoGrades, Ours]
"""

HOOKS = """
import os
import sqlite3
root = os.environ["COURSE_ROOT"]

def note(text):
    with open(os.path.join(root, "hooks.txt"), "a") as file:
        print(text, file=file)

def before(assignment, student, notebooks):
    with sqlite3.connect(os.path.join(root, "gradebook.db")) as database:
        database.execute("update grade set auto_score = 0")
    note("before")

def after(assignment, student, notebooks):
    with sqlite3.connect(os.path.join(root, "gradebook.db")) as database:
        asked = "select sum(auto_score) from grade"
        note(database.execute(asked).fetchone()[0])

c.Autograde.pre_convert_hook = before
c.Autograde.post_convert_hook = after
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Three solved submissions, of which two are late, graded without a penalty."""
    made = Class(tmp_path_factory.mktemp("class"))
    for student in STUDENTS:
        day = 1 if student == "ada" else 5
        made.hand_in(student, solved(), f"2026-03-0{day} 12:00:00 UTC")
    said = made.autograde("grader")
    with made.gradebook() as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=DUE)
        gradebook.grant_extension(NAME, "cy", days=1)
        scores = {s.student_id: s.score for s in gradebook.assignment_submissions(NAME)}
    assert scores == dict.fromkeys(STUDENTS, FULL), said
    assert made.penalties() == dict.fromkeys(STUDENTS, 0.0)
    return made


def configure(folder: Path, text: str) -> None:
    """Write a configuration, of the class or of the user."""
    folder.mkdir(exist_ok=True)
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{text}\n")


def zero_for_this_user_and_bob_left_out(made: Class) -> list[str]:
    configure(made.root / "user", 'c.LateSubmissionPlugin.penalty_method = "zero"')
    return ["--CourseDirectory.student_id_exclude=bob,nobody"]


def a_flag_against_the_file(made: Class) -> list[str]:
    configure(made.root, 'c.LateSubmissionPlugin.penalty_method = "none"')
    return ["--LateSubmissionPlugin.penalty_method=zero"]


def a_plugin_of_ones_own_beside_the_file(made: Class) -> list[str]:
    (made.root / "our_penalties.py").write_text(PLUGIN)
    configure(made.root, 'c.AssignLatePenalties.plugin_class = "our_penalties.HalfOrSome"')
    return []


def a_step_of_ones_own(made: Class) -> list[str]:
    configure(made.root, STEP)
    return []


def switched_off(made: Class) -> list[str]:
    configure(made.root, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    return ["--AssignLatePenalties.enabled=False"]


@pytest.mark.parametrize("entry", ["grader", "nbgrader", "button"])
@pytest.mark.parametrize(
    ("setting", "again", "bob", "cy"),
    [
        (zero_for_this_user_and_bob_left_out, False, 0, FULL),
        (a_flag_against_the_file, True, FULL, FULL),
        (a_plugin_of_ones_own_beside_the_file, True, FULL / 2, 1.5),
        (a_step_of_ones_own, False, 2, 2),
        (switched_off, False, 0, 0),
    ],
)
def test_a_setting_gives_the_same_penalties_from_each_entry(
    graded: Class, tmp_path: Path, setting: Any, again: bool, bob: float, cy: float, entry: str
) -> None:
    made = graded.copy(tmp_path / "class")
    # The button always grades again; the commands renew penalties where nothing else is new.
    force = ["--force"] if again and entry != "button" else []
    said = made.autograde(entry, *setting(made), *force)
    assert made.penalties() == {"ada": 0, "bob": bob, "cy": cy}, said


@pytest.mark.parametrize("entry", ["grader", "nbgrader"])
def test_a_moved_due_date_and_an_extension_renew_the_penalties_without_grading_again(
    graded: Class, tmp_path: Path, entry: str
) -> None:
    made = graded.copy(tmp_path / "class")
    configure(made.root, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    before = {path: path.stat().st_mtime_ns for path in made.root.glob("autograded/*/*/*")}
    said = made.autograde(entry)
    assert made.penalties() == {"ada": 0, "bob": FULL, "cy": FULL}
    assert f"bob: the late penalty is {FULL:g} points now" in said
    assert "ada: the late penalty" not in said
    with made.gradebook() as gradebook:
        gradebook.grant_extension(NAME, "cy", days=30)
    assert "cy: the late penalty is 0 points now" in made.autograde(entry)
    assert made.penalties() == {"ada": 0, "bob": FULL, "cy": 0}
    with made.gradebook() as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=None)
    assert "bob: the late penalty is 0 points now" in made.autograde(entry)
    assert made.penalties() == dict.fromkeys(STUDENTS, 0)
    assert before == {p: p.stat().st_mtime_ns for p in made.root.glob("autograded/*/*/*")}


@pytest.mark.parametrize("entry", ["grader", "nbgrader"])
def test_a_plugin_that_fails_is_named_and_costs_no_mark(
    graded: Class, tmp_path: Path, entry: str
) -> None:
    made = graded.copy(tmp_path / "class")
    (made.root / "our_penalties.py").write_text(PLUGIN.replace("score / 2", "score / 0"))
    configure(made.root, 'c.AssignLatePenalties.plugin_class = "our_penalties.HalfOrSome"')
    said = made.autograde(entry, "--force")
    assert "HalfOrSome failed on the penalty of 'bob' (ZeroDivisionError" in said
    assert "Traceback" not in said
    configure(made.root, 'c.AssignLatePenalties.plugin_class = "no_such_module.Plugin"')
    said = made.autograde(entry)
    assert "The plugin for late penalties cannot be used" in said and "no_such_module" in said
    assert made.penalties() == dict.fromkeys(STUDENTS, 0)


@pytest.mark.parametrize("entry", ["grader", "button"])
def test_hooks_run_and_find_the_marks(graded: Class, tmp_path: Path, entry: str) -> None:
    made = graded.copy(tmp_path / "class")
    configure(made.root, HOOKS)
    settings = ["--CourseDirectory.student_id=ada", "--Autograde.force=True"]
    if entry == "button":
        said = made.press("ada", settings=settings)
    else:
        said = made.autograde(entry, *settings)
    assert (made.root / "hooks.txt").read_text().split()[:2] == ["before", str(FULL)], said


@pytest.mark.parametrize("entry", ["grader", "nbgrader"])
def test_strangers_are_refused_where_that_is_set_and_settings_without_effect_are_named(
    graded: Class, tmp_path: Path, entry: str
) -> None:
    made = graded.copy(tmp_path / "class")
    shutil.copytree(made.root / "submitted" / "ada", made.root / "submitted" / "dee")
    more = "c.Autograde.create_student = False\nc.Execute.enabled = False\n"
    configure(made.root, more + STEP.replace("[Save", "[Ours2, Save"))
    said = made.autograde(entry)
    assert "there is no student 'dee' in the gradebook" in said
    assert set(made.penalties()) == set(STUDENTS)
    assert "c.Autograde.autograde_preprocessors: Ours2 does not run" in said
    assert "--no-execute (c.Execute.enabled) has no effect" in said


def test_a_time_that_was_put_right_counts(graded: Class, tmp_path: Path) -> None:
    made = graded.copy(tmp_path / "class")
    configure(made.root, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    made.autograde("grader")
    time = made.root / "submitted" / "bob" / NAME / "timestamp.txt"
    time.write_text("2026-03-01 12:00:00 UTC")
    made.autograde("grader")
    assert made.penalties() == {"ada": 0, "bob": 0, "cy": FULL}


def test_settings_are_told_from_the_rest_of_a_command_line() -> None:
    line = "autograde a1 --LateSubmissionPlugin.penalty_method zero --jobs 2 --db=sqlite:///x.db"
    settings, others = split_settings([*line.split(), "--A.b.c=d e", "--force"])
    assert settings == [
        "--LateSubmissionPlugin.penalty_method=zero",
        "--db=sqlite:///x.db",
        "--A.b.c=d e",
    ]
    assert others == ["autograde", "a1", "--jobs", "2", "--force"]
