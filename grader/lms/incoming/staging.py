"""Make the folder of a submission out of an archive, beside its place."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.exercises.assignment import Assignment
from grader.lms.reading.archive import Archive, RefusedEntry
from grader.lms.reading.delivery import NOTEBOOK, Attempt, HandedFile
from grader.lms.reading.entry_names import RefusedName, checked_extra
from grader.lms.reading.identity import folded
from grader.lms.settings import ExtraLimits
from grader.submission.notebook_file import UnreadableNotebook
from grader.submission.own_files import LARGEST
from grader.submission.submission_folder import digest_of, read_submission
from grader.submission.submitted_files import TIMESTAMP
from grader.text.terminal import shown

TIME_FORMAT = "%Y-%m-%d %H:%M:%S UTC"
"""As nbgrader reads ``timestamp.txt``."""

_MOST_NOTEBOOKS = 8
# Of what is kept beside a notebook: how many folders deep, and how many bytes of all files.
_DEEPEST = 4
_LARGEST_TOGETHER = 50_000_000


class NoNotebook(Exception):
    """A submission has no notebook that can be read. The message says why, as a sentence."""


@dataclass
class Staged:
    """A submission that was made and waits for its place.

    Attributes:
        folder: where it is.
        digest: the fingerprint of its notebook.
        downloaded_as: the path of the notebook as the system wrote it.
        sentences: what was left out or chosen.
        notebooks: those that were looked at.
    """

    folder: Path
    digest: str
    downloaded_as: str
    sentences: list[str] = field(default_factory=list)
    notebooks: tuple[HandedFile, ...] = ()


def stage(
    archive: Archive,
    attempt: Attempt,
    folder: Path,
    assignment: Assignment,
    limits: ExtraLimits,
) -> Staged:
    """Write an attempt as nbgrader collects it.

    Parameters:
        archive: where its files are.
        attempt: what was handed in.
        folder: a new folder.
        assignment: what it is a submission of.
        limits: what may be kept beside the notebook.

    Raises:
        NoNotebook: there is none that can be read.
    """
    folder.mkdir(parents=True)
    sentences: list[str] = []
    read: list[tuple[HandedFile, bytes]] = []
    notebooks = sorted(attempt.notebooks, key=lambda file: _as_released(file, assignment))
    if len(notebooks) > _MOST_NOTEBOOKS:
        sentences.append(
            f"{len(notebooks)} notebooks were handed in; {_MOST_NOTEBOOKS} were looked at."
        )
    for file in notebooks[:_MOST_NOTEBOOKS]:
        try:
            read.append((file, archive.read(file.entry)))
        except RefusedEntry as error:
            sentences.append(f"{shown(file.name)} {error}")
    if not read and not sentences:
        return _stage_packed(archive, attempt, folder, assignment)
    if not read:
        raise NoNotebook(" ".join(sentences))
    chosen, raw = read[0]
    if len(read) > 1:
        chosen, raw, sentence = _choose(read, folder / "choosing", assignment)
        sentences.append(sentence)
    _write(folder, attempt, assignment, raw)
    sentences += _write_extras(archive, attempt, chosen, folder, assignment, limits)
    return Staged(
        folder, digest_of(raw), chosen.downloaded_as, sentences, tuple(file for file, _raw in read)
    )


def _stage_packed(
    archive: Archive, attempt: Attempt, folder: Path, assignment: Assignment
) -> Staged:
    """Write the notebook that is packed in what was handed in, and the small files beside it."""
    written: list[HandedFile] = []
    scratch = folder / "choosing"
    scratch.mkdir()
    for file in attempt.files:
        name = PurePosixPath(file.name).name
        with suppress(RefusedName, RefusedEntry):
            checked_extra(name, 0)
            if file.entry.size <= LARGEST or file.may_hold_notebook:
                (scratch / name).write_bytes(archive.read(file.entry))
            if file.may_hold_notebook:
                written.append(file)
        if len(written) >= _MOST_NOTEBOOKS:
            break
    if not written:
        raise NoNotebook(_why_none(attempt))
    try:
        found = read_submission(scratch, assignment)
    except UnreadableNotebook as error:
        raise NoNotebook(str(error)) from None
    shutil.rmtree(scratch)
    _write(folder, attempt, assignment, found.raw)
    for name, raw in found.own_files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return Staged(
        folder, digest_of(found.raw), written[0].downloaded_as, list(map(str, found.repairs))
    )


def _write(folder: Path, attempt: Attempt, assignment: Assignment, raw: bytes) -> None:
    """Write the notebook of a submission, and when it was handed in."""
    (folder / f"{assignment.name}{NOTEBOOK}").write_bytes(raw)
    if attempt.time is not None:
        (folder / TIMESTAMP).write_text(attempt.time.strftime(TIME_FORMAT), encoding="ascii")


def _as_released(file: HandedFile, assignment: Assignment) -> bool:
    """False, which sorts first, for a notebook that is named as it was released."""
    return PurePosixPath(file.name).name != f"{assignment.name}{NOTEBOOK}"


def _why_none(attempt: Attempt) -> str:
    names = ", ".join(shown(file.name, 60) for file in attempt.files[:5])
    if not attempt.files:
        return "No file was handed in: ask the student for the notebook."
    return f"No notebook was handed in, but {names}: ask the student for the .ipynb file."


def _choose(
    read: list[tuple[HandedFile, bytes]], scratch: Path, assignment: Assignment
) -> tuple[HandedFile, bytes, str]:
    """Take the notebook that grading would take, and remove the others again."""
    paths: dict[str, tuple[HandedFile, bytes]] = {}
    scratch.mkdir()
    for number, (file, raw) in enumerate(read, 1):
        name = PurePosixPath(file.name).name
        try:
            checked_extra(name, 0)
        except RefusedName:
            name = f"notebook {number}{NOTEBOOK}"
        if folded(name) in {folded(other) for other in paths}:
            name = f"{number} {name}"
        (scratch / name).write_bytes(raw)
        paths[name] = (file, raw)
    try:
        raw = read_submission(scratch, assignment).raw
    except UnreadableNotebook:
        raw = read[0][1]  # grading says what is wrong with it
    chosen = next(file for file, content in paths.values() if content == raw)
    for name in paths:
        (scratch / name).unlink()
    scratch.rmdir()
    sentence = f"{len(read)} notebooks were handed in; {shown(chosen.name, 60)} was taken."
    return chosen, raw, sentence


def _write_extras(
    archive: Archive,
    attempt: Attempt,
    chosen: HandedFile,
    folder: Path,
    assignment: Assignment,
    limits: ExtraLimits,
) -> list[str]:
    """Write what lay beside the notebook; return what was left out."""
    left_out: list[str] = []
    taken = {folded(f"{assignment.name}{NOTEBOOK}"), folded(TIMESTAMP)}
    beside = chosen.name.rpartition("/")[0]
    room = _LARGEST_TOGETHER
    kept = 0
    for file in attempt.files:
        if file.is_notebook:
            continue
        name = file.name.removeprefix(f"{beside}/") if beside else file.name
        try:
            if file.is_archive:
                raise RefusedName("is an archive within the archive, and those are not opened.")
            checked_extra(name, _DEEPEST)
            if any(folded(name) == other or _within(folded(name), other) for other in taken):
                raise RefusedName("has the name of another file of the submission.")
            if kept >= limits.most_extras:
                raise RefusedName(
                    f"is one of more than {limits.most_extras} files beside the notebook."
                )
            if file.entry.size > min(limits.largest_extra, room):
                raise RefusedName("is too large to be kept beside the notebook.")
            raw = archive.read(file.entry, max(1, min(limits.largest_extra, room)))
        except (RefusedName, RefusedEntry) as error:
            left_out.append(f"{shown(file.name)} {error}")
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        taken.add(folded(name))
        room -= len(raw)
        kept += 1
    return left_out


def _within(name: str, other: str) -> bool:
    """Whether one of two paths is a folder of the other."""
    return name.startswith(f"{other}/") or other.startswith(f"{name}/")
