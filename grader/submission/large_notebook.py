"""Read a very large notebook without what made it large, while it is read.

Notebooks grow by what they print, by pictures, by the state of widgets, never by what a student
writes. So the file is read as a stream, and only what grading needs of its JSON is kept: the text
of the cells, and whatever else is small. Memory stays small whatever the size of the file or of one
value in it. That rules out parsers that hand over values one by one, such as ijson: a picture or a
line of output of 500 MB is one value.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Protocol

_CHUNK = 1 << 20
_LARGEST_VALUE = 64 * 1024
"""Values beyond this are left out, but for the text of cells."""

_DROPPED = (b'"outputs"', b'"attachments"')
_TEXTS = (b'"source"', b'"input"')
_WITH_CELLS = (b'"worksheets"', b'"content"')
_BLANK = re.compile(rb"[ \t\r\n]*+")
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_BETWEEN_BRACKETS = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_PLAIN = re.compile(rb'[^\s,:"\[\]{}]*+')
_DEEPEST = 3


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""


class CannotReduce(Exception):
    """The stream holds no notebook that can be read.

    Attributes:
        reason: ``"cut"``: it breaks off; ``"damaged"``: it is no JSON, at byte ``place``;
            ``"other"``: it is no JSON object; ``"text"``: the cells themselves are too large.
    """

    def __init__(self, reason: str, place: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


def reduced(file: Readable, largest: int) -> bytes:
    """The JSON of a notebook without outputs, attachments and other large values.

    Parameters:
        file: the notebook, in any encoding of Unicode.
        largest: how large the result may be.

    Raises:
        CannotReduce: it is none, or its cells alone are larger.
    """
    return _Reducer(_Recoded(file), largest).document()


class _Recoded:
    """A stream in some encoding of Unicode as one of UTF-8."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._head = file.read(_CHUNK)
        encoding = json.detect_encoding(self._head[:4])
        self._decode = None
        if encoding == "utf-8-sig":
            self._head = self._head.removeprefix(codecs.BOM_UTF8)
        elif encoding != "utf-8":
            self._decode = codecs.getincrementaldecoder(encoding)(errors="replace").decode

    def read(self) -> bytes:
        """Some more bytes; none at the end."""
        while True:
            raw, self._head = self._head or self._file.read(_CHUNK), b""
            if self._decode is None:
                return raw
            made = self._decode(raw, final=not raw).encode("utf-8", "replace")
            if made or not raw:
                return made


class _Reducer:
    """Reads the stream from its beginning to its end, once, and keeps what is wanted."""

    def __init__(self, file: _Recoded, largest: int) -> None:
        self._file = file
        self._buffer = b""
        self._at = 0
        self._passed = 0  # bytes before the buffer
        self._kept: list[bytes] = []
        self._room = largest

    def document(self) -> bytes:
        if self._next() != b"{":
            raise CannotReduce("other")
        self._object(_DEEPEST)
        return b"".join(self._kept)

    def _keep(self, part: bytes) -> None:
        self._room -= len(part)
        if self._room < 0:
            raise CannotReduce("text")
        self._kept.append(part)

    def _object(self, depth: int, of_cell: bool = False) -> None:
        """An object that holds cells, or a cell."""
        self._take(b"{")
        self._keep(b"{")
        first = True
        while self._next() != b"}":
            if not first:
                self._take(b",")
            if self._next() != b'"':
                raise self._damaged()
            key = self._string(_LARGEST_VALUE) or b'""'
            self._take(b":")
            self._keep((b"" if first else b",") + key + b":")
            self._member(key, depth, of_cell)
            first = False
        self._take(b"}")
        self._keep(b"}")

    def _member(self, key: bytes, depth: int, of_cell: bool) -> None:
        start = self._next()
        if of_cell and key in _TEXTS:
            text = self._value(self._room)
            if text is None:
                raise CannotReduce("text")
            self._keep(text)
        elif of_cell and key in _DROPPED:
            self._value(0)
            self._keep(b"null")
        elif not of_cell and depth and key == b'"cells"' and start == b"[":
            self._array(depth, of_cells=True)
        elif not of_cell and depth and key in _WITH_CELLS and start == b"[":
            self._array(depth, of_cells=False)
        elif not of_cell and depth and key in _WITH_CELLS and start == b"{":
            self._object(depth - 1)
        else:
            self._keep(self._value(_LARGEST_VALUE) or b"null")

    def _array(self, depth: int, of_cells: bool) -> None:
        self._take(b"[")
        self._keep(b"[")
        first = True
        while self._next() != b"]":
            if not first:
                self._take(b",")
                self._keep(b",")
            if self._next() == b"{":
                self._object(depth - 1, of_cell=of_cells)
            else:
                self._keep(self._value(_LARGEST_VALUE) or b"null")
            first = False
        self._take(b"]")
        self._keep(b"]")

    def _value(self, largest: int) -> bytes | None:
        """The next value; None where it is larger, and passed over."""
        start = self._next()
        if start == b'"':
            return self._string(largest)
        return self._container(largest) if start in b"[{" else self._scalar(largest)

    def _scalar(self, largest: int) -> bytes | None:
        parts: list[bytes] = []
        size = 0
        while True:
            end = _PLAIN.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            size += self._add(parts, end, largest - size)
            if self._at < len(self._buffer):
                break
            if not self._more():
                raise CannotReduce("cut")
        if not size:
            raise self._damaged()
        return b"".join(parts) if size <= largest else None

    def _container(self, largest: int) -> bytes | None:
        parts: list[bytes] = []
        size = depth = 0
        while True:
            end = _BETWEEN_BRACKETS.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            size += self._add(parts, end, largest - size)
            char = self._buffer[end : end + 1]
            if char == b'"':  # a text that goes on beyond the buffer
                text = self._string(max(largest - size, 0))
                size += largest + 1 if text is None else len(text)
                parts.append(text or b"")
            elif char:
                size += self._add(parts, end + 1, largest - size)
                depth += 1 if char in b"[{" else -1
            elif not self._more():
                raise CannotReduce("cut")
            if size > largest:
                parts.clear()
            if char and depth == 0:
                return b"".join(parts) if size <= largest else None

    def _add(self, parts: list[bytes], end: int, room: int) -> int:
        """Go on to a place of the buffer, and keep what is passed where there is room for it."""
        size = end - self._at
        if size <= room:
            parts.append(self._buffer[self._at : end])
        self._at = end
        return size

    def _string(self, largest: int) -> bytes | None:
        parts: list[bytes] = [b'"']
        self._at += 1
        size = 2
        while True:
            end = _IN_STRING.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            size += self._add(parts, end, largest - size)
            if size > largest:
                parts.clear()
            if self._buffer[end : end + 1] == b'"':
                self._at += 1
                return b"".join(parts) + b'"' if size <= largest else None
            if not self._more():
                raise CannotReduce("cut")

    def _next(self) -> bytes:
        """The next byte that is no blank."""
        while True:
            self._at = _BLANK.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at : self._at + 1]
            if not self._more():
                raise CannotReduce("cut")

    def _take(self, wanted: bytes) -> None:
        if self._next() != wanted:
            raise self._damaged()
        self._at += 1

    def _more(self) -> bool:
        chunk = self._file.read()
        self._passed += self._at
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _damaged(self) -> CannotReduce:
        return CannotReduce("damaged", self._passed + self._at)
