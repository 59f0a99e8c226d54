"""Make the folder of a submission out of an archive, beside its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.exercises.assignment import Assignment
from grader.lms.reading.archive import Archive, RefusedEntry
from grader.lms.reading.delivery import NOTEBOOK, Attempt, HandedFile
from grader.lms.reading.entry_names import RefusedName, checked_extra
from grader.lms.reading.identity import folded
from grader.lms.settings import ExtraLimits
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.submission_folder import Submission, digest_of, read_submission
from grader.submission.submitted_files import TIMESTAMP
from grader.text.terminal import shown

TIME_FORMAT = "%Y-%m-%d %H:%M:%S UTC"
"""As nbgrader reads ``timestamp.txt``."""

_MOST_NOTEBOOKS = 8
# Of what is kept beside a notebook: how many folders deep, and how many bytes of all files.
_DEEPEST = 4
_LARGEST_TOGETHER = 50_000_000
# What a file holds that was never written to its end.
_NOTHING = b" \t\r\n\0"


_Read = tuple[HandedFile, bytes]


class NoNotebook(Exception):
    """A submission has no notebook that can be read. The message says why, as a sentence."""


@dataclass
class Staged:
    """A submission that was made and waits for its place.

    Attributes:
        folder: where it is.
        digest: the fingerprint of its notebooks.
        downloaded_as: the path of the notebook as the system wrote it.
        sentences: what was chosen.
        left_out: what was handed in and not taken.
        notebooks: those of which one was taken.
    """

    folder: Path
    digest: str
    downloaded_as: str
    sentences: list[str] = field(default_factory=list)
    notebooks: tuple[HandedFile, ...] = ()
    left_out: list[str] = field(default_factory=list)


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
    left_out: list[str] = []
    read: list[tuple[HandedFile, bytes]] = []
    released = [f"{part.notebook_name}{NOTEBOOK}" for part in assignment.parts]
    most = max(_MOST_NOTEBOOKS, 2 * len(released))
    notebooks = sorted(
        attempt.notebooks, key=lambda file: PurePosixPath(file.name).name not in released
    )
    if len(notebooks) > most:
        left_out.append(f"{len(notebooks)} notebooks were handed in; {most} were looked at.")
    for file in notebooks[:most]:
        try:
            raw = archive.read(file.entry)
        except RefusedEntry as error:
            left_out.append(f"{shown(file.name)} {error}")
            continue
        if raw.strip(_NOTHING):
            read.append((file, raw))
        else:
            left_out.append(f"{shown(file.name)} is empty: ask the student to hand it in again.")
    if not read and not left_out:
        return _stage_packed(archive, attempt, folder, assignment, limits)
    if not read:
        raise NoNotebook(" ".join(left_out))
    others: tuple[HandedFile, ...] = ()
    if assignment.several:
        placed = _by_names(read)  # when they are graded, it is told which is which
    else:
        chosen = read[0]
        if len(read) > 1:
            chosen, sentence = _choose(read, folder / "choosing", assignment)
            sentences.append(sentence)
            others = tuple(file for file, _raw in read)
        placed = {released[0]: chosen}
    for name, (_file, raw) in placed.items():
        (folder / name).write_bytes(raw)
    if attempt.time is not None:
        (folder / TIMESTAMP).write_text(attempt.time.strftime(TIME_FORMAT), encoding="ascii")
    first, _raw = next(iter(placed.values()))
    left_out += _write_extras(archive, attempt, first, folder, placed, limits)
    digest = _digest_of_all([raw for _file, raw in placed.values()])
    return Staged(folder, digest, first.downloaded_as, sentences, others, left_out)


def _digest_of_all(notebooks: Sequence[bytes]) -> str:
    digests = [digest_of(raw) for raw in notebooks]
    return digests[0] if len(digests) == 1 else digest_of("\0".join(digests).encode())


def _stage_packed(
    archive: Archive,
    attempt: Attempt,
    folder: Path,
    assignment: Assignment,
    limits: ExtraLimits,
) -> Staged:
    """Write the notebook that is packed in what was handed in, and the files beside it."""
    perhaps = [file for file in attempt.files if file.may_hold_notebook]
    beside = Attempt([file for file in attempt.files if not file.may_hold_notebook])
    if not perhaps:
        raise NoNotebook(_why_none(attempt))
    left_out: list[str] = []
    if len(perhaps) > _MOST_NOTEBOOKS:
        left_out.append(f"{len(perhaps)} archives were handed in; {_MOST_NOTEBOOKS} looked into.")
    read: list[_Read] = []
    for file in perhaps[:_MOST_NOTEBOOKS]:
        try:
            read.append((file, archive.read(file.entry)))
        except RefusedEntry as error:
            left_out.append(f"{shown(file.name)} {error}")
    if not read:
        raise NoNotebook(" ".join(left_out))
    scratch = folder / "choosing"
    scratch.mkdir()
    for name, (_file, raw) in _by_names(read).items():
        (scratch / name).write_bytes(raw)
    found: dict[str, Submission] = {}
    problems: list[str] = []
    for part in assignment.parts:
        try:
            found[part.notebook_name] = read_submission(scratch, part)
        except UnreadableNotebook as error:
            problems.append(str(error))
    if not found:
        raise NoNotebook(" ".join(dict.fromkeys(problems)))
    shutil.rmtree(scratch)
    for name, one in found.items():
        (folder / f"{name}{NOTEBOOK}").write_bytes(one.raw)
    own_files = dict(next(iter(found.values())).own_files)
    for name, raw in own_files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    if attempt.time is not None:
        (folder / TIMESTAMP).write_text(attempt.time.strftime(TIME_FORMAT), encoding="ascii")
    sentences = [str(repair) for one in found.values() for repair in one.repairs]
    digest = _digest_of_all([one.raw for one in found.values()])
    said = list(dict.fromkeys(sentences))
    first, _raw = read[0]
    placed = {path.name for path in folder.iterdir()}
    if sum(file.is_archive for file in perhaps) > 1:
        left_out.append("Of several archives only what belongs to that notebook was taken.")
    left_out += problems
    left_out += _write_extras(archive, beside, first, folder, {*placed, *own_files}, limits)
    return Staged(folder, digest, first.downloaded_as, said, left_out=left_out)


def _why_none(attempt: Attempt) -> str:
    names = ", ".join(shown(file.name, 60) for file in attempt.files[:5])
    if not attempt.files:
        return "No file was handed in: ask the student for the notebook."
    return f"No notebook was handed in, but {names}: ask the student for the .ipynb file."


def _choose(read: Sequence[_Read], scratch: Path, assignment: Assignment) -> tuple[_Read, str]:
    """Take the notebook that grading would take."""
    scratch.mkdir()
    for name, (_file, raw) in _by_names(read).items():
        (scratch / name).write_bytes(raw)
    try:
        raw = read_submission(scratch, assignment).raw
    except UnreadableNotebook:
        raw = read[0][1]  # grading says what is wrong with it
    chosen = next(one for one in read if one[1] == raw)
    shutil.rmtree(scratch)
    sentence = f"{len(read)} notebooks were handed in; {shown(chosen[0].name, 60)} was taken."
    return chosen, sentence


def _by_names(read: Sequence[_Read]) -> dict[str, _Read]:
    """Notebooks by the names under which they can lie in one folder: mostly their own."""
    found: dict[str, _Read] = {}
    for number, one in enumerate(read, 1):
        name = PurePosixPath(one[0].name).name
        try:
            checked_extra(name, 0)
        except RefusedName:
            name = f"notebook {number}{PurePosixPath(name).suffix[:10]}"
        if folded(name) in {folded(other) for other in found}:
            name = f"{number} {name}"
        found[name] = one
    return found


def _write_extras(
    archive: Archive,
    attempt: Attempt,
    chosen: HandedFile,
    folder: Path,
    placed: Iterable[str],
    limits: ExtraLimits,
) -> list[str]:
    """Write what lay beside the notebooks; return what was left out."""
    left_out: list[str] = []
    taken = {*map(folded, placed), folded(TIMESTAMP)}
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
