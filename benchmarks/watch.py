"""Run a command and watch the processor time and the memory of all its processes.

The sandbox ends its processes without anybody waiting for them, so the operating system's own sum
for children misses them. The whole tree is looked at several times a second instead: each process's
own time and that of the children it has waited for. The sum of these only grows.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_GONE = (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess)
ROLES = ("coordinator", "pool", "sandbox")


@dataclass(frozen=True)
class Sample:
    """One look at the tree.

    Attributes:
        seconds: wall clock since the start.
        cpu: processor seconds so far, by role.
        memory: PSS in bytes of all processes of each role; empty where it was not looked at.
    """

    seconds: float
    cpu: Mapping[str, float]
    memory: Mapping[str, int]


@dataclass
class Run:
    """What came of a command.

    Attributes:
        status: its exit status.
        seconds: its wall clock.
        lines: the lines of its standard output, each with its time.
        errors: the end of its standard error.
        samples: the looks at its processes.
    """

    status: int = 0
    seconds: float = 0.0
    lines: list[tuple[float, str]] = field(default_factory=list)
    errors: str = ""
    samples: list[Sample] = field(default_factory=list)

    def cpu(self, role: str | None = None) -> float:
        """Processor seconds in all, or of one role."""
        return self.cpu_until(float("inf"), role)

    def cpu_until(self, seconds: float, role: str | None = None) -> float:
        """Processor seconds until a moment, interpolated between looks."""
        before = (0.0, 0.0)
        for sample in self.samples:
            used = sum(sample.cpu.values()) if role is None else sample.cpu.get(role, 0.0)
            used = max(used, before[1])  # at the end processes go, and their time with them
            if sample.seconds >= seconds:
                share = (seconds - before[0]) / max(sample.seconds - before[0], 1e-9)
                return before[1] + share * (used - before[1])
            before = (sample.seconds, used)
        return before[1]

    def memory(self, role: str) -> list[tuple[float, int]]:
        """The memory of all processes of a role over time."""
        return [(s.seconds, s.memory[role]) for s in self.samples if role in s.memory]


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    timeout: float,
    interval: float = 0.3,
    memory_every: int = 7,
) -> Run:
    """Run a command to its end.

    Parameters:
        command, environment, folder: what to run, and how.
        timeout: after so many seconds it is ended.
        interval: seconds between two looks.
        memory_every: at how many looks memory is looked at once, which takes longer.
    """
    result = Run()
    started = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        readers = [
            threading.Thread(target=_read_lines, args=(process, started, result)),
            threading.Thread(target=_read_errors, args=(process, result)),
        ]
        for reader in readers:
            reader.start()
        root = psutil.Process(process.pid)
        look = 0
        while process.poll() is None:
            if time.monotonic() - started > timeout:
                process.kill()
            with suppress(*_GONE):
                result.samples.append(_look(root, started, look % memory_every == 0))
            look += 1
            with suppress(subprocess.TimeoutExpired):
                process.wait(interval)
        result.seconds = time.monotonic() - started
        for reader in readers:
            reader.join()
        result.status = process.returncode
    return result


def _read_lines(process: subprocess.Popen[str], started: float, result: Run) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        result.lines.append((time.monotonic() - started, line.rstrip("\n")))


def _read_errors(process: subprocess.Popen[str], result: Run) -> None:
    assert process.stderr is not None
    result.errors = process.stderr.read()[-4000:]


def _look(root: psutil.Process, started: float, memory: bool) -> Sample:
    cpu = dict.fromkeys(ROLES, 0.0)
    held: dict[str, int] = {}
    for process in [root, *root.children(recursive=True)]:
        with suppress(*_GONE):
            role = "coordinator" if process == root else role_of(process.cmdline())
            cpu[role] += used_by(process)
            if memory:
                held[role] = held.get(role, 0) + memory_of(process)
    return Sample(time.monotonic() - started, cpu, held)


def used_by(process: psutil.Process) -> float:
    """Processor seconds of a process and of the children that it has waited for."""
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def used_by_tree(process_id: int) -> float:
    """Processor seconds of a process and of everything below it."""
    total = 0.0
    with suppress(*_GONE):
        root = psutil.Process(process_id)
        for process in [root, *root.children(recursive=True)]:
            with suppress(*_GONE):
                total += used_by(process)
    return total


def memory_of(process: psutil.Process) -> int:
    """The proportional set size in bytes; the resident set size where that is all there is."""
    full = process.memory_full_info()
    return int(getattr(full, "pss", 0) or full.rss)


def role_of(words: Sequence[str]) -> str:
    """Which part of autograding a process is, by its command line."""
    text = " ".join(words)
    return "pool" if "multiprocessing" in text else "sandbox"
