"""Files that are written whole or not at all, and scratch folders beside their places."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LIFE = 3600.0
"""Seconds after which a scratch folder belongs to nobody any more."""


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file; until it is written, what was there before stays.

    Parameters:
        path: where; its folder is there.
        content: its bytes, or its text, with line ends as they are. Characters that no text
            file can hold are replaced.

    Raises:
        OSError: it cannot be written; nothing has changed then.
    """
    with making(path) as beside:
        beside.write_bytes(as_bytes(content))


def write_once(path: Path, content: bytes | str, mode: int = 0o666) -> bool:
    """Write a file where there is none.

    Parameters:
        path, content: see :func:`write_whole`.
        mode: who may read and write it.

    Returns:
        Whether there was none.

    Raises:
        OSError: it cannot be written.
    """
    with making(path, mode) as beside:
        beside.write_bytes(as_bytes(content))
        try:
            os.link(beside, path)
        except FileExistsError:
            return False
        finally:
            beside.unlink()
    return True


@contextmanager
def making(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """A new file beside a path, which takes its place when the block has ended well.

    Parameters:
        path: where the file belongs.
        mode: who may read and write it, less what the system takes away (umask).
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    beside = Path(name)
    try:
        os.fchmod(descriptor, mode & ~_umask())
        os.close(descriptor)
        yield beside
        if beside.exists():
            os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def unwritable(error: OSError, place: Path) -> str:
    """The sentence for a file or folder that cannot be written, and what to do.

    Parameters:
        error: what the system says; it names the file only where one was opened.
        place: what is named otherwise.
    """
    said = f"{error.filename or place} cannot be written: {error.strerror or error}."
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return said
    return f"{said} Make room, then run the same command again; what is in its place stays."


def as_bytes(content: bytes | str) -> bytes:
    """Text as it stands in a file."""
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def scratch_folder(base: Path, prefix: str) -> Path:
    """Make a scratch folder, and remove old ones, which processes that were killed have left.

    The caller removes it.

    Parameters:
        base: where; it is made where it is not there.
        prefix: how the names of these folders begin.
    """
    base.mkdir(parents=True, exist_ok=True)
    for left in base.glob(prefix + "*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LIFE:
                shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=base))
