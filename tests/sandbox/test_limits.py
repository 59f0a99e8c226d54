"""What a submission cannot use up or outlive: each test is a real attack in a real process."""

from __future__ import annotations

import signal

from grader.sandbox.limits import Limits
from tests.helpers.isolated_runs import TRY, attack, isolated, run_worker


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
