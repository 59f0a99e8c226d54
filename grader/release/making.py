"""``python -m grader release``: derive from ``source/`` everything that students get.

The solution cell of a source notebook is the only place where a function is solved. From it come
the finished module that later assignments import, the public cases, the student's notebook with its
expected outputs, and the hidden cases. Running it twice changes no byte.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.exercises.cases import judged_cases
from grader.paths import (
    ALL_UTILS,
    CODE,
    DATASETS,
    NOTEBOOKS,
    OWN_UTILS,
    PROJECT,
    PUBLIC_CASES,
    RELEASE,
    SOURCE,
    TRANSLATIONS,
)
from grader.release.editions import translated_assignment, translated_lessons
from grader.release.folder import LEFT_BY_STUDENTS, files_of
from grader.release.public_data import finished_modules, public_cases_json
from grader.release.reading_order import write_lists
from grader.release.self_study import SelfStudyOptions, configured_options
from grader.release.steps import configure_release
from grader.release.translation.compiled import compiled_catalogues, languages
from grader.settings.class_secret import class_secret
from grader.settings.folder_settings import configure_folders

Say = Callable[[str], None]
_SAME_NUMBER = 1e-8
_ROOMS = ("exercises", "release", "settings")
"""The rooms of the grader that decide what a release looks like."""

_NOTHING = (
    "no assignment of this course has an exercises.py, from which a release is made; the "
    "others are released by nbgrader: nbgrader generate_assignment"
)

STAMP = ".made_from"
"""The file in ``release/`` that holds the digest of what the release was made from."""

_BY_NBGRADER = "nbgrader releases it, with `nbgrader generate_assignment {name}`"


def make_release(
    names: Iterable[str] = (),
    folder: Path = RELEASE,
    say: Say = print,
    options: SelfStudyOptions | None = None,
) -> None:
    """Write the release of the assignments, touching only the files that change.

    Parameters:
        names: which assignments; all where empty.
        folder: the release folder.
        say: where progress goes.
        options: whether students get hints and solutions; None for what is configured.

    Raises:
        AssignmentError: an assignment does not exist or is unsound.
    """
    chosen = [assignments.full_name_with_cases(name, _BY_NBGRADER) for name in names]
    chosen = chosen or assignments.names()
    if not chosen:
        raise AssignmentError(_NOTHING)
    # A fault in the configuration is told before minutes of work.
    options_in_use = options or configured_options()
    if derive_utils(say, chosen):
        # The modules just written may be imported here already: go on in a fresh process.
        command = [sys.executable, "-m", "grader", "release", *chosen, "--folder", str(folder)]
        command.append(f"--SelfStudy.hints={options_in_use.hints}")
        command.append(f"--SelfStudy.solutions={options_in_use.solutions}")
        if subprocess.run(command, cwd=PROJECT).returncode:
            raise AssignmentError("the release was not made; see above")
        return
    for name in chosen:
        with tempfile.TemporaryDirectory() as scratch:
            write_with_nbgrader(name, Path(scratch), options_in_use)
            changed = synchronise(files_of(Path(scratch) / name), folder / name)
        hidden = sum(
            len(judged_cases(assignments.load(name), exercise.name, class_secret()))
            for exercise in assignments.load(name).exercises
        )
        state = f"{changed} files written" if changed else "up to date"
        if str(options_in_use):
            state += f", {options_in_use}"
        say(f"release/{name}: {state}; {hidden} hidden cases from the class's secret")
    for language in languages():
        changed = sum(
            synchronise(translated_assignment(folder / name, language), folder / language / name)
            for name in chosen
        )
        changed += synchronise(translated_lessons(language), folder / language / NOTEBOOKS.name)
        state = f"{changed} files written" if changed else "up to date"
        say(f"{folder.name}/{language}: {state}")
    if folder == RELEASE:
        for page in write_lists():
            say(f"wrote the list of the course in {page}")
    if folder == RELEASE and set(chosen) == set(assignments.names()):
        _write_if_changed(RELEASE / STAMP, f"{inputs_digest()}\n".encode())


def inputs_digest() -> str:
    """A digest of all that the release is derived from."""
    digest = hashlib.sha256()
    templates = SOURCE.glob("*/*.template.py")
    derived = {OWN_UTILS / path.name.replace(".template", "") for path in templates}
    inputs = [
        *SOURCE.glob("*/*.ipynb"),
        *SOURCE.glob("*/*.py"),
        *(p for place in ALL_UTILS for p in place.glob("**/*.py") if p not in derived),
        *(path for room in _ROOMS for path in (CODE / "grader" / room).glob("**/*.py")),
        *TRANSLATIONS.glob("*/*.po"),
        *NOTEBOOKS.glob("*.ipynb"),
        *DATASETS.glob("*.json"),
        *PROJECT.glob("requirements.txt"),
    ]
    for path in sorted(inputs):
        place = CODE if path.is_relative_to(CODE) else PROJECT
        digest.update(path.relative_to(place).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update(str(configured_options()).encode())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether the release was made from what is there now, without making it again."""
    stamp = RELEASE / STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8").strip() == inputs_digest()


def derive_utils(say: Say = print, names: Iterable[str] = ()) -> bool:
    """Write the derived files of ``utils/``: finished modules, then public cases.

    Parameters:
        say: where progress goes.
        names: whose public cases; those of all assignments where empty.

    Returns:
        Whether anything changed.
    """
    changed = False
    for module, text in finished_modules():
        changed |= _write_if_changed(OWN_UTILS / module, text.encode(), say)
    PUBLIC_CASES.mkdir(parents=True, exist_ok=True)
    for gone in {path.stem for path in PUBLIC_CASES.glob("*.json")} - set(assignments.names()):
        (PUBLIC_CASES / f"{gone}.json").unlink()
        say(f"removed the public cases of {gone}, which is not in source/ any more")
    for name in names or assignments.names():
        target = PUBLIC_CASES / f"{name}.json"
        text = public_cases_json(assignments.load(name))
        if not (target.exists() and same_numbers(target.read_text(encoding="utf-8"), text)):
            changed |= _write_if_changed(target, text.encode(), say)
    for target, content in compiled_catalogues().items():
        changed |= _write_if_changed(target, content, say)
    return changed


def same_numbers(one: str, other: str) -> bool:
    """Whether two JSON texts hold the same, but for the last digits of their numbers.

    Machines differ in how they round a sum; that alone must not make a release stale.
    """
    return _same(json.loads(one), json.loads(other))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        numeric = isinstance(one, (int, float)) and isinstance(other, (int, float))
        return numeric and math.isclose(one, other, rel_tol=_SAME_NUMBER, abs_tol=1e-12)
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def write_with_nbgrader(name: str, folder: Path, options: SelfStudyOptions | None = None) -> None:
    """Let nbgrader's ``generate_assignment`` write one release folder, without a gradebook.

    Parameters:
        name: the assignment.
        folder: where its folder is made.
        options: whether students get hints and solutions; None for what is configured.
    """
    from nbgrader.apps import GenerateAssignmentApp
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config = Config()
    configure_folders(config, PROJECT)
    configure_release(config)
    config.CourseDirectory.release_directory = str(folder)
    config.CourseDirectory.assignment_id = name
    options = options or configured_options()
    config.SelfStudy.hints, config.SelfStudy.solutions = options.hints, options.solutions
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    config.GenerateAssignment.force = True
    app = GenerateAssignmentApp(config=config, log_level=logging.ERROR)
    app.log.setLevel(logging.ERROR)
    converter = GenerateAssignment(coursedir=CourseDirectory(parent=app), parent=app)
    try:
        converter.start()
    except NbGraderException as error:
        raise AssignmentError(f"nbgrader cannot release {name}; see its words above") from error


def synchronise(fresh: Mapping[str, bytes], target: Path) -> int:
    """Make ``target`` hold the given files, and no other but what running it leaves there.

    Parameters:
        fresh: path in the folder -> content.
        target: the folder.

    Returns:
        How many files changed.
    """
    changed = 0
    wanted = {Path(name) for name in fresh}
    for name, content in fresh.items():
        changed += _write_if_changed(target / name, content)
    for path in sorted(target.rglob("*"), reverse=True):
        relative = path.relative_to(target)
        if LEFT_BY_STUDENTS.intersection(relative.parts):
            continue
        if path.is_file() and relative not in wanted:
            path.unlink()
            changed += 1
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return changed


def _write_if_changed(path: Path, content: bytes, say: Say = lambda line: None) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    say(f"wrote {path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path}")
    return True
