"""Cells of a CSV file that no spreadsheet takes for a formula.

A name that begins with ``=`` is a formula for Excel, LibreOffice and Google Sheets, and students
choose their names. Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

# The last ones are the wide forms that East Asian keyboards give, which Excel takes as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = str | float | None


def text_cell(text: str) -> str:
    """A text as a cell: what begins like a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


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
