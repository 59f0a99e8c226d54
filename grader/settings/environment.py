"""The environment variables that the grader reads. All variables are listed in docs/settings.md.

``COURSE_ROOT`` is read by :func:`grader.paths.course_root`: the sandbox, which knows no settings,
hides that folder.
"""

from __future__ import annotations

import os

CLASS_SECRET = "CLASS_SECRET"
GRADEBOOK = "GRADEBOOK_URL"
EXCHANGE = "NBGRADER_EXCHANGE"
COURSE = "NBGRADER_COURSE"


def given(variable: str) -> str:
    """What an environment variable says; empty where it is not set."""
    return os.environ.get(variable, "").strip()
