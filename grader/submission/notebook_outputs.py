"""The outputs and attachments of a student's cells: made valid, and kept within bounds.

They come from the student's machine and may hold anything, so every output is built anew from the
parts that the notebook format allows.
"""

from __future__ import annotations

import json
from typing import Any

from nbformat import NotebookNode

MAX_TEXT = 64 * 1024
"""Characters of text that the outputs of one cell may have."""
MAX_PICTURES = 1_000_000
"""Characters (base64) that the pictures of one cell may have."""
MAX_PICTURES_OF_NOTEBOOK = 8_000_000
"""The same for all cells together, attachments included."""

_PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
_TEXT_TYPES = ("text/plain", "text/html", "text/markdown", "text/latex", "application/json")
_NAMES_IN_FORMAT_3 = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
}
_TYPES_IN_FORMAT_3 = {"pyout": "execute_result", "pyerr": "error"}


def clean_text(value: object) -> str:
    """Text as JSON may give it, as one string that every file and parser takes.

    Takes a string or a list of strings. Zero characters and half surrogates are removed, and all
    line ends are made alike.
    """
    if isinstance(value, list):
        text = "".join([part if isinstance(part, str) else _number(part) for part in value])
    else:
        text = value if isinstance(value, str) else _number(value)
    if "\0" in text:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _number(value: object) -> str:
    is_number = isinstance(value, (int, float)) and abs(value) < 1e300
    return str(value) if is_number else ""


def valid_outputs(outputs: object) -> list[NotebookNode]:
    """The outputs that can be made valid, in the notebook format's present form."""
    if not isinstance(outputs, list):
        return []
    return [valid for output in outputs if (valid := _valid_output(output)) is not None]


def _valid_output(output: object) -> NotebookNode | None:
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    kind = _TYPES_IN_FORMAT_3.get(kind, kind) if isinstance(kind, str) else None
    if kind == "stream":
        name = output.get("name", output.get("stream"))
        text = _terminal_text(output.get("text"))
        return NotebookNode(
            output_type="stream", name="stderr" if name == "stderr" else "stdout", text=text
        )
    if kind == "error":
        lines = output.get("traceback")
        return NotebookNode(
            output_type="error",
            ename=clean_text(output.get("ename")),
            evalue=clean_text(output.get("evalue")),
            traceback=[clean_text(line) for line in lines] if isinstance(lines, list) else [],
        )
    if kind in ("display_data", "execute_result"):
        data = _mime_bundle(output)
        if not data:
            return None
        made = NotebookNode(output_type=kind, data=data, metadata=NotebookNode())
        if kind == "execute_result":
            made.execution_count = valid_count(output.get("execution_count"))
        return made
    return None


def _terminal_text(value: object) -> str:
    """The text of a stream; a progress bar's carriage returns leave its last state."""
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    if isinstance(value, str) and "\r" in value:
        lines = value.replace("\r\n", "\n").split("\n")
        value = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
    return clean_text(value)


def _mime_bundle(output: dict[str, Any]) -> NotebookNode:
    found = output.get("data")
    bundle = found if isinstance(found, dict) else {}
    if not bundle:
        bundle = {mime: output[key] for key, mime in _NAMES_IN_FORMAT_3.items() if key in output}
    valid = NotebookNode()
    for mime in (*_TEXT_TYPES, *_PICTURE_TYPES):
        if mime not in bundle:
            continue
        value = bundle[mime]
        if mime == "application/json" and not isinstance(value, str):
            try:
                valid["text/plain"] = json.dumps(value)
            except (ValueError, RecursionError):
                continue
        elif isinstance(value, (str, list)):
            valid[mime] = clean_text(value)
    valid.pop("application/json", None)
    return valid


def valid_count(value: object) -> int | None:
    """An execution count, or None."""
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
    return value if whole else None  # type: ignore[return-value]


def valid_attachments(attachments: object) -> NotebookNode:
    """The pictures that a text cell carries with it."""
    valid = NotebookNode()
    if isinstance(attachments, dict):
        for name, bundle in attachments.items():
            if isinstance(bundle, dict):
                kept = {m: clean_text(bundle[m]) for m in _PICTURE_TYPES if m in bundle}
                if any(kept.values()):
                    valid[clean_text(name)] = NotebookNode(kept)
    return valid


class OutputLimiter:
    """Keeps the outputs of one notebook within bounds, cell by cell.

    Attributes:
        shortened: how many cells lost something.
    """

    def __init__(self) -> None:
        self.shortened = 0
        self._pictures = MAX_PICTURES_OF_NOTEBOOK

    def limit(self, outputs: list[NotebookNode]) -> list[NotebookNode]:
        """The outputs of one cell, cut where they are too long; the cut is marked in place."""
        text_left, pictures_left = MAX_TEXT, min(MAX_PICTURES, self._pictures)
        kept: list[NotebookNode] = []
        cut_text = cut_pictures = 0
        for output in outputs:
            for holder, key, is_picture in _parts(output):
                value = holder[key]
                size = len(value) if isinstance(value, str) else sum(map(len, value))
                if is_picture and size > pictures_left:
                    del holder[key]
                    cut_pictures += 1
                elif is_picture:
                    pictures_left -= size
                    self._pictures -= size
                elif size > text_left:
                    cut_text += size - text_left
                    _cut(holder, key, text_left)
                    text_left = 0
                else:
                    text_left -= size
            if not _is_empty(output):
                kept.append(output)
        if cut_text or cut_pictures:
            self.shortened += 1
            kept.append(_cut_notice(cut_text, cut_pictures))
        return kept

    def limit_attachments(self, attachments: NotebookNode) -> NotebookNode:
        """The attachments of one cell that still fit."""
        kept = NotebookNode()
        for name, bundle in attachments.items():
            size = sum(map(len, bundle.values()))
            if size <= self._pictures:
                self._pictures -= size
                kept[name] = bundle
            else:
                self.shortened += 1
        return kept


def _parts(output: NotebookNode) -> list[tuple[NotebookNode, str, bool]]:
    if output.output_type == "stream":
        return [(output, "text", False)]
    if output.output_type == "error":
        return [(output, key, False) for key in ("ename", "evalue", "traceback")]
    return [(output.data, mime, mime in _PICTURE_TYPES) for mime in list(output.data)]


def _cut(holder: NotebookNode, key: str, length: int) -> None:
    value = holder[key]
    if isinstance(value, str):
        # Half an HTML or LaTeX text is worse than none.
        holder[key] = value[:length] if key in ("text", "text/plain", "ename", "evalue") else ""
        return
    lines = []
    for line in value:
        lines.append(line[:length])
        length -= len(lines[-1])
    holder[key] = [line for line in lines if line]


def _is_empty(output: NotebookNode) -> bool:
    if output.output_type == "stream":
        return not output.text
    return output.output_type != "error" and not any(output.data.values())


def _cut_notice(text: int, pictures: int) -> NotebookNode:
    parts = []
    if text:
        parts.append(f"{text:,} characters of text")
    if pictures:
        parts.append(f"{pictures} pictures" if pictures > 1 else "1 picture")
    notice = f"[The grader left out {' and '.join(parts)} of this output.]\n"
    return NotebookNode(output_type="stream", name="stdout", text=notice)
