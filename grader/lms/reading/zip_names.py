"""Names in zip archives as they were meant, whichever program has written them.

The format says CP437 or UTF-8; many programs write UTF-8 without saying so, or what Windows is set
to.
"""

from __future__ import annotations

import struct
import zipfile

from grader.lms.reading.legacy_text import guessed_encoding

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
# With one byte a letter, the likeliest first: what the format says, what Windows writes.
_ZIP_ENCODINGS = ("cp437", "cp1252", "cp850")


def encoding_of_names(opened: zipfile.ZipFile) -> str:
    """The encoding of the names that do not say theirs: one program has written all of them."""
    raw = b"\n".join(
        info.orig_filename.encode("cp437")
        for info in opened.infolist()
        if not info.flag_bits & _UTF8 and not info.orig_filename.isascii()
    )
    return guessed_encoding(raw, _ZIP_ENCODINGS) if raw else "cp437"


def name_of(info: zipfile.ZipInfo, encoding: str) -> str:
    """The name as it was meant: many programs write UTF-8, or what Windows is set to."""
    name = info.orig_filename
    if info.flag_bits & _UTF8:
        return name
    from_extra = _unicode_path(info.extra)
    if from_extra is not None:
        return from_extra
    raw = name.encode("cp437")
    for likely in ("utf-8", encoding):
        try:
            return raw.decode(likely)
        except UnicodeError:
            continue
    return name


def _unicode_path(extra: bytes) -> str | None:
    """The name in Info-ZIP's extra field "Unicode path", where there is one."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == _UNICODE_PATH and length > 5:
            try:
                return extra[position + 9 : position + 4 + length].decode("utf-8")
            except UnicodeDecodeError:
                return None
        position += 4 + length
    return None
