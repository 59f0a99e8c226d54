"""Give a feedback page to its student, and to nobody else, through nbgrader's exchange.

The name of a page is made from the secret of its submission, and nobody can list the folder: only
the student who handed in knows where to look.
"""

from __future__ import annotations

from pathlib import Path

from grader.files import as_bytes, making
from grader.submission.submitted_files import SECRET

_LARGEST = 1_000


class NoSecret(Exception):
    """A submission has no secret by which its feedback could be found. The message says why."""


def submission_secret(folder: Path) -> str:
    """The secret of a submission.

    Parameters:
        folder: where it, or its feedback, lies.

    Raises:
        NoSecret: there is none.
    """
    path = folder / SECRET
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            raise NoSecret(f"{SECRET} is no small file")
        secret = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        secret = ""
    if not secret:
        raise NoSecret(
            f"it has no {SECRET}, because it did not come through nbgrader's exchange; its page is "
            f"in {folder}"
        )
    return secret


def released_place(outbound: Path, secret: str, notebook: str) -> Path:
    """Where a student looks for a page.

    Parameters:
        outbound: the folder ``feedback/`` of the course in the exchange.
        secret: see :func:`submission_secret`.
        notebook: the name of the notebook, without its suffix.
    """
    from nbgrader.utils import notebook_hash

    return outbound / f"{notebook_hash(secret=secret, notebook_id=notebook)}.html"


def release_page(place: Path, page: bytes | str) -> None:
    """Put a page where its student finds it, in one step.

    Parameters:
        place: what :func:`released_place` gave.
        page: the page.

    Raises:
        OSError: it cannot be written.
    """
    with making(place) as beside:
        beside.write_bytes(as_bytes(page))
        beside.chmod(0o644)  # whatever the umask is: students read it
