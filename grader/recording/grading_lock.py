"""Let only one run at a time collect, grade and record the submissions of an assignment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from grader.paths import PROGRAM
from grader.settings.course_directory import CourseDirectory

try:
    import fcntl
except ImportError:  # Windows, where nobody grades a class
    fcntl = None  # type: ignore[assignment]


class AlreadyWatched(Exception):
    """Another process watches this class. The message says so."""


@contextmanager
def watching_alone(root: Path) -> Iterator[None]:
    """Be the one process that grades what is handed in to a class.

    Parameters:
        root: the folder of the class.

    Raises:
        AlreadyWatched: another one is.
    """
    with (root / ".watch.lock").open("a") as file:
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyWatched(
                f"Another `{PROGRAM} watch` runs for {root}: one is enough."
            ) from error
        yield


@contextmanager
def grading_alone(coursedir: CourseDirectory, assignment: str) -> Iterator[None]:
    """Wait until no other process grades an assignment of this class, and keep others waiting.

    Otherwise a run that began with an older submission could record its marks last. The lock goes
    with its process, however that ends.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        assignment: the name of the assignment.
    """
    base = Path(os.path.normpath(coursedir.format_path(coursedir.autograded_directory, ".", ".")))
    with ExitStack() as stack:
        with suppress(OSError):  # nothing can be written there: whoever records says so
            base.mkdir(parents=True, exist_ok=True)
            file = stack.enter_context((base / f".grading-{assignment}.lock").open("a"))
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
