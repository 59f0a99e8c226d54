"""Where ``nbgrader_config.py`` says that the folders of the class and its gradebook lie."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from course.study.study_record import FILE_NAME
from grader.paths import IS_INSTALLED, RELEASE, SOURCE, course_root
from grader.settings.environment import COURSE, EXCHANGE, GRADEBOOK, given

NOT_FOR_STUDENTS = ["exercises.py", "a[0-9]_*.py", "*.template.py"]
"""Files of a source folder that ``nbgrader generate_assignment`` must not copy to the release."""


def configure_folders(c: Any, project: Path) -> None:
    """Set the folders of the class and its gradebook.

    The class's own folders and the gradebook lie where the environment variable ``COURSE_ROOT``
    says, else in the project; so do ``source/`` and ``release/`` where the class has a ``source/``
    of its own. Another gradebook, on a server for instance, is named by ``GRADEBOOK_URL``, so that
    its password need stand in no file.

    Parameters:
        c: the configuration object of nbgrader (traitlets).
        project: the root of the project.
    """
    from grader.settings.nbgrader_paths import gradebook_url, use_literal_paths

    root = course_root()
    c.CourseDirectory.root = str(root)
    if root != project:
        sys.path.append(str(root))  # a plugin of one's own may lie beside the class's own settings
        if not (root / "source").is_dir():  # else the class has assignments of its own
            c.CourseDirectory.source_directory = str(SOURCE)
            c.CourseDirectory.release_directory = str(RELEASE)
    if url := given(GRADEBOOK) or gradebook_url(root):
        c.CourseDirectory.db_url = url
    if name := given(COURSE) or (not IS_INSTALLED and "neural-networks-from-scratch"):
        c.CourseDirectory.course_id = name
    if exchange := given(EXCHANGE):
        c.Exchange.root = exchange
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "__pycache__",
        "*.pyc",
        "feedback",
        FILE_NAME,
        *NOT_FOR_STUDENTS,
    ]
    use_literal_paths()
