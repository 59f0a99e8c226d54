"""What ``nbgrader_config.py`` sets, so that nbgrader's own commands do what this course needs."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

VALIDATE_SECONDS = 300
"""How long one cell may run when a student validates a notebook."""


def configure(c: Any, project: Path) -> None:
    """Set the course's configuration: its folders, releasing, grading, feedback, formgrader.

    Parameters:
        c: the configuration object of nbgrader (traitlets).
        project: the root of the project.
    """
    from nbgrader import api

    from grader.plugin.autograde import use_fair_autograde
    from grader.plugin.exchange import use_fair_exchange
    from grader.plugin.feedback import use_fair_feedback
    from grader.plugin.formgrader import use_safe_formgrader
    from grader.recording.gradebook_tables import newest_version
    from grader.recording.grading import STATE_FILE
    from grader.release.steps import configure_release
    from grader.settings.folder_settings import configure_folders

    configure_folders(c, project)
    c.CourseDirectory.ignore.append(STATE_FILE)
    configure_release(c)
    # The Validate button stops a cell after 30 seconds, but training a network takes longer.
    c.Execute.timeout = VALIDATE_SECONDS
    # A notebook may name a kernel of its author's machine, such as an environment of conda.
    c.Execute.kernel_name = "python3"
    use_fair_exchange(c)
    use_fair_autograde()
    use_fair_feedback()
    use_safe_formgrader()
    _find_alembic()
    api.get_alembic_version = newest_version  # without a process that takes seconds


def _find_alembic() -> None:
    """Let nbgrader find the command with which ``nbgrader db upgrade`` changes a gradebook.

    It runs ``alembic`` by name, which fails where the virtual environment is not activated.
    """
    if shutil.which("alembic") is None:
        beside = os.path.dirname(sys.executable)
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", os.defpath)])
