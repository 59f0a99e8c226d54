"""Where things lie in the project."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "source"
RELEASE = PROJECT / "release"
NOTEBOOKS = PROJECT / "notebooks"
UTILS = PROJECT / "utils"
COURSE = UTILS / "course"
"""The package that notebooks import, beside the modules with well-known names."""
LOCALE = COURSE / "locale"
"""The compiled catalogues that students have: ``<language>/LC_MESSAGES/*.mo``."""
PUBLIC_CASES = COURSE / "checks" / "public_cases"
DATASETS = PROJECT / "datasets"
TRANSLATIONS = PROJECT / "translations"
"""The catalogues of other languages, one folder a language."""


def released_notebook(assignment: str) -> Path:
    """The notebook that students get of an assignment; it may not be made yet."""
    return RELEASE / assignment / f"{assignment}.ipynb"


def source_folder(assignment: str) -> Path:
    """Where an assignment's source lies: in the folder of the class where it is there."""
    own = course_root() / "source" / assignment
    return own if own.is_dir() else SOURCE / assignment


def release_folder(assignment: str) -> Path:
    """Where what was released of an assignment lies; it may not be made yet."""
    return source_folder(assignment).parents[1] / "release" / assignment


def course_root() -> Path:
    """Where ``submitted/``, ``autograded/``, ``feedback/`` and the gradebook of the class lie.

    That is the project itself, unless the environment variable ``COURSE_ROOT`` names a folder.
    """
    given = os.environ.get("COURSE_ROOT")
    return Path(given).resolve() if given else PROJECT
