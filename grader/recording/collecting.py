"""Bring what was handed in to ``submitted/``."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from grader.settings.course_directory import CourseDirectory
from grader.submission.hand_ins import copy_handed_in

_LOG = logging.getLogger(__name__)


def collect(
    coursedir: CourseDirectory,
    source: Path,
    target: Path,
    log: logging.Logger | logging.LoggerAdapter[Any] = _LOG,
) -> None:
    """Copy a submission as nbgrader's settings say: which files, how large, for whom.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        source: where it was handed in.
        target: where to; it is made.
        log: where notes about files that are left out go.

    Raises:
        OSError: it cannot be read or written, or is too large.
    """
    from nbgrader.utils import ignore_patterns

    ignored = ignore_patterns(coursedir.ignore, coursedir.include, coursedir.max_file_size, log)
    copy_handed_in(source, target, ignored, 1000 * coursedir.max_dir_size)
    if coursedir.groupshared:
        for parent, _folders, names in os.walk(target):
            os.chmod(parent, 0o2775)
            for name in names:
                os.chmod(Path(parent, name), 0o664)
