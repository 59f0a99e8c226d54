"""Copies of this project in other places, for tests of what depends on the place."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from grader.paths import PROJECT, RELEASE

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
        # What is compiled already need not be compiled again; a release holds none of it.
        released = Path(parent).is_relative_to(RELEASE)
        inside = ("__pycache__", ".made_from") if released else ()
        patterns = _NO_PART if Path(parent) == PROJECT else inside
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

    def left_out(parent: str, names: list[str]) -> list[str]:
        """What these tests need nothing of: thousands of files."""
        whole = ("node", "types") if Path(parent) == Path(sys.prefix) else ("typeshed",)
        return [name for name in names if name in whole]

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target)  # nothing of it is written to
        except OSError:
            shutil.copy2(source, target)

    shutil.copytree(sys.prefix, copy, symlinks=True, copy_function=link, ignore=left_out)
    # What make itself writes is to be written there.
    for name in ("installed", "lib/python{}.{}/site-packages/course.pth"):
        (copy / name.format(*sys.version_info)).unlink(missing_ok=True)
