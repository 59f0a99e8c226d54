"""Put sentences together as the reader's language does: lists, paragraphs, and lines that fit.

Chinese has no blanks between sentences or words, its signs are two columns wide, and a line may end
after any of them but not before a full stop. English text comes out as ``textwrap`` makes it.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

from course.language import _

__all__ = ["listed", "padded", "paragraph", "tidied", "wrap"]

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6"
_CLOSING = "，。；：？！、）”’》】…"
_OPENING = "（“‘《【"
_END_OF_SENTENCE = "。；：？！）"
_SIGN = f"[{_WIDE}{_CLOSING}{_OPENING}]"
_PIECE = re.compile(rf"`[^`\n]*`|\s+|{_SIGN}|(?:(?!{_SIGN})[^\s`])+|`")
_BLANK_BETWEEN_SIGNS = re.compile(rf"(?<={_SIGN}) (?={_SIGN})")


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Names one after another: ``W1, b1``, in Chinese ``W1、b1``.

    Parameters:
        names: the names.
        most: how many are named at most; dots stand for the others.
    """
    text = _(", ").join(names[:most])
    return text + _(", ...") if most is not None and len(names) > most else text


def paragraph(*sentences: str) -> str:
    """Sentences one after another, with a blank between them where the language has one."""
    text = ""
    for sentence in filter(None, sentences):
        ends = not text or text[-1] in _END_OF_SENTENCE
        text += sentence if ends else f" {sentence}"
    return text


def tidied(text: str) -> str:
    """A sentence without blanks between two Chinese signs, which a name put in may have left."""
    return _BLANK_BETWEEN_SIGNS.sub("", text)


def padded(text: str, columns: int) -> str:
    """A text with blanks behind it, as wide as this many letters."""
    return text + " " * (columns - _width(text))


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """A paragraph in lines of at most this many letters, broken where it can be.

    Parameters:
        text: the paragraph.
        columns: how many letters fit into a line; a Chinese sign takes the room of two.
        first, rest: what the first line and the others begin with.
    """
    if not re.search(f"[{_WIDE}]", text):
        return textwrap.wrap(
            text,
            columns,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines, line = [], first
    for piece in _unbroken(text.strip()):
        if _width(line + piece.rstrip()) > columns and line not in (first, rest):
            lines.append(line.rstrip())
            line = rest
        line += piece if line.strip() else piece.lstrip()
    return [*lines, line.rstrip()]


def _unbroken(text: str) -> Iterable[str]:
    """What must stay together: words, code, and signs with the punctuation that clings to them."""
    piece = ""
    for part in _PIECE.findall(text):
        clings = part[0] in _CLOSING or piece[-1:] in _OPENING
        is_code = "`" in (part[0], piece[-1:]) and not re.search(_SIGN, part[0] + piece[-1:])
        if piece and not (piece.strip() and not piece[-1].isspace() and (clings or is_code)):
            yield piece
            piece = ""
        piece += part
    yield piece


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
