"""Cells of a CSV file that no spreadsheet takes for a formula.

A name that begins with ``=`` is a formula for Excel, LibreOffice and Google Sheets, and students
choose their names. Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

_SIGNS = frozenset("=+-@\u2212")
# What spreadsheets pass over before they look at a cell: blanks of any width, control characters,
# characters that are not seen, marks that belong to no letter.
_UNSEEN = frozenset("ZCM")
# A cell that is opened with another separator is cut in two, and its line breaks end rows. After
# plus and minus a formula that does anything has a bracket, an exclamation mark or a bar.
_SEPARATORS = frozenset(";,\t|\r\n")
_ENDS = _SEPARATORS - {"|"}
_ALWAYS = frozenset("=@\uff1d\uff20\ufe66\ufe6b")
_BEFORE_BRACKET = frozenset("+-\u2212\uff0b\uff0d\ufe62\ufe63")
_DASHES = re.compile(r"[-\u2212]+\Z")

Cell = str | float | None


def text_cell(text: str) -> str:
    """A text as a cell: what begins like a formula gets an apostrophe in front.

    Wide and small forms (``\uff1d``) count as the sign, as they do for Excel; what is not seen in
    front of the sign, such as a no-break space, hides nothing.
    """
    text = _harmless_within(text)
    return f"'{text}" if _begins_like_a_formula(text) else text


def _harmless_within(text: str) -> str:
    """A text with an apostrophe before what is a formula where another separator cuts the cell.

    Students write texts of any length: each letter is looked at twice.
    """
    if not _SEPARATORS.intersection(text):
        return text
    live = [False] * len(text)
    bracket = False
    for place in range(len(text) - 1, -1, -1):
        letter = text[place]
        live[place] = letter in _ALWAYS or (bracket and letter in _BEFORE_BRACKET)
        bracket = letter not in _ENDS and (bracket or letter in "(|!")
    made = []
    cut = False  # whether nothing but signs has come since a separator
    for place, letter in enumerate(text):
        if cut and live[place]:
            made.append("'")
            cut = False
        cut = letter in _SEPARATORS or (cut and not letter.isalnum() and letter != "_")
        made.append(letter)
    return "".join(made)


def _begins_like_a_formula(text: str) -> bool:
    if text.startswith(("\t", "\r", "\n")):
        return True
    for place, letter in enumerate(text):
        if unicodedata.category(letter)[0] in _UNSEEN:
            continue
        shape = unicodedata.normalize("NFKC", letter)
        return shape[:1] in _SIGNS and not _DASHES.match(text[place:])
    return False


def number_cell(number: float | None) -> str:
    """A number as a cell, without a needless fraction; empty where there is none."""
    if number is None:
        return ""
    rounded = round(float(number), 5)
    return f"{rounded:.5f}".rstrip("0").rstrip(".") if rounded else "0"


def csv_text(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    number: Callable[[float | None], str] = number_cell,
) -> str:
    """A table as CSV: numbers stay numbers, and texts are made harmless.

    Parameters:
        header: the names of the columns.
        rows: a text, a number or None for each column.
        number: how numbers are written.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow(text_cell(cell) if isinstance(cell, str) else number(cell) for cell in row)
    return out.getvalue()
