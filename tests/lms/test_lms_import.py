"""``python -m grader import``: what every learning management system hands out."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from grader.authoring.packing import PACKERS, made_up_people, pack_class
from grader.authoring.simulate import write_class
from grader.lms.reading.archive import open_archive
from grader.lms.reading.recognise import recognise
from grader.recording.timestamp import read_timestamp
from grader.submission.submission_folder import check_student_id
from tests.helpers.importing import NAME, Course, notebook, zipped


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    write_class(NAME, 10, 3, folder)
    return folder


@pytest.mark.parametrize("kind", sorted(PACKERS))
def test_every_student_of_an_archive_is_imported_under_the_right_notebook(
    kind: str, course: Course, simulated: Path, tmp_path: Path
) -> None:
    students = pack_class(simulated, NAME, kind, tmp_path / "archive.zip")
    assert course.run(tmp_path / "archive.zip") == 0, course.err
    handed_in = sorted(
        next(raw for name, raw in student.attempts[-1].files.items() if name.endswith(".ipynb"))
        for student in students
    )
    assert sorted(map(course.notebook, course.students())) == handed_in
    for student in course.students():
        check_student_id(student)


@pytest.mark.parametrize("kind", sorted(PACKERS))
def test_the_system_is_recognised(kind: str, simulated: Path, tmp_path: Path) -> None:
    pack_class(simulated, NAME, kind, tmp_path / "archive.zip")
    with open_archive(tmp_path / "archive.zip") as archive:
        assert recognise(archive)[0].name == kind.partition("-")[0]


@pytest.mark.parametrize("kind", sorted(PACKERS))
def test_an_unpacked_archive_within_another_folder_is_recognised_as_well(
    kind: str, simulated: Path, tmp_path: Path
) -> None:
    pack_class(simulated, NAME, kind, tmp_path / "archive.zip")
    with zipfile.ZipFile(tmp_path / "archive.zip") as archive:
        archive.extractall(tmp_path / "outer" / "downloads")
    with open_archive(tmp_path / "outer") as folder:
        system, files = recognise(folder)
    assert system.name == kind.partition("-")[0]
    assert not any(file.path.startswith("downloads/") for file in files)


@pytest.mark.parametrize("kind", sorted(PACKERS))
def test_importing_the_same_archive_twice_changes_nothing(
    kind: str, course: Course, simulated: Path, tmp_path: Path
) -> None:
    pack_class(simulated, NAME, kind, tmp_path / "archive.zip")
    course.run(tmp_path / "archive.zip")
    before = course.everything()
    assert course.run(tmp_path / "archive.zip") == 0
    assert course.everything() == before
    assert "10 unchanged" in course.out


def test_a_group_of_gradescope_counts_for_each_member(course: Course, tmp_path: Path) -> None:
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '1'\n  - :name: Bob\n"
        "    :sid: '2'\n  :created_at: 2026-11-01 10:20:30.5 Z\n  :odd: !ruby/object:Odd {a: 1}\n"
    )
    files = {"x/submission_metadata.yml": metadata.encode(), "x/submission_1/a.ipynb": notebook()}
    course.run(zipped(tmp_path / "g.zip", files))
    assert course.students() == ["1", "2"]
    assert read_timestamp(course.folder("2"))[0] == datetime(2026, 11, 1, 10, 20, 30)
    assert "submission_1 counts for each of its members: Ada, Bob." in course.err


def test_damaged_metadata_of_gradescope_gets_a_sentence(course: Course, tmp_path: Path) -> None:
    files = {"submission_metadata.yml": b"{[", "submission_1/a.ipynb": notebook()}
    assert course.run(zipped(tmp_path / "g.zip", files)) == 1
    assert "is damaged: export the submissions again" in course.err


def test_blackboards_user_names_may_hold_underscores(course: Course, tmp_path: Path) -> None:
    head = "Home_work 4_ada_l_attempt_2026-11-01-10-20-30"
    text = b"Name: Ada Lovelace (ada_l)\nDate Submitted: Sunday, November 1, 2026 10:20:30 AM GMT\n"
    files = {f"{head}_a4.ipynb": notebook(), f"{head}.txt": text}
    course.run(zipped(tmp_path / "b.zip", files))
    assert course.students() == ["ada_l"]


@pytest.mark.parametrize(("title", "certain"), [("Homework", True), ("Home_work 4", False)])
def test_blackboards_title_ends_where_the_names_of_its_files_begin_to_differ(
    course: Course, tmp_path: Path, title: str, certain: bool
) -> None:
    files = {
        f"{title}_{user}_attempt_2026-11-01-10-20-30_a4.ipynb": notebook(user)
        for user in ("ada_l", "bob", "charles_b")
    }
    course.run(zipped(tmp_path / "b.zip", files))
    assert course.students() == ["ada_l", "bob", "charles_b"]
    assert ("nobody is known by them" not in course.err) == certain


def test_a_comment_to_blackboard_cannot_pretend_to_be_somebody_else(
    course: Course, tmp_path: Path
) -> None:
    head = "Homework_mallory_attempt_2026-11-01-10-20-30"
    text = (
        b"Name: Ada Lovelace (ada)\nDate Submitted: Friday, January 1, 2021 8:00 AM GMT\n"
        b"Comments:\nName: Ada Lovelace (ada)\n"
    )
    files = {f"{head}_a4.ipynb": notebook(), f"{head}.txt": text}
    course.run(zipped(tmp_path / "b.zip", files))
    assert course.students() == ["mallory"]
    assert read_timestamp(course.folder("mallory"))[0] == datetime(2026, 11, 1, 10, 20, 30)


def test_what_canvas_calls_late_is_remembered_and_told(course: Course, tmp_path: Path) -> None:
    files = {"a_1_10_a4.ipynb": notebook("1"), "bob_LATE_2_20_a4.ipynb": notebook("2")}
    assert course.run(zipped(tmp_path / "c.zip", files)) == 0
    assert "Canvas calls 1 late (bob)" in course.err
    assert [entry["late"] for entry in course.record().values()] == [False, True]


def test_a_class_of_anonymous_canvas_students_is_imported(course: Course, tmp_path: Path) -> None:
    files = {"anon_x7Yz1_10_a4.ipynb": notebook("1"), "anon_Ab3d5_11_a4.ipynb": notebook("2")}
    course.run(zipped(tmp_path / "c.zip", files))
    assert course.students() == ["anon_Ab3d5", "anon_x7Yz1"]


def test_the_wrong_system_is_named(course: Course, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "p.zip", {"ada/a4.ipynb": notebook()})
    assert course.run(archive, "--from", "canvas") == 1
    assert "is named as Canvas names submissions" in course.err


def test_flat_notebooks_of_a_folder_are_students(course: Course, tmp_path: Path) -> None:
    files = {
        "ada.ipynb": notebook("1"),
        "ada (1).ipynb": notebook("2"),
        "group-1.ipynb": notebook("3"),
        "group-2.ipynb": notebook("4"),
        f"bob_{NAME}.ipynb": notebook("5"),
    }
    assert course.run(zipped(tmp_path / "p.zip", files)) == 0
    assert course.students() == ["ada", "bob", "group-1", "group-2"]
    assert b'"2"' in course.notebook("ada")


def test_a_class_in_nbgraders_own_order_keeps_its_times(
    course: Course, simulated: Path, tmp_path: Path
) -> None:
    assert course.run(simulated) == 0
    for student in course.students():
        stamp = read_timestamp(simulated / student / NAME)[0]
        assert stamp is not None and read_timestamp(course.folder(student))[0] == stamp


def test_made_up_people_are_the_same_for_the_same_seed() -> None:
    assert made_up_people(["a", "b"], 3) == made_up_people(["a", "b"], 3)
