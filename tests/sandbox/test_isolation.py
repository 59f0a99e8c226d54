"""What a submission cannot do: each test is a real attack in a real process.

A worker is started inside bubblewrap and forks submissions off itself, as in grading. What a
submission printed, how it ended, and how many processes there were is reported to the test.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.guest import confine
from grader.sandbox.host import bubblewrap
from grader.sandbox.limits import Limits

PROJECT = Path(__file__).resolve().parents[2]
UNAVAILABLE = bubblewrap.why_unavailable()

isolated = pytest.mark.skipif(UNAVAILABLE is not None, reason=str(UNAVAILABLE))

# Runs the sources one after the other, each as a submission, and kills what runs too long.
WORKER = """
import json, os, select, socket, sys, time

from grader.sandbox.guest import confine
from grader.sandbox.limits import Limits

order = json.loads(sys.argv[1])
confine.warm_up()
secret = socket.socketpair()
threads = len(os.listdir("/proc/self/task"))


def processes():
    return sum(name.isdigit() for name in os.listdir("/proc"))


idle = processes()
reports = []
for source in order["sources"]:
    reading, writing = os.pipe()

    def submission(source=source, writing=writing):
        sys.stdout = os.fdopen(writing, "w", buffering=1)
        exec(compile(source, "student", "exec"), {"writing": writing, "limits": limits})

    limits = Limits(**order["limits"])
    started = time.monotonic()
    forked = confine.fork_confined(limits, submission, [writing], isolated=order["isolated"])
    os.close(writing)
    peak = 0
    killed = True
    while time.monotonic() - started < order["seconds"]:
        peak = max(peak, processes() - idle)
        if select.select([forked.pidfd], [], [], 0.02)[0]:
            killed = False
            break
    forked.kill()
    status = forked.wait()
    forked.close()
    os.set_blocking(reading, False)
    try:
        printed = os.read(reading, 60000).decode()
    except BlockingIOError:
        printed = ""
    os.close(reading)
    reports.append({
        "printed": printed.strip(), "status": status, "killed": killed,
        "peak": peak, "left": processes() - idle,
    })
print(json.dumps(reports))
"""

Attack = Callable[..., dict[str, Any]]


def run_worker(
    *sources: str,
    seconds: float = 120.0,
    limits: Limits | None = None,
    in_isolation: bool = True,
) -> list[dict[str, Any]]:
    """Run each source as a submission of one worker; the worker's report of each."""
    order = {
        "sources": [textwrap.dedent(source) for source in sources],
        "limits": asdict(limits or Limits()),
        "seconds": seconds,
        "isolated": in_isolation,
    }
    command = [sys.executable, "-W", "error", "-c", WORKER, json.dumps(order)]
    environment = {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
    if in_isolation:
        command = bubblewrap.worker_command(
            command,
            readable=[PROJECT / "grader" / "__init__.py", PROJECT / "grader" / "sandbox"],
            environment=environment,
        )
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=600,
        env=os.environ | environment | {"GRADER_TEST_SECRET": "of the host"},
    )
    assert done.returncode == 0, done.stderr
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports


def attack(source: str, **options: Any) -> dict[str, Any]:
    """Run one source as a submission."""
    return run_worker(source, **options)[0]


def refused(report: dict[str, Any]) -> bool:
    """Whether the submission reached its end and everything that it tried was refused."""
    return bool(report["status"] == 0 and report["printed"].splitlines()[-1] == "refused")


TRY = """
import os

def attempt(action, *arguments):
    try:
        result = action(*arguments)
    except (OSError, MemoryError) as error:
        print("refused")
    else:
        print("done:", result)
"""


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
            confine.limit_exercise(limits)
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
def test_a_fork_bomb_is_stopped_at_the_limit_and_killed_at_once() -> None:
    report = attack(
        """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
        """,
        limits=Limits(processes=8),
        seconds=0.5,
    )
    assert report["killed"]
    assert report["peak"] <= 8
    assert report["left"] == 0


@isolated
def test_threads_count_as_processes() -> None:
    report = attack(
        """
        import threading, time
        started = 0
        try:
            while started < 100:
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                started += 1
        except RuntimeError:
            print(started)
        """,
        limits=Limits(processes=8),
    )
    assert report["printed"] == "7"


@isolated
def test_a_memory_bomb_only_hurts_itself() -> None:
    report = attack(
        """
        kept = []
        try:
            while True:
                kept.append(bytearray(1 << 24))
        except MemoryError:
            size = len(kept) * 16
            kept.clear()
            print(size)
        """,
        limits=Limits(memory_mb=256),
    )
    assert 128 <= int(report["printed"]) <= 256


@isolated
def test_memory_cannot_be_hidden_from_the_limit() -> None:
    report = attack(
        TRY
        + """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

def shared_memory():
    if libc.shmget(0, ctypes.c_size_t(1 << 20), 0o1600) == -1:
        raise OSError(ctypes.get_errno(), "shmget")

attempt(os.memfd_create, "hidden")
attempt(shared_memory)
"""
    )
    assert report["printed"].splitlines() == ["refused"] * 2


@isolated
def test_filling_the_disk_stops_at_the_limit() -> None:
    report = attack(
        """
        import os
        total = 0
        for number in range(1000):
            try:
                with open(f"file{number}", "wb") as file:
                    while True:
                        total += file.write(bytes(1 << 16))
            except OSError as error:
                if error.errno == 28:
                    break
        print(os.path.getsize("file0") >> 20, total >> 20)
        """,
        limits=Limits(file_mb=2),
    )
    largest, total = map(int, report["printed"].split())
    assert largest == 2
    assert 2 < total <= 4


@isolated
def test_files_without_content_run_out_too() -> None:
    report = attack(
        """
        try:
            for number in range(100_000):
                open(str(number), "w").close()
        except OSError:
            print(number < 5000)
        """
    )
    assert report["printed"] == "True"


@isolated
def test_open_files_are_limited() -> None:
    report = attack(
        """
        import os
        try:
            while True:
                last = os.open("/dev/null", os.O_RDONLY)
        except OSError:
            print(last)
        """,
        limits=Limits(open_files=20),
    )
    assert report["printed"] == "19"


@isolated
def test_a_daemon_dies_with_its_submission() -> None:
    report = attack(
        """
        import os, signal, time
        told, telling = os.pipe()
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for number in range(1, 65):
                    try:
                        signal.signal(number, signal.SIG_IGN)
                    except (OSError, ValueError):
                        pass
                print("daemon")
                os.write(telling, b"!")
                while True:
                    time.sleep(60)
            os._exit(0)
        os.read(told, 1)  # the daemon is there, and the submission ends
        """,
        seconds=300,
    )
    assert report["printed"] == "daemon"
    assert not report["killed"]
    assert report["left"] == 0


@isolated
def test_an_endless_loop_that_ignores_signals_is_killed() -> None:
    report = attack(
        """
        import signal
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            pass
        """,
        seconds=0.3,
    )
    assert report["killed"]
    assert report["status"] == -signal.SIGKILL
    assert report["left"] == 0


@isolated
def test_cpu_time_runs_out_though_nobody_watches() -> None:
    report = attack(
        """
        import signal
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True:
            pass
        """,
        limits=Limits(cpu_seconds=1),
        seconds=300,
    )
    assert not report["killed"]
    assert report["status"] == -signal.SIGKILL


@isolated
def test_a_segfault_costs_only_itself() -> None:
    crash, honest = run_worker("import ctypes; ctypes.string_at(0)", "print('well')")
    assert crash["status"] == -signal.SIGSEGV
    assert honest["printed"] == "well"


@isolated
def test_leaving_early_costs_only_itself() -> None:
    left, honest = run_worker("import os; os._exit(7)", "print('well')")
    assert left["status"] == 7
    assert honest["printed"] == "well"


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
def test_limits_cannot_be_raised() -> None:
    report = attack(
        """
        import resource
        for name in ("AS", "CPU", "FSIZE", "NPROC", "NOFILE", "CORE"):
            number = getattr(resource, "RLIMIT_" + name)
            soft, hard = resource.getrlimit(number)
            try:
                resource.setrlimit(number, (hard + 1, hard + 1))
            except (ValueError, OSError):
                print("refused")
        """
    )
    assert report["printed"].splitlines() == ["refused"] * 6


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


@isolated
def test_when_bubblewrap_is_killed_everything_inside_goes() -> None:
    mark = f"mark-of-{os.getpid()}"

    def marked() -> int:
        """How many processes of this machine have the mark in their command line."""
        count = 0
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                count += mark.encode() in path.read_bytes()
            except OSError:  # it has just ended
                continue
        return count

    source = """
    import os
    from grader.sandbox.guest import confine
    from grader.sandbox.limits import Limits

    def task():
        os.fork()
        while True:
            pass

    submission = confine.fork_confined(Limits(), task)
    print("ready", flush=True)
    submission.wait()
    """
    command = bubblewrap.worker_command(
        [sys.executable, "-c", textwrap.dedent(source), mark],
        readable=[PROJECT / "grader" / "__init__.py", PROJECT / "grader" / "sandbox"],
        environment={"PYTHONPATH": str(PROJECT)},
    )
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bubble:
        assert bubble.stdout is not None
        assert bubble.stdout.readline() == "ready\n"
        while marked() < 4:  # the submission has yet to fork
            time.sleep(0.02)
        bubble.kill()
    while marked():
        time.sleep(0.02)


@isolated
def test_the_layers_in_force_are_named() -> None:
    assert set(confine.layers()) == {"bubblewrap", "namespaces", "landlock", "seccomp", "rlimits"}


def test_where_isolation_fails_one_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bubblewrap, "_try", lambda way: "bwrap: No permission")
    bubblewrap._working_way.cache_clear()
    try:
        reason = bubblewrap.why_unavailable()
        with pytest.raises(RuntimeError, match="--no-sandbox"):
            bubblewrap.worker_command(["true"], readable=[], environment={})
    finally:
        bubblewrap._working_way.cache_clear()
    assert reason is not None
    assert reason.endswith("or pass --no-sandbox if you trust every submission.")
    assert "\n" not in reason


def test_where_the_project_cannot_be_read_the_advice_is_to_let_it_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = f"PermissionError: [Errno 13] Permission denied: '{PROJECT}/grader/__init__.py'"
    monkeypatch.setattr(bubblewrap, "_try", lambda way: said)
    bubblewrap._working_way.cache_clear()
    try:
        reason = bubblewrap.why_unavailable()
    finally:
        bubblewrap._working_way.cache_clear()
    assert reason is not None
    assert "chmod -R go+rX" in reason and "container" not in reason


def test_an_isolated_submission_needs_an_isolated_worker() -> None:
    with pytest.raises(confine.IsolationError, match="bubblewrap"):
        confine.fork_confined(Limits(), lambda: None)


def test_without_isolation_a_submission_has_a_folder_that_goes_with_it() -> None:
    report = attack(
        """
        import os
        open("file", "w").write("mine")
        print(os.getcwd() == os.path.realpath(os.environ["HOME"]), os.getcwd())
        """,
        in_isolation=False,
    )
    own, folder = report["printed"].split()
    assert own == "True"
    assert not Path(folder).exists()


def test_without_isolation_accidents_stay_small() -> None:
    bomb = attack(
        """
        try:
            bytearray(1 << 30)
        except MemoryError:
            print("refused")
        """,
        limits=Limits(memory_mb=256),
        in_isolation=False,
    )
    loop = attack(
        """
        import os, signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.fork()
        while True:
            pass
        """,
        seconds=0.5,
        in_isolation=False,
    )
    assert refused(bomb)
    assert loop["killed"]
    assert loop["status"] == -signal.SIGKILL
