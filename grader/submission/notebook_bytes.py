"""From the bytes of a file to the JSON document of a notebook, or to a sentence that says why not.

What students hand in as ``.ipynb`` is sometimes a web page, an archive, half a file, or a notebook
in an encoding of its own. Whatever can be read without guessing at its meaning is read; for the
rest the instructor gets one sentence that says what the file seems to be and what to do.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any, BinaryIO

from course.language import N_, _
from grader.submission.large_notebook import CannotReduce, reduced
from grader.submission.notebook_script import document_of_script
from grader.submission.sentences import Sentence, sentence

MAX_BYTES = 20_000_000
"""The cells of a notebook may be this large, and a file up to this size is read whole."""
MAX_BYTES_TO_READ = 2_000_000_000
"""Files beyond this are not read; up to here, outputs are left out while they are."""

_SEND_AGAIN = N_("ask the student to open the notebook in JupyterLab, save it and hand it in again")
_SEND_NOTEBOOK = N_("ask the student for the .ipynb file itself")

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", N_("a ZIP archive or an office document")),
    (b"PK\x05\x06", N_("an empty ZIP archive")),
    (b"%PDF", N_("a PDF document")),
    (b"\x1f\x8b", N_("a gzip archive")),
    (b"7z\xbc\xaf\x27\x1c", N_("a 7z archive")),
    (b"Rar!", N_("a RAR archive")),
    (b"\x89PNG", N_("a PNG picture")),
    (b"\xff\xd8\xff", N_("a JPEG picture")),
    (b"\x89HDF", N_("an HDF5 data file")),
    (b"\xd0\xcf\x11\xe0", N_("an office document")),
    (b"SQLite format 3", N_("an SQLite database")),
    (b"{\\rtf", N_("a rich-text document")),
    (b"version https://git-lfs", N_("a Git LFS pointer, which stands for the file")),
)
_OPEN_STRING = re.compile(r'"(?:\\.|[^"\\])*+\\?\Z', re.DOTALL)
_SURPLUS_COMMA = re.compile(r"\s*,\s*[]}]")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_PAIR_OF_HIGH_BYTES = re.compile(rb"[\xa1-\xfe]{2}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_LONGEST_NUMBER = 4000
_BROKEN_OFF = re.compile(r"\s*|tr?u?|fa?l?s?|nu?l?|-|(\.\d*)?([eE][+-]?)?|u[0-9a-fA-F]{0,4}")
"""What the parser has left where a text ends in the middle of something that would be right."""


class UnreadableNotebook(Exception):
    """The bytes are no notebook. The message is one sentence for the instructor."""


def read_notebook_file(file: BinaryIO, size: int) -> tuple[bytes, list[Sentence]]:
    """The bytes of a notebook; of a very large one only what is needed, while it is read.

    Parameters:
        file: the file, at its beginning.
        size: its size in bytes, as far as it is known.

    Returns:
        The bytes, and sentences about what was left out.

    Raises:
        UnreadableNotebook: it is too large, or large and no notebook.
    """
    if size > MAX_BYTES_TO_READ:
        text = _(
            "The file has {size} MB, and at most {most} MB are read: ask the student to clear all "
            "outputs, save the notebook and hand it in again."
        )
        raise UnreadableNotebook(text.format(size=_mb(size), most=_mb(MAX_BYTES_TO_READ)))
    raw = file.read(MAX_BYTES + 1)
    if len(raw) <= MAX_BYTES:
        return raw, []
    counted = _Continued(raw, file)
    try:
        made = reduced(counted, MAX_BYTES)
    except CannotReduce as error:
        raise UnreadableNotebook(_why_not_reduced(raw, error)) from None
    except UnicodeDecodeError:
        text = _("The file is damaged: {advice}.")
        raise UnreadableNotebook(text.format(advice=_(_SEND_AGAIN))) from None
    note = sentence(
        "The file has {size} MB; the outputs of its cells were left out to read it.",
        size=_mb(counted.passed),
    )
    return made, [note]


def _mb(size: float) -> str:
    return f"{size / 1e6:.0f}"


class _Continued:
    """A file of which the beginning has been read; what it takes is counted, and limited."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._file = file
        self.passed = 0

    def read(self, size: int, /) -> bytes:
        raw = self._head.read(size) or self._file.read(size)
        self.passed += len(raw)
        if self.passed > MAX_BYTES_TO_READ:
            text = _(
                "The file has more than {most} MB: ask the student to clear all outputs, save the "
                "notebook and hand it in again."
            )
            raise UnreadableNotebook(text.format(most=_mb(MAX_BYTES_TO_READ)))
        return raw


def _why_not_reduced(head: bytes, error: CannotReduce) -> str:
    if error.reason == "text":
        return _(
            "The cells of the notebook hold more than {most} MB of text: ask the student for the "
            "notebook with the code of the assignment alone."
        ).format(most=_mb(MAX_BYTES))
    if error.reason == "other":
        if (what := _signature(head)) is not None:
            return _not_a_notebook(what)
        start = decode(head[:100_000], []).lstrip("\ufeff \t\r\n")
        if start.startswith("["):
            text = _("The file is JSON, but no notebook: {advice}.")
            return text.format(advice=_(_SEND_NOTEBOOK))
        return _describe(start, json.JSONDecodeError("", "", 0))
    if error.reason == "cut":
        text = _("The file breaks off, so it was saved or uploaded only in part: {advice}.")
        return text.format(advice=_(_SEND_AGAIN))
    text = _("The file is damaged near byte {place} (it is not valid JSON): {advice}.")
    return text.format(place=f"{error.place:,}", advice=_(_SEND_AGAIN))


def _not_a_notebook(what: str) -> str:
    text = _("The file is {what}, not a notebook: {advice}.")
    return text.format(what=_(what), advice=_(_SEND_NOTEBOOK))


def parse_document(raw: bytes) -> tuple[dict[str, Any], list[Sentence]]:
    """The JSON object that the bytes hold.

    Returns:
        The object, and sentences about what had to be mended on the way.

    Raises:
        UnreadableNotebook: there is none.
    """
    raw, notes = read_notebook_file(io.BytesIO(raw), len(raw))
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableNotebook(_("The file is empty: {advice}.").format(advice=_(_SEND_AGAIN)))
    if (what := _signature(raw)) is not None:
        raise UnreadableNotebook(_not_a_notebook(what))
    text = decode(raw, notes).lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[", "<")) and (script := document_of_script(text)):
        notes.append(
            sentence("The file is a Python script; it was read as the cells of a notebook.")
        )
        return script, notes
    document = _parse(text, notes)
    if isinstance(document, dict):
        content = document.get("content")
        if isinstance(content, dict) and "cells" not in document and _has_cells(content):
            notes.append(sentence("The notebook was wrapped in a reply of the Jupyter server."))
            document = content
    if not isinstance(document, dict) or not _has_cells(document):
        why = _("The file is JSON, but no notebook (it has no list of cells): {advice}.")
        raise UnreadableNotebook(why.format(advice=_(_SEND_NOTEBOOK)))
    return document, notes


def _has_cells(document: dict[str, Any]) -> bool:
    return isinstance(document.get("cells"), list) or isinstance(document.get("worksheets"), list)


def _signature(raw: bytes) -> str | None:
    """What kind of file begins like this; None where it may be a notebook."""
    head = raw[:200].lstrip()
    return next((what for start, what in _SIGNATURES if head.startswith(start)), None)


def decode(raw: bytes, notes: list[Sentence]) -> str:
    """The text of the bytes, in the encoding that fits them best."""
    encoding = json.detect_encoding(raw)
    text = _decode_strictly(raw, encoding)
    if text is None:  # stray zero bytes at the start look like UTF-16, too
        text = _decode_legacy(raw, notes)
    elif not encoding.startswith("utf-8"):
        note = "The file was encoded as {encoding}; it was read as such."
        notes.append(sentence(note, encoding=encoding.upper()))
    if encoding == "utf-8-sig":
        notes.append(sentence("A byte-order mark at the start of the file was removed."))
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append(sentence("Zero bytes in the file were removed."))
    return text


def _decode_strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_legacy(raw: bytes, notes: list[Sentence]) -> str:
    """Read bytes that are not valid UTF-8.

    A few bad bytes among good UTF-8 are replaced. Else the file is in an encoding of before: in
    Chinese ones high bytes come in pairs, in Western ones they stand alone.
    """
    replaced = raw.decode("utf-8", errors="replace")
    bad = replaced.count("\ufffd")
    good = sum(1 for char in replaced if char > "\x7f") - bad
    if good > bad:
        notes.append(
            sentence("Some bytes of the file are not UTF-8; they were replaced by a question mark.")
        )
        return replaced
    high = len(_HIGH_BYTE.findall(raw))
    if 2 * len(_PAIR_OF_HIGH_BYTES.findall(raw)) >= 0.6 * high:
        text = _decode_strictly(raw, "gb18030")
        if text is not None:
            notes.append(sentence("The file was not encoded as UTF-8; it was read as GBK."))
            return text
    notes.append(sentence("The file was not encoded as UTF-8; it was read as Latin-1."))
    return _decode_strictly(raw, "cp1252") or raw.decode("latin-1")


def _parse(text: str, notes: list[Sentence]) -> Any:
    try:
        document, end = _raw_decode(text)
    except json.JSONDecodeError as error:
        raise UnreadableNotebook(_describe(text, error)) from None
    except (RecursionError, MemoryError):
        why = _("The file is nested so deeply that it cannot be a notebook: {advice}.")
        raise UnreadableNotebook(why.format(advice=_(_SEND_AGAIN))) from None
    rest = text[end:].strip("\ufeff \t\r\n")
    if rest:
        if _CONFLICT.search(rest) or not isinstance(document, dict) or not _has_cells(document):
            surplus = json.JSONDecodeError("Extra data", text, end)
            raise UnreadableNotebook(_describe(text, surplus))
        notes.append(sentence("Text after the end of the notebook was left out."))
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
        return _(
            "The file holds the marks of an unresolved Git merge (line {line}): ask the student "
            "to resolve the conflict and hand the notebook in again."
        ).format(line=line)
    if start.startswith("<") and ("<html" in start or "<!doctype html" in start):
        return _not_a_notebook(N_("a web page"))
    if start.startswith("<?xml"):
        return _not_a_notebook(N_("an XML document"))
    if not start.startswith(("{", "[")):
        what = _("The file is no notebook (it is not JSON): {advice}.")
        return what.format(advice=_(_SEND_NOTEBOOK))
    # By the text, not by the words of the error: these differ between editions of Python.
    at_end = _OPEN_STRING.match(text, error.pos) or _BROKEN_OFF.fullmatch(text, error.pos)
    if at_end:
        return _(
            "The file breaks off in line {line}, so it was saved or uploaded only in part: "
            "{advice}."
        ).format(line=error.lineno, advice=_(_SEND_AGAIN))
    reason = _("it is not valid JSON")
    before = text[: error.pos].rstrip()
    if _SURPLUS_COMMA.match(text, len(before) - before.endswith(",")):
        reason = _("a comma stands before a closing bracket")
    return _("The file is damaged in line {line}, column {column} ({reason}): {advice}.").format(
        line=error.lineno, column=error.colno, reason=reason, advice=_(_SEND_AGAIN)
    )
