"""``python -m grader import``, ended at any moment: the same command goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.lms.incoming.gradebook_students import gradebook_students
from grader.settings.course import load_course
from tests.helpers.importing import NAME, Course, moodle_name, notebook, zipped


def test_an_import_that_was_interrupted_goes_on_where_it_stopped(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    files = {f"s{n}_{n}_9{n}_a4.ipynb": notebook(str(n)) for n in range(10)}
    files["s0_0_91_a4-1.ipynb"] = notebook("another attempt")
    archive = zipped(tmp_path / "c.zip", files)
    monkeypatch.setattr(importing, "put", stops)
    assert course.run(archive) == 130
    assert len(course.students()) == 3
    monkeypatch.undo()
    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    assert course.run(archive) == 0
    assert "7 imported, 3 unchanged" in course.out
    left = [path.name for path in (course.root / "submitted" / ".lms").iterdir()]
    assert sorted(left) == ["attempts", "records"]


def test_a_damaged_record_is_named_with_what_to_do(course: Course, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "p.zip", {"ada/a4.ipynb": notebook()})
    course.run(archive)
    (course.root / "submitted" / ".lms" / "records" / f"{NAME}.json").write_text("{")
    assert course.run(archive) == 1
    assert "Move it away and import the archive again" in course.err


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
