"""The files that a student handed in, wherever they lie: in a folder, or in an archive of them."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from course.language import _
from grader.submission.notebook_bytes import UnreadableNotebook

TIMESTAMP = "timestamp.txt"
"""When a submission was handed in stands in this file."""
SECRET = "submission_secret.txt"
"""The secret of a submission that came by nbgrader's exchange: its feedback goes back by it."""
EXCHANGE_FILES = (TIMESTAMP, SECRET)
"""What nbgrader puts beside a notebook that is handed in, and expects in every later folder."""
MOST_FILES = 2_000
"""No more files of a folder or an archive are looked at."""
_DEEPEST = 6
_SKIPPED_FOLDERS = frozenset({"__macosx", "__pycache__", "node_modules", ".ipynb_checkpoints"})
_LARGEST_IN_ARCHIVE = 200_000_000
_LARGEST_UNPACKED = 2_000_000_000
_ARCHIVE_STARTS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, gzip.BadGzipFile),
    *(OSError, EOFError, RuntimeError, NotImplementedError, ValueError),
)


@dataclass(frozen=True)
class SubmittedFile:
    """One file.

    Attributes:
        name: its path in the folder or archive, ``/`` between the parts.
        size: bytes; what an archive says of it is not believed when it is read.
        open: opens it; raises UnreadableNotebook where it cannot be read.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def folder(self) -> str:
        """The path of the folder in which it lies; empty for the outermost."""
        return self.name.rpartition("/")[0]

    def read(self, largest: int) -> bytes | None:
        """Its bytes; None where they are more than the given number.

        Raises:
            UnreadableNotebook: it cannot be read.
        """
        try:
            with self.open() as file:
                raw = file.read(largest + 1)
        except _DAMAGED as error:
            text = _("The file {name} is damaged.")
            raise UnreadableNotebook(text.format(name=self.name)) from error
        return raw if len(raw) <= largest else None


def open_ordinary(path: Path) -> BinaryIO:
    """Open an ordinary file that is no link.

    Raises:
        UnreadableNotebook: it is anything else.
    """
    if path.is_symlink():
        raise UnreadableNotebook(
            _(
                "The notebook is a symbolic link, and those are not followed: ask the student for "
                "the file itself."
            )
        )
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        text = _("The notebook cannot be opened: {reason}.")
        raise UnreadableNotebook(text.format(reason=error.strerror)) from error
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise UnreadableNotebook(_("The notebook is no ordinary file: ask the student for it."))
    return file


def file_at(path: Path, name: str | None = None) -> SubmittedFile:
    """A file of this machine."""
    try:
        size = path.lstat().st_size
    except OSError:
        size = 0
    return SubmittedFile(name or path.name, size, lambda: open_ordinary(path))


def files_of_folder(folder: Path) -> list[SubmittedFile]:
    """The files of a folder and of the folders in it, hidden ones left out.

    Raises:
        UnreadableNotebook: the folder itself cannot be read.
    """
    try:
        os.listdir(folder)
    except OSError as error:
        text = _("The folder cannot be read: {reason}.")
        raise UnreadableNotebook(text.format(reason=error.strerror)) from error
    found: list[SubmittedFile] = []
    for parent, folders, names in os.walk(folder):
        inner = PurePosixPath(Path(parent).relative_to(folder).as_posix())
        folders[:] = sorted(
            f
            for f in folders
            if len(inner.parts) < _DEEPEST
            and f.lower() not in _SKIPPED_FOLDERS
            and not f.startswith(".")
        )
        for name in sorted(names, key=_by_use):
            if not name.startswith("."):
                found.append(file_at(Path(parent, name), str(inner / name)))
            if len(found) >= MOST_FILES:
                return found
    return found


def _by_use(name: str) -> tuple[bool, bool, str]:
    """Notebooks first, then modules: they are not to be lost among thousands of pictures."""
    lower = name.lower()
    return ".ipynb" not in lower, not lower.endswith(".py"), name


def is_archive(start: bytes) -> bool:
    """Whether a file that begins like this is an archive that is opened."""
    return start.startswith(_ARCHIVE_STARTS) or start[257:262] == b"ustar"


def files_of_archive(raw: bytes, name: str = "") -> list[SubmittedFile]:
    """The files of a zip or tar archive, or the one file that was packed; none where it is none.

    Parameters:
        raw: the archive.
        name: what it is called.
    """
    try:
        if raw.startswith(b"PK"):
            return list(_of_zip(raw))
        try:
            return list(_of_tar(raw))
        except tarfile.ReadError:
            inner = name.rpartition(".")[0] if "." in name else name
            return [SubmittedFile(inner or "notebook.ipynb", len(raw), lambda: _unpacked(raw))]
    except _DAMAGED:
        return []


def notebook_in_archive(raw: bytes) -> tuple[bytes, str] | None:
    """The first notebook of an archive, and its name; None where there is none.

    Parameters:
        raw: the archive.
    """
    for file in files_of_archive(raw):
        if file.name.lower().endswith(".ipynb"):
            with contextlib.suppress(UnreadableNotebook):
                found = file.read(_LARGEST_IN_ARCHIVE)
                if found is not None:
                    return found, file.name
    return None


def _wanted(name: str) -> str | None:
    """The path of a file in an archive, tidy; None where it is not looked at."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    hidden = any(part.startswith(".") or part.lower() in _SKIPPED_FOLDERS for part in parts)
    if not parts or hidden or len(parts) > _DEEPEST + 2 or "\0" in name:
        return None
    return "/".join(parts)


def _of_zip(raw: bytes) -> Iterator[SubmittedFile]:
    archive = zipfile.ZipFile(io.BytesIO(raw))
    for info in sorted(archive.infolist(), key=lambda info: _by_use(info.filename))[:MOST_FILES]:
        given = info.filename
        if not info.flag_bits & 0x800:  # many programs write UTF-8 without saying so
            try:
                given = given.encode("cp437").decode("utf-8")
            except UnicodeError:
                given = info.filename
        name = _wanted(given)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if name and not info.is_dir() and kind in (0, stat.S_IFREG):
            yield SubmittedFile(
                name,
                info.file_size,
                lambda info=info: archive.open(info),  # type: ignore[misc,arg-type]
            )


def _of_tar(raw: bytes) -> Iterator[SubmittedFile]:
    # Not closed: its files are read later.
    archive = tarfile.open(fileobj=io.BytesIO(raw))  # noqa: SIM115
    passed = 0
    for number, info in enumerate(archive):
        passed += info.size
        if number >= 10 * MOST_FILES or passed > _LARGEST_UNPACKED:
            return
        name = _wanted(info.name)
        if name and info.isreg():
            yield SubmittedFile(
                name,
                info.size,
                lambda info=info: archive.extractfile(info),  # type: ignore[misc,arg-type]
            )


def _unpacked(raw: bytes) -> BinaryIO:
    opener = gzip if raw.startswith(b"\x1f\x8b") else bz2 if raw.startswith(b"BZh") else lzma
    file: BinaryIO = opener.open(io.BytesIO(raw))
    return file
