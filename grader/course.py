"""The course as ``nbgrader_config.py`` configures it: nbgrader's folders, and how it is graded."""

from __future__ import annotations

import functools
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.paths import PROJECT, course_root
from grader.settings import GradingSettings


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
    """Read ``nbgrader_config.py``."""
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.exc import SAWarning
    from traitlets.config import PyFileConfigLoader

    from grader.nbgrader_options import FairGrading

    # nbgrader's gradebook was written for an older SQLAlchemy, which said nothing here.
    warnings.filterwarnings("ignore", category=SAWarning)
    config = PyFileConfigLoader(str(PROJECT / "nbgrader_config.py")).load_config()
    # One gradebook file, wherever the command is started.
    course_root().mkdir(parents=True, exist_ok=True)
    grading = FairGrading(config=config)
    return Course(
        coursedir=CourseDirectory(config=config),
        settings=grading.settings(),
        sandbox=bool(grading.sandbox),
        config=config,
    )
