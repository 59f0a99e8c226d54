"""``python -m grader import``: which of several attempts counts, and what is there already."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.authoring.packing import PackedAttempt, PackedStudent, pack
from grader.exercises import assignment as assignments
from grader.lms.reading.archive import Entry
from grader.lms.reading.delivery import HandedFile, as_attempts
from grader.recording.timestamp import read_timestamp
from grader.sandbox.host import bubblewrap
from grader.settings.course import load_course
from tests.helpers.importing import EARLY, NAME, Course, moodle_name, notebook, person, zipped

LATER = datetime(2026, 11, 3, 8, 0, 0, tzinfo=UTC)


def several_attempts(tmp_path: Path, submission: Callable[..., bytes], a4: object) -> Path:
    good, bad = submission(a4), submission(a4, solved=False)
    ada = PackedStudent(person("ada", "Ada", "Lovelace", 1))
    ada.attempts = [
        PackedAttempt({"a4.ipynb": good}, EARLY),
        PackedAttempt({"a4.ipynb": bad}, LATER),
    ]
    pack([ada], "blackboard", tmp_path / "b.zip")
    return tmp_path / "b.zip"


def test_the_last_of_several_attempts_counts_and_all_are_kept(
    course: Course, tmp_path: Path, submission: Callable[..., bytes], a4: object
) -> None:
    course.run(several_attempts(tmp_path, submission, a4))
    assert course.notebook("ada") == submission(a4, solved=False)
    assert read_timestamp(course.folder("ada"))[0] == LATER.replace(tzinfo=None)
    kept = course.root / "submitted" / ".lms" / "attempts" / NAME / "ada"
    assert len(list(kept.glob(f"*/{NAME}.ipynb"))) == 2


def test_the_best_of_several_attempts_counts_where_that_is_wanted(
    course: Course, tmp_path: Path, submission: Callable[..., bytes], a4: object
) -> None:
    isolation = ["--no-sandbox"] if bubblewrap.why_unavailable() else []
    archive = several_attempts(tmp_path, submission, a4)
    full = float(assignments.load(NAME).max_score)
    assert course.run(archive, "--attempt", "best", *isolation) == 0, course.err
    assert course.notebook("ada") == submission(a4)
    assert read_timestamp(course.folder("ada"))[0] == EARLY.replace(tzinfo=None)
    assert sorted(course.record()["ada"]["scores"].values()) == [0.0, full]  # type: ignore[attr-defined]


def test_attempts_are_graded_once_for_an_edition_of_the_assignment(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded: list[str] = []

    def points_of(folders: dict[str, Path], *_how: object) -> dict[str, float]:
        graded.extend(folders)
        return {digest: float(number) for number, digest in enumerate(folders)}

    monkeypatch.setattr("grader.lms.incoming.importing.points_of", points_of)
    head = "Homework_ada_attempt_2026-11-0{}-10-20-30_a4.ipynb"
    files = {head.format(day): notebook(f"{day}") for day in (1, 2)}
    archive = zipped(tmp_path / "b.zip", files)
    course.run(archive, "--attempt", "best", "--dry-run")
    assert "the best one, by grading them" in course.out and not graded
    for _again in range(2):
        assert course.run(archive, "--attempt", "best") == 0
    assert len(graded) == 2
    record = course.root / "submitted" / ".lms" / "records" / f"{NAME}.json"
    record.write_text(json.dumps(json.loads(record.read_text("utf-8")) | {"edition": "older"}))
    course.run(archive, "--attempt", "best")
    assert len(graded) == 4


def test_the_attempts_of_canvas_are_told_by_their_numbers(course: Course, tmp_path: Path) -> None:
    files = {
        "a_1_30_a4-2.ipynb": notebook("third"),
        "a_1_9_a4.ipynb": notebook("first"),
        "a_1_20_a4-1.ipynb": notebook("second"),
        "b_2_40_a4.ipynb": notebook("only one"),
    }
    archive = zipped(tmp_path / "c.zip", files)
    course.run(archive, "--dry-run")
    of_a, of_b = (line for line in course.out.splitlines() if line.startswith("  new"))
    assert of_a.endswith("the last one of 3 attempts") and of_b.endswith("b_2_40_a4.ipynb")
    course.run(archive)
    assert b"third" in course.notebook("a_1")
    assert course.record()["a_1"]["attempts"] == 3


def test_a_number_that_belongs_to_the_name_of_a_notebook_is_no_attempt() -> None:
    names = ("part-1.ipynb", "part-2.ipynb", "part-2-1.ipynb")
    files = [HandedFile(Entry(name, 1, Path(name)), name, name) for name in names]
    attempts = as_attempts(files, released=frozenset({"part-1", "part-2"}))
    assert [[f.name for f in a.files] for a in attempts] == [[names[1]], [names[0], names[2]]]


def test_a_last_attempt_without_a_notebook_is_said(course: Course, tmp_path: Path) -> None:
    stamp = "Homework_ada_attempt_2026-11-0{}-10-20-30_a4.{}"
    files = {stamp.format(1, "ipynb"): notebook(), stamp.format(2, "pdf"): b"%PDF"}
    assert course.run(zipped(tmp_path / "b.zip", files)) == 1
    assert course.students() == ["ada"]
    assert "ada: the last attempt has no notebook" in course.err


def test_nbgrader_and_grading_see_no_student_where_attempts_are_kept(
    course: Course, tmp_path: Path, submission: Callable[..., bytes], a4: object
) -> None:
    course.run(several_attempts(tmp_path, submission, a4))
    assert list(load_course().submissions(NAME)) == ["ada"]


def test_of_several_notebooks_the_one_that_grading_would_take_is_taken(
    course: Course, tmp_path: Path, submission: Callable[..., bytes], a4: object
) -> None:
    files = {
        moodle_name("Ada Lovelace", 3, f"{NAME}.ipynb"): submission(a4, solved=False),
        moodle_name("Ada Lovelace", 3, "final FINAL.ipynb"): submission(a4),
    }
    course.run(zipped(tmp_path / "m.zip", files))
    assert course.notebook("Ada_Lovelace") == submission(a4)
    assert "2 notebooks were handed in; final FINAL.ipynb was taken" in course.err
    kept = course.root / "submitted" / ".lms" / "attempts"
    assert len(list(kept.rglob("as handed in/*.ipynb"))) == 2


# What is there already


def test_another_submission_in_its_place_is_kept_with_a_sentence(
    course: Course, tmp_path: Path
) -> None:
    course.run(zipped(tmp_path / "a.zip", {"ada/a4.ipynb": notebook("old")}))
    assert course.run(zipped(tmp_path / "b.zip", {"ada/a4.ipynb": notebook("new")})) == 1
    assert b"old" in course.notebook("ada")
    assert "What is here was kept; --replace takes the archive's." in course.err


def test_what_is_remembered_is_the_submission_in_its_place(course: Course, tmp_path: Path) -> None:
    course.run(zipped(tmp_path / "a.zip", {"ada/old.ipynb": notebook("old")}))
    new = zipped(tmp_path / "b.zip", {"ada/new.ipynb": notebook("new")})
    course.run(new)
    assert course.record()["ada"]["downloaded_as"] == "ada/old.ipynb"
    course.run(new, "--replace")
    assert course.record()["ada"]["downloaded_as"] == "ada/new.ipynb"


def test_a_newer_submission_in_its_place_is_named_as_newer(course: Course, tmp_path: Path) -> None:
    newer = {"Homework_ada_attempt_2026-11-03-10-20-30_a4.ipynb": notebook("new")}
    older = {"Homework_ada_attempt_2026-11-01-10-20-30_a4.ipynb": notebook("old")}
    course.run(zipped(tmp_path / "a.zip", newer))
    course.run(zipped(tmp_path / "b.zip", older))
    assert "What is here is newer (2026-11-03 10:20 UTC)" in course.err
    assert b"new" in course.notebook("ada")


def test_a_notebook_that_is_there_with_another_file_or_time_is_not_called_another(
    course: Course, tmp_path: Path
) -> None:
    head = "Homework_ada_attempt_2026-11-0{}-10-20-30"
    for number, (day, beside) in enumerate([(1, b"x = 1"), (1, b"x = 2"), (2, b"x = 1")]):
        name = head.format(day)
        files = {f"{name}_a4.ipynb": notebook(), f"{name}_helper.py": beside}
        course.run(zipped(tmp_path / f"{number}.zip", files))
        assert ("but a file beside it does" in course.err) == (beside == b"x = 2")
    told = "but the archive says 2026-11-02 10:20 UTC, 2026-11-01 10:20 UTC here"
    assert f"No notebook differs from what is here, {told}" in course.err


def test_a_replaced_submission_is_put_aside_and_not_lost(course: Course, tmp_path: Path) -> None:
    course.run(zipped(tmp_path / "a.zip", {"ada/a4.ipynb": notebook("old")}))
    new = zipped(tmp_path / "b.zip", {"ada/a4.ipynb": notebook("new")})
    assert course.run(new, "--replace") == 0
    assert b"new" in course.notebook("ada")
    aside = course.root / "submitted" / ".lms" / "replaced" / NAME / "ada" / "1"
    assert b"old" in (aside / f"{NAME}.ipynb").read_bytes()


def test_a_dry_run_writes_nothing_and_shows_everything(course: Course, tmp_path: Path) -> None:
    before = course.everything()
    files = {"ada/a4.ipynb": notebook(), "bob/essay.pdf": b"%PDF"}
    assert course.run(zipped(tmp_path / "p.zip", files), "--dry-run") == 1
    assert course.everything() == before
    assert "new        ada" in course.out and "nothing was written" in course.out
    assert "bob: No notebook was handed in, but essay.pdf" in course.err


def test_an_import_out_of_the_course_itself_is_refused(course: Course, tmp_path: Path) -> None:
    course.run(zipped(tmp_path / "p.zip", {"ada/a4.ipynb": notebook()}))
    assert course.run(course.root / "submitted") == 1
    assert "where submissions of the course lie" in course.err
