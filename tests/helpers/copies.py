"""Copies of this project in other places, for tests of what depends on the place."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from grader.paths import PROJECT

_NO_PART = (
    *(".git", ".venv", ".class_secret", "work", "submitted", "feedback", "exports", "site"),
    *("gradebook.db*", "progress.txt", "screenshots", ".*_cache", "__pycache__", ".made_from"),
)


def copy_of_the_project(folder: Path) -> None:
    """Copy what a clone of this project holds.

    Parameters:
        folder: where; it is made.
    """

    def left_out(parent: str, names: list[str]) -> set[str]:
        patterns = _NO_PART if Path(parent) == PROJECT else ("__pycache__", ".made_from")
        return shutil.ignore_patterns(*patterns)(parent, names)

    shutil.copytree(PROJECT, folder, ignore=left_out)
    for made in (folder / "autograded").iterdir():
        if made.name != "README.md":
            shutil.rmtree(made) if made.is_dir() else made.unlink()


def environment_in(folder: Path) -> None:
    """Give a copy the packages of this Python, as if `make` had just installed them there.

    Parameters:
        folder: the copy of the project.
    """
    if sys.prefix == sys.base_prefix:
        pytest.skip("these tests need a virtual environment, as make has one")
    copy = folder / ".venv"

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target)  # nothing of it is written to
        except OSError:
            shutil.copy2(source, target)

    shutil.copytree(sys.prefix, copy, symlinks=True, copy_function=link)
    # What make itself writes is to be written there.
    for name in ("installed", "lib/python{}.{}/site-packages/course.pth"):
        (copy / name.format(*sys.version_info)).unlink(missing_ok=True)
