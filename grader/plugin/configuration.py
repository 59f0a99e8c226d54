"""What ``nbgrader_config.py`` sets, so that nbgrader's own commands do what this course needs."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from course.study.study_record import FILE_NAME
from grader.exercises.markers import ANSWER_STUB, CODE_STUB, END_MARKER, START_MARKER
from grader.paths import RELEASE, SOURCE, course_root

NOT_FOR_STUDENTS = ["exercises.py", "a[0-9]_*.py", "*.template.py"]
"""Files of a source folder that ``nbgrader generate_assignment`` must not copy to the release."""


VALIDATE_SECONDS = 300
"""How long one cell may run when a student validates a notebook."""


def configure(c: Any, project: Path) -> None:
    """Set the course's configuration.

    The class's own folders and the gradebook lie where the environment variable ``COURSE_ROOT``
    says, else in the project; ``source/`` and ``release/`` are always the project's. Another
    gradebook, on a server for instance, is named by ``GRADEBOOK_URL``, so that its password need
    stand in no file.

    Parameters:
        c: the configuration object of nbgrader (traitlets).
        project: the root of the project.
    """
    from nbgrader import api
    from nbgrader.converters import GenerateAssignment

    from grader.plugin.autograde import use_fair_autograde
    from grader.plugin.feedback import use_fair_feedback
    from grader.plugin.formgrader import use_safe_formgrader
    from grader.recording.gradebook_tables import newest_version
    from grader.recording.grading_state import STATE_FILE
    from grader.release.self_study import WithholdHints
    from grader.release.steps import AddStudentFiles, NormaliseNotebook, ShowExpectedOutputs
    from grader.settings.nbgrader_paths import gradebook_url, use_literal_paths

    root = course_root()
    c.CourseDirectory.root = str(root)
    if root != project:
        sys.path.append(str(root))  # a plugin of one's own may lie beside the class's own settings
        c.CourseDirectory.source_directory = str(SOURCE)
        c.CourseDirectory.release_directory = str(RELEASE)
    if url := os.environ.get("GRADEBOOK_URL", "").strip() or gradebook_url(root):
        c.CourseDirectory.db_url = url
    c.CourseDirectory.course_id = "neural-networks-from-scratch"
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "__pycache__",
        "*.pyc",
        STATE_FILE,
        FILE_NAME,
        *NOT_FOR_STUDENTS,
    ]
    # The Validate button stops a cell after 30 seconds, but training a network takes longer.
    c.Execute.timeout = VALIDATE_SECONDS
    c.ClearSolutions.begin_solution_delimeter = START_MARKER
    c.ClearSolutions.end_solution_delimeter = END_MARKER
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.ClearSolutions.text_stub = ANSWER_STUB
    c.GenerateAssignment.preprocessors = [
        NormaliseNotebook,
        WithholdHints,
        ShowExpectedOutputs,
        *GenerateAssignment.preprocessors.default_args[0],
        AddStudentFiles,
    ]
    use_fair_autograde()
    use_fair_feedback()
    use_safe_formgrader()
    use_literal_paths()
    _find_alembic()
    api.get_alembic_version = newest_version  # without a process that takes seconds


def _find_alembic() -> None:
    """Let nbgrader find the command with which ``nbgrader db upgrade`` changes a gradebook.

    It runs ``alembic`` by name, which fails where the virtual environment is not activated.
    """
    if shutil.which("alembic") is None:
        beside = os.path.dirname(sys.executable)
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", os.defpath)])
