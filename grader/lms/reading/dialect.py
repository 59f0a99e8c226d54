"""How a list of the class is written, so that it can be written in the same way again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.text.table_cells import Cell, number_cell, text_cell

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Dialect:
    """How a list is written.

    Attributes:
        encoding: Python's name of the encoding.
        separator: between cells.
        line_end: after a row.
        decimal: the decimal mark.
        quoted: whether every cell stands in quotes.
        before: the lines before the headings, ``sep=;`` for instance.
    """

    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\r\n"
    decimal: str = "."
    quoted: bool = False
    before: tuple[str, ...] = ()

    def number(self, number: float | None) -> str:
        """A number as a cell."""
        return number_cell(number).replace(".", self.decimal)

    def text(self, rows: Iterable[Sequence[Cell]]) -> str:
        """A table as it is written in the file."""
        out = io.StringIO()
        out.write("".join(line + self.line_end for line in self.before))
        for row in rows:
            line = io.StringIO()
            # Only characters of this line end are put into quotes, and a lone one ends a row, too.
            csv.writer(
                line,
                delimiter=self.separator,
                lineterminator="\r\n",
                quoting=csv.QUOTE_ALL if self.quoted else csv.QUOTE_MINIMAL,
            ).writerow([self._cell(cell) for cell in row])
            out.write(line.getvalue().removesuffix("\r\n") + self.line_end)
        return out.getvalue()

    def _cell(self, cell: Cell) -> str:
        if not isinstance(cell, str):
            return self.number(cell)
        return cell if _NUMBER.fullmatch(cell) else text_cell(cell)

    def encoded(self, text: str) -> bytes:
        """A text as bytes; what the encoding does not have becomes a reference of HTML."""
        mark = b""
        if self.encoding.startswith("utf-16"):
            mark = "\ufeff".encode(self.encoding)
        return mark + text.encode(self.encoding, "xmlcharrefreplace")
