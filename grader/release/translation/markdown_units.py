"""The paragraphs of a Markdown text, each of which is translated as a whole.

A unit is a paragraph, a heading, an item of a list, a row of a table, or a line of HTML that shows
words. What is the same in every language is no unit: formulas without words, code, rules, anchors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

Translate = Callable[[str], str]
"""Gives the translation of a unit, or the unit itself where there is none."""

PARSER = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
_LANGUAGE_FREE = re.compile(
    r"""<!--.*?-->           # comments
      | <[^>]*>              # tags
      | (`+).+?\1            # code
      | \$\$.+?\$\$          # formulas
      | \$[^$\n]+\$
      | \]\([^)\s]*\)        # where a link leads to
      | https?://\S+
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS_IN_FORMULA = re.compile(r"\\(?:text|mbox)\{[^}]*[A-Za-z]{2,}[^}]*\}")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class _Place:
    """Where a unit stands: from one offset of the text to another.

    Attributes:
        margin: what stands before each further line of the unit, and is no part of it.
    """

    start: int
    end: int
    margin: str = ""


def shown_words(text: str) -> bool:
    """Whether a text has words outside of its code, formulas, tags and addresses."""
    return bool(_WORD.search(_LANGUAGE_FREE.sub(" ", text)) or _WORDS_IN_FORMULA.search(text))


def markdown_units(text: str) -> list[str]:
    """The units of a Markdown text, in their order.

    Parameters:
        text: the source of a Markdown cell or file.
    """
    return [_unit(text, place) for place in _places(text)]


def translated_markdown(text: str, translate: Translate) -> str:
    """The text with each of its units translated; all else stays, to the byte.

    Parameters:
        text: the source of a Markdown cell or file.
        translate: called with each unit.
    """
    parts = []
    end = 0
    for place in _places(text):
        parts.append(text[end : place.start])
        unit = _unit(text, place)
        translation = translate(unit)
        parts.append(
            text[place.start : place.end]
            if translation == unit
            else translation.replace("\n", "\n" + place.margin)
        )
        end = place.end
    return "".join([*parts, text[end:]])


def _unit(text: str, place: _Place) -> str:
    lines = text[place.start : place.end].split("\n")
    return "\n".join([lines[0], *(line.removeprefix(place.margin) for line in lines[1:])])


def _places(text: str) -> list[_Place]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def lines(first: int, last: int) -> tuple[int, int]:
        return starts[first], min(starts[last] - 1, len(text))

    found: list[_Place] = []
    tokens = PARSER.parse(text)
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        if token.type in ("paragraph_open", "heading_open"):
            found += _inline_place(text, lines(*token.map), tokens[index + 1])
        elif token.type == "table_open":
            first, last = token.map
            rows = [row for row in range(first, last) if row != first + 1]
            found += [_Place(*_stripped(text, *lines(row, row + 1))) for row in rows]
        elif token.type == "html_block":
            found += [_Place(*_stripped(text, *line)) for line in _each_line(lines, token)]
        elif token.type in ("math_block", "math_block_label"):
            found.append(_Place(*_stripped(text, *lines(*token.map))))
    return [place for place in found if shown_words(_unit(text, place))]


def _each_line(
    lines: Callable[[int, int], tuple[int, int]], token: Token
) -> Iterator[tuple[int, int]]:
    if token.map and not token.content.lstrip().startswith("<!--"):
        for line in range(*token.map):
            yield lines(line, line + 1)


def _inline_place(text: str, whole: tuple[int, int], inline: Token) -> list[_Place]:
    """The place of a paragraph or heading, without the mark of a list, a heading or a quotation."""
    first_line, *more = inline.content.split("\n")
    start = text.find(first_line, *whole)
    if start < 0 or not first_line:
        return []
    start, end = _stripped(text, start, whole[1])
    if not more and (end_of_line := text.find("\n", start, end)) >= 0:  # an underlined heading
        end = end_of_line
    if not more:
        return [_Place(start, start + len(first_line))]
    line_start = text.rfind("\n", 0, start) + 1
    before = text[line_start:start]
    margin = "".join(sign if sign in " >" else " " for sign in before)
    return [_Place(start, end, margin)]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
