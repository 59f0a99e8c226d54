"""Files are whole or not there, whoever ends the process that writes them, and whenever."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.paths import PROJECT
from grader.settings.class_secret import class_secret
from grader.settings.whole_files import write_once, write_whole

LARGE = "x" * 1_000_000


def in_a_process(write: str, path: Path, room: int) -> int:
    """Let a process write, which is ended when a file of it grows larger than there is room."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

    script = (
        "import signal, sys\nfrom pathlib import Path\nfrom grader.settings.whole_files import *\n"
    )
    kill = "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
    command = [sys.executable, "-c", script + kill + write, str(path)]
    return subprocess.run(command, cwd=PROJECT, preexec_fn=limit, check=False).returncode


@pytest.mark.parametrize("write", ["write_whole", "write_once"])
def test_a_process_that_is_killed_while_it_writes_leaves_no_half_file(
    tmp_path: Path, write: str
) -> None:
    path = tmp_path / "file"
    done = in_a_process(f"{write}(Path(sys.argv[1]), 'x' * 1_000_000)", path, 10_000)
    assert done == -signal.SIGXFSZ and not path.exists()


def test_what_was_there_stays_until_the_new_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_whole(path, "old")
    in_a_process("write_whole(Path(sys.argv[1]), 'x' * 1_000_000)", path, 10_000)
    assert path.read_text() == "old"
    write_whole(path, LARGE)
    assert path.read_text() == LARGE and path.stat().st_mode & 0o444 == 0o444


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    (target / "in the way").mkdir(parents=True)
    with pytest.raises(OSError):
        write_whole(target, "text")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_file_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert write_once(path, "first", 0o600) and not write_once(path, "second")
    assert path.read_text() == "first" and path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def secret_of_nothing(_path: Path) -> None:
    """There is none yet."""


def secret_of_an_empty_file(path: Path) -> None:
    """A disk was full."""
    path.touch()


@pytest.mark.parametrize("before", [secret_of_nothing, secret_of_an_empty_file])
def test_the_secret_of_a_class_is_never_empty(
    tmp_path: Path, before: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLASS_SECRET", raising=False)
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    path = tmp_path / ".class_secret"
    before(path)
    secret = class_secret()
    assert len(secret) == 32 and class_secret() == secret
    assert path.stat().st_mode & 0o077 == 0


def test_two_classes_have_secrets_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLASS_SECRET")
    found = []
    for name in ("one", "two"):
        monkeypatch.setenv("COURSE_ROOT", str(tmp_path / name))
        found.append(class_secret())
        assert (tmp_path / name / ".class_secret").read_text().strip() == found[-1]
    assert found[0] != found[1]


def test_a_class_that_was_graded_with_the_projects_secret_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLASS_SECRET")
    monkeypatch.setattr("grader.settings.class_secret.PROJECT", tmp_path / "project")

    def secret_of(name: str) -> str:
        monkeypatch.setenv("COURSE_ROOT", str(tmp_path / name))
        return class_secret()

    shared = secret_of("project")
    graded = tmp_path / "class" / "autograded" / "ada" / "a4" / "a4.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text("{}")
    assert secret_of("class") == shared
    shutil.rmtree(tmp_path / "class" / "autograded")
    assert secret_of("class") == shared
    assert secret_of("new class") != shared
