"""How isolation is set up and taken down, and what is said where it does not work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from grader.sandbox.guest import confine
from grader.sandbox.host import bubblewrap
from grader.sandbox.limits import Limits
from tests.helpers.isolated_runs import PROJECT, attack, isolated, refused


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
