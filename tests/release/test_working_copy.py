"""The working copy: what a student changed stays, what is new arrives, and git sees none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.paths import NOTEBOOKS, PROJECT, RELEASE
from grader.release.making import STAMP
from grader.release.translation.compiled import languages
from grader.release.working_copy import (
    STATE,
    WorkingCopyError,
    language_of_copy,
    make_working_copy,
)

LESSON = "notebooks/01_introduction.ipynb"
MODULE = "release/a4_deep_network/hints.py"


class Student:
    """A small course and a student's working copy of it."""

    def __init__(self, root: Path) -> None:
        self.course = root / "course"
        self.work = root / "work"
        self.said: list[str] = []
        self.publish(LESSON, "lesson, first edition")
        self.publish(MODULE, "module, first edition")

    def publish(self, name: str, text: str) -> None:
        path = self.course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.work / name).write_text(text, encoding="utf-8")

    def update(self) -> None:
        self.said = []
        sources = (self.course / "notebooks", self.course / "release")
        make_working_copy(self.work, self.said.append, sources)

    def files(self) -> dict[str, str]:
        paths = sorted(path for path in self.work.rglob("*") if path.is_file())
        found = {path.relative_to(self.work).as_posix(): path for path in paths}
        del found[STATE]
        return {name: path.read_text(encoding="utf-8") for name, path in found.items()}


@pytest.fixture
def student(tmp_path: Path) -> Student:
    made = Student(tmp_path)
    made.update()
    return made


def test_the_copy_holds_the_lessons_and_the_released_assignments(tmp_path: Path) -> None:
    make_working_copy(tmp_path / "work", lambda line: None)
    others = {".ipynb_checkpoints", *languages()}
    for folder in (NOTEBOOKS, RELEASE):
        for path in folder.rglob("*.ipynb"):
            if not others.intersection(path.parts):
                copy = tmp_path / "work" / path.relative_to(PROJECT)
                assert copy.read_bytes() == path.read_bytes()
    assert not list((tmp_path / "work").rglob(STAMP))
    assert not list((tmp_path / "work").rglob("zh_CN/*.ipynb"))
    assert not (tmp_path / "work" / "release" / "zh_CN").exists()


def test_a_copy_in_another_language_holds_its_edition_and_stays_in_it(tmp_path: Path) -> None:
    work = tmp_path / "work"
    make_working_copy(work, lambda line: None, language="zh_CN")
    for place in (LESSON, "release/a1_numpy_basics/a1_numpy_basics.ipynb"):
        edition = RELEASE / "zh_CN" / place.removeprefix("release/")
        assert (work / place).read_bytes() == edition.read_bytes()
    assert not (work / "release" / "zh_CN").exists()
    assert language_of_copy(work) == "zh_CN"
    assert language_of_copy(tmp_path) == "en"


def test_work_that_was_begun_is_kept_where_a_copy_changes_its_language(student: Student) -> None:
    mine = student.work / LESSON
    mine.write_text("my work", encoding="utf-8")
    make_working_copy(student.work, student.said.append, language="zh_CN")
    assert mine.read_text(encoding="utf-8") == "my work"


def test_a_second_time_nothing_changes_and_nothing_is_said(student: Student) -> None:
    before = student.files()
    student.update()
    assert (student.files(), student.said) == (before, [])


def test_a_new_file_of_the_course_arrives(student: Student) -> None:
    student.publish("notebooks/08_more.ipynb", "more")
    student.update()
    assert student.files()["notebooks/08_more.ipynb"] == "more"
    assert "08_more.ipynb" in "".join(student.said)


def test_a_file_that_the_student_left_as_it_was_is_updated(student: Student) -> None:
    student.publish(MODULE, "module, second edition")
    student.update()
    assert student.files()[MODULE] == "module, second edition"


def test_what_the_student_changed_stays_and_the_new_edition_lies_beside(student: Student) -> None:
    student.write(LESSON, "my work")
    student.publish(LESSON, "lesson, second edition")
    student.update()
    beside = LESSON.replace(".ipynb", " (new edition).ipynb")
    assert student.files()[LESSON] == "my work"
    assert student.files()[beside] == "lesson, second edition"
    assert beside in "".join(student.said)


def test_an_edition_is_offered_once(student: Student) -> None:
    student.write(LESSON, "my work")
    student.publish(LESSON, "lesson, second edition")
    student.update()
    (student.work / LESSON.replace(".ipynb", " (new edition).ipynb")).unlink()
    before = student.files()
    student.update()
    assert (student.files(), student.said) == (before, [])


def test_work_in_a_new_edition_stays_when_the_next_one_comes(student: Student) -> None:
    student.write(LESSON, "my work")
    student.publish(LESSON, "lesson, second edition")
    student.update()
    student.write(LESSON.replace(".ipynb", " (new edition).ipynb"), "my second work")
    student.publish(LESSON, "lesson, third edition")
    student.update()
    assert {"my work", "my second work", "lesson, third edition"} <= set(student.files().values())


def test_who_deletes_a_notebook_gets_it_anew(student: Student) -> None:
    (student.work / LESSON).unlink()
    student.update()
    assert student.files()[LESSON] == "lesson, first edition"


@pytest.mark.parametrize("state", ["", "[]", "{", '{"a": 1}', None])
def test_without_a_record_nothing_is_overwritten(student: Student, state: str | None) -> None:
    student.write(LESSON, "my work")
    if state is None:
        (student.work / STATE).unlink()
    else:
        student.write(STATE, state)
    student.publish(MODULE, "module, second edition")
    student.update()
    assert student.files()[LESSON] == "my work"
    assert student.files()[MODULE] == "module, first edition"


def test_files_that_a_student_adds_are_left_alone(student: Student) -> None:
    student.write("notebooks/mine.ipynb", "mine")
    student.publish("notebooks/mine.ipynb", "a lesson of that name")
    student.update()
    assert student.files()["notebooks/mine.ipynb"] == "mine"
    assert student.files()["notebooks/mine (new edition).ipynb"] == "a lesson of that name"


def test_a_folder_in_the_place_of_a_file_is_left_alone_and_told(student: Student) -> None:
    (student.work / LESSON).unlink()
    (student.work / LESSON / "in it").mkdir(parents=True)
    student.update()
    assert (student.work / LESSON / "in it").is_dir()
    assert "is no file" in "".join(student.said)


def test_an_update_that_was_stopped_goes_on(student: Student) -> None:
    (student.work / STATE).unlink()  # it is written last
    (student.work / MODULE).unlink()
    student.update()
    student.publish(MODULE, "module, second edition")
    student.update()
    assert student.files()[MODULE] == "module, second edition"


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkingCopyError, match="cannot be written"):
        make_working_copy(tmp_path / "file" / "work")
