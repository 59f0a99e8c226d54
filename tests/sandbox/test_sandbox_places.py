"""The course may lie anywhere: no place is one that the sandbox needs for itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from grader.paths import PROJECT
from grader.sandbox.guest import private_folders
from grader.sandbox.host import bubblewrap

UNAVAILABLE = bubblewrap.why_unavailable()
isolated = pytest.mark.skipif(UNAVAILABLE is not None, reason=str(UNAVAILABLE))

ASK = "from grader.sandbox.host import bubblewrap; print(bubblewrap.why_unavailable())"


@contextmanager
def folder_at(place: Path) -> Iterator[Path]:
    """A new folder below a place that may have to be made, readable for everybody."""
    made = [path for path in (place, *place.parents) if not path.exists()]
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        pytest.skip(f"{place} cannot be made: {error}")
    try:
        folder = Path(tempfile.mkdtemp(prefix="course-", dir=place))
        folder.chmod(0o755)
        yield folder
        shutil.rmtree(folder)
    finally:
        for path in made:
            with suppress(OSError):  # somebody else has a folder there by now
                path.rmdir()


def copy_of_the_sandbox(folder: Path) -> None:
    """Put into a folder what isolating a task that does nothing needs."""
    (folder / "grader").mkdir(parents=True)
    shutil.copy(PROJECT / "grader" / "__init__.py", folder / "grader")
    shutil.copytree(
        PROJECT / "grader" / "sandbox",
        folder / "grader" / "sandbox",
        ignore=shutil.ignore_patterns("__pycache__"),
    )


def reason_at(folder: Path, **environment: str) -> str:
    """Why isolation does not work for a course in a folder; "None" where it does."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@isolated
@pytest.mark.parametrize(
    "place",
    [
        "/tmp",
        "/tmp/student",
        "/tmp/student/home",
        "/tmp/student/shm",
        "/tmp/student-2/home",
        "/dev/shm",
        "/usr/local/share",
        "/tmp/a [b] (c) C++ ü 'd'",
        "/tmp/one:two",
    ],
)
def test_submissions_are_isolated_wherever_the_course_lies(place: str) -> None:
    with folder_at(Path(place)) as folder:
        copy_of_the_sandbox(folder)
        assert reason_at(folder) == "None"


@isolated
def test_a_course_that_is_itself_the_place_of_submissions_is_isolated_from_them() -> None:
    place = Path("/tmp/student")
    if place.exists():
        pytest.skip("something else lies there")
    try:
        copy_of_the_sandbox(place)
        place.chmod(0o755)
        assert reason_at(place) == "None"
    finally:
        shutil.rmtree(place)


@isolated
def test_a_course_behind_a_symbolic_link_is_graded(tmp_path: Path) -> None:
    with folder_at(Path("/tmp/student")) as folder:
        copy_of_the_sandbox(folder / "real")
        (folder / "link").symlink_to("real")
        assert reason_at(folder / "link", PWD=str(folder / "link")) == "None"


@isolated
@pytest.mark.parametrize("place", ["/tmp/student", "/dev/shm", "/no/such/folder", "relative"])
def test_temporary_and_home_folders_of_the_host_do_not_matter(place: str) -> None:
    assert reason_at(PROJECT, TMPDIR=place, HOME=place) == "None"


@isolated
@pytest.mark.parametrize("place", [Path(sys.prefix, "share"), Path("/usr/local/share")])
def test_a_course_in_a_folder_of_the_system_is_hidden_but_for_what_is_needed(place: Path) -> None:
    with folder_at(place) as folder:
        copy_of_the_sandbox(folder)
        (folder / "source").mkdir()
        (folder / "source" / "solutions.py").write_text("x = 1")
        (folder / "class").mkdir()
        (folder / "class" / "gradebook.db").write_text("marks")
        look = f"import os; print(sorted(n for _, _, f in os.walk({str(folder)!r}) for n in f))"
        command = bubblewrap.worker_command(
            [sys.executable, "-c", look],
            readable=[folder / "grader" / "__init__.py"],
            environment={},
            hidden=[folder, folder / "class"],
        )
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.stdout.strip() == "['__init__.py']", done.stderr


@isolated
def test_what_is_shown_may_lie_in_what_is_hidden_and_that_in_what_is_shown() -> None:
    with folder_at(Path(sys.prefix, "share")) as course:
        package = course / "packages" / "code"
        for name in ("solutions.py", "packages/known.py", "packages/code/judge.py"):
            (course / name).parent.mkdir(exist_ok=True)
            (course / name).touch()
        (package / "guest").mkdir()
        (package / "guest" / "worker.py").touch()
        look = f"import os; print(sorted(n for _, _, f in os.walk({str(course)!r}) for n in f))"
        command = bubblewrap.worker_command(
            [sys.executable, "-c", look],
            readable=[course / "packages", package / "guest"],
            environment={},
            hidden=[package, course],
        )
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.stdout.strip() == "['known.py', 'worker.py']", done.stderr


def test_what_lies_in_a_folder_that_stays_visible_is_shown_with_it() -> None:
    packages, module = Path("/tmp/env/lib"), Path("/tmp/env/lib/package/module.py")
    readable = [module, packages, Path("/usr"), Path("/tmp/other/data.csv")]
    found = private_folders.hidden(Path("/tmp"), readable)
    assert found == (packages, Path("/tmp/other/data.csv"))


@pytest.mark.parametrize(
    ("complaint", "advice"),
    [
        ("bwrap: No permissions to create new namespace", "allow user namespaces"),
        ("unshare: unshare failed: Operation not permitted", "user namespaces"),
        ("bwrap: execvp unshare: No such file or directory", "util-linux"),
        ("bwrap: Can't find source path /srv/course: Permission denied", "/srv/course cannot be"),
        ("PermissionError: [Errno 13] Permission denied: '/srv/x.py'", "/srv/x.py cannot be read"),
        ("FileExistsError: [Errno 17] File exists: '/tmp/student'", "report"),
        ("ModuleNotFoundError: No module named 'grader'", "report"),
    ],
)
def test_advice_fits_the_cause(
    complaint: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bubblewrap, "_try", lambda way: complaint)
    bubblewrap._working_way.cache_clear()
    try:
        reason = bubblewrap.why_unavailable() or ""
    finally:
        bubblewrap._working_way.cache_clear()
    assert complaint in reason
    if advice == "report":
        assert "no-sandbox" not in reason
        assert "--security-opt" not in reason
    elif "namespaces" not in advice or "--security-opt" not in reason and "sysctl" not in reason:
        assert advice in reason
