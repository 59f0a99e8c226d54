"""The course as it is configured: nbgrader's folders, its settings, and how it is graded.

Every command reads the configuration in the same way: from an application of nbgrader, which has
read every file that nbgrader reads, and its command line. nbgrader's ``CourseDirectory`` goes with
it, but its own configuration is that of its application before any file was read.
"""

from __future__ import annotations

import functools
import logging
import os
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.paths import CODE, IS_INSTALLED, PROJECT, course_root
from grader.settings.attempt_settings import Attempts
from grader.settings.class_folders import step_folders
from grader.settings.course_directory import CourseDirectory
from grader.settings.grading_settings import FairGrading, GradingSettings
from grader.settings.nbgrader_paths import sqlite_url, use_literal_configuration_paths
from grader.text.faults import place_of_fault
from grader.text.terminal import CannotGoOn

_RELATIVE_FILE = re.compile(r"sqlite(?:\+\w+)?:///(?!/|:memory:|file:)(.+)")

_given: list[str] = []  # nbgrader's settings on the command line of this process


class ConfigurationError(CannotGoOn):
    """``nbgrader_config.py`` cannot be used. The message says where and why."""


@dataclass(frozen=True)
class Course:
    """The configured course.

    Attributes:
        coursedir: nbgrader's ``CourseDirectory``, which knows the folders and the gradebook.
        settings: how submissions are graded.
        sandbox: whether students' code is isolated.
        attempts: how submissions are treated that are graded when they are handed in.
        config: the whole configuration, for nbgrader's own applications.
    """

    coursedir: CourseDirectory
    settings: GradingSettings
    sandbox: bool
    attempts: Attempts
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
        return step_folders(self.coursedir, self.coursedir.submitted_directory, assignment)


def configured(coursedir: CourseDirectory) -> Any:
    """What holds the whole configuration of a course, to be the parent of nbgrader's parts.

    Returns:
        The application (or the API) of nbgrader that the course belongs to.
    """
    return coursedir if coursedir.parent is None else coursedir.parent


def course_application(arguments: Sequence[str] = ()) -> Any:
    """nbgrader as the commands of this project use it: configured by all that nbgrader reads.

    That is ``nbgrader_config.py`` beside the code, in the folder of the course, in that of the
    class and in the user's Jupyter folders, and the command line, which counts most.

    Parameters:
        arguments: settings as nbgrader's commands take them, ``--Class.name=value``.

    Returns:
        An nbgrader application; its ``coursedir`` knows the folders, its ``config`` the settings.
    """
    from nbgrader.apps.baseapp import NbGrader
    from traitlets.config import Config

    use_literal_configuration_paths()  # before nbgrader looks for its first file
    before = os.getcwd()
    os.chdir(CODE)  # nbgrader reads nbgrader_config.py where it is started
    try:
        application = NbGrader()
        application.raise_config_file_errors = True
        application.initialize(list(arguments))
    finally:
        os.chdir(before)
    coursedir = application.coursedir
    named = "root" in application.cli_config.get("CourseDirectory", {})
    if not named and (IS_INSTALLED or os.environ.get("COURSE_ROOT")):
        # A file that names a folder of another machine does not lead away from where it lies.
        application.update_config(Config({"CourseDirectory": {"root": str(course_root())}}))
    if PROJECT not in (CODE, Path(coursedir.root)):
        _read_file(application, PROJECT)
        _read_file(application, coursedir.root)  # which counts more
    if found := _RELATIVE_FILE.fullmatch(coursedir.db_url):
        # nbgrader's commands grade in the folder of the class; it is meant in the same way here.
        coursedir.db_url = sqlite_url(Path(coursedir.root, found[1]))
    return application


def read_class_file_again(coursedir: CourseDirectory) -> Any:
    """Let the configuration in the folder of the class count more than that of the project.

    It does when nbgrader's applications start. But before each click formgrader reads the project's
    file again, and that alone, which would then be on top.

    Returns:
        The whole configuration.
    """
    from jupyter_core.application import JupyterApp

    application = configured(coursedir)
    if isinstance(application, JupyterApp):
        _read_file(application, coursedir.root)
    return application.config


def _read_file(application: Any, folder: Path | str) -> None:
    """As nbgrader's own ``NbGrader.initialize`` does; its ``load_config_file`` takes no folder."""
    from jupyter_core.application import JupyterApp

    super(JupyterApp, application).load_config_file("nbgrader_config.py", str(folder))


def give_settings(arguments: Sequence[str]) -> None:
    """Say which of nbgrader's settings stand on the command line of this process.

    Parameters:
        arguments: see :func:`course_application`.
    """
    _given[:] = arguments
    load_course.cache_clear()


@functools.cache
def load_course() -> Course:
    """Read the configuration.

    Raises:
        ConfigurationError: it has a fault.
    """
    from sqlalchemy.exc import SAWarning

    # nbgrader's gradebook was written for an older SQLAlchemy, which said nothing here.
    warnings.filterwarnings("ignore", category=SAWarning)
    # One gradebook file, wherever the command is started.
    course_root().mkdir(parents=True, exist_ok=True)
    try:
        application = course_application(_given)
        application.log.setLevel(max(application.log.level, logging.WARNING))
        grading = FairGrading(parent=application)
        return Course(
            coursedir=application.coursedir,
            settings=grading.settings(),
            sandbox=bool(grading.sandbox),
            attempts=Attempts(parent=application),
            config=application.config,
        )
    except Exception as error:  # the files are programs, and their authors'
        raise ConfigurationError(f"{_where(error)}: {error}") from error


def _where(error: BaseException) -> str:
    """Which file of the configuration has the fault, and in which line, as words."""
    name = "nbgrader_config.py"
    place = place_of_fault(error, name)
    if place is None:
        return f"{name} has a fault"
    file, line = place
    return f"{name if file.parent == PROJECT else file} has a fault in line {line}"
