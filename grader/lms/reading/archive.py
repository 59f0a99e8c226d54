"""Read an archive that nobody vouches for.

Nothing is unpacked to where its name points. An archive is a list of entries; each is checked when
the archive is opened, and read into memory, within limits, when its content is wanted. What is
refused gets a sentence, and the rest stays readable.

nbgrader's ``ExtractorPlugin`` is not used for this: it unpacks everything, archives within archives
too, under the names that the archive gives, and knows neither limits nor links.
"""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.lms.reading.entry_names import RefusedName, checked_path
from grader.lms.reading.zip_names import encoding_of_names, name_of
from grader.lms.settings import ArchiveLimits
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.submission_folder import read_file
from grader.text.terminal import CannotGoOn, shown

_CHUNK = 1 << 20
_LONGEST_PATH = 1_000
# Smaller files are read however much they were packed; they can do no harm.
_RATIO_FROM = 10_000_000
_ENCRYPTED = 0x1 | 0x40
_LOCAL_HEADER = 30
_OTHER_KINDS = {
    b"\x1f\x8b": "a gzip or tar.gz archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
}
_COPIES = ".ipynb_checkpoints/"
_DEEPEST_COPIES = 8
_ONLY_COPY = "is a copy that Jupyter keeps for itself: ask the student for the notebook."
ARCHIVE_ENDINGS = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst")
_SYSTEM_FILES = frozenset(
    {".ds_store", "thumbs.db", "desktop.ini", ".gitignore", ".gitattributes", ".gitkeep"}
)
_SYSTEM_FOLDERS = frozenset(
    {"__macosx", ".ipynb_checkpoints", "__pycache__", ".git", ".github", ".vscode", ".idea"}
)


class ArchiveError(CannotGoOn):
    """The archive as a whole cannot be read. The message says what to do."""


class RefusedEntry(Exception):
    """One file cannot be taken. The message is the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Refusal:
    """A file that is not taken.

    Attributes:
        name: its name, fit to be printed.
        reason: the sentence that follows the name.
    """

    name: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """A file that may be read.

    Attributes:
        path: its name with folders, ``/`` between them, in Unicode's composed form (NFC).
        size: bytes, as the archive says.
        source: where its bytes come from.
    """

    path: str
    size: int
    source: zipfile.ZipInfo | Path

    @property
    def name(self) -> str:
        """The name without folders."""
        return self.path.rpartition("/")[2]


@dataclass
class Archive:
    """An opened archive or folder.

    Attributes:
        path: where it lies.
        entries: what may be read, in the order of names.
        refused: what may not.
        limits: see :class:`ArchiveLimits`.
    """

    path: Path
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    limits: ArchiveLimits = field(default_factory=ArchiveLimits)
    _zip: zipfile.ZipFile | None = None
    _read: int = 0

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._zip is not None:
            self._zip.close()

    def read(self, entry: Entry, largest: int | None = None) -> bytes:
        """The content of an entry.

        Parameters:
            entry: one of :attr:`entries`.
            largest: a limit below that of the archive, in bytes.

        Raises:
            RefusedEntry: it is too large, damaged or unreadable.
        """
        most = min(self.limits.largest_file, largest or self.limits.largest_file)
        if entry.size > most:
            raise RefusedEntry(_too_large(entry.size, most))
        if self._read + entry.size > self.limits.largest_total:
            raise RefusedEntry(
                f"is not read any more: the archive unpacks to more than "
                f"{_in_words(self.limits.largest_total)} (setting largest_total)."
            )
        raw = self._bytes_of(entry, most)
        self._read += len(raw)
        return raw

    def _bytes_of(self, entry: Entry, most: int) -> bytes:
        if isinstance(entry.source, Path):
            try:
                return read_file(entry.source)
            except UnreadableNotebook as error:
                raise RefusedEntry(f"cannot be read. {error}") from error
        assert self._zip is not None
        parts: list[bytes] = []
        length = 0
        try:
            with self._zip.open(entry.source) as file:
                while chunk := file.read(_CHUNK):
                    length += len(chunk)
                    if length > most:
                        raise RefusedEntry(_too_large(length, most))
                    parts.append(chunk)
        except NotImplementedError as error:
            raise RefusedEntry(
                "is packed in a way that cannot be read here: pack the archive again as an "
                "ordinary zip file."
            ) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            RuntimeError,
            OSError,
            ValueError,
            struct.error,
        ) as error:
            raise RefusedEntry("is damaged in the archive: download the archive again.") from error
        return b"".join(parts)


def open_archive(path: Path, limits: ArchiveLimits | None = None) -> Archive:
    """Open a zip archive or a folder.

    Parameters:
        path: what was downloaded.
        limits: how much may be read from it.

    Raises:
        ArchiveError: it is neither, or it is damaged as a whole.
    """
    limits = limits or ArchiveLimits()
    if path.is_dir():
        return _open_folder(path, limits)
    if not path.is_file():
        raise ArchiveError(
            f"There is no {path}. Give the zip file that the learning management system handed "
            "out, or a folder."
        )
    try:
        opened = zipfile.ZipFile(path)
    except UnicodeDecodeError as error:
        raise ArchiveError(
            f"{path.name} has a file name that is no text. Unpack it and give the folder."
        ) from error
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as error:
        raise ArchiveError(_why_no_zip(path, error)) from error
    if len(opened.infolist()) > limits.most_files:
        opened.close()
        raise ArchiveError(
            f"{path.name} holds {len(opened.infolist())} files, more than {limits.most_files} "
            "(setting most_files)."
        )
    archive = Archive(path, limits=limits, _zip=opened)
    _add_zip_entries(archive, opened)
    return archive


def _why_no_zip(path: Path, error: Exception) -> str:
    try:
        with open(path, "rb") as file:
            beginning = file.read(8)
    except OSError as problem:
        return f"{path} cannot be read: {problem.strerror}."
    if not beginning:
        return f"{path.name} is empty: download it again."
    if beginning.startswith(b"PK"):
        return f"{path.name} is cut off or damaged: download it again."
    for start, kind in _OTHER_KINDS.items():
        if beginning.startswith(start):
            return f"{path.name} is {kind}, no zip file. Unpack it and give the folder."
    return (
        f"{path.name} is no zip file. Give the zip file that the learning management system "
        "handed out, or a folder."
    )


def _add_zip_entries(archive: Archive, opened: zipfile.ZipFile) -> None:
    overlapping = _overlapping(opened)
    encoding = encoding_of_names(opened)
    seen: set[str] = set()
    infos = sorted(opened.infolist(), key=lambda info: info.orig_filename)
    names = [name_of(info, encoding) for info in infos]
    # Old programs of Windows write all separators so; beside others it is a part of a name.
    if not any("/" in name for name in names):
        names = [name.replace("\\", "/") for name in names]
    only_copies = _only_copies(names)
    for info, name in zip(infos, names, strict=True):
        if name.endswith("/") and not _special_kind(info):
            continue
        if is_of_the_system(name):
            if name.partition(_COPIES)[0] in only_copies:
                archive.refused.append(Refusal(shown(name), _ONLY_COPY))
            continue
        try:
            path = checked_path(name, _LONGEST_PATH)
            _check_zip_entry(info, overlapping, archive.limits)
            _check_twice(path, seen)
        except (RefusedEntry, RefusedName) as error:
            archive.refused.append(Refusal(shown(name), str(error)))
            continue
        archive.entries.append(Entry(path, info.file_size, info))


def is_of_the_system(name: str) -> bool:
    """Whether a file is one that a system, an editor, Git or Jupyter leaves behind unasked."""
    parts = name.replace("\\", "/").lower().split("/")
    return (
        parts[-1] in _SYSTEM_FILES
        or parts[-1].startswith("._")
        or bool(_SYSTEM_FOLDERS.intersection(parts[:-1]))
    )


def _only_copies(names: Iterable[str]) -> set[str]:
    """The folders in which Jupyter's own copies are all that there is of a student's work."""
    folders = {name.partition(_COPIES)[0] for name in names if _COPIES in name} - {""}
    for name in names if folders else ():
        if not name.endswith("/") and not is_of_the_system(name):
            parts = name.split("/", _DEEPEST_COPIES)
            folders -= {"/".join(parts[:depth]) + "/" for depth in range(1, len(parts))}
    return folders


def _check_zip_entry(info: zipfile.ZipInfo, overlapping: set[int], limits: ArchiveLimits) -> None:
    kind = _special_kind(info)
    if kind:
        raise RefusedEntry(f"is {kind}, and those are not followed.")
    if info.flag_bits & _ENCRYPTED:
        raise RefusedEntry("is encrypted: ask for it without a password.")
    if id(info) in overlapping:
        raise RefusedEntry("shares its bytes with another file, as in a zip bomb.")
    if info.file_size > limits.largest_file:
        raise RefusedEntry(_too_large(info.file_size, limits.largest_file))
    if info.file_size > max(_RATIO_FROM, info.compress_size * limits.largest_ratio):
        raise RefusedEntry(
            f"would unpack to {_in_words(info.file_size)}, "
            f"{info.file_size // max(info.compress_size, 1)} times its size, as a zip bomb does."
        )


def _special_kind(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "no ordinary file"
    return ""


def _overlapping(opened: zipfile.ZipFile) -> set[int]:
    """The entries whose bytes reach into those of another one, by identity."""
    infos = sorted(
        (info for info in opened.infolist() if not info.is_dir()),
        key=lambda info: info.header_offset,
    )
    found: set[int] = set()
    end, last = 0, None
    for info in infos:
        if last is not None and info.header_offset < end:
            found |= {id(info), id(last)}
        reaches = info.header_offset + _LOCAL_HEADER + info.compress_size
        if reaches >= end:
            end, last = reaches, info
    return found


def _check_twice(path: str, seen: set[str]) -> None:
    if path in seen:
        raise RefusedEntry("occurs more than once in the archive; the first one was taken.")
    seen.add(path)


def _too_large(size: int, most: int) -> str:
    return (
        f"has {_in_words(size)}, more than {_in_words(most)}: ask the student to clear all "
        "outputs, save it and hand it in again."
    )


def _in_words(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def _open_folder(folder: Path, limits: ArchiveLimits) -> Archive:
    archive = Archive(folder, limits=limits)
    seen: set[str] = set()

    def unreadable(error: OSError) -> None:
        name = os.path.relpath(os.fsdecode(error.filename or folder), folder)
        archive.refused.append(Refusal(shown(name), f"cannot be read: {error.strerror}."))

    for path in _files(folder, unreadable):
        name = os.fsencode(path.relative_to(folder)).decode("utf-8", "replace").replace(os.sep, "/")
        if is_of_the_system(name):
            continue
        if len(archive.entries) >= limits.most_files:
            raise ArchiveError(
                f"{folder} holds more than {limits.most_files} files (setting most_files)."
            )
        try:
            checked = checked_path(name, _LONGEST_PATH)
            size = _size_of(path)
            _check_twice(checked, seen)
        except (RefusedEntry, RefusedName) as error:
            archive.refused.append(Refusal(shown(name), str(error)))
            continue
        archive.entries.append(Entry(checked, size, path))
    archive.entries.sort(key=lambda entry: entry.path)
    return archive


def _files(folder: Path, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = sorted(
            name
            for name in folders
            if name not in links
            and name.lower() not in _SYSTEM_FOLDERS
            and not name.startswith(".")
        )
        for name in sorted([*names, *links]):
            yield Path(parent, name)


def _size_of(path: Path) -> int:
    try:
        status = path.lstat()
    except OSError as error:
        raise RefusedEntry(f"cannot be read: {error.strerror}.") from error
    if stat.S_ISLNK(status.st_mode):
        raise RefusedEntry("is a symbolic link, and those are not followed.")
    if not stat.S_ISREG(status.st_mode):
        raise RefusedEntry("is no ordinary file, and those are not followed.")
    return status.st_size
