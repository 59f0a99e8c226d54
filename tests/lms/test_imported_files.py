"""``python -m grader import``: the files of one student, and which of them are taken."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grader.cli.main import main
from grader.exercises import assignment as assignments
from grader.lms.reading.entry_names import RefusedName, checked_extra, checked_path
from grader.submission.submission_folder import read_submission
from tests.helpers.existing_course import SEVERAL, problem, write_problem_set
from tests.helpers.importing import NAME, Course, moodle_name, notebook, zipped


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


def test_what_systems_leave_behind_is_passed_over(course: Course, tmp_path: Path) -> None:
    files = {
        "ada/a4.ipynb": notebook(),
        "__MACOSX/ada/._a4.ipynb": b"x",
        "ada/.DS_Store": b"x",
        "ada/.ipynb_checkpoints/a4-checkpoint.ipynb": notebook("old"),
    }
    assert course.run(zipped(tmp_path / "p.zip", files)) == 0
    assert course.err == "" and b"old" not in course.notebook("ada")


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
