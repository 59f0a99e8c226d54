"""The course as ``nbgrader_config.py`` configures it: nbgrader's folders, and how it is graded."""

from __future__ import annotations

import functools
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.paths import PROJECT, course_root
from grader.settings import GradingSettings


class ConfigurationError(Exception):
    """``nbgrader_config.py`` cannot be used. The message says where and why."""


@dataclass(frozen=True)
class Course:
    """The configured course.

    Attributes:
        coursedir: nbgrader's ``CourseDirectory``, which knows the folders and the gradebook.
        settings: how submissions are graded.
        sandbox: whether students' code is isolated.
        config: the whole configuration, for nbgrader's own applications.
    """

    coursedir: Any
    settings: GradingSettings
    sandbox: bool
    config: Any

    def folder(self, step: str, student_id: str = "*", assignment: str = "*") -> Path:
        """A folder of the course.

        Parameters:
            step: ``"submitted"``, ``"autograded"`` or ``"feedback"``.
            student_id, assignment: whose folder, of what.
        """
        base = getattr(self.coursedir, f"{step}_directory")
        return Path(self.coursedir.format_path(base, student_id, assignment))

    def submissions(self, assignment: str) -> dict[str, Path]:
        """Who handed in an assignment: student -> folder, in order."""
        submitted = Path(self.coursedir.root) / self.coursedir.submitted_directory
        found = sorted(submitted.glob(f"*/{assignment}"))
        return {path.parent.name: path for path in found if path.is_dir()}


@functools.cache
def load_course() -> Course:
    """Read ``nbgrader_config.py``.

    Raises:
        ConfigurationError: it has a fault.
    """
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.exc import SAWarning
    from traitlets.config import PyFileConfigLoader

    from grader.nbgrader_options import FairGrading

    # nbgrader's gradebook was written for an older SQLAlchemy, which said nothing here.
    warnings.filterwarnings("ignore", category=SAWarning)
    # One gradebook file, wherever the command is started.
    course_root().mkdir(parents=True, exist_ok=True)
    path = PROJECT / "nbgrader_config.py"
    try:
        config = PyFileConfigLoader(str(path)).load_config()
        grading = FairGrading(config=config)
        return Course(
            coursedir=CourseDirectory(config=config),
            settings=grading.settings(),
            sandbox=bool(grading.sandbox),
            config=config,
        )
    except Exception as error:  # the file is a program, and its author's
        raise ConfigurationError(
            f"{path.name} has a fault{_where(error, path)}: {error}"
        ) from error


def _where(error: BaseException, path: Path) -> str:
    """In which line of a file an error arose, as words; nothing where it was elsewhere."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f" in line {error.lineno}"
    steps = traceback.extract_tb(error.__traceback__)
    lines = [step.lineno for step in steps if step.filename == str(path)]
    return f" in line {lines[-1]}" if lines else ""
