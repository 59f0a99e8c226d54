"""The exercises with their hints, as a student can ask for them.

They come from the files of the public checks, ``public_cases/<assignment>.json``. These lie beside
the checks, or, where the package is installed, in the course in which one stands. A class can be
released without hints or without solutions; its files then say that they are withheld.
"""

from __future__ import annotations

import difflib
import functools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.language import _
from course.sentences import listed, paragraph

CASES = Path("course", "checks", "public_cases")
"""Where the files lie, seen from the folder of an assignment, or from ``utils/`` of a course."""


def folders_above() -> Iterator[Path]:
    """The folder that ``COURSE_ROOT`` names, the current folder, and those above it."""
    if given := os.environ.get("COURSE_ROOT"):
        yield Path(given)
    with suppress(OSError):  # the current folder may be gone
        here = Path.cwd()
        yield from (here, *here.parents)


def _cases_folder() -> Path:
    beside = Path(__file__).parents[2] / CASES
    places = (beside, *(folder / "utils" / CASES for folder in folders_above()))
    return next((place for place in places if place.is_dir()), beside)


CASES_FOLDER = _cases_folder()


class NoSuchExercise(LookupError):
    """The exercise that was asked for is not there, or there are several. The message says it."""


@dataclass(frozen=True)
class StudyExercise:
    """One exercise of an assignment.

    Attributes:
        assignment: the assignment.
        name: the function.
        hints: from gentle to near the answer.
        learned: what one can do afterwards, a sentence.
        withheld: what this class was released without: ``"hints"``, ``"solutions"``.
    """

    assignment: str
    name: str
    hints: tuple[str, ...]
    learned: str
    withheld: frozenset[str]


@dataclass(frozen=True)
class StudyAssignment:
    """An assignment with its exercises, in the order of the notebook."""

    name: str
    exercises: tuple[StudyExercise, ...]


@functools.cache
def stored_assignments(folder: Path = CASES_FOLDER) -> tuple[StudyAssignment, ...]:
    """The assignments whose cases are stored in a folder, but for files that cannot be read."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(_assignment(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return tuple(found)


def _assignment(stored: dict[str, Any]) -> StudyAssignment:
    name = str(stored["assignment"])
    withheld = frozenset(stored.get("withheld", ()))
    exercises = [
        StudyExercise(
            name,
            function,
            tuple(map(str, data.get("hints", ()))),
            str(data.get("learned", "")),
            withheld,
        )
        for function, data in stored["functions"].items()
    ]
    return StudyAssignment(name, tuple(exercises))


def find_exercise(
    asked: str | Callable[..., Any], assignment: str | None, call: str
) -> StudyExercise:
    """The exercise that is meant by a function or its name.

    Parameters:
        asked: the function or its name.
        assignment: which assignment, where several have such a function. Where it is None, the
            name of the current folder decides.
        call: the function that was called, for the message.

    Raises:
        NoSuchExercise: none is meant, or more than one could be.
    """
    name = asked if isinstance(asked, str) else getattr(asked, "__name__", "")
    name = name.strip().removesuffix("_test").removesuffix("()")
    known = [exercise for stored in stored_assignments() for exercise in stored.exercises]
    editions = [exercise for exercise in known if exercise.name == name]
    if assignment is not None:
        editions = [edition for edition in editions if edition.assignment == assignment]
    if not editions:
        raise NoSuchExercise(_no_exercise(name, [exercise.name for exercise in known], call))
    if len(editions) > 1:
        editions = [edition for edition in editions if is_here(edition.assignment)] or editions
    if len(editions) > 1:
        names = listed([edition.assignment for edition in editions])
        raise NoSuchExercise(
            _(
                "{name} is an exercise of several assignments ({names}). Say which one: "
                '{call}("{name}", assignment="{first}")'
            ).format(name=name, names=names, call=call, first=editions[0].assignment)
        )
    return editions[0]


def is_here(assignment: str) -> bool:
    """Whether the current folder is that of an assignment, by its name."""
    try:
        return assignment in Path.cwd().name
    except OSError:
        return False


def _no_exercise(name: str, known: list[str], call: str) -> str:
    names = list(dict.fromkeys(known))
    if not names:
        return _("There are no exercises beside this notebook.")
    message = _("There is no exercise called “{name}” here.").format(name=name[:60])
    if not name:
        message = _("Say for which exercise, for instance: {call}").format(
            call=f'{call}("{names[0]}")'
        )
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        message = paragraph(message, _("Did you mean {name}?").format(name=close[0]))
    return message + "\n" + _("The exercises are: {names}.").format(names=listed(names))
