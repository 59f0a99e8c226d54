"""Hand in to nbgrader's exchange as ``nbgrader submit`` does, without its start."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from grader.submission.submitted_files import SECRET, TIMESTAMP


def hand_in(
    inbound: Path,
    student: str,
    assignment: str,
    raw: bytes,
    time: datetime | None = None,
    complete: bool = True,
) -> Path:
    """Put a submission into an exchange.

    Parameters:
        inbound: ``inbound/`` of the course; it is made where it is not there.
        student, assignment: who hands in what.
        raw: the notebook.
        time: when it counts as handed in, in UTC; now where None.
        complete: whether the last steps are done, after which a submission is complete.

    Returns:
        The folder of the submission.
    """
    when = (time or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    folder = inbound / f"{student}+{assignment}+{when}+{secrets.token_urlsafe(9)}"
    folder.mkdir(parents=True)
    (folder / f"{assignment}.ipynb").write_bytes(raw)
    if complete:
        (folder / TIMESTAMP).write_text(when)
        (folder / SECRET).write_text(secrets.token_hex(64))
        folder.chmod(0o777)
    return folder
