"""Where things lie: the code, the course, and the class.

In a clone, the code and the course lie in one folder. Where the code is installed as a package,
the course is found from where one stands: the nearest folder, from there upward, that has
``nbgrader_config.py`` and ``source/``.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable
from pathlib import Path

CODE = Path(__file__).resolve().parent.parent
"""Where ``grader/`` and ``utils/`` lie: in a clone of the course, or in an installed package."""
IS_INSTALLED = not (CODE / "source").is_dir()
PROGRAM = "fairgrader" if IS_INSTALLED else "python -m grader"
"""What one types before the name of a command."""


def _given() -> Path | None:
    given = os.environ.get("COURSE_ROOT")
    return Path(given).resolve() if given else None


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:  # the current folder may be gone
        return Path(os.sep)


def is_course(folder: Path) -> bool:
    """Whether a folder is that of a course."""
    # os.path says no to a folder that may not be looked into, and raises nothing.
    settings, source = (os.path.join(folder, name) for name in ("nbgrader_config.py", "source"))
    return os.path.isfile(settings) and (os.path.isdir(source) or _names_its_source(settings))


def _names_its_source(settings: str) -> bool:
    """Whether the file says that ``source/`` has another name, as nbgrader allows."""
    try:
        text = Path(settings).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return re.search(r"^\s*c\.CourseDirectory\.source_directory\b", text, re.MULTILINE) is not None


def _course_folder() -> Path:
    if not IS_INSTALLED:
        return CODE
    given, here = _given(), _here()
    if given and (given / "source").is_dir():
        return given
    above = (folder for folder in (here, *here.parents) if is_course(folder))
    return next(above, given or here)


PROJECT = _course_folder()
"""The folder of the course. Where there is none, :func:`why_no_course` says so."""
SOURCE = PROJECT / "source"
RELEASE = PROJECT / "release"
NOTEBOOKS = PROJECT / "notebooks"
DATASETS = PROJECT / "datasets"
UTILS = CODE / "utils"
"""What notebooks of every course import: the package ``course``, and the well-known modules."""
OWN_UTILS = PROJECT / "utils"
"""What notebooks of this course import besides, and what is derived of it. In a clone it is the
same folder."""
ALL_UTILS = tuple(dict.fromkeys((OWN_UTILS, UTILS)))
LOCALE = UTILS / "course" / "locale"
"""The compiled catalogues that students have: ``<language>/LC_MESSAGES/*.mo``."""
OWN_LOCALE = OWN_UTILS / "course" / "locale"
"""The same of what this course says."""
TRANSLATIONS = PROJECT / "translations"
"""The catalogues of other languages, one folder a language."""
PUBLIC_CASES = OWN_UTILS / "course" / "checks" / "public_cases"


def why_no_course() -> str | None:
    """None where there is a course, else a sentence that says what to do."""
    if not IS_INSTALLED or is_course(PROJECT) or (_given() == PROJECT and SOURCE.is_dir()):
        return None
    named = f", and {PROJECT}, which COURSE_ROOT names, has no source/" if _given() else ""
    return (
        "there is no course here: no folder from here upward has nbgrader_config.py and source/"
        f"{named}. Go to the folder of a course, name it in COURSE_ROOT, or make one: "
        f"{PROGRAM} quickstart my-course"
    )


def named_or_like(names: Iterable[str], wanted: str) -> list[str]:
    """Which names are asked for: the one that is exactly that, else those that a pattern matches.

    Parameters:
        names: those that there are.
        wanted: a name, or a pattern, as nbgrader's ``--student`` and ``--notebook`` take them.
    """
    known = list(names)
    return [wanted] if wanted in known else [n for n in known if fnmatch.fnmatchcase(n, wanted)]


def released_notebook(assignment: str) -> Path:
    """The notebook that students get of an assignment; it may not be made yet."""
    return RELEASE / assignment / f"{assignment}.ipynb"


def edition_folder(language: str) -> Path:
    """Where assignments are released in a language: English at ``release/``, others below it."""
    return RELEASE if language == "en" else RELEASE / language


def course_root() -> Path:
    """Where ``submitted/``, ``autograded/``, ``feedback/`` and the gradebook of the class lie.

    That is the folder of the course, unless the environment variable ``COURSE_ROOT`` names another.
    """
    return _given() or PROJECT
