"""nbgrader's own commands and buttons give the marks that grading directly gives.

Commands run as processes, as a user runs them, in the folders of a class of their own. What
nbgrader promises about grading again, late submissions, manual marks and broken submissions is
tested with a stand-in for the grading itself.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import importlib.machinery
import itertools
import json
import logging
import os
import pkgutil
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.classes import folder_grader
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.hand_graded import questions
from grader.judging.grade import GradedSubmission, grade
from grader.judging.graded import Graded, GradedExercise
from grader.paths import PROJECT
from grader.plugin.autograde import FairAutograde
from grader.recording.autograded_notebook import check_outputs, marks_of
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.recording.gradebook_trouble import RecordError
from grader.recording.grading import recorded_grading
from grader.recording.grading_need import grading_need
from grader.recording.recorder import Recorder
from grader.recording.timestamp import read_timestamp
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.settings.class_secret import class_secret
from grader.settings.course import course_application
from grader.settings.grading_settings import FairGrading
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.repair import repair
from grader.submission.submission_folder import InvalidStudentId, check_student_id, read_submission
from tests.helpers.commands import run_command
from tests.helpers.recording import record_marks

NAME = "a4_deep_network"
FULL = assignments.load(NAME).max_score
WRITTEN = [question.name for question in questions(assignments.load(NAME))]


# ------------------------------------------------------------- the same marks from everywhere


@dataclasses.dataclass(frozen=True)
class Class:
    """A small class in folders of its own."""

    root: Path
    expected: dict[str, float]

    def copy(self, root: Path) -> Class:
        """The same submissions in other folders."""
        shutil.copytree(self.root / "submitted", root / "submitted")
        return Class(root, self.expected)

    def run(self, *command: str, check: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command of the project's environment as a user runs it."""
        environment = os.environ | {"COURSE_ROOT": str(self.root)}
        done = run_command("-m", *command, environment=environment)
        if check:
            done.check_returncode()
        return done

    def marks(self) -> dict[str, float]:
        """The marks as ``nbgrader export`` writes them."""
        target = self.root / "grades.csv"
        self.run("nbgrader", "export", f"--to={target}", check=True)
        with target.open(newline="") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def small_class(tmp_path_factory: pytest.TempPathFactory, a4: Assignment, submission: Any) -> Class:
    """Five submissions: right, doubled cell, stripped metadata, wrong answer, unreadable."""
    mistake = a4.exercise("compute_cost").misconceptions[0]
    right = submission(a4)
    doubled = json.loads(right)
    index = next(i for i, c in enumerate(doubled["cells"]) if c["id"] == "linear_forward")
    doubled["cells"].insert(index, doubled["cells"][index])
    stripped = json.loads(right)
    for cell in stripped["cells"]:
        cell["metadata"] = {}
    submissions = {
        "ada": right,
        "bob": json.dumps(doubled).encode(),
        "cy": json.dumps(stripped).encode(),
        "dee": submission(a4, {"compute_cost": a4.variant_source("compute_cost", mistake)}),
        "eve": b"<html>Log in to see this notebook</html>",
    }
    root = tmp_path_factory.mktemp("class")
    for student, raw in submissions.items():
        hand_in(root, student, raw)
    return Class(root, {"ada": FULL, "bob": FULL, "cy": FULL, "dee": FULL - 10, "eve": 0})


def hand_in(root: Path, student: str, raw: bytes, name: str = f"{NAME}.ipynb") -> Path:
    """Put a submission where nbgrader collects it."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(raw)
    (folder / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    return folder


def sandbox_option(isolated: bool) -> list[str]:
    """What switches the sandbox off where a machine has none."""
    return [] if isolated else ["--FairGrading.sandbox=False"]


@pytest.fixture(scope="module")
def graded_by_command(small_class: Class, isolated: bool) -> tuple[Class, str]:
    """The class after ``nbgrader autograde``, and what the command said."""
    done = small_class.run("nbgrader", "autograde", NAME, *sandbox_option(isolated))
    assert done.returncode == 1, "one submission cannot be read, and the exit status tells"
    return small_class, done.stderr + done.stdout


def test_direct_grading_gives_the_expected_marks(
    small_class: Class, a4: Assignment, a4_worker: Worker
) -> None:
    for student, expected in small_class.expected.items():
        raw = (small_class.root / "submitted" / student / NAME / f"{NAME}.ipynb").read_bytes()
        if student == "eve":
            with pytest.raises(UnreadableNotebook):
                grade(raw, a4, a4_worker, class_secret())
        else:
            assert grade(raw, a4, a4_worker, class_secret()).graded.score == expected


def test_nbgrader_autograde_gives_the_same_marks(graded_by_command: tuple[Class, str]) -> None:
    group, said = graded_by_command
    assert group.marks() == group.expected
    assert said.count("eve: ") == 1 and "web page" in said
    assert "Traceback" not in said and "Warning" not in said
    assert "1 of 5 submissions could not be graded" in said


def test_formgraders_button_gives_the_same_marks(
    small_class: Class, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isolated: bool
) -> None:
    from nbgrader.apps import NbGraderAPI

    group = small_class.copy(tmp_path)
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    application = course_application()
    application.config.FairGrading.sandbox = isolated
    api = NbGraderAPI(application.coursedir, parent=application)
    for student in ("bob", "dee", "eve"):
        result = api.autograde(NAME, student)
        assert result["success"] is (student != "eve"), result
    marks = group.marks()
    assert {s: marks[s] for s in ("bob", "dee", "eve")} == {"bob": FULL, "dee": FULL - 10, "eve": 0}
    assert api.get_autograded_students(NAME) == {"bob", "dee", "eve"}
    waiting = api.get_submissions(NAME)
    assert {s["student"]: s["needs_manual_grade"] for s in waiting if s["autograded"]} == {
        "bob": False,
        "dee": False,
        "eve": True,
    }
    assert api.generate_feedback(NAME, "dee")["success"]
    assert guided_answers(group, "bob") == guided_answers(group, "eve") == WRITTEN
    page = tmp_path / "feedback" / "dee" / NAME / f"{NAME}.html"
    assert "Content-Security-Policy" in page.read_text(encoding="utf-8")


def test_the_projects_own_command_gives_the_same_marks(
    graded_by_command: tuple[Class, str], tmp_path: Path, isolated: bool
) -> None:
    group = graded_by_command[0].copy(tmp_path)
    option = [] if isolated else ["--no-sandbox"]
    group.run("grader", "autograde", NAME, *option)
    assert group.marks() == group.expected
    graded_by_command[0].marks()
    ours, nbgraders = (root / "grades.csv" for root in (group.root, graded_by_command[0].root))
    assert ours.read_bytes() == nbgraders.read_bytes()
    assert guided_answers(group, "ada") == WRITTEN


def test_nbgraders_other_commands_work_with_the_result(
    graded_by_command: tuple[Class, str],
) -> None:
    group = graded_by_command[0]
    done = group.run("nbgrader", "generate_feedback", NAME)
    assert done.returncode == 0, done.stderr
    pages = sorted(group.root.glob(f"feedback/*/{NAME}/{NAME}.html"))
    assert [page.parent.parent.name for page in pages] == ["ada", "bob", "cy", "dee", "eve"]
    assert "could not be graded" in pages[-1].read_text(encoding="utf-8")
    # A page stands alone; what else a student handed in is not copied to it.
    assert {p.name for p in pages[0].parent.iterdir()} == {f"{NAME}.html", "timestamp.txt"}
    listed = group.run("nbgrader", "db", "student", "list")
    assert "ada" in listed.stdout + listed.stderr
    with sqlite3.connect(group.root / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_the_autograded_notebook_is_valid_and_holds_the_verdicts(
    graded_by_command: tuple[Class, str], a4: Assignment
) -> None:
    path = graded_by_command[0].root / "autograded" / "dee" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    grading = notebook.metadata.grading
    verdicts = {entry.name: entry.verdict for entry in grading.exercises}
    assert verdicts.pop("compute_cost") == "wrong" and set(verdicts.values()) <= {"correct"}
    assert grading.fingerprint == a4.fingerprint
    doubled = path.parents[2] / "bob" / NAME / f"{NAME}.ipynb"
    assert nbformat.read(doubled, as_version=4).metadata.grading.repairs
    assert "HIDDEN" not in path.read_text(encoding="utf-8")


def guided_answers(group: Class, student: str) -> list[str]:
    """The answers above which the autograded notebook shows the whole marking guide."""
    path = group.root / "autograded" / student / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    guides = {question.name: question.guide for question in questions(assignments.load(NAME))}
    return [
        below.metadata.nbgrader.grade_id
        for above, below in itertools.pairwise(notebook.cells)
        if (name := above.metadata.get("marking_guide"))
        and below.metadata.nbgrader.grade_id == name
        and above.source.endswith(guides[name])
    ]


@pytest.mark.parametrize("student", ["ada", "bob", "cy", "eve"])
def test_a_marker_finds_the_marking_guide_above_every_answer(
    graded_by_command: tuple[Class, str], student: str
) -> None:
    assert guided_answers(graded_by_command[0], student) == WRITTEN


def test_grading_again_without_changes_does_nothing(
    graded_by_command: tuple[Class, str], isolated: bool
) -> None:
    group = graded_by_command[0]
    before = {p: p.stat().st_mtime_ns for p in group.root.glob("autograded/*/*/*")}
    done = group.run("nbgrader", "autograde", NAME, *sandbox_option(isolated))
    assert done.returncode == 0
    assert done.stderr.count("graded already") == 5
    assert {p: p.stat().st_mtime_ns for p in group.root.glob("autograded/*/*/*")} == before


# ------------------------------------------------ nbgrader's promises, with a stand-in for grading


@pytest.fixture(scope="module")
def empty_course(tmp_path_factory: pytest.TempPathFactory, a4: Assignment) -> Path:
    """The gradebook of a class without submissions, to be copied."""
    root = tmp_path_factory.mktemp("empty")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        assert ensure_in_gradebook(a4, course_application().coursedir)
    return root


class Course:
    """A class whose submissions are graded by a stand-in that counts how often it is asked."""

    def __init__(self, root: Path, assignment: Assignment) -> None:
        self.root = root
        self.assignment = assignment
        self.application = course_application()
        self.coursedir = self.application.coursedir
        self.graded: list[bytes] = []
        self.points = 10.0
        self.said: list[str] = []

    def grade(self, raw: bytes, assignment: Assignment, *_others: Any) -> GradedSubmission:
        """Give the first exercise ``self.points`` and the others all of theirs."""
        repaired = repair(raw, assignment)
        self.graded.append(raw)
        if b"BREAK THE GRADER" in raw:
            raise ZeroDivisionError("of the grader's own")
        return GradedSubmission(self.marks(repaired.repairs), repaired.notebook)

    def marks(self, repairs: tuple[str, ...] = ()) -> Graded:
        """The marks that the stand-in gives."""
        first, *others = self.assignment.exercises
        verdict = "correct" if self.points == first.points else "wrong"
        exercises = [GradedExercise(first.name, verdict, self.points, first.points)]  # type: ignore[arg-type]
        exercises += [GradedExercise(e.name, "correct", e.points, e.points) for e in others]
        return Graded(self.assignment.name, tuple(exercises), repairs)

    def autograde(self, force: bool = False, student: str = "*", notebook: str = "*") -> bool:
        """Run nbgrader's converter; say whether everything could be graded."""
        from nbgrader.converters.base import NbGraderException

        self.coursedir.assignment_id = NAME
        self.coursedir.student_id, self.coursedir.notebook_id = student, notebook
        converter = FairAutograde(coursedir=self.coursedir, parent=self.application)
        converter.force = force
        handler = Collector(self.said)
        self.application.log.addHandler(handler)
        try:
            converter.start()
        except NbGraderException:
            return False
        finally:
            self.application.log.removeHandler(handler)
        return True

    def gradebook(self) -> Any:
        """nbgrader's gradebook."""
        from nbgrader.api import Gradebook

        return Gradebook(self.coursedir.db_url, self.coursedir.course_id)

    def score(self, student: str) -> float:
        """The marks in the gradebook."""
        with self.gradebook() as gradebook:
            submission = gradebook.find_submission(NAME, student)
            penalty = submission.late_submission_penalty or 0
            return float(submission.score - penalty)

    def autograded(self, student: str) -> Path:
        """Where the autograded notebook lies."""
        return self.root / "autograded" / student / NAME / f"{NAME}.ipynb"


class Collector(logging.Handler):
    """Collects what is logged."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text."""
        self.said.append(record.getMessage())


@pytest.fixture
def course(
    tmp_path: Path,
    empty_course: Path,
    a4: Assignment,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Course]:
    """A class with a gradebook of its own and the stand-in for grading."""
    shutil.copyfile(empty_course / "gradebook.db", tmp_path / "gradebook.db")
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    made = Course(tmp_path, a4)
    made.application.config.FairGrading.sandbox = False
    monkeypatch.setattr(folder_grader, "grade", made.grade)
    yield made


@pytest.fixture(scope="module")
def right(a4: Assignment, submission: Any) -> bytes:
    """A solved notebook."""
    made: bytes = submission(a4)
    return made


def changed(raw: bytes, text: str) -> bytes:
    """The notebook with another cell."""
    notebook = nbformat.reads(raw.decode(), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(f"# {text}"))
    return nbformat.writes(notebook).encode()


def test_a_changed_submission_is_graded_again_and_others_are_not(
    course: Course, right: bytes
) -> None:
    hand_in(course.root, "ada", right)
    hand_in(course.root, "bob", right)
    assert course.autograde() and len(course.graded) == 2
    assert course.autograde() and len(course.graded) == 2
    course.points = 5
    hand_in(course.root, "bob", changed(right, "once more"))
    assert course.autograde() and len(course.graded) == 3
    assert (course.score("ada"), course.score("bob")) == (FULL, FULL - 5)


def test_a_newer_timestamp_and_force_grade_again(course: Course, right: bytes) -> None:
    folder = hand_in(course.root, "ada", right)
    course.autograde()
    (folder / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    course.autograde()
    assert len(course.graded) == 2
    course.autograde()
    assert len(course.graded) == 2
    course.autograde(force=True)
    assert len(course.graded) == 3
    with course.gradebook() as gradebook:
        time_of_it = gradebook.find_submission(NAME, "ada").timestamp
    assert time_of_it == datetime.datetime(2026, 3, 2, 12)


def test_stale_marks_are_told_and_kept(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course.root, "ada", right)
    course.autograde()
    monkeypatch.setitem(course.assignment.__dict__, "fingerprint", "another edition")
    assert course.autograde() and len(course.graded) == 1
    assert any("1 marks are of an older edition" in line for line in course.said)
    course.autograde(force=True)
    folder = course.autograded("ada").parent
    recorded = recorded_grading(folder)
    assert recorded is not None and recorded.fingerprint == "another edition"
    assert recorded.submission is not None
    submitted = course.root / "submitted" / "ada" / NAME
    assert grading_need(submitted, folder, course.assignment, recorded.submission).stale is False


def test_only_the_student_that_is_asked_for_is_graded(course: Course, right: bytes) -> None:
    hand_in(course.root, "ada", right)
    hand_in(course.root, "b[o]b", right)
    assert course.autograde(student="b[o]b")
    assert not course.autograded("ada").exists()
    assert course.autograded("b[o]b").exists()
    assert not course.autograde(student="nobody")
    assert not course.autograde(student="..")
    assert not course.autograde(notebook="another*")
    assert len(course.graded) == 1


def test_manual_marks_and_comments_survive_grading_again(course: Course, right: bytes) -> None:
    hand_in(course.root, "ada", right)
    course.autograde()
    cell = course.assignment.exercises[0].name
    with course.gradebook() as gradebook:
        grade_of_it = gradebook.find_grade(f"{cell}_check", NAME, NAME, "ada")
        assert grade_of_it.needs_manual_grade is False
        grade_of_it.manual_score = 7
        comment = gradebook.find_comment(cell, NAME, NAME, "ada")
        comment.manual_comment = "Well explained"
        gradebook.db.commit()
    course.points = 0
    course.autograde(force=True)
    with course.gradebook() as gradebook:
        grade_of_it = gradebook.find_grade(f"{cell}_check", NAME, NAME, "ada")
        assert (grade_of_it.auto_score, grade_of_it.manual_score) == (0, 7)
        assert grade_of_it.needs_manual_grade is True
        comment = gradebook.find_comment(cell, NAME, NAME, "ada")
        assert comment.comment == "Well explained"


def test_an_untouched_exercise_gets_nbgraders_comment(
    course: Course, a4: Assignment, submission: Any
) -> None:
    hand_in(course.root, "ada", submission(a4, {"linear_forward": "pass"}, solved=False))
    course.autograde()
    with course.gradebook() as gradebook:
        comments = {
            name: gradebook.find_comment(name, NAME, NAME, "ada").auto_comment
            for name in ("linear_forward", "compute_cost")
        }
    assert comments == {"linear_forward": None, "compute_cost": "No response."}


def test_late_submissions_pay_what_nbgraders_plugin_says(course: Course, right: bytes) -> None:
    folder = hand_in(course.root, "ada", right)
    hand_in(course.root, "bob", right)
    (folder / "timestamp.txt").write_text("2026-03-05 12:00:00 UTC")
    with course.gradebook() as gradebook:
        due = datetime.datetime(2026, 3, 2)
        gradebook.update_or_create_assignment(NAME, duedate=due)
    course.autograde()
    assert (course.score("ada"), course.score("bob")) == (FULL, FULL)
    course.application.config.LateSubmissionPlugin.penalty_method = "zero"
    course.autograde(force=True)
    assert (course.score("ada"), course.score("bob")) == (0, FULL)


def test_points_between_none_and_all_arrive_exactly(course: Course, right: bytes) -> None:
    hand_in(course.root, "ada", right)
    course.points = 10 / 3
    course.autograde()
    assert course.score("ada") == pytest.approx(FULL - 10 + 10 / 3, rel=1e-15)
    first = course.assignment.exercises[0].name
    notebook = nbformat.read(course.autograded("ada"), as_version=4)
    assert marks_of(notebook)[f"{first}_check"].auto_score == 10 / 3


def test_the_outputs_of_a_right_check_hold_nothing_that_nbgrader_takes_for_a_failure() -> None:
    right = GradedExercise("f", "correct", 10, 10, message="Right.")
    assert [output.output_type for output in check_outputs(right)] == ["stream"]
    assert check_outputs(right)[0].name == "stdout"
    wrong = GradedExercise("f", "wrong", 0, 10, message="No: \x1b[31mred")
    outputs = check_outputs(wrong)
    assert [output.output_type for output in outputs] == ["stream", "execute_result"]
    assert "\x1b" not in outputs[0].text


# ----------------------------------------------------------------------------- odd submissions


def spoil_missing(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()


def spoil_link(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").symlink_to("/etc/passwd")


def spoil_folder_link(folder: Path) -> None:
    shutil.move(folder, folder.with_name("elsewhere"))
    folder.symlink_to(folder.with_name("elsewhere"))


def spoil_pipe(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()
    os.mkfifo(folder / f"{NAME}.ipynb")


def spoil_folder(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").mkdir()


def spoil_empty(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").write_bytes(b"")


@pytest.mark.parametrize(
    "spoil",
    [spoil_missing, spoil_link, spoil_folder_link, spoil_pipe, spoil_folder, spoil_empty],
)
def test_a_broken_submission_costs_one_line_and_the_class_goes_on(
    course: Course, right: bytes, spoil: Callable[[Path], None]
) -> None:
    spoil(hand_in(course.root, "bad", right))
    hand_in(course.root, "good", right)
    assert not course.autograde()
    assert len([line for line in course.said if line.startswith("bad: ")]) == 1
    assert course.score("good") == FULL
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(NAME, "bad")
        assert submission.score == 0 and submission.needs_manual_grade
    notebook = nbformat.read(course.autograded("bad"), as_version=4)
    assert notebook.metadata.grading.unreadable
    assert "root:" not in json.dumps(notebook)
    course.said.clear()
    assert course.autograde(), "what cannot be graded is not tried again before it changes"
    shutil.rmtree(course.root / "submitted" / "bad" / "elsewhere", ignore_errors=True)
    folder = course.root / "submitted" / "bad" / NAME
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)
    hand_in(course.root, "bad", right)
    assert course.autograde()
    assert course.score("bad") == FULL


def test_a_fault_of_the_grader_leaves_one_submission_to_a_person(
    course: Course, right: bytes
) -> None:
    hand_in(course.root, "bad", changed(right, "BREAK THE GRADER"))
    hand_in(course.root, "good", right)
    assert not course.autograde()
    assert course.score("good") == FULL
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(NAME, "bad").needs_manual_grade
    assert any("bad: The grader failed on this submission" in line for line in course.said)


def test_odd_student_names_are_refused_and_the_class_goes_on(course: Course, right: bytes) -> None:
    for student in ("<img src=x onerror=evil()>", "line\nbreak", "Zoë O'Brien-Łuk 你好"):
        hand_in(course.root, student, right)
    assert not course.autograde()
    assert len(course.graded) == 1
    assert course.score("Zoë O'Brien-Łuk 你好") == FULL
    assert all("\n" not in line for line in course.said)


@pytest.mark.parametrize(
    "student",
    [
        "",
        " ",
        ".",
        "..",
        ".x",
        "a/b",
        "a\\b",
        "a\x00",
        "a" * 129,
        'a"b',
        "a,b",
        "=1+1",
        " =1+1",
        "-x",
    ],
)
def test_names_that_could_be_mistaken_are_refused(student: str) -> None:
    with pytest.raises(InvalidStudentId):
        check_student_id(student)


def test_a_renamed_notebook_is_graded_and_the_repair_noted(course: Course, right: bytes) -> None:
    folder = hand_in(course.root, "ada", right, "my homework (final).ipynb")
    assert course.autograde() and course.score("ada") == FULL
    notebook = nbformat.read(course.autograded("ada"), as_version=4)
    assert "my homework (final).ipynb" in notebook.metadata.grading.repairs[0]
    assert not (course.autograded("ada").parent / "my homework (final).ipynb").exists()
    assert folder.exists()


def test_of_several_notebooks_the_right_name_or_else_the_most_work_is_graded(
    tmp_path: Path, a4: Assignment, submission: Any, right: bytes
) -> None:
    empty = submission(a4, solved=False)
    some = submission(a4, {"linear_forward": a4.solution("linear_forward")}, solved=False)

    def chosen(**files: bytes) -> bytes:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, raw in files.items():
            (folder / f"{name}.ipynb").write_bytes(raw)
        found = read_submission(folder, a4)
        assert found.repairs
        return found.raw

    assert chosen(**{NAME: some, "Untitled": right}) == some
    assert chosen(**{NAME: empty, "Untitled": right}) == right
    assert chosen(Copy1=some, Copy2=right, Copy3=empty) == right
    assert chosen(Copy1=b"not a notebook", Copy2=some) == some


def test_a_notebook_in_a_folder_of_the_submission_is_found(
    tmp_path: Path, a4: Assignment, right: bytes
) -> None:
    inner = tmp_path / "homework"
    inner.mkdir()
    (inner / f"{NAME}.ipynb").write_bytes(right)
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / f"._{NAME}.ipynb").write_bytes(b"junk")
    assert read_submission(tmp_path, a4).raw == right


def test_other_files_are_copied_where_they_are_small_and_harmless(
    course: Course, right: bytes
) -> None:
    folder = hand_in(course.root, "ada", right)
    (folder / "notes.txt").write_text("mine")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "cat.png").write_bytes(b"png")
    (folder / "page.html").write_text("<script>evil()</script>")
    (folder / "drawing.svg").write_text("<svg onload='evil()'/>")
    (folder / ".hidden.txt").write_text("x")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "another.ipynb.txt").write_bytes(b"x" * 10_000_001)
    course.autograde()
    place = course.autograded("ada").parent
    copied = {str(p.relative_to(place)) for p in place.rglob("*") if p.is_file()}
    assert copied == {
        f"{NAME}.ipynb",
        ".grading.json",
        "notes.txt",
        "pictures/cat.png",
        "timestamp.txt",
    }


IMPORTED_UNASKED = (
    "jedi.py",
    "sitecustomize.py",
    "numpy/__init__.py",
    "numpy/core.PY",
    "ipython_config.py",
    "jupyter_server_config.json",
    "fast.so",
    "fast.cpython-311-x86_64-linux-gnu.so",
    "old.pyc",
    "__pycache__/jedi.cpython-311.pyc",
    "here.pth",
    "more.zip",
    ".ipython/profile_default/startup/00.py",
    "profile_default/startup/00.py",
)


def test_nothing_that_a_student_handed_in_can_be_imported_where_a_notebook_is_opened(
    course: Course, right: bytes
) -> None:
    folder = hand_in(course.root, "ada", right)
    for name in (*IMPORTED_UNASKED, "jedi.py.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("raise SystemExit('a student ran this')")
    course.autograde()
    place = course.autograded("ada").parent
    suffixes = (*importlib.machinery.all_suffixes(), ".pth", ".zip")
    recorded = [path for path in place.rglob("*") if path.is_file()]
    assert not [path for path in recorded if path.name.lower().endswith(suffixes)]
    assert not list(place.rglob("*config.json"))
    for parent in (place, *(path for path in place.rglob("*") if path.is_dir())):
        assert not list(pkgutil.iter_modules([str(parent)]))
    # The code is there to be read, whatever else was handed in under its new name.
    texts = {path.name: path.read_text() for path in recorded if path.name.startswith("jedi")}
    assert set(texts) == {"jedi.py.txt", "jedi.py.txt.txt"}
    assert all("a student ran this" in text for text in texts.values())
    asked = "import jedi; print(jedi.__file__)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=place, capture_output=True, text=True)
    assert done.returncode == 0 and str(place) not in done.stdout, done.stderr


@pytest.mark.parametrize("text", ["yesterday", "", "\x00", "9" * 500, "2026-13-45 99:99:99 UTC"])
def test_a_timestamp_that_makes_no_sense_counts_as_none(
    tmp_path: Path, text: str, course: Course, right: bytes
) -> None:
    folder = hand_in(course.root, "ada", right)
    (folder / "timestamp.txt").write_text(text)
    assert read_timestamp(folder)[0] is None and read_timestamp(folder)[1]
    assert course.autograde() and course.score("ada") == FULL


# ------------------------------------------------------------------------- nothing half recorded


def test_students_are_exported_in_the_order_of_their_names(course: Course, right: bytes) -> None:
    with Recorder(course.coursedir) as recorder:
        recorder.marks.add_students(["cy", "ada", "bob"])
        for student in ("bob", "cy", "ada"):
            record(course, recorder, student, right)
    with course.gradebook() as gradebook:
        assert [student.id for student in gradebook.students] == ["ada", "bob", "cy"]


def record(course: Course, recorder: Recorder, student: str, right: bytes) -> None:
    """Record the stand-in's marks."""
    notebook = repair(right, course.assignment).notebook
    record_marks(
        recorder, student, course.marks(), notebook, course.root / "submitted" / student / NAME
    )


def students_in(course: Course) -> set[str]:
    """Who has marks in the gradebook."""
    with course.gradebook() as gradebook:
        return {s.student.id for s in gradebook.assignment_submissions(NAME)}


def test_before_a_flush_nothing_is_recorded_and_after_it_everything(
    course: Course, right: bytes
) -> None:
    with Recorder(course.coursedir, batch=100, seconds=100) as recorder:
        record(course, recorder, "ada", right)
        record(course, recorder, "bob", right)
        assert students_in(course) == set() and not course.autograded("ada").exists()
        recorder.flush()
        assert students_in(course) == {"ada", "bob"} and course.autograded("bob").exists()
        record(course, recorder, "cy", right)
    assert students_in(course) == {"ada", "bob", "cy"}
    assert not list((course.root / "autograded").glob(".recording-*"))


def test_a_run_that_dies_between_marks_and_notebooks_is_made_good_by_the_next(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.recording.autograded_folder import Workshop

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    hand_in(course.root, "ada", right)
    recorder = Recorder(course.coursedir)
    record(course, recorder, "ada", right)
    with monkeypatch.context() as patch:
        patch.setattr(Workshop, "move", die)
        with pytest.raises(KeyboardInterrupt):
            recorder.flush()
    assert not course.autograded("ada").exists()
    assert course.autograde() and course.score("ada") == FULL
    assert students_in(course) == {"ada"}


def test_a_busy_gradebook_is_waited_for(course: Course, right: bytes) -> None:
    database = sqlite3.connect(course.root / "gradebook.db", check_same_thread=False)
    database.execute("begin exclusive")

    def write() -> None:
        with Recorder(course.coursedir) as recorder:
            record(course, recorder, "ada", right)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        with pytest.raises(TimeoutError):
            writing.result(timeout=1.0)  # nothing could be written by then
        database.rollback()
        writing.result()
    database.close()
    assert students_in(course) == {"ada"}


def test_a_gradebook_that_cannot_be_written_gives_a_sentence_and_loses_nothing(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(course.coursedir)
    record(course, recorder, "ada", right)
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("alter table grade rename column auto_score to elsewhere")
    with pytest.raises(RecordError, match="has other tables than this version of nbgrader"):
        recorder.flush()
    assert not course.autograded("ada").exists()
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("alter table grade rename column elsewhere to auto_score")
    recorder.close()
    assert course.autograded("ada").exists() and course.score("ada") == FULL


def test_marks_that_do_not_fit_the_notebook_are_refused(course: Course, right: bytes) -> None:
    with Recorder(course.coursedir) as recorder:
        graded = dataclasses.replace(course.marks(), exercises=course.marks().exercises)
        notebook = repair(right, course.assignment).notebook
        notebook.cells = [c for c in notebook.cells if c.id != "linear_forward_check"]
        with pytest.raises(RecordError, match="linear_forward"):
            record_marks(recorder, "ada", graded, notebook, course.root)


# --------------------------------------------------------------------------- gradebook, settings


def test_the_gradebook_is_set_up_once_and_again_when_the_source_has_changed(
    course: Course, a4: Assignment, tmp_path: Path
) -> None:
    assert not ensure_in_gradebook(a4, course.coursedir)
    folder = tmp_path / "source" / NAME
    shutil.copytree(a4.folder, folder)
    path = folder / f"{NAME}.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("### END HIDDEN TESTS", "1\\n### END HIDDEN TESTS"), "utf-8")
    edited = dataclasses.replace(a4, folder=folder)
    assert path.read_text(encoding="utf-8") != text
    assert ensure_in_gradebook(edited, course.coursedir)
    assert not ensure_in_gradebook(edited, course.coursedir)
    assert not (PROJECT / "release" / NAME / "1").exists()


def test_every_limit_is_a_setting_with_its_default_and_a_sentence() -> None:
    traits = FairGrading.class_traits(config=True)
    for field in dataclasses.fields(Limits):
        assert traits[field.name].default_value == field.default
        assert len(traits[field.name].help) > 20
    assert FairGrading().limits() == Limits()


def test_settings_reach_the_worker(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    course.application.config.FairGrading.exercise_seconds = 3.0
    course.application.config.FairGrading.blocked_share = 0.5

    def grade_it(raw: bytes, assignment: Assignment, worker: Worker, *rest: Any) -> Any:
        seen.append((worker.limits.exercise_seconds, worker.isolated, rest[1]))
        return course.grade(raw, assignment)

    monkeypatch.setattr(folder_grader, "grade", grade_it)
    hand_in(course.root, "ada", right)
    course.autograde()
    assert seen == [(3.0, False, 0.5)]


def test_a_sandbox_that_does_not_work_stops_with_its_sentence(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.sandbox.host import bubblewrap

    course.application.config.FairGrading.sandbox = True
    monkeypatch.setattr(bubblewrap, "why_unavailable", lambda: "no isolation here: do this")
    hand_in(course.root, "ada", right)
    assert not course.autograde()
    assert course.said[-1] == "no isolation here: do this"
    assert course.graded == []


def test_an_unknown_assignment_is_named_with_those_that_there_are(course: Course) -> None:
    from nbgrader.converters.base import NbGraderException

    course.coursedir.assignment_id = "a9_nothing"
    with pytest.raises(NbGraderException, match="a9_nothing"):
        FairAutograde(coursedir=course.coursedir, parent=course.application).start()
