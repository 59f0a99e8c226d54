"""What a student needs beside a notebook: the modules that it imports, and data.

A folder carries only what its notebook needs, so that the folder of an assignment never holds its
own solution.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from course.study.study_record import FILE_NAME
from grader.exercises.assignment import Assignment
from grader.exercises.kernel import python_alone
from grader.paths import ALL_UTILS, DATASETS, LOCALE, OWN_UTILS, PUBLIC_CASES, UTILS
from grader.release.self_study import SelfStudyOptions, solution_files, students_cases
from grader.release.translation.compiled import public_sentences

IMAGE_MODULE = "course/image_data.py"
"""The module that reads the images; who has it needs the files of ``datasets/``."""

_MACHINERY = "\n".join(
    f"import course.{room}.{path.stem}"
    for room in ("checks", "study")
    for path in sorted((UTILS / "course" / room).glob("*.py"))
    if path.stem != "__init__"
)
"""What every folder has completely, because the checks of a graded notebook use all of it."""

_BESIDE_MODULES = frozenset({".html", ".css", ".js", ".ttf", ".txt"})
"""The endings of files that a package of the course holds beside its modules."""

_IMAGE_FILES = ("embedded_*.h5", "expected_figures.json", "LICENSE.md", "samples/*")


LEFT_BY_STUDENTS = frozenset({"__pycache__", ".ipynb_checkpoints", FILE_NAME})
"""Files and folders that working in a release folder leaves there; they are no part of it."""


def files_of(folder: Path) -> dict[str, bytes]:
    """The files that a folder was released with: path in the folder -> content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not LEFT_BY_STUDENTS.intersection(path.relative_to(folder).parts)
    }


@functools.lru_cache(maxsize=1 << 10)  # most modules lie in every folder
def imported_names(source: str) -> tuple[str, ...]:
    """Every name that may be a module which a source imports, such as ``course.figures.layers``.

    Lines that only Jupyter understands (``%matplotlib inline``) are passed over.
    """
    names: list[str] = []
    for node in ast.walk(ast.parse(python_alone(source))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(names)


def needed_modules(sources: Iterable[str]) -> dict[str, bytes]:
    """The modules of ``utils/`` that sources import, directly or through one another.

    Parameters:
        sources: the code of notebooks.

    Returns:
        Path below ``utils/`` -> content; a package comes with its ``__init__.py`` and with what
        lies in it beside modules, such as parts of a page.
    """
    waiting = [name for source in sources for name in imported_names(source)]
    needed: dict[str, bytes] = {}
    while waiting:
        for name, path in _files_of(waiting.pop()):
            if name not in needed:
                needed[name] = path.read_bytes()
                if path.suffix == ".py":
                    waiting += imported_names(needed[name].decode())
    return dict(sorted(needed.items()))


def _files_of(name: str) -> Iterator[tuple[str, Path]]:
    """The files that importing a dotted name needs; none where it is not of the course.

    They are the module, its packages, and what lies in these beside modules: paths below
    ``utils/``, and where the files lie.
    """
    for utils in ALL_UTILS:
        place = utils.joinpath(*name.split("."))
        found = [place.with_suffix(".py")]
        for folder in (place, *place.parents):
            if folder != utils and folder.is_relative_to(utils):
                found.append(folder / "__init__.py")
                found += [path for path in folder.glob("*.*") if path.suffix in _BESIDE_MODULES]
        yield from ((path.relative_to(utils).as_posix(), path) for path in found if path.is_file())


def image_files(patterns: Iterable[str] = _IMAGE_FILES) -> dict[str, bytes]:
    """The embedded images with what belongs to them: path in the student's folder -> content."""
    return {
        f"datasets/{path.relative_to(DATASETS).as_posix()}": path.read_bytes()
        for pattern in patterns
        for path in sorted(DATASETS.glob(pattern))
    }


def support_files(assignment: Assignment, options: SelfStudyOptions) -> dict[str, bytes]:
    """The files of a release folder beside the notebook: path in the folder -> content.

    Parameters:
        assignment: whose folder.
        options: whether students get hints and solutions.
    """
    files = needed_modules([source for _cell, source in assignment.cells] + [_MACHINERY])
    cases = PUBLIC_CASES / f"{assignment.name}.json"
    public = students_cases(cases.read_bytes(), options)
    files[cases.relative_to(OWN_UTILS).as_posix()] = public
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/course.mo")):
        place = path.relative_to(UTILS)
        files[place.as_posix()] = path.read_bytes()
        sentences = public_sentences(public, path.parts[-3])
        files[place.with_name(f"{assignment.name}.mo").as_posix()] = sentences
    files |= solution_files(assignment, options)
    return files | (image_files() if IMAGE_MODULE in files else {})
