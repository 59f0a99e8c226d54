"""Names that come out of an archive: which are refused, and how any of them is shown."""

from __future__ import annotations

import re
import unicodedata

_DRIVE = re.compile(r"[A-Za-z]:")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
"""Names that Windows reserves for devices."""
_LONGEST_PART = 200
# Control characters, characters that turn the text around them, and halves of characters. Joiners
# (U+200C, U+200D) stay: Persian names need them.
_NOT_TAKEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffd\ud800-\udfff]")
_NOT_IN_A_FILE_NAME = re.compile(r'[<>:"|?*]')


class RefusedName(Exception):
    """A name that is not taken. The message is the end of a sentence that begins with the name."""


def checked_path(name: str, longest: int) -> str:
    """The path of a file in an archive, in composed form (NFC).

    Parameters:
        name: the name as the archive gives it.
        longest: how many characters it may have.

    Raises:
        RefusedName: it points elsewhere, or cannot be shown.
    """
    if len(name) > longest:
        raise RefusedName(f"has a name of {len(name)} characters, more than {longest}.")
    if _NOT_TAKEN.search(name):
        raise RefusedName("has control characters in its name, or others that cannot be shown.")
    if name.startswith("/") or name.startswith("\\") or _DRIVE.match(name):
        raise RefusedName("has an absolute path; only names below the archive are taken.")
    if ".." in re.split(r"[/\\]", name):
        raise RefusedName("has .. in its path, which points out of the archive.")
    if "\\" in name:
        raise RefusedName("has a backslash in its name.")
    parts = [
        part for part in unicodedata.normalize("NFC", name).split("/") if part not in ("", ".")
    ]
    if not parts:
        raise RefusedName("has no name.")
    return "/".join(parts)


def checked_extra(path: str, deepest: int) -> str:
    """The path under which a file is kept beside a notebook.

    Parameters:
        path: as :func:`checked_path` gives it.
        deepest: how many folders deep it may lie.

    Raises:
        RefusedName: not every system can have a file of that name.
    """
    parts = path.split("/")
    if len(parts) > deepest + 1:
        raise RefusedName(f"lies more than {deepest} folders deep.")
    for part in parts:
        if len(part.encode("utf-8", "replace")) > _LONGEST_PART:
            raise RefusedName(f"has a name of more than {_LONGEST_PART} bytes.")
        if RESERVED.match(part):
            raise RefusedName("has a name that Windows reserves for devices.")
        if (
            part.startswith((".", "-"))
            or part != part.strip(" .")
            or _NOT_IN_A_FILE_NAME.search(part)
        ):
            raise RefusedName(
                "has a name that not every system can store (a dot or - at its beginning, a blank "
                'or dot at its end, or one of < > : " | ? *).'
            )
    return path
