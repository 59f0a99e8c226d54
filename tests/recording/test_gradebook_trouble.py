"""A gradebook is made whole or not at all, and trouble with it becomes a sentence that helps."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import sqlalchemy
from nbgrader.coursedir import CourseDirectory

from grader.exercises import assignment as assignments
from grader.recording import gradebook_connection, gradebook_setup, gradebook_trouble
from grader.recording.gradebook_connection import GradebookSetupError, open_gradebook
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.recording.gradebook_trouble import RecordError
from grader.recording.recorder import Recorder
from tests.helpers import existing_course
from tests.helpers.commands import run_command
from tests.helpers.small_class import NAME, Class, solved

KILLED = """
import os, signal, sys
import sqlalchemy
from nbgrader.coursedir import CourseDirectory
from grader.recording.gradebook_connection import open_gradebook
from grader.recording.gradebook_tables import newest_version

newest_version()
moment = 0
while True:
    moment += 1
    path = f"{sys.argv[1]}/{moment}.db"
    course = CourseDirectory(db_url=f"sqlite:///{path}", course_id="c")
    child = os.fork()
    if child == 0:
        seen = 0
        def count(*_arguments):
            global seen
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)
        sqlalchemy.event.listen(sqlalchemy.engine.Engine, "before_cursor_execute", count)
        sqlalchemy.event.listen(sqlalchemy.engine.Engine, "commit", count)
        open_gradebook(course).close()
        os._exit(0)
    ended = os.waitpid(child, 0)[1]
    with open_gradebook(course) as gradebook:
        gradebook.add_student("ada")
        version = gradebook.db.execute(sqlalchemy.text("SELECT version_num FROM alembic_version"))
        assert [row[0] for row in version] == [newest_version()]
    if not ended:
        print(moment)
        break
"""


@pytest.fixture(autouse=True)
def _without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradebook_connection, "_PAUSE", 0.01)


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script in the project."""
    return run_command("-c", script, *arguments, environment=os.environ)


def course_at(path: Path, **query: Any) -> Any:
    """A course with its gradebook there."""
    url = sqlalchemy.engine.URL.create("sqlite", database=str(path), query=query)
    return CourseDirectory(db_url=str(url), course_id="c", root=str(path.parent))


def test_a_process_may_be_killed_at_any_moment_of_the_first_set_up(tmp_path: Path) -> None:
    done = run(KILLED, str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 25, "it was killed before every statement and every commit"


def test_what_nbgrader_left_half_made_is_completed(tmp_path: Path) -> None:
    from nbgrader.api import Base

    path = tmp_path / "gradebook.db"
    engine = sqlalchemy.create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine, tables=list(Base.metadata.sorted_tables)[:4])
    engine.dispose()
    with open_gradebook(course_at(path)) as gradebook:
        gradebook.add_student("ada")
    with contextlib.closing(sqlite3.connect(path)) as database:
        assert database.execute("select count(*) from alembic_version").fetchone() == (1,)


def test_a_gradebook_of_an_older_nbgrader_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("create table student (id varchar primary key)")
    before = path.read_bytes()
    with pytest.raises(GradebookSetupError, match="older nbgrader.*nbgrader db upgrade"):
        open_gradebook(course_at(path))
    assert path.read_bytes() == before


FULL_DISK = """
import resource, sys
from nbgrader.coursedir import CourseDirectory
from grader.recording.gradebook_connection import GradebookSetupError, open_gradebook

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    open_gradebook(CourseDirectory(db_url="sqlite:///" + sys.argv[1], course_id="c"))
except GradebookSetupError as error:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(error)
"""


@pytest.mark.parametrize("room", [0, 4096, 40_000])
def test_a_disk_without_room_for_the_first_set_up_spoils_nothing(tmp_path: Path, room: int) -> None:
    path = tmp_path / "gradebook.db"
    done = run(FULL_DISK, str(path), str(room))
    assert "the disk is full or broken" in done.stdout, done.stdout + done.stderr
    assert "GRADEBOOK_URL" not in done.stdout
    with open_gradebook(course_at(path)) as gradebook:
        gradebook.add_student("ada")


HOLDER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("begin exclusive")
print("held", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def held(path: Path) -> Iterator[int]:
    """Let another process lock the gradebook."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline()
        yield holder.pid


def misfits(said: str) -> list[str]:
    """What no sentence about a locked gradebook may hold."""
    wrong = ("SQL", "UPDATE ", "generate_assignment", "db upgrade", "GRADEBOOK_URL", "Traceback")
    return [one for one in wrong if one in said]


def test_a_locked_gradebook_is_said_to_be_held_by_which_process(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    course = course_at(path, timeout="0.05")
    assignment = assignments.load(NAME)
    open_gradebook(course).close()
    with held(path) as holder:
        with pytest.raises(GradebookSetupError) as opening:
            ensure_in_gradebook(assignment, course)
        ensure = str(opening.value)
        with pytest.raises((GradebookSetupError, RecordError)) as writing, Recorder(course) as one:
            one.marks.add_students(["ada"])
    for said in (ensure, str(writing.value)):
        assert f"process {holder} (" in said and not misfits(said), said
    assert ensure_in_gradebook(assignment, course)


def test_an_assignment_is_set_up_once_whoever_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment, set_up = assignments.load(NAME), gradebook_setup.setting_up
    course, turns = course_at(tmp_path / "gradebook.db"), []

    @contextlib.contextmanager
    def setting_up(course: CourseDirectory) -> Iterator[None]:
        turns.append(course)
        if len(turns) == 1:  # another process comes before
            assert ensure_in_gradebook(assignment, course)
            yield
        else:
            with set_up(course):
                yield

    monkeypatch.setattr(gradebook_setup, "setting_up", setting_up)
    assert not ensure_in_gradebook(assignment, course)
    assert not ensure_in_gradebook(assignment, course)
    assert len(turns) == 2


@pytest.mark.parametrize("more", [0, 2])
def test_of_many_processes_that_hold_the_gradebook_only_some_are_named(
    more: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = [psutil.Process()] * (gradebook_trouble._MOST_NAMED + more)
    monkeypatch.setattr(gradebook_trouble, "users_of", lambda path: users)
    error = sqlalchemy.exc.OperationalError("", None, Exception("database is locked"))
    said = gradebook_trouble.trouble_in_words(error, course_at(tmp_path / "gradebook.db"))
    assert said.count(f"process {os.getpid()} (") == gradebook_trouble._MOST_NAMED
    assert (" more" in said) == bool(more) == (f" and {more} more" in said), said


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ada:secret@example.org/marks", "postgresql://ada:***@example.org/marks"),
        ("no address", "at an address that cannot be read"),
    ],
)
def test_the_address_of_a_gradebook_is_told_without_its_password(url: str, shown: str) -> None:
    assert gradebook_trouble.address(CourseDirectory(db_url=url)) == shown


def test_a_gradebook_that_is_locked_while_it_is_written_is_said_to_be_held(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    course = course_at(path, timeout="0.05")
    recorder = Recorder(course)
    recorder.marks.add_students(["ada"])
    with held(path) as holder, pytest.raises(RecordError) as writing:
        recorder.marks.add_students(["bob"])
    assert f"process {holder} (" in str(writing.value) and not misfits(str(writing.value))
    recorder.marks.add_students(["bob"])
    recorder.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_gradebook_that_belongs_to_somebody_else_is_said_to(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    open_gradebook(course_at(path)).close()
    path.chmod(0o444)
    with pytest.raises(RecordError, match="belong to you"):
        Recorder(course_at(path)).marks.add_students(["ada"])


def test_a_damaged_gradebook_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(GradebookSetupError, match="is damaged"):
        open_gradebook(course_at(path))


def test_commands_tell_who_holds_the_gradebook(tmp_path: Path) -> None:
    made = Class(tmp_path)
    made.hand_in("ada", solved())
    url = f"--CourseDirectory.db_url=sqlite:///{tmp_path / 'gradebook.db'}?timeout=0.05"
    open_gradebook(course_at(tmp_path / "gradebook.db")).close()
    with held(tmp_path / "gradebook.db") as holder:
        for entry in ("grader", "nbgrader"):
            said = made.autograde(entry, url)
            assert f"process {holder} (" in said and not misfits(said), said


def test_what_nbgrader_finds_wrong_with_a_source_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, notebook = existing_course.NAME, existing_course.NOTEBOOK
    existing_course.make_course(tmp_path, {})
    source = tmp_path / "source" / name / f"{notebook}.ipynb"
    begin = "### BEGIN HIDDEN TESTS"
    source.write_text(source.read_text().replace(begin, f"{begin}\\n{begin}"))
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    with pytest.raises(GradebookSetupError, match="says: Encountered nested begin hidden tests"):
        ensure_in_gradebook(assignments.load(name), CourseDirectory(root=str(tmp_path)))
