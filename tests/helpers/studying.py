"""Somebody who works alone on ``linear_forward``: what is tried, and what is remembered of it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import public_tests
from course.checks.public_check import CheckFailed
from course.study import study_record
from course.study.study_record import Entry
from grader.exercises import assignment as assignments
from grader.paths import PROJECT

A4 = "a4_deep_network"
IN_A4, IN_A5 = (len(assignments.load(name).exercises) for name in (A4, "a5_cat_classifier"))
ENTRY = "passed  2026-03-01 14:05  a4_deep_network  linear_forward"


def right(A: Any, W: Any, b: Any) -> Any:
    """A right linear_forward."""
    return W @ A + b, (A, W, b)


def wrong(A: Any, W: Any, b: Any) -> Any:
    """A wrong one."""
    return W @ A - b, (A, W, b)


def unsolved(A: Any, W: Any, b: Any) -> Any:
    """One that nobody has begun."""
    raise NotImplementedError


def check(function: Callable[..., Any]) -> None:
    """Run the check of linear_forward, whatever comes of it."""
    with contextlib.suppress(CheckFailed):
        public_tests.linear_forward_test(function)


def record_of(folder: Path) -> Entry:
    """What the file in a folder says of linear_forward."""
    return study_record.entries(folder)[A4, "linear_forward"]


def run_python(*words: str, cwd: Path = PROJECT) -> str:
    """What a Python program prints."""
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout
