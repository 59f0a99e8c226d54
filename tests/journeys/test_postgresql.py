"""A gradebook on a PostgreSQL server, as a team of graders has it: a real server, real commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.authoring.simulate import write_class
from tests.helpers.commands import run_command

A4 = "a4_deep_network"


def program(name: str) -> str | None:
    """Where one of the server's programs is; Debian keeps them out of the path."""
    found = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), shutil.which(name)]
    return next((str(path) for path in found if path), None)


@pytest.fixture(scope="module")
def new_gradebook() -> Iterator[Callable[[str], str]]:
    """Makes an empty database on a server of its own, and gives its address."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
    if program("initdb") is None:
        pytest.skip("PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root

    def run(name: str, *arguments: str) -> None:
        command = [str(program(name)), *arguments]
        subprocess.run(command, check=True, capture_output=True, user=user, cwd="/", timeout=60)

    with tempfile.TemporaryDirectory(prefix="postgresql-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "grader")
        options = f"-k {folder} -c listen_addresses="
        log = str(folder / "log")
        run("pg_ctl", "-D", str(folder / "data"), "-o", options, "-l", log, "-w", "start")

        def create(database: str) -> str:
            run("createdb", "-h", str(folder), "-U", "grader", database)
            return f"postgresql://grader@/{database}?host={folder}"

        try:
            yield create
        finally:
            run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")


def environment(root: Path, url: str = "") -> dict[str, str]:
    """The environment of commands that work on a class, with a gradebook elsewhere."""
    more = {"COURSE_ROOT": str(root), "CLASS_SECRET": "tests", "GRADEBOOK_URL": url}
    return {**os.environ, **more}


def autograde(root: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    """Autograde a class."""
    command = ("-m", "grader", "autograde", A4, "--jobs", "1")
    return run_command(*command, environment=environment(root, url))


def exported(root: Path, url: str = "") -> list[str]:
    """The lines of nbgrader's export."""
    path = root / "grades.csv"
    command = ("-m", "nbgrader", "export", "--to", str(path))
    done = run_command(*command, environment=environment(root, url))
    assert done.returncode == 0, done.stderr
    return path.read_text().splitlines()


def test_marks_on_a_server_are_those_in_a_file(
    new_gradebook: Callable[[str], str], tmp_path: Path
) -> None:
    write_class(A4, 8, 5, tmp_path / "submitted")
    url = new_gradebook("marks")
    tables = []
    for address in ("", url, url):  # the last one has nothing to do
        done = autograde(tmp_path, address)
        assert done.returncode == 0, done.stderr
        tables.append(exported(tmp_path, address))
        if not address:
            shutil.rmtree(tmp_path / "autograded")
    assert len(tables[0]) == 9
    assert tables[0] == tables[1] == tables[2]


def test_two_coordinators_may_begin_on_an_empty_gradebook_at_the_same_time(
    new_gradebook: Callable[[str], str], tmp_path: Path
) -> None:
    url = new_gradebook("sections")
    expected = {}
    for section, seed in (("red", 1), ("blue", 2)):
        folder = tmp_path / section / "submitted"
        for student in write_class(A4, 6, seed, folder):
            name = f"{section}-{student.student_id}"
            (folder / student.student_id).rename(folder / name)
            expected[name] = student.score
    with ThreadPoolExecutor() as side_by_side:
        for done in side_by_side.map(autograde, (tmp_path / "red", tmp_path / "blue"), (url, url)):
            assert done.returncode == 0, done.stderr
    head, *lines = exported(tmp_path / "red", url)
    columns = head.split(",")
    found = {}
    for line in lines:
        row = dict(zip(columns, line.split(","), strict=True))
        found[row["student_id"]] = float(row["raw_score"])
    assert found == expected


def test_a_server_that_is_not_there_gets_a_sentence_without_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    write_class(A4, 1, 1, tmp_path / "submitted")
    done = autograde(tmp_path, f"postgresql://ada:lovelace@/gradebook?host={tmp_path}")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "cannot be opened" in said and "GRADEBOOK_URL" in said
    assert "Traceback" not in said and "lovelace" not in said
