"""From the bytes of a file to the JSON document of a notebook, or to a sentence that says why not.

What students hand in as ``.ipynb`` is sometimes a web page, an archive, half a file, or a notebook
in an encoding of its own. Whatever can be read without guessing at its meaning is read; for the
rest the instructor gets one sentence that says what the file seems to be and what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

MAX_BYTES = 20_000_000
"""A notebook may be this large, not counting the pictures and texts of its outputs."""
MAX_BYTES_TO_PARSE = 50_000_000
"""Files beyond this are not parsed: JSON takes many times its size in memory."""
MAX_BYTES_TO_READ = 200_000_000
"""Files beyond this are not even searched for pictures to leave out."""

_SEND_AGAIN = "ask the student to open the notebook in JupyterLab, save it and hand it in again"
_SEND_NOTEBOOK = "ask the student for the .ipynb file itself"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89HDF", "an HDF5 data file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "a rich-text document"),
    (b"version https://git-lfs", "a Git LFS pointer, which stands for the file"),
)
_PICTURE = re.compile(rb'("image/[a-z0-9.+-]{1,20}"\s*:\s*)"[A-Za-z0-9+/=\\\s]*"')
_OPEN_STRING = re.compile(r'"(?:\\.|[^"\\])*+\\?\Z', re.DOTALL)
_SURPLUS_COMMA = re.compile(r"\s*,\s*[]}]")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_PYTHON = re.compile(r"^(?:#!|# ?%%|# coding|import \w|from [\w.]+ import|def \w+\()", re.MULTILINE)
_PAIR_OF_HIGH_BYTES = re.compile(rb"[\xa1-\xfe]{2}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_LONGEST_NUMBER = 4000


class UnreadableNotebook(Exception):
    """The bytes are no notebook. The message is one sentence for the instructor."""


def parse_document(raw: bytes) -> tuple[dict[str, Any], list[str]]:
    """The JSON object that the bytes hold.

    Returns:
        The object, and sentences about what had to be mended on the way.

    Raises:
        UnreadableNotebook: there is none.
    """
    notes: list[str] = []
    raw = _within_limits(raw, notes)
    head = raw[:200].lstrip()
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableNotebook(f"The file is empty: {_SEND_AGAIN}.")
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableNotebook(f"The file is {what}, not a notebook: {_SEND_NOTEBOOK}.")
    text = decode(raw, notes).lstrip("\ufeff \t\r\n")
    document = _parse(text, notes)
    if isinstance(document, dict):
        content = document.get("content")
        if isinstance(content, dict) and "cells" not in document and _has_cells(content):
            notes.append("The notebook was wrapped in a reply of the Jupyter server.")
            document = content
    if not isinstance(document, dict) or not _has_cells(document):
        raise UnreadableNotebook(
            f"The file is JSON, but no notebook (it has no list of cells): {_SEND_NOTEBOOK}."
        )
    return document, notes


def _has_cells(document: dict[str, Any]) -> bool:
    return isinstance(document.get("cells"), list) or isinstance(document.get("worksheets"), list)


def _within_limits(raw: bytes, notes: list[str]) -> bytes:
    """The bytes, without the pictures of the outputs where the file is too large with them."""
    if len(raw) <= MAX_BYTES:
        return raw
    size = len(raw)
    if size <= MAX_BYTES_TO_READ:
        raw = _PICTURE.sub(rb'\1""', raw)
    if len(raw) > MAX_BYTES_TO_PARSE:
        raise UnreadableNotebook(
            f"The file has {size / 1e6:.0f} MB, and at most {MAX_BYTES / 1e6:.0f} MB are read: "
            "ask the student to clear all outputs, save the notebook and hand it in again."
        )
    if len(raw) < size:
        notes.append("The file is very large; pictures in the outputs were left out.")
    return raw


def decode(raw: bytes, notes: list[str]) -> str:
    """The text of the bytes, in the encoding that fits them best."""
    encoding = json.detect_encoding(raw)
    text: str | None = None
    if encoding.startswith("utf-8"):
        text = _decode_strictly(raw, encoding)
        if text is None:
            text = _decode_legacy(raw, notes)
    else:
        text = _decode_strictly(raw, encoding)
        if text is None:  # stray zero bytes at the start look like UTF-16
            text = _decode_legacy(raw, notes)
        else:
            notes.append(f"The file was encoded as {encoding.upper()}; it was read as such.")
    if encoding == "utf-8-sig":
        notes.append("A byte-order mark at the start of the file was removed.")
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append("Zero bytes in the file were removed.")
    return text


def _decode_strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_legacy(raw: bytes, notes: list[str]) -> str:
    """Read bytes that are not valid UTF-8.

    A few bad bytes among good UTF-8 are replaced. Else the file is in an encoding of before: in
    Chinese ones high bytes come in pairs, in Western ones they stand alone.
    """
    replaced = raw.decode("utf-8", errors="replace")
    bad = replaced.count("\ufffd")
    good = sum(1 for char in replaced if char > "\x7f") - bad
    if good > bad:
        notes.append("Some bytes of the file are not UTF-8; they were replaced by a question mark.")
        return replaced
    high = len(_HIGH_BYTE.findall(raw))
    if 2 * len(_PAIR_OF_HIGH_BYTES.findall(raw)) >= 0.6 * high:
        text = _decode_strictly(raw, "gb18030")
        if text is not None:
            notes.append("The file was not encoded as UTF-8; it was read as GBK.")
            return text
    notes.append("The file was not encoded as UTF-8; it was read as Latin-1.")
    return _decode_strictly(raw, "cp1252") or raw.decode("latin-1")


def _parse(text: str, notes: list[str]) -> Any:
    try:
        document, end = _raw_decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableNotebook(_describe(text, error)) from None
    except (RecursionError, MemoryError):
        raise UnreadableNotebook(
            f"The file is nested so deeply that it cannot be a notebook: {_SEND_AGAIN}."
        ) from None
    rest = text[end:].strip("\ufeff \t\r\n")
    if rest:
        if _CONFLICT.search(rest) or not isinstance(document, dict) or not _has_cells(document):
            surplus = json.JSONDecodeError("Extra data", text, end)
            raise UnreadableNotebook(_describe(text, surplus))
        notes.append("Text after the end of the notebook was left out.")
    return document


def _raw_decode(text: str) -> tuple[Any, int]:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # Python refuses to read whole numbers of thousands of digits
        short: Callable[[str], int] = lambda digits: int(digits[:_LONGEST_NUMBER])  # noqa: E731
        return json.JSONDecoder(strict=False, parse_int=short).raw_decode(text)


def _describe(text: str, error: json.JSONDecodeError) -> str:
    """Why the text is no JSON, and what to do."""
    start = text[:2000].lower()
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        return (
            f"The file holds the marks of an unresolved Git merge (line {line}): ask the student "
            "to resolve the conflict and hand the notebook in again."
        )
    if start.startswith("<") and ("<html" in start or "<!doctype html" in start):
        return f"The file is a web page saved as a notebook: {_SEND_NOTEBOOK}."
    if start.startswith("<?xml"):
        return f"The file is an XML document, not a notebook: {_SEND_NOTEBOOK}."
    if not start.startswith(("{", "[")):
        if _PYTHON.search(text[:100_000]):
            return f"The file is a Python script saved as a notebook: {_SEND_NOTEBOOK}."
        return f"The file is no notebook (it is not JSON): {_SEND_NOTEBOOK}."
    # By the text, not by the words of the error: these differ between editions of Python.
    at_end = error.pos >= len(text.rstrip()) or _OPEN_STRING.match(text, error.pos)
    if at_end:
        return (
            f"The file breaks off in line {error.lineno}, so it was saved or uploaded only in "
            f"part: {_SEND_AGAIN}."
        )
    reason = "it is not valid JSON"
    before = text[: error.pos].rstrip()
    if _SURPLUS_COMMA.match(text, len(before) - before.endswith(",")):
        reason = "a comma stands before a closing bracket"
    return (
        f"The file is damaged in line {error.lineno}, column {error.colno} ({reason}): "
        f"{_SEND_AGAIN}."
    )
