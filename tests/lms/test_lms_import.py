"""``python -m grader import``: archives of learning management systems, honest and hostile."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest

from grader.authoring.packing import (
    PACKERS,
    MadeUpPerson,
    PackedAttempt,
    PackedStudent,
    made_up_people,
    pack,
    pack_class,
)
from grader.authoring.simulate import write_class
from grader.cli.main import main
from grader.exercises import assignment as assignments
from grader.lms.incoming.gradebook_students import gradebook_students
from grader.lms.incoming.import_record import Places, known_students
from grader.lms.reading.archive import ArchiveError, Entry, RefusedEntry, open_archive
from grader.lms.reading.delivery import HandedFile, as_attempts
from grader.lms.reading.entry_names import RefusedName, checked_extra, checked_path
from grader.lms.reading.recognise import recognise
from grader.lms.reading.roster import RosterError, read_roster
from grader.lms.reading.student_ids import StudentIds, accepted_id, readable_id
from grader.lms.reading.times import parse_time
from grader.lms.settings import ArchiveLimits
from grader.recording.timestamp import read_timestamp
from grader.sandbox.host import bubblewrap
from grader.settings.course import load_course
from grader.submission.submission_folder import check_student_id, read_submission
from tests.helpers.existing_course import SEVERAL, problem, write_problem_set

NAME = "a4_deep_network"
EARLY = datetime(2026, 11, 1, 10, 20, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 3, 8, 0, 0, tzinfo=UTC)
AS_MACOS_WRITES_IT = unicodedata.normalize("NFD", "José/a4.ipynb")


class Course:
    """A course folder, and the command run in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys
        self.out = self.err = ""

    def run(self, archive: Path, *options: str) -> int:
        status = main(["import", NAME, str(archive), *options])
        self.out, self.err = self.capsys.readouterr()
        return status

    def students(self) -> list[str]:
        found = (self.root / "submitted").glob(f"*/{NAME}/{NAME}.ipynb")
        return sorted(path.parent.parent.name for path in found)

    def notebook(self, student: str) -> bytes:
        return (self.folder(student) / f"{NAME}.ipynb").read_bytes()

    def folder(self, student: str) -> Path:
        return self.root / "submitted" / student / NAME

    def record(self) -> dict[str, dict[str, object]]:
        path = self.root / "submitted" / ".lms" / "records" / f"{NAME}.json"
        students: dict[str, dict[str, object]] = json.loads(path.read_text("utf-8"))["students"]
        return students

    def everything(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty gradebook; making one takes seconds, copying it none."""
    from nbgrader.api import Gradebook

    load_course()  # so that nbgrader finds the command that sets up a gradebook
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def course(
    tmp_path: Path,
    gradebook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Course]:
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(gradebook, root / "gradebook.db")
    monkeypatch.setenv("COURSE_ROOT", str(root))
    monkeypatch.setenv("CLASS_SECRET", "a test")
    load_course.cache_clear()
    yield Course(root, capsys)
    load_course.cache_clear()


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    write_class(NAME, 10, 3, folder)
    return folder


def notebook(text: str = "") -> bytes:
    """A small notebook that differs by its text."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [text]}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode()


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return path


def person(student_id: str, first: str, last: str, number: int) -> MadeUpPerson:
    return MadeUpPerson(student_id, first, last, student_id, number, f"{student_id}@example.org")


def moodle_name(name: str, number: int, file: str = "a4.ipynb") -> str:
    return f"{name}_{number}_assignsubmission_file_/{file}"


# What every system hands out


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


def test_names_with_accents_blanks_and_chinese_characters_stay_readable(
    course: Course, tmp_path: Path
) -> None:
    names = ["José Ñandú", "王伟", "Mary-Jane O’Neil", "علی رضایی", "Zoë  van der Berg"]
    files = {moodle_name(name, 100 + i): notebook(name) for i, name in enumerate(names)}
    course.run(zipped(tmp_path / "m.zip", files))
    assert set(course.students()) == {
        "José_Ñandú",
        "王伟",
        "Mary-Jane_O_Neil",
        "علی_رضایی",
        "Zoë_van_der_Berg",
    }


def test_two_students_of_the_same_name_are_kept_apart(course: Course, tmp_path: Path) -> None:
    files = {moodle_name("Wei Wang", n): notebook(str(n)) for n in (7, 8)}
    course.run(zipped(tmp_path / "m.zip", files))
    assert course.students() == ["Wei_Wang_7", "Wei_Wang_8"]
    assert "Several students are called Wei Wang" in course.err


def test_names_that_differ_only_in_case_or_in_what_is_taken_away_are_kept_apart(
    course: Course, tmp_path: Path
) -> None:
    names = ["ada:x", "ada/x"[:3] + " x", "ADA_X"]
    files = {f"{name}/a4.ipynb": notebook(name) for name in names}
    course.run(zipped(tmp_path / "p.zip", files))
    assert len({name.casefold() for name in course.students()}) == 3


def test_a_name_in_decomposed_form_is_the_same_student(course: Course, tmp_path: Path) -> None:
    course.run(zipped(tmp_path / "a.zip", {"José/a4.ipynb": notebook()}))
    assert course.run(zipped(tmp_path / "b.zip", {AS_MACOS_WRITES_IT: notebook()})) == 0
    assert course.students() == ["José"]
    assert "1 unchanged" in course.out


def test_names_that_are_html_become_text(course: Course, tmp_path: Path) -> None:
    files = {moodle_name("<img src=x onerror=alert(1)>", 5): notebook()}
    course.run(zipped(tmp_path / "m.zip", files))
    assert course.students() == ["img_src_x_onerror_alert_1"]


@pytest.mark.parametrize("name", ["..", ".hidden", "-rf", "=cmd", "a[b]*", "con", "@x", "a" * 300])
def test_a_student_id_that_looks_like_something_else_becomes_a_plain_name(name: str) -> None:
    given = accepted_id(name)
    check_student_id(given)
    assert not given.startswith((".", "-", "=", "@")) and not set("[]*?/") & set(given)
    assert given.lower() != "con" and len(given) <= 60


def test_a_name_without_any_letter_still_gets_an_id() -> None:
    assert readable_id("!!!") == "student"


def test_ids_are_given_once() -> None:
    ids = StudentIds({"moodle:1": "ada"}, ["Bob"])
    assert ids.give("moodle:1", "whatever") == "ada"
    assert ids.give("moodle:2", "ada").startswith("ada_")
    assert ids.give("moodle:3", "Bob") == "Bob"
    assert ids.give("moodle:4", "bob") != "bob"
    assert ids.give("moodle:2", "ada") == ids.give("moodle:2", "ada")


# What is told about students


def test_the_gradebook_gets_names_emails_and_numbers(course: Course, tmp_path: Path) -> None:
    ada = PackedStudent(person("ada", "Ada", "Lovelace", 1815))
    ada.attempts = [PackedAttempt({"a4.ipynb": notebook()}, EARLY)]
    pack([ada], "gradescope", tmp_path / "g.zip")
    course.run(tmp_path / "g.zip")
    (student,) = gradebook_students(load_course())
    assert (student.first_name, student.last_name) == ("Ada", "Lovelace")
    assert (student.email, student.lms_user_id) == ("ada@example.org", "1815")


def test_the_surname_may_come_first(course: Course, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "m.zip", {moodle_name("Lovelace Ada", 12345): notebook()})
    course.run(archive, "--surname-first")
    (student,) = gradebook_students(load_course())
    assert (student.student_id, student.last_name) == ("Lovelace_Ada", "Lovelace")


def test_what_the_gradebook_knows_is_not_overwritten(course: Course, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        gradebook.add_student("al1815", first_name="Augusta", last_name="King", lms_user_id="1815")
    archive = zipped(tmp_path / "c.zip", {"lovelaceada_1815_9_a4.ipynb": notebook()})
    course.run(archive)
    (student,) = gradebook_students(load_course())
    assert (student.student_id, student.last_name) == ("al1815", "King")
    assert course.students() == ["al1815"]


def test_a_student_of_the_class_list_is_found_by_the_full_name(
    course: Course, tmp_path: Path
) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        gradebook.add_student("al1815", first_name="Ada", last_name="Lovelace")
    course.run(zipped(tmp_path / "m.zip", {moodle_name("Ada Lovelace", 3): notebook()}))
    assert course.students() == ["al1815"]


def test_a_roster_tells_who_is_who_and_when_work_came_in(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "worksheet.csv"
    roster.write_text(
        "\ufeffIdentifier,Full name,ID number,Email address,Grade,"
        '"Last modified (submission)","Last modified (grade)"\n'
        'Participant 12,Wei Wang,S1,wei1@example.org,,"Sunday, 1 November 2026, 11:20 AM",-\n'
        'Participant 13,Wei Wang,S2,wei2@example.org,,"Monday, 2 November 2026, 11:20 AM",-\n',
        encoding="utf-8",
    )
    files = {moodle_name("Wei Wang", n): notebook(str(n)) for n in (12, 13)}
    archive = zipped(tmp_path / "m.zip", files)
    course.run(archive, "--roster", str(roster), "--timezone", "Europe/Berlin")
    assert course.students() == ["S1", "S2"]
    assert read_timestamp(course.folder("S1"))[0] == datetime(2026, 11, 1, 10, 20)
    assert [s.email for s in gradebook_students(load_course())] == [
        "wei1@example.org",
        "wei2@example.org",
    ]


def test_a_time_of_the_roster_that_cannot_be_read_is_said(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "worksheet.csv"
    roster.write_text(
        "Identifier,Full name,Last modified (submission)\nParticipant 12,Ada L,3/4/2026 11:20\n"
        "Participant 13,Bob B,-\n"
    )
    files = {moodle_name("Ada L", 12): notebook("1"), moodle_name("Bob B", 13): notebook("2")}
    archive = zipped(tmp_path / "m.zip", files)
    assert course.run(archive, "--roster", str(roster)) == 1
    assert "nothing counts as late for Ada L (participant's number 12) (3/4/2026 11:20)." in (
        course.err
    )
    assert read_timestamp(course.folder("Ada_L"))[0] is None


@pytest.mark.parametrize(
    ("heading", "told"), [("Grade", True), ("Last modified (submission)", False)]
)
def test_moodle_is_said_to_tell_no_times_unless_its_worksheet_does(
    course: Course, tmp_path: Path, heading: str, told: bool
) -> None:
    roster = tmp_path / "worksheet.csv"
    roster.write_text(f"Identifier,Full name,{heading}\nParticipant 3,Ada Lovelace,-\n")
    archive = zipped(tmp_path / "m.zip", {moodle_name("Ada Lovelace", 3): notebook()})
    course.run(archive, "--roster", str(roster))
    assert ("does not tell when work was handed in" in course.err) == told


def test_a_roster_without_a_known_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("colour,size\nred,1\n", encoding="utf-8")
    with pytest.raises(RosterError, match="no column that is known"):
        read_roster(path)


def test_moodles_students_are_the_same_in_the_next_assignment(
    course: Course, tmp_path: Path
) -> None:
    course.run(zipped(tmp_path / "a.zip", {moodle_name("Ada Lovelace", 3): notebook()}))
    archive = zipped(tmp_path / "b.zip", {moodle_name("Ada Lovelace", 904): notebook()})
    assert main(["import", "a5_cat_classifier", str(archive)]) == 0
    assert [s.student_id for s in gradebook_students(load_course())] == ["Ada_Lovelace"]


def test_a_roster_that_comes_later_does_not_make_a_second_student(
    course: Course, tmp_path: Path
) -> None:
    course.run(zipped(tmp_path / "a.zip", {moodle_name("Ada Lovelace", 3): notebook()}))
    roster = tmp_path / "worksheet.csv"
    roster.write_text("Identifier,Full name,ID number\nParticipant 904,Ada Lovelace,S1\n")
    archive = zipped(tmp_path / "b.zip", {moodle_name("Ada Lovelace", 904): notebook()})
    assert main(["import", "a5_cat_classifier", str(archive), "--roster", str(roster)]) == 0
    assert [s.student_id for s in gradebook_students(load_course())] == ["Ada_Lovelace"]


@pytest.mark.parametrize("name", ["Participant", "Teilnehmer_in", "参与者"])
def test_blind_marking_gives_numbers_and_no_names(
    name: str, course: Course, tmp_path: Path
) -> None:
    files = {moodle_name(name, n): notebook(str(n)) for n in (7, 8)}
    course.run(zipped(tmp_path / "m.zip", files))
    assert course.students() == [f"{name}_7", f"{name}_8"]
    assert {student.last_name for student in gradebook_students(load_course())} == {""}


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


def test_times_without_a_zone_are_read_in_the_given_one(course: Course, tmp_path: Path) -> None:
    files = {"Homework_ada_attempt_2026-11-01-10-20-30_a4.ipynb": notebook()}
    course.run(zipped(tmp_path / "b.zip", files), "--timezone", "Asia/Shanghai")
    assert read_timestamp(course.folder("ada"))[0] == datetime(2026, 11, 1, 2, 20, 30)
    assert "they were read as Asia/Shanghai" in course.err


@pytest.mark.parametrize("text", ["", "soon", "99999999999", "2026-13-45", "-"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert parse_time(text, UTC) is None


def test_what_canvas_calls_late_is_remembered_and_told(course: Course, tmp_path: Path) -> None:
    files = {"a_1_10_a4.ipynb": notebook("1"), "bob_LATE_2_20_a4.ipynb": notebook("2")}
    assert course.run(zipped(tmp_path / "c.zip", files)) == 0
    assert "Canvas calls 1 late (bob)" in course.err
    assert [entry["late"] for entry in course.record().values()] == [False, True]


def test_a_class_of_anonymous_canvas_students_is_imported(course: Course, tmp_path: Path) -> None:
    files = {"anon_x7Yz1_10_a4.ipynb": notebook("1"), "anon_Ab3d5_11_a4.ipynb": notebook("2")}
    course.run(zipped(tmp_path / "c.zip", files))
    assert course.students() == ["anon_Ab3d5", "anon_x7Yz1"]


# Attempts


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
    }
    course.run(zipped(tmp_path / "c.zip", files))
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


def test_an_import_that_was_interrupted_goes_on_where_it_stopped(
    course: Course, simulated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.lms.incoming import importing

    done = 0

    def stops(made: Path, place: Path, aside: Path | None) -> None:
        nonlocal done
        done += 1
        if done == 4:
            raise KeyboardInterrupt
        put(made, place, aside)

    put = importing.put
    pack_class(simulated, NAME, "canvas", tmp_path / "c.zip")
    monkeypatch.setattr(importing, "put", stops)
    assert course.run(tmp_path / "c.zip") == 130
    assert len(course.students()) == 3
    monkeypatch.undo()
    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    assert course.run(tmp_path / "c.zip") == 0
    assert "7 imported, 3 unchanged" in course.out
    left = [path.name for path in (course.root / "submitted" / ".lms").iterdir()]
    assert sorted(left) == ["attempts", "records"]


def test_a_damaged_record_is_named_with_what_to_do(course: Course, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "p.zip", {"ada/a4.ipynb": notebook()})
    course.run(archive)
    (course.root / "submitted" / ".lms" / "records" / f"{NAME}.json").write_text("{")
    assert course.run(archive) == 1
    assert "Move it away and import the archive again" in course.err


# What lies beside a notebook


def test_pictures_beside_a_notebook_keep_their_place(course: Course, tmp_path: Path) -> None:
    files = {
        moodle_name("Ada", 3, "work/final.ipynb"): notebook(),
        moodle_name("Ada", 3, "work/images/cat.png"): b"png",
    }
    course.run(zipped(tmp_path / "m.zip", files))
    assert (course.folder("Ada") / "images" / "cat.png").read_bytes() == b"png"


def test_a_file_that_takes_the_place_of_another_is_left_out(course: Course, tmp_path: Path) -> None:
    files = {
        "ada/w/a4.ipynb": notebook(),
        "ada/w/Timestamp.TXT": b"1999-01-01",
        "ada/w/a.png": b"1",
        "ada/w/A.png": b"2",
        "ada/w/nul.txt": b"3",
        "ada/w/.env": b"4",
    }
    course.run(zipped(tmp_path / "p.zip", files))
    kept = [path.name for path in course.folder("ada").iterdir()]
    assert sorted(kept) == ["A.png", f"{NAME}.ipynb"]
    assert "a.png has the name of another file" in course.err
    assert "Windows reserves" in course.err


def test_files_beside_a_notebook_are_limited(course: Course, tmp_path: Path) -> None:
    files = {f"ada/{n}.txt": b"x" for n in range(60)} | {"ada/a4.ipynb": notebook()}
    assert course.run(zipped(tmp_path / "p.zip", files)) == 1
    assert len(list(course.folder("ada").iterdir())) == 51
    assert "is one of more than 50 files" in course.err


def test_a_notebook_in_an_archive_within_the_archive_is_taken(
    course: Course, tmp_path: Path
) -> None:
    inner = zipped(tmp_path / "inner.zip", {"hw/a4.ipynb": notebook(), "hw/h.py": b"x = 1"})
    nothing = zipped(tmp_path / "nothing.zip", {"notes.txt": b"nothing"})
    files = {
        "ada/work.zip": inner.read_bytes(),
        "bob/a4.ipynb": notebook(),
        "bob/more.tar.gz": b"x",
        "cy/a4.ipynb.txt": notebook(),
        "cy/helper.py": b"x = 1",
        "di/work.zip": nothing.read_bytes(),
    }
    assert course.run(zipped(tmp_path / "p.zip", files)) == 1
    assert course.students() == ["ada", "bob", "cy"]
    read = read_submission(course.folder("ada"), assignments.load(NAME))
    assert read.raw == notebook()
    assert read.own_files == (("h.py", b"x = 1"),)
    assert (course.folder("cy") / f"{NAME}.ipynb").read_bytes() == notebook()
    assert (course.folder("cy") / "helper.py").read_bytes() == b"x = 1"
    assert "ada: The notebook was taken out of work.zip" in course.err
    assert "more.tar.gz is an archive within the archive" in course.err
    assert "di: " in course.err and "holds no notebook" in course.err


def test_archives_of_one_name_and_what_lies_beside_them_are_not_lost(
    course: Course, tmp_path: Path
) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a4.ipynb": notebook()}).read_bytes()
    nothing = zipped(tmp_path / "nothing.zip", {"notes.txt": b"nothing"}).read_bytes()
    files = {"ada/1/w.zip": inner, "ada/2/w.zip": nothing, "ada/1/report.pdf": b"%PDF"}
    assert course.run(zipped(tmp_path / "p.zip", files)) == 1
    assert course.notebook("ada") == notebook()
    assert (course.folder("ada") / "report.pdf").read_bytes() == b"%PDF"
    assert "Of several archives only what belongs to that notebook was taken" in course.err


@pytest.mark.parametrize(
    "name", ["Ada L_1_assignsubmission_onlinetext_/onlinetext.html", "lada_1_text.html"]
)
def test_what_was_entered_on_the_page_is_said(name: str, course: Course, tmp_path: Path) -> None:
    file = "Ada L_1_assignsubmission_file_/a4.ipynb" if "/" in name else "lada_1_2_a4.ipynb"
    archive = zipped(tmp_path / "m.zip", {name: b"My answer", file: notebook()})
    assert course.run(archive) == 1
    assert f"{name} is a text or a link that was entered on the page" in course.err
    assert len(course.students()) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_all_notebooks_of_an_assignment_that_has_several_are_imported(
    course: Course, tmp_path: Path, packed: bool
) -> None:
    write_problem_set(course.root, {})
    files = {f"problem{n}.ipynb": nbformat.writes(problem(n, "1")).encode() for n in (1, 2)}
    if packed:
        files = {"work.zip": zipped(tmp_path / "work.zip", files).read_bytes()}
    handed_in = {moodle_name("Ada Lee", 7, name): raw for name, raw in files.items()}
    assert main(["import", SEVERAL, str(zipped(tmp_path / "m.zip", handed_in))]) == 0
    folder = course.root / "submitted" / "Ada_Lee" / SEVERAL
    assert sorted(path.name for path in folder.iterdir()) == ["problem1.ipynb", "problem2.ipynb"]


# Hostile archives: a sentence for what is refused, and the rest is imported


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("/etc/cron.d/a4.ipynb", "has an absolute path"),
        ("C:\\Users\\a4.ipynb", "has an absolute path"),
        ("C:/Users/a4.ipynb", "has an absolute path"),
        ("\\\\server\\share\\a4.ipynb", "has an absolute path"),
        ("../../a4.ipynb", "has .. in its path"),
        ("ada/../../a4.ipynb", "has .. in its path"),
        ("ada\\..\\a4.ipynb", "has .. in its path"),
        ("ada\\a4.ipynb", "has a backslash in its name"),
        ("ada\n/a4.ipynb", "control characters"),
        ("ada\x1b[2J/a4.ipynb", "control characters"),
        ("ada\u202egnp.ipynb", "control characters"),
        ("a" * 1200 + "/a4.ipynb", "has a name of 1209 characters"),
    ],
)
def test_a_name_that_points_elsewhere_is_refused_and_the_rest_imported(
    name: str, sentence: str, course: Course, tmp_path: Path
) -> None:
    archive = zipped(tmp_path / "p.zip", {name: notebook("bad"), "bob/a4.ipynb": notebook("good")})
    assert course.run(archive) == 1
    assert course.students() == ["bob"]
    assert sentence in course.err
    assert not any(character in course.err for character in "\x1b\u202e")
    assert "1 imported; 1 file was refused" in course.out


def test_a_name_that_ends_with_a_null_byte_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"bob/a4.ipynb": notebook(), "ada/a4Xipynb": notebook()})
    path.write_bytes(path.read_bytes().replace(b"a4Xipynb", b"a4\x00ipynb"))
    with open_archive(path) as archive:
        assert [entry.path for entry in archive.entries] == ["bob/a4.ipynb"]
        assert "control characters" in archive.refused[0].reason


def hostile(path: Path, change: Callable[[zipfile.ZipFile, zipfile.ZipInfo], None]) -> Path:
    """An archive in which one entry was changed before its directory was written."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bob/a4.ipynb", notebook("good"))
        archive.writestr("ada/a4.ipynb", notebook("bad"))
        change(archive, archive.getinfo("ada/a4.ipynb"))
    return path


def set_link(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.create_system, info.external_attr = 3, 0o120777 << 16


def set_device(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.create_system, info.external_attr = 3, 0o020666 << 16


def set_encrypted(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.flag_bits |= 1


def set_shared_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    twin = zipfile.ZipInfo("eve/a4.ipynb")
    for attribute in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
        setattr(twin, attribute, getattr(info, attribute))
    archive.filelist.append(twin)


def set_wrong_checksum(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.CRC ^= 1


def set_unknown_packing(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.compress_type = 97


def set_huge(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.file_size = 300_000_000


def set_bomb(_archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    info.file_size = 100_000_000


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (set_link, "is a symbolic link"),
        (set_device, "is no ordinary file"),
        (set_encrypted, "is encrypted"),
        (set_shared_bytes, "shares its bytes with another file"),
        (set_wrong_checksum, "is damaged in the archive"),
        (set_unknown_packing, "is packed in a way that cannot be read here"),
        (set_huge, "has 300.0 MB, more than 200.0 MB"),
        (set_bomb, "as a zip bomb does"),
    ],
)
def test_an_entry_that_is_no_ordinary_file_is_refused_and_the_rest_imported(
    change: Callable[[zipfile.ZipFile, zipfile.ZipInfo], None],
    sentence: str,
    course: Course,
    tmp_path: Path,
) -> None:
    assert course.run(hostile(tmp_path / "h.zip", change)) == 1
    assert course.students() == ["bob"]
    assert sentence in course.err


def test_a_zip_bomb_is_refused_by_its_ratio(course: Course, tmp_path: Path) -> None:
    files = {"ada/a4.ipynb": bytes(30_000_000), "bob/a4.ipynb": notebook()}
    assert course.run(zipped(tmp_path / "bomb.zip", files)) == 1
    assert course.students() == ["bob"]
    assert "ada/a4.ipynb would unpack to 30.0 MB" in course.err


def test_no_more_than_the_total_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {f"{n}/a4.ipynb": bytes(1000) for n in range(5)})
    with open_archive(path, ArchiveLimits(largest_total=2500)) as archive:
        assert len(archive.read(archive.entries[0])) == 1000
        archive.read(archive.entries[1])
        with pytest.raises(RefusedEntry, match="unpacks to more than"):
            archive.read(archive.entries[2])


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {f"{n}.ipynb": b"" for n in range(5)})
    with pytest.raises(ArchiveError, match="holds 5 files, more than 4"):
        open_archive(path, ArchiveLimits(most_files=4))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_occurs_twice_is_taken_once(course: Course, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("José/a4.ipynb", notebook("first"))
        archive.writestr("José/a4.ipynb", notebook("second"))
        archive.writestr(AS_MACOS_WRITES_IT, notebook("third"))
    assert course.run(tmp_path / "p.zip") == 1
    assert course.students() == ["José"]
    assert course.err.count("occurs more than once") == 2


def test_names_in_utf8_that_do_not_say_so_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"王伟/a4.ipynb": notebook()})
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(signature) + offset
        raw[place : place + 2] = b"\x00\x00"
    path.write_bytes(bytes(raw))
    with open_archive(path) as archive:
        assert archive.entries[0].path == "王伟/a4.ipynb"
        assert archive.read(archive.entries[0]) == notebook()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"Hello", "is no zip file"),
        (b"PK\x03\x04 and so on", "is cut off or damaged"),
        (b"\x1f\x8b\x08", "is a gzip or tar.gz archive"),
        (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive"),
        (b"Rar!\x1a", "is a RAR archive"),
    ],
)
def test_what_is_no_zip_file_is_refused_as_a_whole(
    content: bytes, sentence: str, course: Course, tmp_path: Path
) -> None:
    path = tmp_path / "what.zip"
    path.write_bytes(content)
    assert course.run(path) == 1
    assert sentence in course.err and course.err.startswith("grader: ")


def test_a_truncated_archive_is_refused_as_a_whole(
    course: Course, simulated: Path, tmp_path: Path
) -> None:
    pack_class(simulated, NAME, "moodle", tmp_path / "m.zip")
    whole = (tmp_path / "m.zip").read_bytes()
    (tmp_path / "m.zip").write_bytes(whole[: len(whole) // 2])
    assert course.run(tmp_path / "m.zip") == 1
    assert "m.zip is cut off or damaged: download it again." in course.err


def test_an_archive_with_damaged_bytes_loses_only_what_they_belong_to(
    course: Course, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "p.zip", {f"{s}/a4.ipynb": notebook(s * 999) for s in ("ada", "bob")})
    raw = bytearray(path.read_bytes())
    raw[60:90] = bytes(30)
    path.write_bytes(bytes(raw))
    assert course.run(path) == 1
    assert course.students() == ["bob"]
    assert "is damaged in the archive" in course.err


def test_a_missing_file_is_named(course: Course, tmp_path: Path) -> None:
    assert course.run(tmp_path / "none.zip") == 1
    assert "There is no" in course.err


def test_an_archive_with_the_separators_of_windows_is_read(course: Course, tmp_path: Path) -> None:
    files = {f"class\\{s}\\a4.ipynb": notebook(s) for s in ("ada", "bob")}
    files |= {"class\\..\\..\\eve.ipynb": notebook(), "class\\": b""}
    assert course.run(zipped(tmp_path / "w.zip", files)) == 1
    assert course.students() == ["ada", "bob"]
    assert "has .. in its path" in course.err


def test_where_nothing_can_be_imported_it_is_said_why(course: Course, tmp_path: Path) -> None:
    assert course.run(zipped(tmp_path / "e.zip", {"../a4.ipynb": notebook()})) == 1
    assert "There is nothing in" in course.err and "has .. in its path" in course.err


def test_an_empty_archive_is_named(course: Course, tmp_path: Path) -> None:
    assert course.run(zipped(tmp_path / "e.zip", {})) == 1
    assert "There is nothing in" in course.err


def test_the_wrong_system_is_named(course: Course, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "p.zip", {"ada/a4.ipynb": notebook()})
    assert course.run(archive, "--from", "canvas") == 1
    assert "is named as Canvas names submissions" in course.err


def test_links_in_a_folder_are_not_followed(course: Course, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    (folder / "bob").mkdir(parents=True)
    (folder / "bob" / "a4.ipynb").write_bytes(notebook())
    (tmp_path / "secret.ipynb").write_bytes(notebook("secret"))
    (folder / "ada.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (folder / "eve").symlink_to(folder / "bob")
    assert course.run(folder) == 1
    assert course.students() == ["bob"]
    assert course.err.count("is a symbolic link") == 2


def test_what_systems_leave_behind_is_passed_over(course: Course, tmp_path: Path) -> None:
    files = {
        "ada/a4.ipynb": notebook(),
        "__MACOSX/ada/._a4.ipynb": b"x",
        "ada/.DS_Store": b"x",
        "ada/.ipynb_checkpoints/a4-checkpoint.ipynb": notebook("old"),
    }
    assert course.run(zipped(tmp_path / "p.zip", files)) == 0
    assert course.err == "" and b"old" not in course.notebook("ada")


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


def test_other_assignments_of_a_folder_are_passed_over(course: Course, tmp_path: Path) -> None:
    files = {
        f"ada/{NAME}/{NAME}.ipynb": notebook("this"),
        "ada/a5_cat_classifier/a5_cat_classifier.ipynb": notebook("other"),
        ".lms/records/x.json": b"{}",
    }
    assert course.run(zipped(tmp_path / "p.zip", files)) == 0
    assert b"this" in course.notebook("ada") and course.students() == ["ada"]


def test_of_very_many_notebooks_only_some_are_looked_at(course: Course, tmp_path: Path) -> None:
    files = {f"ada/{n}.ipynb": notebook(str(n)) for n in range(20)}
    files["bob/a4.ipynb"] = notebook()
    course.run(zipped(tmp_path / "p.zip", files))
    assert "20 notebooks were handed in; 8 were looked at." in course.err


@pytest.mark.parametrize("path", ["a/./b", "a//b", "./a/b"])
def test_needless_parts_of_a_path_are_left_out(path: str) -> None:
    assert checked_path(path, 100) == "a/b"


@pytest.mark.parametrize("path", ["a/b/c/d/e/f.png", "x" * 250, "aux.png", "a?.png", "b. "])
def test_a_name_that_not_every_system_can_store_is_refused(path: str) -> None:
    with pytest.raises(RefusedName):
        checked_extra(path, 4)


def test_made_up_people_are_the_same_for_the_same_seed() -> None:
    assert made_up_people(["a", "b"], 3) == made_up_people(["a", "b"], 3)


# Who is not certain, and what is nobody's


def test_one_student_who_is_not_certain_is_left_out_and_the_rest_imported(
    course: Course, tmp_path: Path
) -> None:
    files = {"ada/x.ipynb": notebook("1"), "ada.ipynb": notebook("2"), "bob.ipynb": notebook("3")}
    assert course.run(zipped(tmp_path / "p.zip", files)) == 1
    assert course.students() == ["bob"]
    assert "ada has handed in more than once" in course.err


def test_the_same_name_under_another_number_replaces_nobody(course: Course, tmp_path: Path) -> None:
    course.run(zipped(tmp_path / "a.zip", {moodle_name("Wei Wang", 111): notebook("first")}))
    later = zipped(tmp_path / "b.zip", {moodle_name("Wei Wang", 222): notebook("second")})
    course.run(later, "--replace")
    assert course.notebook("Wei_Wang") == notebook("first")
    assert len(course.students()) == 2


def test_who_has_no_row_in_the_list_is_named(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text("Username,Full name\nada,Ada L\nzoe,Zoe Z\n", encoding="utf-8")
    files = {"ada.ipynb": notebook("1"), "bob.ipynb": notebook("2")}
    assert course.run(zipped(tmp_path / "p.zip", files), "--roster", str(roster)) == 1
    assert "bob has no row in the list of the class" in course.err
    assert "1 of the list have nothing in the archive: Zoe Z" in course.err
    students = {s.student_id: s.last_name for s in gradebook_students(load_course())}
    assert students == {"ada": "L", "bob": ""}


def test_namesakes_are_remembered_where_nobody_could_be_imported(
    course: Course, tmp_path: Path
) -> None:
    files = {moodle_name("Wei Wang", n): notebook(str(n)) for n in (1, 2)}
    roster = tmp_path / "list.csv"
    roster.write_text("Email,Full name\na@x.org,Wei Wang\nb@x.org,Wei Wang\n", encoding="utf-8")
    assert course.run(zipped(tmp_path / "m.zip", files), "--roster", str(roster)) == 1
    assert course.students() == []
    assert known_students(Places(load_course(), NAME)).shared_names == {"wang wei"}


def test_every_row_is_named_for_which_there_is_nothing(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    everybody = "".join(f"s{n},Student {n}\n" for n in range(300))
    roster.write_text(f"Username,Full name\nbob,Bob B\n{everybody}", encoding="utf-8")
    archive = zipped(tmp_path / "q.zip", {"bob.ipynb": notebook()})
    assert course.run(archive, "--roster", str(roster)) == 0
    assert all(f"Student {n} (" in course.err for n in range(300))


def test_names_go_into_the_gradebook_as_text(course: Course, tmp_path: Path) -> None:
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: 'Mal <img src=x onerror=alert(1)>'\n"
        "    :sid: '1'\n    :email: '\"><script>alert(1)</script>@example.org'\n"
        "submission_2:\n  :submitters:\n  - :name: \"D'Angelo & Co O'Brien\"\n    :sid: '2'\n"
    )
    files = {"submission_metadata.yml": metadata.encode()}
    files |= {f"submission_{n}/a.ipynb": notebook(str(n)) for n in (1, 2)}
    course.run(zipped(tmp_path / "g.zip", files))
    hostile, honest = gradebook_students(load_course())
    everything = "".join([hostile.first_name, hostile.last_name, hostile.email])
    assert not set('<>"') & set(everything)
    assert (honest.first_name, honest.last_name) == ("D'Angelo & Co", "O'Brien")


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"a{n}: &a{n} [{'*a,' * 9}]\n".replace("*a,", f"*a{n - 1},") for n in range(1, 40)
        ).replace("*a0,", "*a,")
        + "submission_1:\n  :submitters:\n  - :name: *a39\n    :sid: *a39\n",
        "[" * 200_000,
        "a: &a\n  x: 1\nsubmission_1:\n  <<: [*a, *a]\n  :submitters: []\n",
        "submission_1: &s\n  :submitters: [*s]\n",
        "submission_1: " + ":".join(["1"] * 100_000),
    ],
)
def test_metadata_that_unfolds_without_end_is_read_in_no_time(
    bomb: str, course: Course, tmp_path: Path
) -> None:
    files = {"submission_metadata.yml": bomb.encode(), "submission_1/a.ipynb": notebook()}
    assert course.run(zipped(tmp_path / "g.zip", files)) == 1
    assert course.students() == []


def test_a_copy_of_a_notebook_is_no_student(course: Course, tmp_path: Path) -> None:
    files = {
        f"Copy of {NAME}.ipynb": notebook("1"),
        "Copy of a4 (1).ipynb": notebook("2"),
        "Untitled.ipynb": notebook("3"),
        f"Ada L - Copy of {NAME}.ipynb": notebook("4"),
        "Copy of bob.ipynb": notebook("5"),
    }
    assert course.run(zipped(tmp_path / "d.zip", files)) == 1
    assert course.students() == ["Ada_L", "bob"]
    assert "does not tell whose it is" in course.err


def test_names_of_a_system_that_is_not_known_make_no_students(
    course: Course, tmp_path: Path
) -> None:
    files = {"Ada L 2026-11-01 10-20/a4.ipynb": notebook("1"), "bob/a4.ipynb": notebook("2")}
    assert course.run(zipped(tmp_path / "u.zip", files)) == 1
    assert course.students() == ["bob"]
    assert "that is not known here" in course.err


def test_names_in_gbk_stay_readable(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "gbk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("王伟", "李娜"):
            info = zipfile.ZipInfo("x")
            info.filename = f"{name}/a.ipynb".encode("gbk").decode("cp437")
            archive.writestr(info, notebook(name))
    raw = path.read_bytes()
    for name in ("王伟", "李娜"):
        utf8 = f"{name}/a.ipynb".encode("gbk").decode("cp437").encode()
        assert utf8 in raw
    path.write_bytes(_without_utf8_flag(path))
    course.run(path)
    assert course.students() == ["李娜", "王伟"]


def _without_utf8_flag(path: Path) -> bytes:
    """The archive with its names in the bytes of GBK, as Chinese Windows writes them."""
    import io
    import struct

    out = io.BytesIO()
    central = b""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            raw = archive.read(info)
            name = info.filename.encode("cp437")
            fields = struct.pack(
                "<HHHHHIIIH", 20, 0, 0, 0, 0, info.CRC, len(raw), len(raw), len(name)
            )
            place = out.tell()
            out.write(b"PK\x03\x04" + fields + b"\0\0" + name + raw)
            central += b"PK\x01\x02\x14\0" + fields + b"\0" * 12 + struct.pack("<I", place) + name
    end = struct.pack("<4H2IH", 0, 0, 2, 2, len(central), out.tell(), 0)
    return out.getvalue() + central + b"PK\x05\x06" + end


# Ended at any moment

KILLED = """
import os, sys
from grader.cli.main import main
from grader.lms.incoming import importing

put = importing.put

def put_and_die(*arguments):
    put(*arguments)
    os.kill(os.getpid(), 9)

importing.put = put_and_die
main(sys.argv[1:])
"""


def test_a_killed_import_keeps_each_place_for_whose_it_is(course: Course, tmp_path: Path) -> None:
    first = zipped(
        tmp_path / "1.zip",
        {
            moodle_name("Wei Wang", 111): notebook("of 111"),
            moodle_name("Ada L", 3): notebook("of 3"),
        },
    )
    subprocess.run([sys.executable, "-c", KILLED, "import", NAME, str(first)], check=False)
    assert len(course.students()) == 1
    second = zipped(
        tmp_path / "2.zip",
        {
            moodle_name("Wei Wang", 222): notebook("of 222"),
            moodle_name("Ada L", 4): notebook("of 4"),
        },
    )
    course.run(second, "--replace")
    course.run(first)
    filed = {name: course.notebook(name) for name in course.students()}
    assert sorted(filed.values()) == sorted(notebook(f"of {n}") for n in (111, 222, 3, 4))
    numbers = {name: entry["key"] for name, entry in course.record().items()}
    assert {f"of {numbers[name][7:]}" in raw.decode() for name, raw in filed.items()} == {True}


def test_a_gradebook_that_was_being_made_when_the_import_was_killed_is_made_then(
    course: Course, tmp_path: Path
) -> None:
    (course.root / "gradebook.db").write_bytes(b"")
    assert course.run(zipped(tmp_path / "p.zip", {"ada/a4.ipynb": notebook()})) == 0, course.err
    assert [student.student_id for student in gradebook_students(load_course())] == ["ada"]


NO_ROOM = """
import resource, sys
from grader.cli.main import main
room = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("room", [100, 1500])
def test_a_full_disk_is_said_and_the_same_command_goes_on(
    course: Course, tmp_path: Path, room: int
) -> None:
    files = {moodle_name(f"P Q{n}", n): notebook("x" * 200 * n) for n in range(1, 12)}
    archive = zipped(tmp_path / "m.zip", files)
    command = [sys.executable, "-c", NO_ROOM, str(room), "import", NAME, str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "Make room, then run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    assert course.run(archive) == 0
    assert sorted(map(course.notebook, course.students())) == sorted(files.values())
