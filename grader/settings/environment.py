"""The environment variables that the grader reads. All variables are listed in docs/settings.md.

``COURSE_ROOT`` is read by :func:`grader.paths.course_root`: the sandbox, which knows no settings,
hides that folder.
"""

from __future__ import annotations

import os


def given_secret() -> str:
    """The secret of the class, as ``CLASS_SECRET`` names it; empty where it does not."""
    return os.environ.get("CLASS_SECRET", "").strip()


def given_gradebook() -> str:
    """The address of the gradebook, as ``GRADEBOOK_URL`` names it; empty where it does not."""
    return os.environ.get("GRADEBOOK_URL", "").strip()


def given_exchange() -> str:
    """The folder of nbgrader's exchange, as ``NBGRADER_EXCHANGE`` names it; else empty."""
    return os.environ.get("NBGRADER_EXCHANGE", "").strip()


def given_course() -> str:
    """The name of the course in the exchange, as ``NBGRADER_COURSE`` names it; else empty."""
    return os.environ.get("NBGRADER_COURSE", "").strip()
