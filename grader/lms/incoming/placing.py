"""Put a made submission into its place, or leave what is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from grader.lms.reading.delivery import NOTEBOOK
from grader.recording.timestamp import read_timestamp
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.submission_folder import digest_of, read_file
from grader.submission.submitted_files import TIMESTAMP

Action = Literal["new", "unchanged", "kept", "replaced"]


@dataclass(frozen=True)
class Decision:
    """What is to be done with a submission.

    Attributes:
        action: ``"new"``: it is put into its place; ``"unchanged"``: the same is there already;
            ``"kept"``: something else is there and stays; ``"replaced"``: something else is there
            and is put aside.
        sentence: why, where something else is there.
    """

    action: Action
    sentence: str = ""


def decide(made: Path, place: Path, replace: bool) -> Decision:
    """Compare a made submission with what is in its place.

    Parameters:
        made: the folder that was made.
        place: ``submitted/<student>/<assignment>``.
        replace: whether the instructor wants the new one in any case.
    """
    if not os.path.lexists(place) or (place.is_dir() and not any(place.iterdir())):
        return Decision("new")
    if not place.is_symlink() and _holds(place, made):
        return Decision("unchanged")
    sentence = _difference(made, place)
    if replace:
        return Decision("replaced", f"{sentence} What was here is put aside.")
    return Decision("kept", f"{sentence} What is here was kept; --replace takes the archive's.")


def _holds(place: Path, made: Path) -> bool:
    """Whether a folder holds every file of another one, byte by byte."""
    for path in _files(made):
        other = place / path.relative_to(made)
        if path.name == TIMESTAMP and path.parent == made:
            if read_timestamp(made)[0] != read_timestamp(place)[0]:
                return False
        elif _digest(other) != digest_of(path.read_bytes()):
            return False
    return True


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    try:
        return digest_of(read_file(path))
    except UnreadableNotebook:
        return ""


def _difference(made: Path, place: Path) -> str:
    new, old = read_timestamp(made)[0], read_timestamp(place)[0]
    if all(_digest(path) == _digest(place / path.name) for path in made.glob(f"*{NOTEBOOK}")):
        if new == old or new is None:
            return "No notebook differs from what is here, but a file beside it does."
        was = f"{_shown(old)} here" if old else "no time here"
        return f"No notebook differs from what is here, but the archive says {_shown(new)}, {was}."
    if new and old and new > old:
        return f"It was handed in again on {_shown(new)}; here is that of {_shown(old)}."
    if new and old and new < old:
        return f"What is here is newer ({_shown(old)}) than the archive's ({_shown(new)})."
    return "What is here is another submission than the archive's."


def _shown(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else "no time"


def put(made: Path, place: Path, aside: Path | None) -> None:
    """Move a made submission into its place, in one step.

    Parameters:
        made: the folder.
        place: where it belongs.
        aside: where what is there goes; None where nothing is.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if aside is not None:
        aside.parent.mkdir(parents=True, exist_ok=True)
        os.rename(place, aside)
    elif place.is_dir():
        place.rmdir()
    os.rename(made, place)
