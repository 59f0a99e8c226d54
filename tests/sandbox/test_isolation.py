"""What a submission cannot reach: each test is a real attack in a real process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.guest import confine
from tests.helpers.isolated_runs import PROJECT, TRY, attack, isolated, run_worker


@pytest.fixture
def gradebook() -> Iterator[Path]:
    """A file of the instructor's in the project, as readable as a careless umask makes it."""
    path = PROJECT / f"gradebook-of-a-test-{os.getpid()}.db"
    path.write_text("every mark of the class")
    path.chmod(0o666)
    yield path
    path.unlink()


@isolated
def test_an_honest_submission_runs_in_an_empty_folder_of_its_own() -> None:
    report = attack(
        """
        import os, tempfile
        assert os.listdir() == []
        with open("notes.txt", "w") as file:
            file.write("mine")
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"x")
        assert os.getcwd() == os.path.expanduser("~") == tempfile.gettempdir()
        print(open("notes.txt").read(), os.cpu_count() > 0)
        """
    )
    assert report["printed"] == "mine True"
    assert report["status"] == 0


@isolated
def test_the_gradebook_cannot_be_read_or_written(gradebook: Path) -> None:
    report = attack(
        TRY
        + f"""
attempt(open, {str(gradebook)!r})
attempt(os.truncate, {str(gradebook)!r}, 0)
attempt(os.remove, {str(gradebook)!r})
"""
    )
    assert report["printed"].splitlines() == ["refused"] * 3
    assert gradebook.read_text() == "every mark of the class"


@isolated
def test_the_home_folder_and_the_machines_accounts_cannot_be_read() -> None:
    home = Path.home()
    report = attack(
        TRY
        + f"""
import os
attempt(os.listdir, {str(home / ".ssh")!r})
attempt(open, {str(home / ".bashrc")!r})
attempt(open, "/etc/passwd")
attempt(open, "/etc/shadow")
attempt(os.listdir, "/sys")
attempt(os.listdir, "/home")
attempt(os.listdir, {str(PROJECT / "source")!r})
"""
    )
    assert report["printed"].splitlines() == ["refused"] * 7


@isolated
def test_nothing_outside_the_private_folder_can_be_written() -> None:
    report = attack(
        TRY
        + f"""
import os, sys
for folder in ("/", "/usr", "/etc", "/dev", "/proc", "/var/tmp", sys.prefix + "/lib",
        os.path.dirname(os.__file__), {str(PROJECT / "grader" / "sandbox")!r}):
    attempt(open, folder + "/written", "w")
attempt(open, os.__file__, "a")
attempt(os.mknod, "device", 0o20666, os.makedev(1, 3))
"""
    )
    assert report["printed"].splitlines() == ["refused"] * 11


@isolated
def test_links_lead_to_nothing_more(gradebook: Path) -> None:
    report = attack(
        TRY
        + f"""
import os
os.symlink({str(gradebook)!r}, "link")
os.symlink("../../../../../.." + {str(gradebook)!r}, "climbing")
attempt(open, "link")
attempt(open, "climbing")
attempt(os.link, os.__file__, "hard")
"""
    )
    assert report["printed"].splitlines() == ["refused"] * 3


@isolated
def test_nothing_connects_and_nothing_listens() -> None:
    report = attack(
        TRY
        + """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK,
               socket.AF_PACKET, socket.AF_VSOCK):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        attempt(socket.socket, family, kind)
attempt(socket.create_connection, ("127.0.0.1", 80), 1)
attempt(socket.create_server, ("127.0.0.1", 0))
"""
    )
    assert report["printed"].splitlines() == ["refused"] * 20


@isolated
def test_a_pair_of_sockets_to_ones_own_child_stays_allowed() -> None:
    report = attack(
        """
        import asyncio
        async def answer():
            await asyncio.sleep(0)
            return 42
        print(asyncio.run(answer()))
        """
    )
    assert report["printed"] == "42"


@isolated
def test_parents_cannot_be_killed_traced_or_read() -> None:
    report = attack(
        TRY
        + """
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *arguments):
    if getattr(libc, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)

class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

here = ctypes.create_string_buffer(8)
local = Piece(ctypes.addressof(here), 8)
remote = Piece(id(libc), 8)
attempt(os.kill, os.getppid() or 2, signal.SIGKILL)
for other in (1, 2, 3, 4):
    attempt(call, "ptrace", 16, other, None, None)
    attempt(call, "process_vm_readv", other, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)
    attempt(open, f"/proc/{other}/mem", "rb")
    attempt(open, f"/proc/{other}/environ", "rb")
"""
    )
    assert report["printed"].splitlines() == ["refused"] * 17


@isolated
def test_a_fork_cannot_kill_the_submission_it_comes_from() -> None:
    report = attack(
        """
        import os, signal, time
        from grader.sandbox.guest import confine
        if os.fork() == 0:
            confine.limit_exercise(limits, limits.exercise_seconds)
            for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV, signal.SIGTERM):
                try:
                    os.kill(os.getppid(), number)
                except OSError:
                    pass
            os._exit(0)
        os.wait()
        os.kill(os.getpid(), signal.SIGKILL)
        print("alive")
        """
    )
    assert report["printed"] == "alive"
    assert report["status"] == 0


@isolated
def test_the_environment_holds_nothing_of_the_host() -> None:
    report = attack(
        """
        import ctypes, os
        names = set(os.environ)
        environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
        index = 0
        while environ[index]:
            names.add(environ[index].split(b"=")[0].decode())
            index += 1
        print(*sorted(names))
        """
    )
    names = report["printed"].split()
    assert "PATH" in names
    assert not {"GRADER_TEST_SECRET", "PYTEST_CURRENT_TEST", "SSH_AUTH_SOCK"} & set(names)
    assert confine.READABLE_VARIABLE not in names


@isolated
def test_the_workers_descriptors_are_closed() -> None:
    report = attack(
        """
        import os
        found = []
        for descriptor in range(1024):
            try:
                os.fstat(descriptor)
            except OSError:
                continue
            found.append(descriptor)
        found.remove(writing)
        print(found, {os.fstat(standard).st_rdev for standard in found})
        """
    )
    null = os.stat(os.devnull).st_rdev
    assert report["printed"] == f"[0, 1, 2] {{{null}}}"


@isolated
def test_a_file_of_one_submission_is_unknown_to_the_next() -> None:
    _, second = run_worker(
        """
        import os
        for path in ("/tmp/answer", "/dev/shm/answer"):
            open(path, "w").write("42")
        """,
        """
        import os
        print([os.path.exists(path) for path in ("/tmp/answer", "/dev/shm/answer")])
        """,
    )
    assert second["printed"] == "[False, False]"


@isolated
def test_there_is_no_way_back_to_power() -> None:
    report = attack(
        TRY
        + """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *arguments):
    if getattr(libc, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)

attempt(call, "unshare", 0x10000000)
attempt(call, "setns", 0, 0)
attempt(call, "mount", b"none", b"/tmp", b"tmpfs", 0, None)
attempt(call, "umount2", b"/tmp", 2)
attempt(call, "umount2", b"/proc", 2)
attempt(call, "syscall", 272, 0x10000000)  # unshare, past the C library (x86_64)
attempt(call, "clone", None, None, 0x10000000, None)
attempt(os.setuid, 0)
attempt(os.chroot, "/tmp")
attempt(call, "personality", 0x0040000)
"""
    )
    assert set(report["printed"].splitlines()) == {"refused"}


@isolated
def test_ordinary_helpers_of_python_still_work() -> None:
    report = attack(
        """
        import multiprocessing, subprocess, threading
        print(subprocess.run(["echo", "child"], capture_output=True, text=True).stdout.strip())
        with multiprocessing.get_context("fork").Pool(2) as pool:
            print(pool.map(abs, [-1, -2]))
        thread = threading.Thread(target=print, args=("thread",))
        thread.start()
        thread.join()
        """
    )
    assert report["printed"].splitlines() == ["child", "[1, 2]", "thread"]
