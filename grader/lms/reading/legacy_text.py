"""Text whose encoding nobody tells: CSV files of spreadsheets, names in zip archives.

Two kinds are told apart by their words. In languages with Latin letters most words hold ASCII
letters as well; in Chinese, Japanese, Korean, Greek and Cyrillic hardly any does. For the latter
charset-normalizer decides, which looks at what the text would be; for the former it has too little
to look at, and Windows-1252 is what programs write.
"""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LETTERS = re.compile(rb"[A-Za-z]")
_JAPANESE = re.compile(r"[0-9_]*[\u3005\u3041-\u30ff\u4e00-\u9fff]+[0-9_]*")
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]+")
# As Windows calls them; each is a superset of what is used elsewhere. The last two read all bytes.
_SEVERAL_BYTES = ("gb18030", "cp932", "big5", "cp949", "cp1251", "cp1253", "koi8_r", "cp866")
_ONE_BYTE = ("cp1252", "cp1250", "cp1254", "cp1257")
_MARKS = frozenset("’‘“”„‚–—…€«»ªº¿¡§°±²·×½©®™\u00a0")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(raw: bytes) -> tuple[str, str]:
    """A text, and the encoding in which it was written.

    Parameters:
        raw: a whole file.

    Returns:
        The text without a byte order mark, and Python's name of the encoding.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    for encoding, zeros in (("utf-16-le", raw[1:200:2]), ("utf-16-be", raw[0:200:2])):
        if zeros and zeros.count(0) > len(zeros) / 2:
            return raw.decode(encoding, "replace"), encoding
    encoding = guessed_encoding(raw)
    return raw.decode(encoding, "replace"), encoding


def other_texts(raw: bytes) -> Iterator[tuple[str, str]]:
    """What a text without a byte order mark may be as well, with the encoding.

    A short one says too little of itself; whoever knows what stands in it can tell.

    Parameters:
        raw: a whole file.
    """
    if not any(raw.startswith(mark) for mark, _encoding in _BOMS) and not _decodes(raw, "utf-8"):
        for encoding in (*_SEVERAL_BYTES, *_ONE_BYTE):
            if _decodes(raw, encoding):
                yield raw.decode(encoding), encoding


def guessed_encoding(raw: bytes, single: tuple[str, ...] = _ONE_BYTE) -> str:
    """The encoding of bytes without a byte order mark.

    Parameters:
        raw: the bytes.
        single: encodings with one byte a letter, the likeliest first.
    """
    for encoding in ("ascii", "utf-8"):
        if _decodes(raw, encoding):
            return encoding
    if _is_japanese(raw):
        return "cp932"
    western = next((name for name in single if _only_letters(raw, name)), "")
    if western:
        # A mark that stands alone is no word.
        words = [w for w in _WORD.findall(raw) if any(map(str.isalpha, w.decode(western)))]
        with_letters = sum(bool(_LETTERS.search(word)) for word in words)
        if with_letters * 2 >= len(words):
            return western
    if _is_chinese(raw):
        return "gb18030"
    return _best(raw)


def _is_chinese(raw: bytes) -> bool:
    """Whether all letters are Chinese ones of GB 2312, and not all of them Korean ones as well.

    Punctuation and wide forms, which begin with A1 to A3, are no letters.
    """
    runs = _ABOVE_ASCII.findall(raw)
    if any(len(run) % 2 for run in runs):
        return False
    every = {run[place : place + 2] for run in runs for place in range(0, len(run), 2)}
    pairs = [pair for pair in every if not 0xA1 <= pair[0] <= 0xA3]
    chinese = all(0xB0 <= pair[0] <= 0xF7 and pair[1] >= 0xA1 for pair in pairs)
    usual = sum(pair[0] <= 0xD7 for pair in pairs)  # Cyrillic has most of its letters above
    not_korean = len(pairs) < 4 or any(pair[0] > 0xC8 for pair in pairs)
    return chinese and usual * 2 > len(pairs) and not_korean


def _is_japanese(raw: bytes) -> bool:
    """Whether it is Shift JIS, of which half the bytes may look like ASCII letters."""
    try:
        text = raw.decode("cp932")
    except UnicodeDecodeError:
        return False
    words = [word for word in re.findall(r"\w+", text) if not word.isascii()]
    return bool(words) and all(_JAPANESE.fullmatch(word) for word in words)


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _only_letters(raw: bytes, encoding: str) -> bool:
    """Whether what is beyond ASCII becomes Latin letters and the marks that texts have."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(
        letter < "\x80" or letter in _MARKS or unicodedata.name(letter, "").startswith("LATIN ")
        for letter in text
    )


def _best(raw: bytes) -> str:
    import charset_normalizer

    logging.getLogger("charset_normalizer").setLevel(logging.CRITICAL)
    # A text that is too short says too little; the same again changes nothing in its letters.
    repeated = raw[:20_000] * max(1, min(20, 2_000 // max(len(raw), 1)))
    fits = [name for name in _SEVERAL_BYTES if _decodes(raw, name)]
    best = charset_normalizer.from_bytes(repeated, cp_isolation=fits).best()
    return best.encoding if best is not None and best.encoding in fits else fits[0]
