"""What somebody has who learns alone: hints, the solution once solved, and a record of it all."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

import public_tests
from course.checks.public_check import CheckFailed, NotImplementedYet
from course.study import solution_store, study_material, study_record
from course.study.hints import hint
from course.study.progress import main as progress_main
from course.study.progress import progress
from course.study.solutions import solution
from course.study.study_record import FILE_NAME, Entry
from grader.cli.main import main as grader_main
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Exercise
from grader.judging.hidden_check import hidden_test
from grader.paths import PROJECT, RELEASE
from grader.release import making as release
from grader.release.audit import differences, leaks
from grader.release.folder import files_of
from grader.release.self_study import SelfStudyOptions, without_hints
from grader.release.translation.compiled import languages

A4 = "a4_deep_network"
IN_A4, IN_A5 = (len(assignments.load(name).exercises) for name in (A4, "a5_cat_classifier"))
ENTRY = "passed  2026-03-01 14:05  a4_deep_network  linear_forward"


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test as a new process begins."""
    monkeypatch.setattr(study_record, "_unwritten", {})
    monkeypatch.delenv(study_record.SWITCH, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, named like a release folder, in which a notebook seems to run."""
    made = tmp_path / A4
    made.mkdir()
    monkeypatch.chdir(made)
    monkeypatch.setattr(study_record, "in_a_notebook", lambda: True)
    return made


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Call a function and get what it prints."""

    def call(function: Callable[..., None], *arguments: Any, **named: Any) -> str:
        capsys.readouterr()
        function(*arguments, **named)
        return capsys.readouterr().out

    return call


def right(A: Any, W: Any, b: Any) -> Any:
    """A right linear_forward."""
    return W @ A + b, (A, W, b)


def wrong(A: Any, W: Any, b: Any) -> Any:
    """A wrong one."""
    return W @ A - b, (A, W, b)


def unsolved(A: Any, W: Any, b: Any) -> Any:
    """One that nobody has begun."""
    raise NotImplementedError


def check(function: Callable[..., Any]) -> None:
    """Run the check of linear_forward, whatever comes of it."""
    with contextlib.suppress(CheckFailed):
        public_tests.linear_forward_test(function)


def record_of(folder: Path) -> Entry:
    """What the file in a folder says of linear_forward."""
    return study_record.entries(folder)[A4, "linear_forward"]


# Hints -------------------------------------------------------------------------------------------


def test_hints_come_one_after_another_and_the_last_names_the_solution(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    hints = a4.exercise("linear_forward").hints
    texts = [" ".join(said(hint, "linear_forward").split()) for _ in hints]
    assert [given in text for given, text in zip(hints, texts, strict=True)] == [True] * len(hints)
    assert ['solution("linear_forward")' in text for text in texts] == [False, False, True]
    assert "You have opened all 3 hints" in said(hint, "linear_forward")


def test_a_hint_is_given_for_the_function_as_for_its_name(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    assert "Hint 1 of 3" in said(hint, a4.reference.linear_forward)
    assert "Hint 2 of 3" in said(hint, "linear_forward")


def test_a_hint_can_be_asked_for_by_its_number(folder: Path, said: Callable[..., str]) -> None:
    assert "Hint 2 of 3" in said(hint, "linear_forward", 2)
    assert "Hint 1 of 3" in said(hint, "linear_forward", 1)
    assert "Hint 3 of 3" in said(hint, "linear_forward")
    assert "has the hints 1 to 3" in said(hint, "linear_forward", 4)


@pytest.mark.parametrize("name", ["linear_foward", "", 3, None, public_tests.linear_forward_test])
@pytest.mark.parametrize("function", [hint, solution])
def test_what_is_no_exercise_gets_a_list_of_the_exercises(
    function: Callable[..., None], name: Any, folder: Path, said: Callable[..., str]
) -> None:
    text = said(function, name)
    assert "The exercises are:" in text
    assert name != "linear_foward" or "Did you mean linear_forward?" in text


def test_where_several_assignments_have_a_function_the_folder_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., str]
) -> None:
    stored = [
        study_material.StudyAssignment(
            name,
            (study_material.StudyExercise(name, "compute_cost", (name,), "", frozenset()),),
        )
        for name in ("a3_shallow", "a4_deep")
    ]
    monkeypatch.setattr(study_material, "stored_assignments", lambda: stored)
    (tmp_path / "my a4_deep").mkdir()
    monkeypatch.chdir(tmp_path / "my a4_deep")
    assert "a4_deep" in said(hint, "compute_cost")
    monkeypatch.chdir(tmp_path)
    assert 'hint("compute_cost", assignment="a3_shallow")' in said(hint, "compute_cost")
    assert "a3_shallow" in said(hint, "compute_cost", assignment="a3_shallow")


def test_signs_in_a_hint_are_shown_as_they_are() -> None:
    from course.study.show import as_markdown

    assert as_markdown("2 * m < n_x: `a * b`") == r"2 \* m \< n\_x: `a * b`"


@pytest.mark.parametrize("function", [wrong, unsolved])
def test_a_failed_check_ends_with_the_way_to_a_hint(function: Callable[..., Any]) -> None:
    with pytest.raises(CheckFailed) as failure:
        public_tests.linear_forward_test(function)
    last = 'For a hint: hint("linear_forward")'
    assert failure.value._render_traceback_()[-1] == last
    assert str(failure.value).endswith(last)


def test_the_check_of_the_author_names_no_hint() -> None:
    function = renamed(wrong, "linear_forward")
    with pytest.raises(CheckFailed) as failure:
        hidden_test(A4, function)
    assert "hint(" not in "\n".join(failure.value._render_traceback_())
    assert "hint(" not in str(failure.value)


def renamed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The function under another name."""

    def called(*arguments: Any) -> Any:
        return function(*arguments)

    called.__name__ = name
    return called


# The record --------------------------------------------------------------------------------------


def test_a_check_writes_what_it_says_into_the_record(folder: Path) -> None:
    check(unsolved)
    assert not (folder / FILE_NAME).exists()
    check(wrong)
    assert (record_of(folder).tried, record_of(folder).passed) == (True, False)
    check(right)
    assert record_of(folder).passed
    check(wrong)
    assert record_of(folder).passed, "what has been reached once stays reached"


def test_the_record_is_a_text_that_says_what_it_is(folder: Path) -> None:
    check(right)
    hint("linear_forward")
    lines = (folder / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Your progress, one line for each exercise")
    assert re.fullmatch(
        rf"passed  \d{{4}}-\d\d-\d\d \d\d:\d\d  {A4} +linear_forward +1 hint opened", lines[1]
    )
    assert len(lines) == 2
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_a_new_process_in_a_moved_folder_knows_what_was_done(folder: Path, tmp_path: Path) -> None:
    check(right)
    hint("linear_forward")
    moved = tmp_path / "elsewhere" / "my homework"
    moved.parent.mkdir()
    os.chdir(tmp_path)
    folder.rename(moved)
    shown = run_python("-m", "course.study.progress", str(moved))
    assert f"{A4} (in my homework): 1 of {IN_A4} exercises done" in shown
    assert re.search(r"done +linear_forward .* 1 hint$", shown, re.MULTILINE)


def run_python(*words: str, cwd: Path = PROJECT) -> str:
    """What a Python program prints."""
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


SPOILT = {
    "empty": b"",
    "only a line break": b"\n",
    "no text": bytes(range(256)),
    "another encoding": ENTRY.encode("utf-16"),
    "a note of one's own": b"remember the milk\n",
    "half a line": ENTRY.encode()[:20],
    "a date that is none": b"passed  yesterday  a4_deep_network  linear_forward\n",
    "very many hints": ENTRY.encode() + b"  99999999 hints opened\n",
}


@pytest.mark.parametrize("content", SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_record_is_kept_and_goes_on(
    content: bytes, folder: Path, said: Callable[..., str]
) -> None:
    (folder / FILE_NAME).write_bytes(content)
    assert "linear_forward" not in study_record.entries(folder)
    check(right)
    assert record_of(folder).passed
    assert (folder / FILE_NAME).read_bytes().startswith(content.rstrip(b"\n"))
    assert f"1 of {IN_A4} exercises done" in said(progress)


@pytest.mark.parametrize(
    "line",
    [ENTRY, f"  {ENTRY}\r", f"\ufeff{ENTRY}", ENTRY.replace("  ", "\t")],
    ids=["as written", "with a line end of Windows", "with a byte order mark", "with tabs"],
)
def test_a_line_written_by_hand_counts(line: str, folder: Path) -> None:
    (folder / FILE_NAME).write_text(f"{line}\nmy note\n", encoding="utf-8", newline="")
    assert record_of(folder).passed
    hint("linear_forward")
    assert (record_of(folder).passed, record_of(folder).hints) == (True, 1)
    assert "my note" in (folder / FILE_NAME).read_text(encoding="utf-8")


def test_two_lines_of_one_exercise_become_one(folder: Path) -> None:
    tried = ENTRY.replace("passed", "tried") + "  2 hints opened"
    (folder / FILE_NAME).write_text(f"{tried}\n{ENTRY}\n")
    assert (record_of(folder).passed, record_of(folder).hints) == (True, 2)
    hint("linear_forward")
    assert (folder / FILE_NAME).read_text().count("linear_forward") == 1
    assert (record_of(folder).passed, record_of(folder).hints) == (True, 3)


def spoil_by_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a folder where the file should be."""
    (folder / FILE_NAME).mkdir()


def spoil_by_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a huge file there."""
    (folder / FILE_NAME).write_bytes(b"x" * 1_000_001)


def spoil_by_rights(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the folder one that cannot be written."""
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):  # the administrator may write anywhere
        monkeypatch.setattr(os, "access", lambda path, mode: False)


def spoil_by_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writing fail at its last step, as where a disk is full."""

    def fail(*_arguments: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", fail)


@pytest.mark.parametrize(
    "spoil", [spoil_by_a_folder, spoil_by_size, spoil_by_rights, spoil_by_failure]
)
def test_where_no_record_can_be_kept_the_process_remembers(
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[..., str],
) -> None:
    spoil(folder, monkeypatch)
    before = sorted(path.name for path in folder.iterdir())
    try:
        check(right)
        assert "Hint 1 of 3" in said(hint, "linear_forward")
        assert "Hint 2 of 3" in said(hint, "linear_forward")
        assert "def linear_forward" in said(solution, "linear_forward")
        shown = said(progress)
    finally:
        folder.chmod(0o700)
    assert f"1 of {IN_A4} exercises done" in shown
    if spoil is not spoil_by_failure:
        assert "No record can be kept" in shown
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_folder_that_is_gone_disturbs_nothing(folder: Path, said: Callable[..., str]) -> None:
    folder.rmdir()
    check(right)
    assert "Hint 1 of 3" in said(hint, "linear_forward")
    assert "no assignment in this folder" in said(progress)


@pytest.mark.parametrize(
    ("name", "value"),
    [("COURSE_PROGRESS", "off"), ("NBGRADER_EXECUTION", "autograde"), ("NBGRADER_VALIDATING", "1")],
)
def test_no_record_is_written_where_none_is_wanted(
    name: str, value: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    check(right)
    hint("linear_forward")
    assert list(folder.iterdir()) == []


def test_no_record_is_written_outside_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check(right)
    hint("linear_forward")
    assert list(tmp_path.iterdir()) == []


# The solution ------------------------------------------------------------------------------------


def test_the_solution_waits_until_ones_own_is_right(folder: Path, said: Callable[..., str]) -> None:
    text = said(solution, "linear_forward")
    assert "def linear_forward" not in text
    assert "linear_forward_test(linear_forward)" in text
    assert 'solution("linear_forward", anyway=True)' in text
    assert not (folder / FILE_NAME).exists()
    check(right)
    assert "np.dot(W, A) + b" in said(solution, "linear_forward")
    assert record_of(folder).solution


def test_the_solution_opens_on_a_clear_request(folder: Path, said: Callable[..., str]) -> None:
    text = said(solution, "linear_forward", anyway=True)
    assert "np.dot(W, A) + b" in text
    assert "YOUR CODE" not in text and "approx." not in text
    assert (record_of(folder).solution, record_of(folder).passed) == (True, False)


def test_without_a_solution_nearby_a_sentence_says_where_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., str]
) -> None:
    monkeypatch.setattr(solution_store, "__file__", str(folder / "solution_store.py"))
    text = " ".join(said(solution, "linear_forward", anyway=True).split())
    assert f"source/{A4}/{A4}.ipynb" in text
    assert "def linear_forward" not in text


def test_a_damaged_master_notebook_is_no_solution(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., str]
) -> None:
    monkeypatch.setattr(solution_store, "__file__", str(folder / "solution_store.py"))
    damaged = tmp_path / "source" / A4 / f"{A4}.ipynb"
    damaged.parent.mkdir(parents=True)
    for text in ("", "[]", '{"cells": 3}', '{"cells": [{"id": "linear_forward"}]}', "\x00"):
        damaged.write_text(text)
        assert "is not in this folder" in said(solution, "linear_forward", anyway=True)


# Progress ----------------------------------------------------------------------------------------


def test_progress_shows_what_is_done_what_is_next_and_what_was_learned(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    check(right)
    hint("compute_cost")
    shown = said(progress)
    assert f"{A4}: 1 of {IN_A4} exercises done" in shown
    assert re.search(r"^  done +linear_forward +\d{4}-", shown, re.MULTILINE)
    assert re.search(r"^  - +compute_cost +1 hint$", shown, re.MULTILINE)
    assert a4.exercise("linear_forward").learned in " ".join(shown.split())
    assert a4.exercise("compute_cost").learned not in " ".join(shown.split())
    assert 'Next: initialize_parameters. In the notebook, hint("initialize_parameters")' in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_progress_says_when_everything_is_done(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    for exercise in a4.exercises:
        study_record.remember(A4, exercise.name, passed=True, hints=3, solution=True)
    shown = said(progress)
    assert f"{IN_A4} of {IN_A4} exercises done" in shown
    assert shown.endswith("All exercises are done.\n")
    assert max(map(len, shown.splitlines())) <= 80


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder with two assignments in its release/."""
    made = tmp_path / "course"
    for name in (A4, "a5_cat_classifier"):
        shutil.copytree(
            RELEASE / name,
            made / "release" / name,
            ignore=shutil.ignore_patterns("__pycache__", "datasets", FILE_NAME),
        )
    (made / "release" / A4 / FILE_NAME).write_text(ENTRY + "\n")
    return made


def test_in_the_folder_of_the_course_progress_shows_all_assignments(course: Path) -> None:
    shown = run_python("-m", "course.study.progress", cwd=course)
    assert f"{A4}: 1 of {IN_A4} exercises done" in shown
    assert f"a5_cat_classifier: 0 of {IN_A5} exercises done" in shown
    assert f"In all: 1 of {IN_A4 + IN_A5} exercises done." in shown
    assert f"Next: initialize_parameters in release{os.sep}{A4}." in shown


def test_in_the_folder_of_an_assignment_progress_shows_that_alone(course: Path) -> None:
    shown = run_python("-m", "course.study.progress", cwd=course / "release" / A4)
    assert f"{A4}: 1 of {IN_A4} exercises done" in shown
    assert "a5_cat_classifier" not in shown


def test_progress_takes_folders(course: Path) -> None:
    shown = run_python("-m", "course.study.progress", str(course / "release" / A4), str(course))
    assert shown.count(f"{A4}: 1 of {IN_A4} exercises done") == 1
    assert f"a5_cat_classifier: 0 of {IN_A5} exercises done" in shown


def test_progress_of_the_course_itself_knows_every_assignment() -> None:
    shown = run_python("-m", "course.study.progress")
    for name in assignments.names():
        assert f"{name}: " in shown


def test_progress_refuses_a_folder_that_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert progress_main([str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err


def test_progress_says_so_where_there_is_no_assignment(
    tmp_path: Path, said: Callable[..., str]
) -> None:
    assert "no assignment in this folder" in said(progress, tmp_path)


# Releasing ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Callable[[SelfStudyOptions], Path]:
    """Release the deep network with some options; the folder of the assignment."""
    made: dict[SelfStudyOptions, Path] = {}

    def make(options: SelfStudyOptions) -> Path:
        if options not in made:
            folder = tmp_path_factory.mktemp("release")
            release.write_with_nbgrader(A4, folder, options)
            made[options] = folder / A4
        return made[options]

    return make


Released = Callable[[SelfStudyOptions], Path]

_FOR_SOLUTION = """
from public_tests import *
linear_forward_test(lambda A, W, b: (W @ A + b, (A, W, b)))
hint("linear_forward")
solution("linear_forward")
"""


def test_the_committed_release_has_hints_and_no_solution() -> None:
    folders = list(RELEASE.glob("*/course/checks"))
    assert len(folders) == len(assignments.names())
    for folder in folders:
        assert not (folder.parent / "study" / solution_store.SEALED_FOLDER).exists()
        (cases,) = (folder / "public_cases").glob("*.json")
        assert "withheld" not in json.loads(cases.read_bytes())


def test_a_class_without_hints_finds_none_anywhere(released: Released, a4: Assignment) -> None:
    folder = released(SelfStudyOptions(hints=False))
    notebook = nbformat.read(folder / f"{A4}.ipynb", as_version=4)
    assert [cell.id for cell in notebook.cells if "hint" in cell.source.lower()] == []
    texts = [path.read_text() for path in folder.rglob("*") if path.suffix in (".py", ".json")]
    for exercise in a4.exercises:
        for given in exercise.hints:
            assert not any(given in text or json.dumps(given)[1:-1] in text for text in texts)
    printed = run_python("-c", _FOR_SOLUTION, cwd=folder)
    assert "This class was released without hints." in printed


def test_without_hints_a_failed_check_names_none(released: Released) -> None:
    folder = released(SelfStudyOptions(hints=False))
    program = "from public_tests import *\ntry: linear_forward_test(lambda A, W, b: 0)\n"
    printed = run_python("-c", program + "except AssertionError as e: print(e)", cwd=folder)
    assert printed.startswith("linear_forward: ")
    assert "hint" not in printed


def test_only_hints_are_taken_out_of_a_text() -> None:
    text = (
        "One. If you are stuck, open the hint above the exercise. Two.\n\n"
        "<details>\n<summary><b>Hint: how?</b></summary>\n\nSo.\n\n</details>\n\n"
        "<details>\n<summary><b>Why?</b></summary>\n\nBecause.\n\n</details>"
    )
    kept = "<details>\n<summary><b>Why?</b></summary>\n\nBecause.\n\n</details>"
    assert without_hints(text) == f"One. Two.\n\n{kept}"


def test_sealed_solutions_open_in_the_folder_alone_and_cannot_be_read_by_accident(
    released: Released, a4: Assignment
) -> None:
    folder = released(SelfStudyOptions(solutions="sealed"))
    assert list(leaks(a4, folder)) == []
    sealed = (folder / "course" / "study" / "sealed_solutions" / f"{A4}.json").read_text()
    assert set(json.loads(sealed)["functions"]) == {one.name for one in a4.exercises}
    assert "np." not in sealed
    printed = run_python("-c", _FOR_SOLUTION, cwd=folder)
    assert "np.dot(W, A) + b" in printed


def test_withheld_solutions_are_refused_even_inside_the_course(
    released: Released, tmp_path: Path
) -> None:
    shutil.copytree(PROJECT / "source" / A4, tmp_path / "source" / A4)
    for options, opens in (
        (SelfStudyOptions(), True),
        (SelfStudyOptions(solutions="withheld"), False),
    ):
        shutil.copytree(released(options), tmp_path / A4)
        printed = run_python("-c", _FOR_SOLUTION, cwd=tmp_path / A4)
        assert ("np.dot(W, A) + b" in printed) == opens
        assert ("This class was released without solutions." in printed) != opens
        shutil.rmtree(tmp_path / A4)


def test_the_options_change_nothing_but_what_they_name(released: Released) -> None:
    usual = released(SelfStudyOptions())
    cases = f"course/checks/public_cases/{A4}.json"
    assert differences(usual, released(SelfStudyOptions(hints=False))) == [
        f"{A4}.ipynb",
        cases,
        *(f"course/locale/{one}/LC_MESSAGES/{A4}.mo" for one in languages()),
    ]
    assert differences(usual, released(SelfStudyOptions(solutions="withheld"))) == [cases]
    assert differences(usual, released(SelfStudyOptions(solutions="sealed"))) == [
        f"course/study/sealed_solutions/{A4}.json"
    ]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([], SelfStudyOptions()),
        (["--without-hints"], SelfStudyOptions(hints=False)),
        (["--with-solutions"], SelfStudyOptions(solutions="sealed")),
        (
            ["--without-hints", "--without-solutions"],
            SelfStudyOptions(hints=False, solutions="withheld"),
        ),
    ],
)
def test_the_command_takes_the_options(
    flags: list[str], expected: SelfStudyOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(release, "make_release", lambda *_a, options: asked.append(options))
    assert grader_main(["release", A4, *flags]) == 0
    assert asked == [expected]
    assert (str(expected) == "") == (expected == SelfStudyOptions())


def test_the_settings_of_the_class_hold_for_nbgraders_own_command(
    a4: Assignment, tmp_path: Path
) -> None:
    from traitlets.config import Config

    from grader.release.steps import AddStudentFiles

    config = Config()
    config.SelfStudy.hints = False
    config.SelfStudy.solutions = "sealed"
    resources: dict[str, Any] = {"nbgrader": {"assignment": A4}}
    notebook = nbformat.v4.new_notebook()
    AddStudentFiles(config=config).preprocess(notebook, resources)
    cases = json.loads(resources["outputs"][f"course/checks/public_cases/{A4}.json"])
    assert cases["withheld"] == ["hints"]
    assert f"course/study/sealed_solutions/{A4}.json" in resources["outputs"]


def test_a_record_in_a_release_folder_is_no_part_of_the_release(
    tmp_path: Path, released: Released
) -> None:
    fresh = released(SelfStudyOptions())
    shutil.copytree(fresh, tmp_path / A4)
    (tmp_path / A4 / FILE_NAME).write_text(ENTRY)
    assert differences(fresh, tmp_path / A4) == []
    assert release.synchronise(files_of(fresh), tmp_path / A4) == 0
    assert (tmp_path / A4 / FILE_NAME).read_text() == ENTRY


def test_a_record_beside_a_master_notebook_is_not_released() -> None:
    from traitlets.config import Config

    from grader.plugin.configuration import configure

    config = Config()
    configure(config, PROJECT)
    assert FILE_NAME in config.CourseDirectory.ignore
    ignored = (PROJECT / ".gitignore").read_text().splitlines()
    assert FILE_NAME in ignored


# The author --------------------------------------------------------------------------------------

EXERCISES = [
    pytest.param(name, exercise, id=f"{name}-{exercise.name}")
    for name in assignments.names()
    for exercise in assignments.load(name).exercises
]


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_what_is_stored_for_an_exercise_is_what_its_author_wrote(
    name: str, exercise: Exercise
) -> None:
    stored = {one.name: one for one in study_material.stored_assignments()}[name]
    found = next(one for one in stored.exercises if one.name == exercise.name)
    assert found.hints == exercise.hints
    assert found.learned == exercise.learned
    assert found.withheld == frozenset()


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_an_exercise_says_in_one_sentence_what_is_learned(name: str, exercise: Exercise) -> None:
    assert re.fullmatch(r"You can [^.]{10,150}\.", exercise.learned)


# A notebook --------------------------------------------------------------------------------------

_FAILED = "def linear_forward(A, W, b):\n    return W @ A, (A, W, b)"
_SOLVED = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
_CHECK = "linear_forward_test(linear_forward)"


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[list[str]]]:
    """What the cells of a released notebook show in two kernels, one after the other."""
    folder = tmp_path_factory.mktemp("course") / A4
    shutil.copytree(RELEASE / A4, folder, ignore=shutil.ignore_patterns("__pycache__", FILE_NAME))
    shutil.copytree(PROJECT / "source" / A4, folder.parent / "source" / A4)
    setup = assignments.load(A4).setup
    first = [setup, _FAILED, _CHECK, 'hint("linear_forward")', "hint(linear_forward)"]
    second = [
        *(setup, "progress()", 'hint("linear_forward")', 'solution("linear_forward")'),
        *(_SOLVED, _CHECK, 'solution("linear_forward")', "progress()"),
    ]
    yield [shown_by(first, folder), shown_by(second, folder)]


def shown_by(sources: list[str], folder: Path) -> list[str]:
    """What each cell of a notebook shows, run in a kernel of its own."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    return ["\n".join(map(shown, cell.outputs)) for cell in notebook.cells]


def shown(output: Any) -> str:
    """What a notebook shows of an output."""
    if output.output_type == "error":
        return "\n".join(output.traceback)
    if output.output_type == "stream":
        return str(output.text)
    return str(output.data.get("text/markdown", ""))


def test_in_a_notebook_a_failed_check_leads_to_the_hints(notebooks: list[list[str]]) -> None:
    _setup, _cell, failed, first, second = notebooks[0]
    assert 'For a hint: hint("linear_forward")' in failed.splitlines()
    assert first.startswith("**Hint 1 of 3 for `linear_forward`**")
    assert second.startswith("**Hint 2 of 3 for `linear_forward`**")


def test_after_a_restart_a_notebook_knows_what_was_done(notebooks: list[list[str]]) -> None:
    _setup, before, third, refused, _cell, passed, opened, after = notebooks[1]
    assert re.search(r"tried +linear_forward .* 2 hints$", before, re.MULTILINE)
    assert third.startswith("**Hint 3 of 3 for `linear_forward`**")
    assert "anyway=True" in refused and "def linear_forward" not in refused
    assert "All tests passed." in passed
    assert "```python\ndef linear_forward(A, W, b):" in opened
    assert re.search(r"done +linear_forward .* 3 hints, solution opened$", after, re.MULTILINE)
    assert textwrap.dedent(after).count("You can compute the linear part of a layer") == 1


def test_not_yet_is_a_failed_check_too() -> None:
    assert issubclass(NotImplementedYet, CheckFailed)


def test_an_exercise_that_does_not_say_what_is_learned_is_unsound(a5: Assignment) -> None:
    from dataclasses import replace

    from grader.authoring.exercise_check import _problems_of_description

    exercise = replace(a5.exercises[0], learned="")
    assert any("learned" in problem for problem in _problems_of_description(exercise))
