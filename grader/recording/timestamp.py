"""When a submission was handed in, as nbgrader's ``timestamp.txt`` says."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from grader.submission.submitted_files import TIMESTAMP


def read_timestamp(folder: Path) -> tuple[datetime.datetime | None, str]:
    """When the submission was handed in, as ``timestamp.txt`` says, in UTC.

    Returns:
        The time, None where the file is missing or makes no sense; in the latter case a sentence.
    """
    from nbgrader.utils import parse_utc

    path = folder / TIMESTAMP
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 1000:
            return None, "" if not os.path.lexists(path) else f"{TIMESTAMP} is no small file."
        text = path.read_text(encoding="utf-8").strip()
        parsed = parse_utc(text) if text else None
    except Exception:  # the parser raises many kinds for what is no date
        parsed = None
    if isinstance(parsed, datetime.datetime):
        return parsed, ""
    return None, f"{TIMESTAMP} holds no time; the submission counts as handed in on time."
