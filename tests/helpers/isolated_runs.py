"""Run sources as submissions of a worker inside bubblewrap, as in grading.

What each printed, how it ended, and how many processes there were is reported to the test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

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
