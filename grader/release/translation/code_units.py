"""The comments and docstrings of a code cell: all of it that may be in another language.

Everything else in a code cell is the same in every language, to the byte. So are the comments that
mean something to the grader, and code that is commented out.
"""

from __future__ import annotations

import ast
import io
import re
import textwrap
import tokenize
from dataclasses import dataclass

from grader.release.translation.markdown_units import Translate

_MARKER = re.compile(
    r"YOUR CODE|YOUR ANSWER|GRADED FUNCTION|^#{2,}|^#\s*(?:BEGIN|END)\b|noqa|type:"
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    unit: str
    margin: str
    """What stands before each further line."""


def code_units(source: str) -> list[str]:
    """The comments and docstrings of a code cell, in their order.

    Comments that follow one another line by line are one unit, without their signs.

    Parameters:
        source: the text of the cell; commands of IPython's may be in it.
    """
    return [place.unit for place in _places(source)]


def translated_code(source: str, translate: Translate) -> str:
    """The code cell with its comments and docstrings translated.

    Parameters:
        source: the text of the cell.
        translate: called with each unit. A translation that would change the code (with a quote
            that ends the docstring, say) is not used.
    """
    parts = []
    end = 0
    for place in _places(source):
        translation = translate(place.unit)
        if translation == place.unit or not _fits(translation, source[place.end : place.end + 1]):
            continue
        first, *rest = translation.split("\n")
        text = "\n".join([first, *((place.margin + line).rstrip() for line in rest)])
        parts.append(source[end : place.start] + text)
        end = place.end
    return "".join([*parts, source[end:]])


def _fits(translation: str, follows: str) -> bool:
    """Whether a translation can stand in a docstring before the sign that follows there."""
    ends_the_string = '"""' in translation or "'''" in translation
    touches = translation.endswith(("\\", '"', "'")) and follows in ('"', "'")
    return bool(translation.strip()) and not ends_the_string and not touches


def _places(source: str) -> list[_Place]:
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: tuple[int, int]) -> int:
        return starts[position[0] - 1] + position[1]

    comments: list[tuple[int, int, bool]] = []
    found: list[_Place] = []
    begins_a_line = True
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                alone = not token.line[: token.start[1]].strip()
                comments.append((offset(token.start), offset(token.end), alone))
            elif token.type == tokenize.STRING and begins_a_line:
                found += _docstring(source, offset(token.start), offset(token.end), token.start[1])
            if token.type not in (tokenize.COMMENT, tokenize.NL):
                begins_a_line = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    except (tokenize.TokenError, SyntaxError):
        return []  # a cell that is no Python, such as one for a shell
    return sorted(found + _grouped(source, comments), key=lambda place: place.start)


def _docstring(source: str, start: int, end: int, column: int) -> list[_Place]:
    text = source[start:end]
    quote = text[:3]
    if quote not in ('"""', "'''") or not _WORD.search(text):
        return []
    inner = text[3:-3]
    content = inner.strip()
    start += 3 + inner.index(content)
    margin = " " * column
    first, *rest = content.split("\n")
    unit = "\n".join([first, *(line.removeprefix(margin) for line in rest)])
    return [_Place(start, start + len(content), unit, margin)]


def _grouped(source: str, comments: list[tuple[int, int, bool]]) -> list[_Place]:
    """Comments on lines of their own that follow one another, together; the others singly."""
    places: list[_Place] = []
    for start, end, alone in comments:
        text = source[start:end]
        words = text.lstrip("#").strip()
        if _MARKER.search(text) or not _WORD.search(words) or _is_code(words):
            continue
        margin = source[source.rfind("\n", 0, start) + 1 : start] + "# " if alone else ""
        last = places[-1] if places else None
        if alone and last and last.margin == margin:
            between = source[last.end : start]
            if between.count("\n") == 1 and not between.strip():
                places[-1] = _Place(last.start, end, f"{last.unit}\n{words}", margin)
                continue
        places.append(_Place(start + text.index(words), end, words, margin))
    return places


def _is_code(words: str) -> bool:
    """Whether a comment is code that is commented out, such as ``W1 = ...``."""
    try:
        tree = ast.parse(textwrap.dedent(words))
    except (SyntaxError, ValueError):
        return False
    if any(isinstance(node, ast.Call) and _is_blank(node.func) for node in ast.walk(tree)):
        return False  # "W1 = ...  (random numbers)" is no call of anything
    return any(
        not (isinstance(statement, ast.Expr) and isinstance(statement.value, (ast.Name, ast.Tuple)))
        for statement in tree.body
    )


def _is_blank(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis
