"""Files are whole or not there, whoever ends the process that writes them, and whenever."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.files import write_once, write_whole
from grader.paths import PROJECT

LARGE = "x" * 1_000_000


def in_a_process(write: str, path: Path, room: int) -> int:
    """Let a process write, which is ended when a file of it grows larger than there is room."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

    script = "import signal, sys\nfrom pathlib import Path\nfrom grader.files import *\n"
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
