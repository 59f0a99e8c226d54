"""Read what a student handed in: the notebook, and the small files that it needs.

Folders come with renamed notebooks, with copies, with none at all, and once in a while with a link
to somebody else's file. Whatever is wrong becomes one sentence about that submission.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.language import _, language_of_metadata
from grader.exercises.assignment import Assignment
from grader.paths import PROJECT, course_root
from grader.submission.notebook_bytes import UnreadableNotebook, parse_document
from grader.submission.notebook_choice import (
    ChosenNotebook,
    choose_notebook,
    only_candidate,
    rank_of,
    raw_notebook,
)
from grader.submission.notebook_owner import notebook_of
from grader.submission.own_files import own_files
from grader.submission.sentences import Sentence
from grader.submission.submitted_files import (
    EXCHANGE_FILES,
    SubmittedFile,
    file_at,
    files_of_folder,
    open_ordinary,
)
from grader.text.terminal import printable

_LARGEST_FILE = 200_000_000
_NOT_IN_A_NAME = re.compile(
    r"^\s*[=+@-]|[\x00-\x1f\x7f-\x9f,<>\"`\\/\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class InvalidStudentId(Exception):
    """The name of a student's folder cannot stand in the gradebook. The message says why."""


@dataclass(frozen=True)
class Submission:
    """A notebook that was handed in.

    Attributes:
        raw: the bytes of the file.
        digest: a fingerprint of all that is read, to tell later whether the submission has changed.
        repairs: what was odd about the file's name or place, as sentences.
        own_files: the small files that the notebook finds beside it: paths and bytes.
    """

    raw: bytes
    digest: str
    repairs: tuple[Sentence, ...] = ()
    own_files: tuple[tuple[str, bytes], ...] = ()


def check_student_id(student_id: str) -> None:
    """Refuse names that would be mistaken: for a path, for HTML, or in a table of marks.

    Raises:
        InvalidStudentId: the name is refused.
    """
    shown = printable(student_id, "?")[:60]
    if not student_id.strip() or student_id.startswith("."):
        raise InvalidStudentId(f"{shown!r} cannot be a student's name; rename the folder.")
    if _NOT_IN_A_NAME.search(student_id):
        raise InvalidStudentId(
            f"{shown!r} has characters that a student's name cannot have (control characters, "
            '= + - @ at its beginning, or one of , < > " ` \\ /); rename the folder.'
        )
    if len(student_id) > 128:
        raise InvalidStudentId(f"{shown!r}... has more than 128 characters; rename the folder.")


def is_student_id(student_id: str) -> bool:
    """Whether a name can stand in the gradebook."""
    try:
        check_student_id(student_id)
    except InvalidStudentId:
        return False
    return True


def digest_of(raw: bytes) -> str:
    """The fingerprint of a submission."""
    return hashlib.sha256(raw).hexdigest()


def read_submission(folder: Path, assignment: Assignment) -> Submission:
    """Read the notebook of a submission.

    Parameters:
        folder: ``submitted/<student>/<assignment>``.
        assignment: what it is a submission of.

    Raises:
        UnreadableNotebook: there is no notebook, or it is no ordinary file.
    """
    files = _handed_in(folder)
    return _submission(choose_notebook(files, assignment), files, assignment)


def language_of_folder(folder: Path, assignment: Assignment) -> str:
    """The language of the notebook in a folder, told by its metadata; empty where nothing tells it.

    Parameters:
        folder, assignment: see :func:`read_submission`.
    """
    try:
        files = _handed_in(folder)
        only = only_candidate(files, assignment)
        document = parse_document(raw_notebook(only))[0] if only is not None else {}
    except (UnreadableNotebook, OSError, RecursionError, MemoryError):
        return ""
    return language_of_metadata(document.get("metadata"))


def digest_of_folder(folder: Path, assignment: Assignment) -> str:
    """The ``digest`` of the submission in a folder, told without looking into its notebooks.

    Parameters:
        folder, assignment: see :func:`read_submission`.

    Raises:
        UnreadableNotebook: it cannot be read.
    """
    files = _handed_in(folder)
    only = only_candidate(files, assignment)
    if only is None:
        return _digest_of_all(files)
    own = own_files(files, only.folder, assignment.name)
    return _digest_of_notebook(raw_notebook(only), own.files)


def _handed_in(folder: Path) -> list[SubmittedFile]:
    for part in (folder.parent, folder):
        if part.is_symlink():
            text = _(
                "The folder {name} is a symbolic link, and those are not followed: put the "
                "submission itself in its place."
            )
            raise UnreadableNotebook(text.format(name=part.name))
    return files_of_folder(folder)


def given_part(path: Path, assignment: Assignment) -> Assignment:
    """Which notebook of an assignment a file is that lies anywhere.

    Parameters:
        path: the notebook, or an archive with it.
        assignment: what it is a submission of.

    Returns:
        The assignment itself where it has one notebook.

    Raises:
        UnreadableNotebook: that cannot be told.
    """
    if len(assignment.parts) == 1:
        return assignment
    name = notebook_of(file_at(path, path.name), assignment)
    for part in assignment.parts:
        if part.notebook_name == name:
            return part
    known = ", ".join(f"{part.notebook_name}.ipynb" for part in assignment.parts)
    raise UnreadableNotebook(
        f"Which notebook of {assignment.name} it is cannot be told: name it like one of {known}."
    )


def read_given(path: Path, assignment: Assignment) -> Submission:
    """Read a notebook that lies anywhere, with the small files beside it that are its own.

    Files are taken where the notebook is the only one in its folder, and the folder one that can be
    a submission's. Others are not a student's to read: the folder of the course, somebody's home.

    Parameters:
        path: the notebook, or an archive with it.
        assignment: what it is a submission of.

    Raises:
        UnreadableNotebook: it cannot be read.
    """
    odd = rank_of(path.name) in (1, 2, 3)  # a name that says something; others are as good as any
    files = [file_at(path, path.name if odd else f"{assignment.notebook_name}.ipynb")]
    chosen = choose_notebook(files, assignment)
    if chosen.archive is None and _is_of_a_submission(path.absolute().parent):
        files = files_of_folder(path.absolute().parent)
        if sum(rank_of(file.name) in (0, 1) and not file.folder for file in files) > 1:
            files = []
    return _submission(chosen, files, assignment)


def _is_of_a_submission(folder: Path) -> bool:
    folder = folder.resolve()
    for place in (PROJECT, course_root(), Path.home(), Path(tempfile.gettempdir())):
        if place.resolve().is_relative_to(folder):
            return False
    if not folder.is_relative_to(PROJECT):
        return True
    within = folder.relative_to(PROJECT).parts[0]
    return within in ("submitted", "autograded", "release")


def _submission(
    chosen: ChosenNotebook, files: Sequence[SubmittedFile], assignment: Assignment
) -> Submission:
    beside = chosen.archive if chosen.archive is not None else files
    own = own_files(beside, chosen.file.folder, assignment.name)
    if only_candidate(files, assignment) is None:
        digest = _digest_of_all(files)
    else:
        digest = _digest_of_notebook(chosen.raw, own.files)
    return Submission(chosen.raw, digest, (*chosen.sentences, *own.sentences()), own.files)


def _digest_of_notebook(raw: bytes, own: Sequence[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256(raw)
    for name, content in own:
        digest.update(f"\0{name}\0{digest_of(content)}".encode())
    return digest.hexdigest()


def _digest_of_all(files: Sequence[SubmittedFile]) -> str:
    """A fingerprint of everything that was handed in: which of it is graded depends on all."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        if file.name in EXCHANGE_FILES:
            continue
        try:
            raw = file.read(_LARGEST_FILE)
        except UnreadableNotebook:  # a link, a pipe: it is never read
            raw = None
        known = file.size if raw is None else digest_of(raw)
        digest.update(f"\0{file.name}\0{known}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file that is no link.

    Raises:
        UnreadableNotebook: it is anything else, or too large.
    """
    with open_ordinary(path) as file:
        raw = file.read(_LARGEST_FILE + 1)
    if len(raw) > _LARGEST_FILE:
        text = _(
            "The file has more than {most} MB: ask the student to clear all outputs, save it and "
            "hand it in again."
        )
        raise UnreadableNotebook(text.format(most=f"{_LARGEST_FILE / 1e6:.0f}"))
    return raw
